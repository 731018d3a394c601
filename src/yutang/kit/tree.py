"""A place in a JSON tree that knows its path: every reading either fits or is a Mistake."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from math import isfinite
from typing import TypeVar

from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text

__all__ = ["Mistake", "Place", "shown", "suggestion"]

T = TypeVar("T")
_MOST = 5_000
_LONGEST = 1_000


class Mistake(Exception):
    """One place that does not fit; collected by the reader of JSON."""

    def __init__(self, path: str, came: object, expected: Text) -> None:
        super().__init__(path)
        self.path = path
        self.came = came
        self.expected = expected

    def problem(self) -> FieldProblem:
        """Return the mistake as one line of a refusal."""
        return FieldProblem(field=self.path, message=self.expected.said(), came=shown(self.came))


def suggestion(word: str, known: list[str]) -> Text:
    """Return “did you mean …” for the nearest known words, or nothing."""
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    if not near:
        return Text("", "")
    return Text(f"，是不是 {'、'.join(near)}", f", perhaps {', '.join(near)}")


def shown(came: object) -> str:
    """Return what came, short enough for a sentence."""
    if came is ...:
        return "∅"
    written = json.dumps(came, ensure_ascii=False, default=str)
    return written if len(written) <= 80 else written[:79] + "…"


@dataclass(frozen=True)
class Place:
    """A value in the tree and the way to it: `condition.of[2].window.amount`."""

    value: object
    path: str = "condition"

    def mistake(self, zh: str, en: str) -> Mistake:
        """Return a mistake at this place; the words complete “应该是 …” / “should be …”."""
        return Mistake(self.path, self.value, Text(f"应该是{zh}", f"should be {en}"))

    def __getitem__(self, key: str) -> "Place":
        """Return the place under a key; its value is `...` if the key is not there."""
        return Place(self.object().get(key, ...), f"{self.path}.{key}")

    def has(self, key: str) -> bool:
        """Say whether something stands under a key; null counts as nothing."""
        return self.object().get(key) is not None

    def object(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            raise self.mistake("一个对象 {…}", "an object {…}")
        return self.value

    def only(self, *keys: str) -> None:
        """Refuse keys that mean nothing here: a misspelt one would silently change the meaning."""
        for key in self.object():
            if key not in keys:
                near = suggestion(key, list(keys))
                raise Mistake(
                    f"{self.path}.{key}",
                    key,
                    Text(
                        f"这里没有这一项，可以写 {'、'.join(keys)}{near.zh}",
                        f"there is no such key here; {', '.join(keys)} can stand{near.en}",
                    ),
                )

    def items(self, *, least: int = 1, most: int = _MOST) -> Iterator["Place"]:
        if not isinstance(self.value, list) or not least <= len(self.value) <= most:
            raise self.mistake(
                f"{least} 到 {most} 项的数组", f"an array of {least} to {most} items"
            )
        for number, each in enumerate(self.value):
            yield Place(each, f"{self.path}[{number}]")

    def one_of(self, *words: str) -> str:
        if not isinstance(self.value, str) or self.value not in words:
            near = (
                suggestion(self.value, list(words)) if isinstance(self.value, str) else Text("", "")
            )
            raise self.mistake(
                f" {'、'.join(words)} 之一{near.zh}", f"one of {', '.join(words)}{near.en}"
            )
        return self.value

    def known(self, among: "Sequence[T]", what: Text) -> T:
        """Return the value if it is one of `among` (identifiers of the workspace)."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in among:
            near = suggestion(str(value), [str(each) for each in among])
            raise Mistake(
                self.path,
                value,
                Text(f"这里没有这样的{what.zh}{near.zh}", f"there is no such {what.en}{near.en}"),
            )
        return value  # type: ignore[return-value]

    def text(self) -> str:
        value = self.value
        if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or "\0" in value:
            raise self.mistake(
                f" 1 到 {_LONGEST} 个字符的文字", f"text of 1 to {_LONGEST} characters"
            )
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.mistake("完整的 Unicode 文字", "whole Unicode text") from None
        return value

    def integer(self, least: int, most: int) -> int:
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.mistake(
                f" {least} 到 {most} 的整数", f"a whole number from {least} to {most}"
            )
        return value

    def number(self) -> float:
        value = self.value
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not isfinite(value)
            or abs(value) > 1e15
        ):
            raise self.mistake("数字", "a number")
        return float(value)

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.mistake(" true 或 false", "true or false")
        return self.value

    def day(self) -> date:
        found = self._parsed(date.fromisoformat) if len(str(self.value)) == 10 else None
        if found is None or not 1900 <= found.year <= 2298:
            raise self.mistake("日期，如 2026-11-01", "a date such as 2026-11-01")
        return found

    def moment(self) -> date | datetime:
        """Return a day, or an instant with its offset."""
        if isinstance(self.value, str) and len(self.value) == 10:
            return self.day()
        found = self._parsed(datetime.fromisoformat)
        if found is None or found.tzinfo is None or not 1900 < found.year <= 2298:
            raise self.mistake(
                "日期，或带时差的时刻，如 2026-11-01T08:00:00+08:00",
                "a date, or an instant with its offset such as 2026-11-01T08:00:00+08:00",
            )
        utc = found.astimezone(UTC)
        return utc.replace(microsecond=utc.microsecond // 1000 * 1000)

    def _parsed(self, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(self.value) if isinstance(self.value, str) else None
        except (ValueError, OverflowError):
            return None
