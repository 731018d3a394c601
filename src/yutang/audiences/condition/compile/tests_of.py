"""Tests of one value as expressions of the warehouse.

Every expression is 0 or 1 and never NULL, so that NOT around it means what it says; on an unknown
value each is 0, the negated operators too.
"""

from datetime import date, timedelta

from yutang.audiences.condition.calendar import day_start, local_day, period_start
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.nodes import (
    Anniversary,
    Between,
    Comparison,
    Holds,
    Inside,
    Kind,
    Known,
    OneOf,
    Test,
    TextMatch,
)
from yutang.audiences.condition.windows import Stretch, days_of, stretches_of, within_reach

__all__ = ["anniversary_days", "during", "known", "ordered", "passes"]

_SIGNS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_NUMBERS = (Kind.NUMBER, Kind.MONEY)
_IDS = (Kind.STAFF, Kind.STORE, Kind.GROUP)


def known(kind: Kind, column: str) -> str:
    """Return whether a value is known."""
    if kind in (Kind.NUMBER, Kind.MONEY):
        return f"isNotNull({column})"
    if kind in (Kind.DATE, Kind.TIME, Kind.BOOL):
        return f"isNotNull({column})"
    if kind in (Kind.MULTI_CHOICE, Kind.LIST):
        return f"notEmpty({column})"
    return f"{column} != 0" if kind in _IDS else f"{column} != ''"


def passes(test: Test, kind: Kind, column: str, binder: Binder) -> str:
    """Return whether a column (or expression) of a kind passes a test."""
    match test:
        case Known(known=is_known):
            expression = known(kind, column)
            return expression if is_known else f"NOT ({expression})"
        case TextMatch():
            return _matches(test, column, binder)
        case Holds():
            return _holds(test, column, binder)
        case Inside(regions=regions, negated=negated):
            inside = " OR ".join(_inside(each, column, binder) for each in regions)
            return f"({column} != '' AND NOT ({inside}))" if negated else f"({inside})"
        case Anniversary():
            return _comes_round(test, kind, column, binder)
        case OneOf(values=values, negated=negated):
            operand = _values(values, kind, binder)
            if negated:
                return f"({known(kind, column)} AND {column} NOT IN {operand})"
            return (
                f"ifNull({column} IN {operand}, 0)"
                if kind in _NUMBERS
                else f"{column} IN {operand}"
            )
    if kind is Kind.TIME:
        found = stretches_of(test, binder.frame.now, binder.frame.time_zone)
        return f"ifNull({during(column, found, binder)}, 0)"
    if kind is Kind.DATE:
        return _on_days(test, column, binder)
    if kind in _NUMBERS and isinstance(test, Comparison | Between):
        return f"ifNull({ordered(test, column, binder)}, 0)"
    if isinstance(test, Comparison):
        return _equal(test, kind, column, binder)
    raise TypeError(test)


def _equal(test: Comparison, kind: Kind, column: str, binder: Binder) -> str:
    if kind is Kind.BOOL:
        return f"ifNull({column} = {binder.integer(int(bool(test.value)))}, 0)"
    value = binder.integer(int(test.value)) if kind in _IDS else binder.text(str(test.value))  # type: ignore[arg-type]
    if test.op == "ne":
        return f"({known(kind, column)} AND {column} != {value})"
    return f"{column} = {value}"


def ordered(test: Comparison | Between, column: str, binder: Binder) -> str:
    """Return a comparison of numbers."""
    if isinstance(test, Between):
        return f"{column} BETWEEN {_number(test.low, binder)} AND {_number(test.high, binder)}"
    return f"{column} {_SIGNS[test.op]} {_number(test.value, binder)}"


def _number(value: object, binder: Binder) -> str:
    return binder.integer(value) if isinstance(value, int) else binder.number(value)  # type: ignore[arg-type]


