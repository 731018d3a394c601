"""Forms: one wording that is both said and read.

    Form(zh=("近{span}",), en=("in the last {span}",), take=…, build=…)

Of a form's patterns the first is what we say; all of them are read. `{span}` is a slot, `[a|b]`
a choice of signs (the first is said; an empty one may be left out). `take` turns a value into what
stands in the slots, or None if the form does not fit it; `build` is its inverse. So saying and
reading cannot drift apart.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from yutang.audiences.condition.sentence.scanning import Scanner
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Language, Text

__all__ = ["Form", "Found", "Slot", "Unsayable", "Voice", "alternatives"]

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Voice:
    """The language and the words something is said in."""

    language: Language
    words: Vocabulary


class Unsayable(Exception):
    """No form fits a value."""


class Slot(Protocol):
    """A hole in a form. `found` holds what the slots before it were filled with."""

    def say(self, value: Any, voice: Voice, found: Found) -> str: ...

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Any, int]]: ...


_PART = re.compile(r"\{(\w+)\}|\[([^\]]*)\]|([^{\[]+)")


@dataclass(frozen=True)
class _Pattern:
    """A pattern taken apart: slot names, and tuples of signs of which one must stand."""

    parts: tuple[str | tuple[str, ...], ...]

    @classmethod
    def of(cls, written: str) -> "_Pattern":
        parts: list[str | tuple[str, ...]] = []
        for slot, choice, sign in _PART.findall(written):
            if slot:
                parts.append(slot)
            else:
                parts.append(tuple(choice.split("|")) if not sign else (sign,))
        return cls(tuple(parts))


@dataclass(frozen=True)
class Form:
    """One wording in both languages; see the module."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    slots: Mapping[str, Slot] = field(default_factory=dict)
    take: Callable[[Any], Found | None] = lambda value: {}
    build: Callable[[Found], Any] = lambda found: None
    said: bool = True  # a form that is only read has no say in how a value is worded

    @cached_property
    def patterns(self) -> dict[str, tuple[_Pattern, ...]]:
        return {
            "zh": tuple(_Pattern.of(each) for each in self.zh),
            "en": tuple(_Pattern.of(each) for each in self.en),
        }

    def say(self, value: Any, voice: Voice, found: Found) -> str | None:
        """Return the value in words, or None if the form does not fit it."""
        taken = self.take(value) if self.said and self.patterns[voice.language] else None
        if taken is None:
            return None
        filled = {**found, **taken}
        words = []
        for part in self.patterns[voice.language][0].parts:
            if isinstance(part, tuple):
                words.append(part[0])
            else:
                words.append(self.slots[part].say(filled[part], voice, filled))
        return "".join(words)

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Any, int]]:
        """Yield every way the form fits here: what it means, and the place after."""
        for pattern in self.patterns[scanner.language]:
            for filled, end in self._read(pattern, 0, scanner, at, found):
                value = self.build(filled)
                if value is not None:
                    yield value, end

    def _read(
        self, pattern: _Pattern, number: int, scanner: Scanner, at: int, found: Found
    ) -> Iterator[tuple[Found, int]]:
        if number == len(pattern.parts):
            yield found, at
            return
        part = pattern.parts[number]
        if isinstance(part, tuple):
            for end in _signs(part, scanner, at):
                yield from self._read(pattern, number + 1, scanner, end, found)
            return
        for value, end in self.slots[part].read(scanner, at, found):
            yield from self._read(pattern, number + 1, scanner, end, {**found, part: value})


def _signs(choice: tuple[str, ...], scanner: Scanner, at: int) -> Iterator[int]:
    for sign in choice:
        bare = sign.strip(" ")
        if not bare:
            yield at
            continue
        end = scanner.literal(at, bare)
        if end is not None:
            yield end
        else:
            scanner.wants(at, Text(bare, bare))


@dataclass(frozen=True)
class alternatives:  # noqa: N801 — reads as a function where it is used
    """A slot whose value is worded by the first of several forms that fits."""

    forms: tuple[Form, ...]
    allowed: Callable[[Form, Found], bool] = lambda form, found: True

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        for form in self.forms:
            if self.allowed(form, found):
                said = form.say(value, voice, found)
                if said is not None:
                    return said
        raise Unsayable(value)

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Any, int]]:
        for form in self.forms:
            if self.allowed(form, found):
                yield from form.read(scanner, at, found)


@dataclass(frozen=True, eq=False)
class remembered:  # noqa: N801 — reads as a function where it is used
    """A slot that means the same wherever it stands: what was read at a place is remembered."""

    slot: Slot

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        return self.slot.say(value, voice, {})

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Any, int]]:
        key = (id(self), scanner.skip(at))
        if key not in scanner.memory:
            scanner.memory[key] = list(self.slot.read(scanner, at, {}))
        yield from scanner.memory[key]
