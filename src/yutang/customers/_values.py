"""Values of attributes: from whatever was written to the one form that is kept, or why not.

Kept in JSON: text as text, numbers as numbers, money as whole fen, dates as `2026-03-01`, instants as
`2026-03-01T04:00:00.000Z`, a choice as its value, several as a list, a region as `广东/深圳/南山区`.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from yutang.customers._regions import BY_ATTRIBUTE, normal_region
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.money import fen_from_yuan
from yutang.loop import Attribute, AttributeKind

__all__ = ["NotThisKind", "Value", "instant_text", "read_value", "value_problem"]

Value = str | int | float | bool | list[str]

LONGEST: Final = 2000
_WIDE: Final = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
_PLAIN_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BETWEEN: Final = re.compile(r"[,，、;；|]")
_YES: Final = frozenset({"true", "yes", "y", "1", "on", "是", "有", "真", "对"})
_NO: Final = frozenset({"false", "no", "n", "0", "off", "否", "无", "没有", "假", "错"})
_FIRST, _LAST = date(1900, 1, 1), date(2299, 12, 31)  # what the warehouse's Date32 holds

_TEXT = Text(f"应为文本，最多 {LONGEST} 个字符", f"expected text of at most {LONGEST} characters")
_CLEAN = Text(
    "含有 NUL 等控制字符，请去掉", "contains a control character such as NUL; leave it out"
)
_NUMBER = Text("应为数字，如 12.5", "expected a number, such as 12.5")
_MONEY = Text(
    "应为金额：整数是分（1280），文本是元（“12.80”）",
    "expected an amount: a whole number is fen (1280), a text is yuan (“12.80”)",
)
_DAY = Text(
    "应为 1900 年到 2299 年的日期，如 2026-03-01",
    "expected a date from 1900 to 2299, such as 2026-03-01",
)
_TIME = Text(
    "应为时间，如 2026-03-01T12:00:00+08:00",
    "expected a time, such as 2026-03-01T12:00:00+08:00",
)
_BOOL = Text("应为是或否（true、false）", "expected yes or no (true, false)")
_CHOICE = Text("可选：{options}", "expected one of: {options}")
_CHOICES = Text("应为这些选项的列表：{options}", "expected a list of these: {options}")
_REGION = Text(
    "应为 省/市/区，如 广东/深圳/南山区",
    "expected province/city/district, such as 广东/深圳/南山区",
)


class NotThisKind(ValueError):
    """A value is not of its attribute's kind; carries what was expected instead."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


def read_value(attribute: Attribute, raw: object, zone: ZoneInfo) -> Value | None:
    """Return the value in its kept form; None where nothing was given. `zone` is for times without one.

    :raises NotThisKind:
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        raw = _clean(raw)
        if not raw:
            return None
    value = _READERS[attribute.kind](attribute, raw, zone)
    spelling = BY_ATTRIBUTE.get(attribute.name)
    return spelling(value) if spelling and isinstance(value, str) else value


def value_problem(field: str, raw: object, expected: Text) -> FieldProblem:
    """Return what to tell whoever sent this: where, what came, what was expected."""
    came = str(raw)[:100].replace("\0", "\\0")
    return FieldProblem(field=field, message=expected.said(), came=came)


def instant_text(at: datetime) -> str:
    """Return an instant as it is kept: UTC, to the millisecond."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="milliseconds")[:-6] + "Z"


def _clean(raw: str) -> str:
    text = raw.strip()
    if text.isprintable():
        return text
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in "\n\t" for each in text):
        raise NotThisKind(_CLEAN)
    return text


def _plain(raw: object) -> str:
    return str(raw).translate(_WIDE).strip()


def _text(attribute: Attribute, raw: object, zone: ZoneInfo) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise NotThisKind(_TEXT)
    limit = 200 if attribute.column == "name" else 60 if attribute.column else LONGEST
    text = str(raw)
    if len(text) > limit:
        raise NotThisKind(Text(f"最多 {limit} 个字符", f"expected at most {limit} characters"))
    return text


def _number(attribute: Attribute, raw: object, zone: ZoneInfo) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise NotThisKind(_NUMBER)
    try:
        number = float(_plain(raw).replace(",", "")) if isinstance(raw, str) else raw
        whole = int(number) if math.isfinite(number) and float(number).is_integer() else None
    except (ValueError, OverflowError):
        raise NotThisKind(_NUMBER) from None
    if not math.isfinite(number) or abs(number) > 1e18:
        raise NotThisKind(_NUMBER)
    return number if whole is None else whole


def _money(attribute: Attribute, raw: object, zone: ZoneInfo) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= 10**16:
        return raw
    fen = fen_from_yuan(_plain(raw)) if isinstance(raw, str) else None
    if fen is None:
        raise NotThisKind(_MONEY)
    return fen


