"""The connection that Django keeps between requests."""

import select

from django.db.backends.postgresql import base

__all__ = ["DatabaseWrapper"]


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, as Django knows it; a connection that lies still is taken to live."""

    def is_usable(self) -> bool:
        """Return whether the connection lives, without a way there and back for each request.

        A server that went away has said so or has closed: then there is something to read. Where there is, it is
        asked as Django does.
        """
        if self.connection is None or self.connection.closed:
            return False
        watching = select.poll()
        watching.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not watching.poll(0) or bool(super().is_usable())
