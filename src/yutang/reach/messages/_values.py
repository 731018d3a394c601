"""What is known of a person, as a template sees it: each value says itself as people read it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from yutang.kit.i18n import Text
from yutang.loop import Attribute, AttributeKind, PropertyKind

__all__ = ["Choice", "Day", "Fen", "Moment", "dressed", "dressed_property", "yuan_text"]


class Choice:
    """A chosen option: compares by its value, reads as its label."""

    __slots__ = ("label", "value")

    def __init__(self, value: str, label: str) -> None:
        self.value = value
        self.label = label

    def __str__(self) -> str:
        return self.label

    def __eq__(self, other: object) -> bool:
        return other in (self.value, self.label) or (
            isinstance(other, Choice) and other.value == self.value
        )

    def __hash__(self) -> int:
        return hash(self.value)


class Fen(int):
    """An amount: counts in fen, reads in yuan."""

    def __str__(self) -> str:
        return yuan_text(self)

    __repr__ = int.__repr__


class Day(date):
    """A day: reads as 2026-03-01."""


class Moment(datetime):
    """An instant by the brand's clock: reads as 2026-03-01 12:00."""

    def __str__(self) -> str:
        return self.strftime("%Y-%m-%d %H:%M")


def yuan_text(fen: int) -> str:
    """Return fen as yuan without a sign of currency: `12800` → `128`, `12850` → `128.50`."""
    sign, rest = ("-" if fen < 0 else ""), abs(int(fen))
    return f"{sign}{rest // 100}" + (f".{rest % 100:02d}" if rest % 100 else "")


def dressed(attribute: Attribute, value: Any, zone: ZoneInfo) -> Any:
    """Return a kept value as a template sees it."""
    match attribute.kind:
        case AttributeKind.CHOICE:
            return Choice(value, _label(attribute.choices, value))
        case AttributeKind.MULTI_CHOICE:
            return [Choice(each, _label(attribute.choices, each)) for each in value]
        case AttributeKind.MONEY:
            return Fen(value)
        case AttributeKind.DATE:
            return Day.fromisoformat(value)
        case AttributeKind.TIME:
            return _moment(value, zone)
        case _:
            return value


def dressed_property(kind: PropertyKind | None, value: Any, zone: ZoneInfo) -> Any:
    """Return a value of an event as a template sees it; one not of its kind as it came."""
    try:
        match kind:
            case PropertyKind.MONEY:
                return Fen(value)
            case PropertyKind.DATE:
                return Day.fromisoformat(value)
            case PropertyKind.TIME:
                return _moment(value, zone)
    except (ValueError, TypeError):
        pass
    return value


def _label(choices: Mapping[str, Text], value: str) -> str:
    # Messages are written to customers in the brand's language, which is Chinese.
    return choices[value].zh if value in choices else value


def _moment(value: str, zone: ZoneInfo) -> Moment:
    at = Moment.fromisoformat(value)
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(zone)
