"""Gives the test run real engines: an embedded PostgreSQL and an embedded ClickHouse of its own.

Loaded as a plugin before Django is configured (`-p tests.embedded` in pyproject.toml). Each xdist
worker has its own pair; both live in a temporary folder and end with the run.
"""

import atexit
import os
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path


def _folder() -> str | None:
    """Return where files are memory, if there is plenty: no test cuts the power, so none needs a disk."""
    with suppress(OSError, TypeError):
        free = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
        if min(int(free[1]) << 10, shutil.disk_usage("/dev/shm").free) > PLENTY:
            return "/dev/shm"
    return None


PLENTY = 8 << 30  # bytes
if folder := _folder():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)  # what tests make themselves
HOME = Path(tempfile.mkdtemp(prefix="yutang-test-", dir=folder))
HOME.chmod(0o755)
os.environ["YUTANG_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "yutang.config.settings"
os.environ.setdefault("YUTANG_SECRET_KEY", "for-tests-only")
os.environ.pop("YUTANG_DATABASE_URL", None)
os.environ.pop("YUTANG_WAREHOUSE_URL", None)
sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from yutang.engines.postgres import EmbeddedPostgres  # noqa: E402

_postgres = EmbeddedPostgres(HOME / "postgres")


def start_postgres() -> dict[str, object]:
    """Start PostgreSQL; return Django's settings for it."""
    from yutang.config.settings import _database

    return _database(_postgres.start())


def _clean_up() -> None:
    _postgres.stop()
    shutil.rmtree(HOME, ignore_errors=True)


atexit.register(_clean_up)
