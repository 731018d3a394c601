"""What people make of a message: which taste it is about, and how good an offer it is."""

import re
from typing import Any

from yutang_sandbox.population.mind import TASTES, Offer
from yutang_sandbox.world.records import Content

_FOLD = re.compile(r"(\d(?:\.\d)?)\s*折")
_WORDS = {"免费": 0.8, "送": 0.5, "优惠": 0.4, "券": 0.5, "满减": 0.5, "立减": 0.5, "折扣": 0.4}
_LINK = re.compile(r"https?://[^\s\"'<>，。]+")
WEIGHTS = {"moment": 0.15, "group": 0.5, "welcome": 0.2}


def words_of(content: Content) -> str:
    """Return everything readable of a message."""
    parts = [str((content.get("text") or {}).get("content", ""))]
    for one in content.get("attachments", []):
        inside: dict[str, Any] = one.get(one.get("msgtype"), {})
        parts += [str(inside.get(name, "")) for name in ("title", "desc", "url")]
    return " ".join(parts)


def offer_of(words: str, kind: str) -> Offer:
    """Return the offer behind the words."""
    named = [n for n, taste in enumerate(TASTES) if taste in words]
    worth = max((value for word, value in _WORDS.items() if word in words), default=0.0)
    if fold := _FOLD.search(words):
        off = float(fold[1])
        worth = max(worth, min(1.0, (10 - off) / 5))
    return Offer(named[0] if len(named) == 1 else -1, worth, WEIGHTS.get(kind, 1.0))


def links_of(words: str) -> list[str]:
    return _LINK.findall(words)
