"""The smallest things sentences are made of: numbers, lengths of time, days, names, text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from yutang.audiences.condition.calendar import zone
from yutang.audiences.condition.nodes import Span
from yutang.audiences.condition.sentence.forms import Found, Slot, Voice
from yutang.audiences.condition.sentence.scanning import Scanner, quoted
from yutang.kit.i18n import Text

__all__ = [
    "Count",
    "Days",
    "Listed",
    "Money",
    "Names",
    "Number",
    "Point",
    "Spans",
    "Words",
    "simple",
]

_DIGITS = {each: str(number) for number, each in enumerate("零一二三四五六七八九十")} | {
    "两": "2",
    "半": "0.5",
}
_NUMBER = re.compile(
    r"(-?)\s*(?:(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?|([一二两三四五六七八九十]))\s*(万|千|百)?"
)
_TIMES = {"万": 10_000, "千": 1_000, "百": 100, None: 1}
_BARE = re.compile(r"[A-Za-z0-9_.\-/#+·\u3400-\u9fff]{1,40}")
_JOINTS = re.compile(r"并且|而且|或者|之一|开头|结尾|[且或]")
_RESERVED = re.compile(
    r"[且或非并和、]|^(?:and|or|not|is|then|no|one|of|in|the|yes|was|has|known|unknown|at|\d.*)$|[.#]|我的",
    re.IGNORECASE,
)


def _number(scanner: Scanner, at: int) -> tuple[Decimal, int] | None:
    found = scanner.match(at, _NUMBER)
    if found is None:
        scanner.wants(at, Text("数字", "a number"))
        return None
    sign, whole, part, hanzi, times = found.groups()
    written = _DIGITS[hanzi] if hanzi else whole.replace(",", "") + (part or "")
    return Decimal(sign + written) * _TIMES[times], found.end()


class Number:
    """A number, as it is."""

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        return f"{Decimal(repr(value)):f}".removesuffix(".0")

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[float, int]]:
        if (number := _number(scanner, at)) is not None:
            yield float(number[0]), number[1]


class Count(Number):
    """A whole number."""

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[int, int]]:
        number = _number(scanner, at)
        if number is not None and number[0] == int(number[0]):
            yield int(number[0]), number[1]


class Money:
    """Fen, said in yuan."""

    _UNITS = ("元", "块", "yuan", "cny", "rmb")

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        yuan = f"{Decimal(value) / 100:f}"
        yuan = yuan.rstrip("0").rstrip(".") if "." in yuan else yuan
        return f"{yuan}元" if voice.language == "zh" else f"¥{yuan}"

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[int, int]]:
        for sign in ("¥", "￥"):
            at = scanner.literal(at, sign) or at
        number = _number(scanner, at)
        if number is None or number[0] * 100 != int(number[0] * 100):
            return
        end = number[1]
        for unit in self._UNITS:
            end = scanner.literal(end, unit) or end
        yield int(number[0] * 100), end


_UNITS: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "minute": ("分钟", ("分钟", "分"), "minute"),
    "hour": ("小时", ("小时", "个小时", "钟头", "个钟头"), "hour"),
    "day": ("天", ("天", "日"), "day"),
    "week": ("周", ("周", "个星期", "星期", "个礼拜", "礼拜"), "week"),
    "month": ("个月", ("个月", "月"), "month"),
    "year": ("年", ("年", "周年"), "year"),
}


class Spans:
    """A length of time."""

    def say(self, value: Span, voice: Voice, found: Found) -> str:
        zh, _, en = _UNITS[value.unit]
        if voice.language == "zh":
            return f"{value.amount}{zh}"
        return f"{value.amount} {en}{'' if value.amount == 1 else 's'}"

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Span, int]]:
        for written, span in (
            ("半年", Span(6, "month")),
            ("半个月", Span(15, "day")),
            ("半小时", Span(30, "minute")),
        ):
            if (end := scanner.literal(at, written)) is not None:
                yield span, end
        number = _number(scanner, at)
        if number is None or number[0] != int(number[0]) or not 1 <= number[0] <= 5_256_000:
            return
        amount, after = int(number[0]), number[1]
        for unit, (_, zh, en) in _UNITS.items():
            for written in (*zh, f"{en}s", en):
                if (end := scanner.literal(after, written)) is not None:
                    yield Span(amount, unit), end  # type: ignore[arg-type]
                    break
        scanner.wants(after, Text("时间单位（分钟、小时、天、周、个月、年）", "a unit of time"))


_DAY = re.compile(r"(\d{4})(?:-|/|年)(\d{1,2})(?:-|/|月)(\d{1,2})日?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}\.\d{3})z")


class Days:
    """A day."""

    def say(self, value: date, voice: Voice, found: Found) -> str:
        return value.isoformat()

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[date, int]]:
        written = scanner.match(at, _DAY)
        if written is None:
            scanner.wants(at, Text("日期，如 2026-11-01", "a date such as 2026-11-01"))
            return
        try:
            yield date(*(int(each) for each in written.groups())), written.end()
        except ValueError:
            scanner.wants(at, Text("日历上有的日期", "a date of the calendar"))


class Point(Days):
    """A day, or an instant on the clock of the workspace."""

    def say(self, value: date, voice: Voice, found: Found) -> str:
        if not isinstance(value, datetime):
            return value.isoformat()
        local = value.astimezone(zone(voice.words.time_zone))
        written = f"{local:%Y-%m-%d %H:%M}"
        if local.second or local.microsecond:
            written += f"{local:%S}".join((":", ""))
        if local.microsecond:
            written += f".{local.microsecond // 1000:03d}"
        naive = local.replace(tzinfo=None, fold=0).replace(tzinfo=local.tzinfo)
        if naive.astimezone(UTC) != value:  # the clock shows this twice
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return written

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[date, int]]:
        if (written := scanner.match(at, _INSTANT)) is not None:
            yield datetime.fromisoformat(written[1].upper()).replace(tzinfo=UTC), written.end()
            return
        for day, end in super().read(scanner, at, found):
            clock = scanner.match(end, _CLOCK)
            if clock is not None and (instant := self._at(day, clock, scanner)) is not None:
                yield instant, clock.end()
            yield day, end

    def _at(self, day: date, clock: re.Match[str], scanner: Scanner) -> datetime | None:
        hour, minute, second, thousandth = (int(each or 0) for each in clock.groups())
        here = zone(scanner.words.time_zone)
        try:
            local = datetime(
                day.year, day.month, day.day, hour, minute, second, thousandth * 1000, here
            )
        except ValueError:
            return None
        return local.astimezone(UTC)


def simple(value: str) -> bool:
    """Say whether a name or a text can stand without quotes."""
    return _BARE.fullmatch(value) is not None and _RESERVED.search(value) is None


class Words:
    """Any text: in quotes, or bare when nothing in it could be taken for something else."""

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        return value if simple(value) else quoted(value, voice.language)

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[str, int]]:
        at = scanner.skip(at)
        quotation = scanner.quotation(at)
        if quotation is not None:
            if quotation[0]:
                yield quotation
            return
        bare = _BARE.match(scanner.text, at)
        if bare is None:
            scanner.wants(at, Text("文字", "text"))
            return
        for joint in _JOINTS.finditer(bare[0]):
            if joint.start():
                yield bare[0][: joint.start()], at + joint.start()
        yield bare[0], bare.end()


@dataclass(frozen=True)
class Names:
    """One of the workspace's names, standing for its identifier.

    `table(words, found)` gives the names by identifier. Where two share a name, it is said with the
    identifier after `#`; the identifier alone is read too.
    """

    table: Callable[[Any, Found], Mapping[Any, Text]]
    what: Text
    also: Callable[[Any, Found], Mapping[str, Any]] = lambda words, found: {}

    def say(self, value: Any, voice: Voice, found: Found) -> str:
        table = self.table(voice.words, found)
        label = table[value].said(voice.language)
        shared = self._all(voice.words, found)
        if len(shared.get(label.casefold(), ())) > 1:
            return quoted(f"{label}#{value}", voice.language)
        return label if self._bare(label) else quoted(label, voice.language)

    def _bare(self, label: str) -> bool:
        return simple(label) or (label.isascii() and all(simple(each) for each in label.split(" ")))

    def _all(self, words: Any, found: Found) -> dict[str, list[Any]]:
        """Return the identifiers by every name they go by."""
        names: dict[str, list[Any]] = {}
        for each, label in self.table(words, found).items():
            for name in dict.fromkeys((label.zh, label.en)):
                if each not in names.setdefault(name.casefold(), []):
                    names[name.casefold()].append(each)
        return names

    def read(self, scanner: Scanner, at: int, found: Found) -> Iterator[tuple[Any, int]]:
        at = scanner.skip(at)
        names, longest_first, labels = self._index(scanner, found)
        quotation = scanner.quotation(at)
        if quotation is not None:
            for value in self._quoted(quotation[0].casefold(), names):
                yield value, quotation[1]
            return
        for name in longest_first:
            if scanner.plain.startswith(name[0], at):
                end = scanner.literal(at, name)
                if end is not None:
                    for value in names[name]:
                        yield value, end
        scanner.wants(at, self.what, labels)

    def _index(self, scanner: Scanner, found: Found) -> Any:
        """Return the names with their identifiers, the names to try bare, and the labels to suggest."""
        key = (id(self), found.get("types"), found.get("field"))
        if key not in scanner.memory:
            table = self.table(scanner.words, found)
            names = self._all(scanner.words, found)
            for name, value in self.also(scanner.words, found).items():
                names.setdefault(name.casefold(), [value])
            for each in table:
                if isinstance(each, str):
                    names.setdefault(each.casefold(), [each])
            bare = [name for name in names if name and name.strip() == name and not name.isdigit()]
            labels = tuple(label.said(scanner.language) for label in table.values())
            scanner.memory[key] = (names, sorted(bare, key=len, reverse=True), labels)
        return scanner.memory[key]

    def _quoted(self, written: str, names: Mapping[str, list[Any]]) -> list[Any]:
        if written in names:
            return names[written]
        label, _, number = written.rpartition("#")
        return [each for each in names.get(label, ()) if str(each).casefold() == number]


@dataclass(frozen=True)
class Listed:
    """Several of something: `A、B`, `A, B`."""

    of: Slot
    separators: tuple[str, ...] = ("、", "/")

    def say(self, value: Sequence[Any], voice: Voice, found: Found) -> str:
        between = "、" if voice.language == "zh" else ", "
        return between.join(self.of.say(each, voice, found) for each in value)

    def read(
        self, scanner: Scanner, at: int, found: Found
    ) -> Iterator[tuple[tuple[Any, ...], int]]:
        """Yield the longest list first, then ever shorter ones."""
        items: tuple[Any, ...] = ()
        shorter: list[tuple[tuple[Any, ...], int]] = []
        begin: int | None = at
        while begin is not None:
            readings = [
                each for each in self.of.read(scanner, begin, found) if each[0] not in items
            ]
            shorter += [((*items, value), end) for value, end in reversed(readings)]
            begin = None
            for value, end in readings:
                if (further := self._separated(scanner, end)) is not None:
                    items, begin = (*items, value), further
                    break
        yield from reversed(shorter)

    def _separated(self, scanner: Scanner, at: int) -> int | None:
        separators = self.separators if scanner.language == "zh" else (",", "、")
        ends = (scanner.literal(at, each) for each in separators)
        return next((end for end in ends if end is not None), None)
