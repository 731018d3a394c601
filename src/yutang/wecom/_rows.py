"""Hand-written PostgreSQL of WeCom, by its name."""

from collections.abc import Mapping
from typing import Any

from psycopg import Cursor

from yutang.engines import bound, named_sql

__all__ = ["run"]


def run(
    file: str, statement: str, parameters: Mapping[str, Any], *, prepared: bool = False
) -> Cursor[Any]:
    """Run a named statement of `sql/<file>.sql`, in Django's transaction; `prepared`: see `bound`."""
    return bound(named_sql("yutang.wecom", file)[statement], parameters, prepared=prepared)