def _date(attribute: Attribute, raw: object, zone: ZoneInfo) -> str:
    if isinstance(raw, datetime):
        raw = raw.astimezone(zone).date() if raw.tzinfo else raw.date()
    if isinstance(raw, date):
        day = raw
    else:
        written = _plain(raw)
        found = _DATE.fullmatch(written) or _PLAIN_DATE.fullmatch(written)
        if not isinstance(raw, str | int) or isinstance(raw, bool) or not found:
            raise NotThisKind(_DAY)
        try:
            day = date(*map(int, found.groups()))
        except ValueError:
            raise NotThisKind(_DAY) from None
    if not _FIRST <= day <= _LAST:
        raise NotThisKind(_DAY)
    return day.isoformat()


def _time(attribute: Attribute, raw: object, zone: ZoneInfo) -> str:
    at = raw if isinstance(raw, datetime) else _instant(raw, zone)
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    if not _FIRST.year < at.year < _LAST.year:
        raise NotThisKind(_TIME)
    return instant_text(at)


def _instant(raw: object, zone: ZoneInfo) -> datetime:
    """Return the instant of an ISO text, a day (its midnight here), or Unix seconds or milliseconds."""
    try:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return datetime.fromtimestamp(raw / 1000 if abs(raw) >= 10**11 else raw, UTC)
        if isinstance(raw, date):
            return datetime(raw.year, raw.month, raw.day, tzinfo=zone)
        if isinstance(raw, str):
            written = _plain(raw).replace("/", "-")
            day = _DATE.fullmatch(written)
            if day and ":" not in written:
                return datetime(*map(int, day.groups()), tzinfo=zone)  # type: ignore[arg-type,misc]
            return datetime.fromisoformat(written)
    except (ValueError, OverflowError, OSError):
        pass
    raise NotThisKind(_TIME)


def _bool(attribute: Attribute, raw: object, zone: ZoneInfo) -> bool:
    if isinstance(raw, bool):
        return raw
    written = _plain(raw).lower() if isinstance(raw, str | int) else ""
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise NotThisKind(_BOOL)


def _choice(attribute: Attribute, raw: object, zone: ZoneInfo) -> str | None:
    found = _option(attribute, raw)
    if found is None:
        raise NotThisKind(_options(attribute, _CHOICE))
    return found or None


def _choices(attribute: Attribute, raw: object, zone: ZoneInfo) -> list[str] | None:
    given = _BETWEEN.split(raw) if isinstance(raw, str) else raw
    if not isinstance(given, list | tuple | set | frozenset):
        raise NotThisKind(_options(attribute, _CHOICES))
    found = [_option(attribute, each) for each in given if each != ""]
    if None in found:
        raise NotThisKind(_options(attribute, _CHOICES))
    return sorted({each for each in found if each}) or None


def _option(attribute: Attribute, raw: object) -> str | None:
    """Return the value of an option given by value or label; empty for “unknown”; None for neither."""
    if not isinstance(raw, str | int) or isinstance(raw, bool):
        return None
    written = str(raw).strip()
    if written in attribute.choices:
        return written
    folded = _plain(raw).lower()
    if attribute.column == "gender":
        return _GENDERS.get(folded)
    for value, label in attribute.choices.items():
        if folded in {value.lower(), label.zh.lower(), label.en.lower()}:
            return value
    return None


# As people and WeChat write it: there 1 is a man, 2 a woman, 0 unknown.
_GENDERS: Mapping[str, str] = {
    **dict.fromkeys(("female", "f", "女", "女性", "女士", "女生", "2", "woman"), "female"),
    **dict.fromkeys(("male", "m", "男", "男性", "先生", "男生", "1", "man"), "male"),
    **dict.fromkeys(("0", "未知", "unknown", "保密", "u", "其他"), ""),
}


def _options(attribute: Attribute, said: Text) -> Text:
    shown = list(attribute.choices.items())[:20]
    return Text(
        said.zh.format(options="、".join(f"{label.zh}（{value}）" for value, label in shown)),
        said.en.format(options=", ".join(f"{label.en} ({value})" for value, label in shown)),
    )


def _region(attribute: Attribute, raw: object, zone: ZoneInfo) -> str:
    text = normal_region(raw) if isinstance(raw, str) and raw.count("/") <= 2 else ""
    if not text or len(text) > 200:
        raise NotThisKind(_REGION)
    return text


_READERS: Mapping[AttributeKind, Callable[[Attribute, object, ZoneInfo], Value | None]] = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.MONEY: _money,
    AttributeKind.DATE: _date,
    AttributeKind.TIME: _time,
    AttributeKind.BOOL: _bool,
    AttributeKind.CHOICE: _choice,
    AttributeKind.MULTI_CHOICE: _choices,
    AttributeKind.REGION: _region,
}
