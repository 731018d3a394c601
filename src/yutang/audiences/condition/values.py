"""Values inside the nodes: kinds, fields, lengths and windows of time, tests of one value."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

__all__ = [
    "AT_LEAST_ONCE",
    "EVER",
    "Absolute",
    "Anniversary",
    "Around",
    "Between",
    "Calendar",
    "CalendarUnit",
    "Comparison",
    "Ever",
    "Field",
    "Holds",
    "InPeriod",
    "Inside",
    "Kind",
    "Known",
    "LessThanAgo",
    "MoreThanAgo",
    "OneOf",
    "Order",
    "Rolling",
    "Span",
    "Test",
    "TextMatch",
    "Unit",
    "Value",
    "Window",
    "WithinNext",
]


class Kind(StrEnum):
    """What an attribute or a property holds; decides which tests fit it."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # integer fen
    DATE = "date"
    TIME = "time"
    BOOL = "bool"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    REGION = "region"  # "广东/深圳/南山"
    LIST = "list"  # of text
    STAFF = "staff"
    STORE = "store"
    GROUP = "group"


@dataclass(frozen=True)
class Field:
    """An attribute of a customer or a property of an event, and the typed column that holds it.

    Without a column an attribute lives in `fields`, a property in one of the three maps.
    """

    name: str
    kind: Kind
    column: str | None = None


Unit = Literal["minute", "hour", "day", "week", "month", "year"]
CalendarUnit = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True)
class Span:
    """A length of time. Up to weeks it is exact; months and years are steps of the calendar."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Ever:
    """All the time there is."""


@dataclass(frozen=True)
class Rolling:
    """From `now − span` (not included) up to now."""

    span: Span


@dataclass(frozen=True)
class Absolute:
    """Between two fixed instants, the later one not included; a date means that whole local day."""

    start: date | datetime | None
    end: date | datetime | None


@dataclass(frozen=True)
class Calendar:
    """The present day, week…; the one before; or the last `count` complete ones."""

    period: Literal["this", "last", "past"]
    unit: CalendarUnit
    count: int = 1


@dataclass(frozen=True)
class Around:
    """The local days around today's date, `years` years ago."""

    years: int
    before: int
    after: int


Window: TypeAlias = Ever | Rolling | Absolute | Calendar | Around

Value: TypeAlias = str | int | float | bool | date | datetime
Order = Literal["eq", "ne", "lt", "le", "gt", "ge"]


@dataclass(frozen=True)
class Comparison:
    op: Order
    value: Value


@dataclass(frozen=True)
class Between:
    """Both ends included."""

    low: Value
    high: Value


@dataclass(frozen=True)
class OneOf:
    values: tuple[str | int | float, ...]
    negated: bool = False


@dataclass(frozen=True)
class TextMatch:
    op: Literal["contains", "starts", "ends", "matches"]
    value: str


@dataclass(frozen=True)
class Known:
    known: bool


@dataclass(frozen=True)
class MoreThanAgo:
    """It was, and the span since then is over: “入会满1年”."""

    span: Span


@dataclass(frozen=True)
class LessThanAgo:
    """It was, and the span since then is not over."""

    span: Span


@dataclass(frozen=True)
class WithinNext:
    """It will be, within the span; for a date, from today to the day a span from today."""

    span: Span


@dataclass(frozen=True)
class InPeriod:
    calendar: Calendar


@dataclass(frozen=True)
class Anniversary:
    """Its month and day come round within the next `days` days (0: today), or in this month (None).

    29 February comes round on 28 February when the year has no 29th.
    """

    days: int | None


@dataclass(frozen=True)
class Holds:
    """What a list contains."""

    quantifier: Literal["any", "all", "none"]
    values: tuple[str, ...]


@dataclass(frozen=True)
class Inside:
    """A region is one of these or lies in one of them."""

    regions: tuple[str, ...]
    negated: bool = False


Test: TypeAlias = (
    Comparison
    | Between
    | OneOf
    | TextMatch
    | Known
    | MoreThanAgo
    | LessThanAgo
    | WithinNext
    | InPeriod
    | Anniversary
    | Holds
    | Inside
)

EVER = Ever()
AT_LEAST_ONCE = Comparison("ge", 1)
