"""Two languages, side by side: a sentence stands in Chinese and in English where it is said.

The language of the reader is set once per request (`speaking`) and read where a sentence is rendered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple

__all__ = ["LANGUAGES", "Language", "Text", "language", "preferred", "speaking"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_language: ContextVar[Language] = ContextVar("language", default="zh")


class Text(NamedTuple):
    """One idea in both languages: `Text("收藏", "Favourite")`."""

    zh: str
    en: str

    def said(self, in_language: Language | None = None) -> str:
        """Return the wording in the given language, or in the reader's."""
        return self.zh if (in_language or language()) == "zh" else self.en


def language() -> Language:
    """Return the reader's language; Chinese unless something said otherwise."""
    return _language.get()


@contextmanager
def speaking(to: Language) -> Iterator[None]:
    """Render every sentence inside the block in this language."""
    token = _language.set(to)
    try:
        yield
    finally:
        _language.reset(token)


def preferred(accept_language: str) -> Language:
    """Choose a language from an Accept-Language header: the first of ours it names, else Chinese.

    Quality values are honoured: `en;q=0.4, zh-CN` prefers Chinese.
    """
    ranked: list[tuple[float, int, Language]] = []
    for place, part in enumerate(accept_language.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        code = tag.strip().lower()[:2]
        ranked.extend((-_quality(quality), place, ours) for ours in LANGUAGES if code == ours)
    return min(ranked)[2] if ranked else "zh"


def _quality(written: str) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0