def _values(values: tuple[str | int | float, ...], kind: Kind, binder: Binder) -> str:
    if kind in _IDS:
        return binder.ids(tuple(int(value) for value in values))
    if kind in _NUMBERS:
        return binder.numbers(tuple(float(value) for value in values))
    return binder.texts(tuple(str(value) for value in values))


def _matches(test: TextMatch, column: str, binder: Binder) -> str:
    value = binder.text(test.value)
    match test.op:
        case "contains":
            return f"position({column}, {value}) > 0"
        case "starts":
            return f"startsWith({column}, {value})"
        case "ends":
            return f"endsWith({column}, {value})"
        case "matches":
            return f"({column} != '' AND match({column}, {value}))"


def _holds(test: Holds, column: str, binder: Binder) -> str:
    values = binder.texts(test.values)
    match test.quantifier:
        case "any":
            return f"hasAny({column}, {values})"
        case "all":
            return f"hasAll({column}, {values})"
        case "none":
            return f"(notEmpty({column}) AND NOT hasAny({column}, {values}))"


def _inside(region: str, column: str, binder: Binder) -> str:
    return f"{column} = {binder.text(region)} OR startsWith({column}, {binder.text(region + '/')})"


def during(column: str, stretches: tuple[Stretch, ...], binder: Binder) -> str:
    """Return whether an instant lies in one of these stretches."""
    return _one_of([_within(column, each, binder) for each in stretches])


def _within(column: str, stretch: Stretch, binder: Binder) -> str:
    tests = []
    if stretch.start is not None and stretch.start.year >= 1900:
        tests.append(f"{column} >= {binder.instant(stretch.start)}")
    if stretch.end is not None and stretch.end == binder.frame.now + timedelta(milliseconds=1):
        tests.append(f"{column} <= {binder.now}")
    elif stretch.end is not None:
        tests.append(f"{column} < {binder.instant(stretch.end)}")
    return " AND ".join(tests) or f"isNotNull({column})"


def _one_of(tests: list[str]) -> str:
    if len(tests) == 1:
        return tests[0]
    return "(" + " OR ".join(f"({each})" for each in tests) + ")" if tests else "0"


def _on_days(test: Test, column: str, binder: Binder) -> str:
    ranges = days_of(test, local_day(binder.frame.now, binder.frame.time_zone))
    found = []
    for each in ranges:
        tests = []
        if each.first is not None:
            tests.append(f"{column} >= {binder.day(within_reach(each.first))}")
        if each.last is not None:
            tests.append(f"{column} <= {binder.day(within_reach(each.last))}")
        found.append(" AND ".join(tests))
    return f"ifNull({_one_of(found)}, 0)"


def anniversary_days(test: Anniversary, today: date) -> tuple[date, tuple[int, ...]]:
    """Return the first day looked at, and every month × 100 + day that comes round.

    28 February stands for the 29th too when its year has none.
    """
    if test.days is None:
        first = period_start(today, "month")
        days = [first + timedelta(days=each) for each in range(31)]
        days = [day for day in days if day.month == first.month]
    else:
        first = today
        days = [today + timedelta(days=each) for each in range(test.days + 1)]
    found = {day.month * 100 + day.day for day in days}
    if any(_ends_short_february(day) for day in days):
        found.add(229)
    return first, tuple(sorted(found))


def _ends_short_february(day: date) -> bool:
    return (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3


def _comes_round(test: Anniversary, kind: Kind, column: str, binder: Binder) -> str:
    zone = binder.frame.time_zone
    first, days = anniversary_days(test, local_day(binder.frame.now, zone))
    found = binder.ids(days)
    if kind is Kind.TIME:
        local = f"toTimeZone({column}, {binder.text(zone)})"
        before = f"{column} < {binder.instant(day_start(first, zone))}"
    else:
        local = column
        before = f"{column} < {binder.day(first)}"
    return f"ifNull({before} AND toMonth({local}) * 100 + toDayOfMonth({local}) IN {found}, 0)"
