"""What the sync asks of the platform, and what it makes of a refusal."""

from collections.abc import Mapping
from typing import Any, Protocol

from yutang.kit.errors import DomainError

__all__ = [
    "CHAT_GONE",
    "CURSOR_GONE",
    "NO_CONTACT",
    "NO_RELATION",
    "TAGS_FULL",
    "TAG_UNKNOWN",
    "Platform",
    "code_of",
    "concerns_one",
]

NO_RELATION = 84061
CURSOR_GONE = 50100
NO_CONTACT = frozenset({NO_RELATION, 40096})
TAGS_FULL = frozenset({40126})
TAG_UNKNOWN = frozenset({40068})
CHAT_GONE = frozenset({40050, 86001, 86003, 90501})
# Codes that speak of one member, contact, group or tag. Any other concerns whoever asks: the run stops.
_OF_ONE = frozenset(
    {40003, 40031, 40050, 40058, 40063, 40068, 40071, 40072, 40096, 40098}
    | {41035, 41044, 41054, 50002, 60003, 60011, 60021, 60030, 60111, 60123}
    | {NO_RELATION, 84074, 84084, 86001, 86003, 90500, 90501, 90509}
)


class Platform(Protocol):
    """Calls an interface by its path below `/cgi-bin/`; a refusal is a DomainError with its `errcode`."""

    def __call__(self, api: str, asked: Mapping[str, Any] | None = None) -> Mapping[str, Any]: ...


def code_of(refusal: DomainError) -> int:
    """Return the platform's code; 0 where it was not the platform who said no."""
    code = getattr(refusal, "errcode", None) or refusal.params.get("errcode", 0)
    return code if isinstance(code, int) else 0


def concerns_one(refusal: DomainError) -> bool:
    """Tell whether a refusal is about what was asked for, and says nothing of the rest."""
    return code_of(refusal) in _OF_ONE
