"""Named SQL: a statement is a block of a `.sql` file under a `-- name:` header.

Statements are constants: what varies is bound by the server as `{name:Type}`, never pasted.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

__all__ = ["named_sql"]

_HEADER = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def named_sql(package: str, file: str) -> Mapping[str, str]:
    """Return the statements of `package`'s `sql/<file>.sql` by name.

    >>> named_sql("yutang.events", "timeline")["newest"]
    """
    return blocks((files(package) / "sql" / f"{file}.sql").read_text("utf-8"))


def blocks(written: str) -> Mapping[str, str]:
    """Return the statements of a SQL text by their `-- name:` headers."""
    _, *rest = _HEADER.split(written)
    return MappingProxyType(
        {name: body.strip().rstrip(";") for name, body in zip(rest[::2], rest[1::2], strict=True)}
    )
