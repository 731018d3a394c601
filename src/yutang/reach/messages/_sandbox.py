"""Liquid as it may be written into messages: no files, no explosions, nothing that is silently empty.

What a template can cost is bounded on every side: its source, its tags and filters (a list of those
that are allowed), how often a loop goes round, what one filter may answer, what is written at all.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Final

from yutang.reach.messages._values import yuan_text

if TYPE_CHECKING:
    from liquid import Environment

__all__ = ["FILTERS", "LONGEST_OUTPUT", "MissingValue", "TooMuch", "environment", "is_missing"]

LONGEST_OUTPUT: Final = 200_000  # bytes; no channel carries more
_ROUNDS: Final = 200  # of all loops together
_LOCALS: Final = 200_000  # bytes kept by assign and capture
_TAGS: Final = frozenset(
    {"if", "unless", "case", "for", "break", "continue", "assign", "capture", "comment", "raw", "#"}
)
FILTERS: Final = frozenset(
    {
        "abs",
        "append",
        "at_least",
        "at_most",
        "capitalize",
        "ceil",
        "date",
        "default",
        "divided_by",
        "downcase",
        "first",
        "floor",
        "join",
        "last",
        "minus",
        "modulo",
        "money",
        "plus",
        "prepend",
        "remove",
        "replace",
        "round",
        "size",
        "slice",
        "split",
        "strip",
        "times",
        "truncate",
        "upcase",
        "url_encode",
    }
)
_DATE_PART: Final = re.compile(r"%(-?[YymdHIMSpjeBbAa%])")


class MissingValue(Exception):
    """A template wants to say something that is not known of this person."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TooMuch(Exception):
    """A template would write or keep more than any message holds."""


def is_missing(value: object) -> bool:
    """Whether a value is Liquid's way to say that there is none."""
    return type(value).__name__ == "Missing"


@cache
def environment() -> "Environment":
    """Return the one environment all templates are parsed in."""
    from liquid import Environment, Mode

    class Sandbox(Environment):
        block_nesting_limit = 10
        context_depth_limit = 10
        loop_iteration_limit = _ROUNDS
        local_namespace_limit = _LOCALS
        output_stream_limit = LONGEST_OUTPUT

    made = Sandbox(tolerance=Mode.STRICT, undefined=_missing_kind(), strict_filters=True)
    for name in set(made.tags) - _TAGS - _PSEUDO_TAGS:
        del made.tags[name]
    made.filters = {name: each for name, each in made.filters.items() if name in FILTERS}
    ours: dict[str, Callable[..., Any]] = {
        "date": _date,
        "join": _join,
        "money": _money,
        "replace": _replace,
    }
    made.filters.update({name: _bounded(each) for name, each in (made.filters | ours).items()})
    return made


_PSEUDO_TAGS: Final = frozenset({"content", "output", "illegal", "literal"})


def _missing_kind() -> Any:
    """Return what stands for a value nobody knows: false in a condition, a refusal where it is said."""
    from liquid import Undefined

    class Missing(Undefined):
        __slots__ = ()

        def __str__(self) -> str:
            raise MissingValue(str(self.hint or self.name).removesuffix(" is undefined").strip("'"))

        def __bool__(self) -> bool:
            return False

    return Missing


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse what a filter answers when it is longer than any message, and what it is asked of nothing."""

    @wraps(function)
    def asked(left: Any, *arguments: Any, **options: Any) -> Any:
        if is_missing(left) and function.__name__ != "default":
            str(left)  # raises MissingValue
        answer = function(left, *arguments, **options)
        if isinstance(answer, str | list) and len(answer) > LONGEST_OUTPUT:
            raise TooMuch
        return answer

    return asked


def _replace(left: object, seq: object, sub: object = "") -> str:
    text, old, new = str(left), str(seq), str(sub)
    if (text.count(old) + 1) * len(new) + len(text) > LONGEST_OUTPUT:
        raise TooMuch
    return text.replace(old, new)


def _join(left: Any, separator: object = " ") -> str:
    parts = [str(each) for each in left] if isinstance(left, list | tuple) else [str(left)]
    between = str(separator)
    if sum(map(len, parts)) + len(parts) * len(between) > LONGEST_OUTPUT:
        raise TooMuch
    return between.join(parts)


def _money(left: Any) -> str:
    """Return an amount in fen as yuan: `12800` → `128`, `12850` → `128.50`."""
    return yuan_text(int(left))


def _date(left: Any, pattern: object) -> str:
    """Return a day or an instant by a pattern of `%Y %-m %d …`; nothing else of a pattern is read."""
    at = left if isinstance(left, date | datetime) else _read(str(left))
    return _DATE_PART.sub(lambda found: at.strftime(found.group()), str(pattern)[:100])


def _read(written: str) -> date:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise MissingValue(written) from None
