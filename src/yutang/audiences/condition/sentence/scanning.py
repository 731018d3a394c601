"""A sentence being read: places, the signs people type, and the furthest place anything was expected.

Reading is by trial: a form that does not fit yields nothing, and another is tried at the same place.
What was expected at the furthest place reached is what a refusal names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Language, Text

__all__ = ["Scanner", "quoted"]

# Signs of the Chinese keyboard that mean the same as ASCII ones; one character for one, so that
# places in the sentence stay what they are.
_SIGNS = str.maketrans(
    {chr(0xFF01 + each): chr(0x21 + each) for each in range(94)}
    | {
        "　": " ",
        "。": ".",
        "【": "(",
        "】": ")",
        "〔": "(",
        "〕": ")",
        "—": "-",
        "–": "-",
        "，": ",",
    }
)
_QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "'": "'"}
_SPACE = re.compile(r"\s*")


@dataclass
class Scanner:
    """A sentence, its language, and whose words it is in."""

    text: str
    language: Language
    words: Vocabulary
    plain: str = field(init=False)
    furthest: int = -1
    expected: dict[Text, None] = field(default_factory=dict)
    candidates: dict[str, None] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = self.text.translate(_SIGNS).casefold()
        if len(self.plain) != len(self.text):  # folding lengthened a letter (ß → ss): keep places
            self.plain = self.text.translate(_SIGNS).lower()
        if len(self.plain) != len(self.text):
            self.plain = self.text.translate(_SIGNS)

    def skip(self, at: int) -> int:
        """Return the next place that is no space."""
        found = _SPACE.match(self.plain, at)
        assert found is not None
        return found.end()

    def ends(self, at: int) -> bool:
        """Say whether nothing but spaces and a full stop is left."""
        return self.plain[self.skip(at) :].strip(" .") == ""

    def literal(self, at: int, wanted: str) -> int | None:
        """Return the place after a wanted sign or word, or None."""
        at = self.skip(at)
        pieces = wanted.translate(_SIGNS).casefold().split(" ")
        end = at
        for number, piece in enumerate(pieces):
            if number:
                further = self.skip(end)
                if further == end:
                    return None
                end = further
            if not self.plain.startswith(piece, end):
                return None
            end += len(piece)
        if _wordlike(wanted[-1:]) and _wordlike(self.plain[end : end + 1]):
            return None
        return end

    def match(self, at: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return a match right here."""
        return pattern.match(self.plain, self.skip(at))

    def quotation(self, at: int) -> tuple[str, int] | None:
        """Return what stands in quotes here, and the place after; a doubled quote stands for itself."""
        at = self.skip(at)
        close = _QUOTES.get(self.text[at : at + 1])
        if close is None:
            return None
        found, place = "", at + 1
        while True:
            end = self.text.find(close, place)
            if end < 0:
                self.wants(len(self.text), Text(f"收尾的 {close}", f"a closing {close}"))
                return None
            found += self.text[place:end]
            if self.text[end + 1 : end + 2] != close:
                return found, end + 1
            found, place = found + close, end + 2

    def wants(
        self, at: int, what: Text, candidates: "Iterator[str] | tuple[str, ...]" = ()
    ) -> None:
        """Remember what would have fitted here, if no reading came further."""
        at = self.skip(at)
        if at > self.furthest:
            self.furthest = at
            self.expected.clear()
            self.candidates.clear()
        if at == self.furthest:
            self.expected[what] = None
            self.candidates.update(dict.fromkeys(candidates))


def _wordlike(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def quoted(value: str, language: Language) -> str:
    """Return a value in the quotes of a language."""
    if language == "zh":
        return "「" + value.replace("」", "」」") + "」"
    return '"' + value.replace('"', '""') + '"'
