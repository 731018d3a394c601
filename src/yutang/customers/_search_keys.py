"""The keys a name is found by: itself and its ends, and those in pinyin and initials.

王小明 is found by 王小, 小明, wangxiao, xiaom, wxm and xm. Keys are compared by their beginnings.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

__all__ = ["finds", "folded", "joined_keys", "keys_of"]

_BETWEEN: Final = "\x1e"  # of joined keys; no key contains it
_LONGEST: Final = 40  # of a key; more letters than anybody types
_PARTS: Final = 12  # ends of a long name that get a key of their own
_WIDE: Final = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_RANGES: Final = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN: Final = re.compile(f"[{_RANGES}]")
_HAN_ONLY: Final = re.compile(f"[{_RANGES}]+")
_PIECES: Final = re.compile(f"[{_RANGES}]|(?:(?![{_RANGES}])[^\\W_])+")
# Surnames that are read otherwise than the word.
_SURNAMES: Final = dict(
    zip(
        "单解仇曾查区任华盖朴覃翟乐尉隗员黑秘缪折宓",
        [
            "shan",
            "xie",
            "qiu",
            "zeng",
            "zha",
            "ou",
            "ren",
            "hua",
            "ge",
            "piao",
            "qin",
            "zhai",
            "yue",
            "yu",
            "wei",
            "yun",
            "he",
            "bi",
            "miao",
            "she",
            "fu",
        ],
        strict=True,
    )
)


def folded(text: str) -> str:
    """Return a text as keys are written: narrow, lower case, without spaces and punctuation."""
    pieces = _PIECES.findall(text.translate(_WIDE).lower())
    return "".join(pieces).replace("\0", "")[:_LONGEST]


def keys_of(name: str) -> frozenset[str]:
    """Return every key of a name."""
    return frozenset(joined_keys(name).split(_BETWEEN)) - {""}


def finds(name: str, words: str) -> bool:
    """Tell whether words find a name: as part of it, or by its pinyin or initials from some place on."""
    begin = folded(words)
    if words.strip().lower() in name.lower() or not begin:
        return True
    return any(key.startswith(begin) for key in joined_keys(name).split(_BETWEEN))


@lru_cache(maxsize=50_000)
def joined_keys(name: str) -> str:
    """Return every key of a name as one text, parted by U+001E; empty where it has none."""
    if _HAN_ONLY.fullmatch(name):
        pieces, chinese = list(name), list(range(len(name)))
    else:
        pieces = _PIECES.findall(name.translate(_WIDE).lower())
        chinese = [place for place, piece in enumerate(pieces) if _HAN.fullmatch(piece)]
    return _BETWEEN.join({key[:_LONGEST] for key in _keys(pieces, chinese) if key})


def _keys(pieces: list[str], chinese: list[int]) -> Iterator[str]:
    sounds = _sounds(pieces, chinese)
    initials = [sound[:1] for sound in sounds]
    for start in range(min(len(pieces), _PARTS)):
        if start and start == len(pieces) - 1 and chinese[-1:] == [start]:
            continue
        yield "".join(pieces[start:])
        if chinese and start <= chinese[-1]:
            yield "".join(sounds[start:])
            yield "".join(initials[start:])


def _sounds(pieces: list[str], chinese: list[int]) -> list[str]:
    """Return each piece as it is spoken; what is not Chinese stays as it is."""
    spoken = pieces.copy()
    for place in chinese:
        spoken[place] = _sound(pieces[place])
    if chinese and len(pieces) < 5 and pieces[0] in _SURNAMES:
        spoken[0] = _SURNAMES[pieces[0]]
    return spoken


@lru_cache(maxsize=30_000)
def _sound(character: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character, errors="ignore"))
