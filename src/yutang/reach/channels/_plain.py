"""Parts of a message as plain text, for channels and records that know nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["as_text", "with_leave_url"]

_ADDRESSES = ("url", "page", "path")


def as_text(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return what a message says, part by part, with addresses written out."""
    return "\n\n".join(filter(None, ("\n".join(_lines(part)) for part in parts)))


def _lines(part: Mapping[str, Any]) -> Iterable[str]:
    for name in ("text", "title", "description"):
        if said := str(part.get(name) or "").strip():
            yield said
    for name in _ADDRESSES:
        if address := str(part.get(name) or ""):
            yield address
            return


def with_leave_url(text: str, leave_url: str) -> str:
    """Return a text with the way out under it, where it does not say it already."""
    if not leave_url or leave_url in text:
        return text
    return f"{text}\n\n退订 Unsubscribe: {leave_url}"
