"""Regular expressions that mean the same to RE2 (the warehouse) and to Python, in linear time."""

import re
from functools import lru_cache

__all__ = ["compiled", "fits"]

# Literals, classes, groups, alternatives and repetition: no look-around, no back-references.
_TOKEN = re.compile(
    r"""(?P<atom>\\[dDwWsSb]              # classes of characters
      | \\[^\w\s]                # an escaped sign
      | \[\^?(?:\\[dDwWsS]|\\[^\w\s]|[^\]\[\\])+\]
      | \((?:\?:)?  | \) | \|
      | [.^]
      | [^\\\[\](){}*+?|.^$])
      | (?P<end>\$)
      | (?P<again>(?:[*+?]|\{\d{1,3}(?:,\d{0,3})?\})\??)""",
    re.VERBOSE,
)
_LONGEST = 200


def fits(pattern: str) -> bool:
    """Say whether both engines read this pattern, and in the same way."""
    if not 0 < len(pattern) <= _LONGEST or "\n" in pattern or "\0" in pattern:
        return False
    try:
        compiled(pattern)
    except (re.error, RecursionError, OverflowError, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern as Python reads it; `.` is any character, classes are of ASCII.

    :raises ValueError: at a sign the two engines do not share
    """
    written, place, again = "", 0, True
    while place < len(pattern):
        token = _TOKEN.match(pattern, place)
        if token is None or (token["again"] and again):
            raise ValueError(pattern[place:])
        written += r"\Z" if token["end"] else token[0]
        again = (
            bool(token["again"]) or token[0] in ("(", "(?:", "|", "^", r"\b") or bool(token["end"])
        )
        place = token.end()
    return re.compile(written, re.ASCII | re.DOTALL)
