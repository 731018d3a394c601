"""Every setting, its default and what it is for. Defaults run on one machine with nothing set.

docs/settings.md lists those that an operator may set; a test compares it with this file.
"""

import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from yutang.config.environment import boolean, integer, secret, text

# Where everything that must survive lives: both embedded engines, the secret key, uploads.
YUTANG_HOME = Path(text("YUTANG_HOME", "var")).absolute()

# External engines; unset means embedded ones under YUTANG_HOME.
YUTANG_DATABASE_URL = secret("YUTANG_DATABASE_URL")
YUTANG_EXTERNAL_WAREHOUSE_URL = secret("YUTANG_WAREHOUSE_URL")
YUTANG_WAREHOUSE_URL = YUTANG_EXTERNAL_WAREHOUSE_URL or f"chdb://{YUTANG_HOME}/warehouse"
YUTANG_EMBEDDED_WAREHOUSE = not YUTANG_EXTERNAL_WAREHOUSE_URL
# The cluster's name in a ClickHouse cluster; unset means one node.
YUTANG_WAREHOUSE_CLUSTER = text("YUTANG_WAREHOUSE_CLUSTER")

# Where the server listens, and how it is reached from outside (for links and cookies).
YUTANG_HOST = text("YUTANG_HOST", "127.0.0.1")
YUTANG_PORT = integer("YUTANG_PORT", 8000)
YUTANG_PUBLIC_URL = text("YUTANG_PUBLIC_URL", f"http://{YUTANG_HOST}:{YUTANG_PORT}")

# How many proxies stand in front; each appends to X-Forwarded-For the address it heard from.
YUTANG_PROXIES = integer("YUTANG_PROXIES", 0)

# Who may read /metrics: with it as a bearer token from anywhere, without it this machine only.
YUTANG_METRICS_TOKEN = secret("YUTANG_METRICS_TOKEN")

# The first owner; without them an address and a one-time password are made and printed.
YUTANG_OWNER_EMAIL = text("YUTANG_OWNER_EMAIL")
YUTANG_OWNER_PASSWORD = secret("YUTANG_OWNER_PASSWORD")

# Keys under which secrets lie in the database: id:key,id:key; the first seals, all open.
YUTANG_SECRETS_KEYS = secret("YUTANG_SECRETS_KEYS")

# The largest request body, in megabytes; imports are streamed to disk and have their own limit.
YUTANG_MAX_BODY_MB = integer("YUTANG_MAX_BODY_MB", 20)
YUTANG_MAX_UPLOAD_MB = integer("YUTANG_MAX_UPLOAD_MB", 4096)

# How many days an upload that was not imported is kept, and the rows that an import left out.
YUTANG_UPLOAD_DAYS = integer("YUTANG_UPLOAD_DAYS", 30)

# How many days an event id is remembered, so that the same id never counts twice.
YUTANG_RECEIPT_DAYS = integer("YUTANG_RECEIPT_DAYS", 45)

# Networks of the operator's own that channels may reach (a mail relay, a shop's server inside): without
# them only public addresses, so that nobody looks into the operator's network through a form.
YUTANG_PRIVATE_NETWORKS = text("YUTANG_PRIVATE_NETWORKS")

# Other addresses than the real one at which corps of WeCom may be (a sandbox, a relay of the operator's).
YUTANG_WECOM_BASES = text("YUTANG_WECOM_BASES")

# Where chat archives of WeCom are read: bridges beside the platform's library (docs/how/wecom-archive.md).
YUTANG_WECOM_ARCHIVES = text("YUTANG_WECOM_ARCHIVES")

# A JSON file whose entries replace those of wecom/client/limits.json, when the platform changes its limits.
YUTANG_WECOM_LIMITS = text("YUTANG_WECOM_LIMITS")

# How many accepted events may wait for the warehouse before senders are asked to wait.
YUTANG_MOST_SPOOLED = integer("YUTANG_MOST_SPOOLED", 2_000_000)


def _secret_key() -> str:
    given = secret("YUTANG_SECRET_KEY")
    if given:
        return given
    file = YUTANG_HOME / "secret_key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), "utf-8")
    return file.read_text("utf-8").strip()


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "yutang.engines.database",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # No statement is prepared unasked: psycopg counts uses, and ours know which are worth it.
        "OPTIONS": {"prepare_threshold": 2**31 - 1} | options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the server binds to one address; a proxy in front decides for others
ROOT_URLCONF = "yutang.config.urls"
DATABASES = {
    "default": _database(YUTANG_DATABASE_URL or f"postgresql:///?host={YUTANG_HOME}/postgres")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "workspaces.User"
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = []
PASSWORD_HASHERS = ["yutang.workspaces._hashing.Argon2"]
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False  # sentences stand in both languages beside what they say: kit.i18n

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "procrastinate.contrib.django",
    "yutang.workspaces",
    "yutang.events",
    "yutang.customers",
    "yutang.tracking",
    "yutang.tags",
    "yutang.audiences",
    "yutang.reach",
    "yutang.journeys",
    "yutang.wecom",
    "yutang.guides",
    "yutang.acquisition",
]
MIDDLEWARE = [
    "yutang.config.middleware.request_log",
    "yutang.config.middleware.reader_language",
    "yutang.config.middleware.problem_shape",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "yutang.config.idempotency.idempotent_writes",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
LOGGING_CONFIG = "yutang.config.logs.configure"
LOGGING = {"structlog": True}  # Django calls LOGGING_CONFIG only where this says something

# Cookies travel over https only, where the server is reached by https.
YUTANG_SECURE_COOKIES = boolean(
    "YUTANG_SECURE_COOKIES", default=YUTANG_PUBLIC_URL.startswith("https:")
)
CSRF_COOKIE_NAME = "yutang_csrf"
CSRF_COOKIE_SECURE = YUTANG_SECURE_COOKIES
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(YUTANG_PUBLIC_URL))]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = YUTANG_MAX_BODY_MB * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
