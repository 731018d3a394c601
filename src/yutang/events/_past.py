"""What happened between two instants, as columns: for those who compute with millions of events."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yutang.engines import named_sql, warehouse
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MOST_PAST", "TooMuchPast", "past"]

_SQL = named_sql("yutang.events", "past")
_OF_SOMEBODY = "AND customer IN {only:Array(UInt32)}"
_MERGED = "transform(origin, {origins:Array(UInt32)}, {owners:Array(UInt32)}, customer)"
# What an event says under a name: as text, as number, as list.
_PROPERTY = """
    if(mapContains(texts, {#:String}), texts[{#:String}], NULL) AS #_text,
    if(mapContains(numbers, {#:String}), numbers[{#:String}], NULL) AS #_number,
    lists[{#:String}] AS #_list"""
MOST_PAST = 40_000_000  # events: about a gigabyte
# Where a well-known column says what a property of this name says.
_COLUMNS = {
    "number": ("amount", "staff", "store", "group"),
    "text": ("content", "campaign", "source"),
}


class TooMuchPast(DomainError):
    """More events than are computed with at once."""

    status = 422
    zh = "这段时间里有 {count} 个相关事件，超过一次能算的 {most} 个。请把天数调小。"
    en = "There are {count} events in this time, more than the {most} computed with at once. Ask for fewer days."


def past(
    workspace: Workspace,
    types: Sequence[str],
    *,
    after: datetime,
    upto: datetime,
    properties: Sequence[str] = (),
    overrides: Mapping[int, int] | None = None,
    only: Sequence[int] | None = None,
) -> "pl.DataFrame":
    """Return events of these types, `after` < when ≤ `upto`: kind, at (ms), customer, group, staff.

    `kind` is the place of the type in `types`. Of each of the properties it has `p<n>_text`,
    `p<n>_number` and `p<n>_list`, null where the event does not say it. `overrides` name today's
    owners of origins (`customers.pending_overrides`).

    :raises TooMuchPast, WarehouseTooBusy:
    """
    asked: dict[str, Any] = {
        "workspace": workspace.pk,
        "types": list(types),
        "after": after,
        "upto": upto,
    }
    if only is None:
        count = int(warehouse().value(_SQL["counted"], asked, lane="background"))
        if count > MOST_PAST:
            raise TooMuchPast(count=count, most=MOST_PAST)
    sql = _SQL["past"]
    if only is not None:
        somebody = _OF_SOMEBODY.replace("customer", _MERGED if overrides else "customer")
        sql = sql.replace("/*only*/", f" {somebody}")
        asked["only"] = list(only)
    if overrides:
        sql = sql.replace("/*customer*/customer/**/", _MERGED)
        asked |= {"origins": list(overrides), "owners": list(overrides.values())}
    named = [_property(place, name, asked) for place, name in enumerate(properties)]
    sql = sql.replace("/*properties*/", "".join(f",\n{each}" for each in named))
    return warehouse().frame(sql, asked, lane="background")


def _property(place: int, name: str, asked: dict[str, Any]) -> str:
    asked[f"p{place}"] = name
    written = _PROPERTY.replace("#", f"p{place}")
    for kind, columns in _COLUMNS.items():
        if name in columns:
            column = f"`{name}`"
            said = f"nullIf({column}, '')" if kind == "text" else f"toFloat64(nullIf({column}, 0))"
            written = written.replace(
                f", NULL) AS p{place}_{kind}", f", {said}) AS p{place}_{kind}"
            )
    return written
