"""One person's history, newest first, page by page, and each event as a line that people read."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from yutang.engines import named_sql, warehouse
from yutang.events._catalogue import Known, known
from yutang.events._pages import newest_page
from yutang.kit.i18n import Language, Text, language
from yutang.kit.money import yuan
from yutang.kit.pages import PageOf, seal, unseal
from yutang.loop import EventType, Property, PropertyKind, event_types
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["TimelineEvent", "timeline"]

SQL = named_sql("yutang.events", "timeline")
_END = (datetime(2200, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))  # after all that ever happens
COLUMNS = ("amount", "staff", "store", "group", "content", "campaign", "source")
MOST_DETAILS = 4
LONGEST_DETAIL = 60


@dataclass(frozen=True)
class TimelineEvent:
    """One event of a person. `properties` holds what the columns do not, by the catalogue's kinds."""

    id: UUID
    type: EventType
    occurred_at: datetime
    received_at: datetime
    amount: int
    staff: int
    store: int
    group: int
    content: str
    campaign: str
    source: str
    properties: Mapping[str, Any]
    names: Mapping[str, str] = field(
        default_factory=dict
    )  # of staff, store, group, content: where known
    zone: ZoneInfo = field(repr=False, default=ZoneInfo("Asia/Shanghai"))
    hidden: frozenset[str] = frozenset()

    def sentence(self, in_language: Language | None = None) -> str:
        """Return the event in one line: “收藏了 商品 A1”, “Favourited item A1”."""
        spoken = in_language or language()
        details = list(self._details(spoken))[:MOST_DETAILS]
        said = self.type.label.said(spoken)
        if self.type.name not in event_types:
            return (
                f"{said}：{'，'.join(details)}"
                if details and spoken == "zh"
                else _en(said, details)
            )
        if spoken == "zh":
            return f"{said}了{' ' if details else ''}{'，'.join(details)}"
        return _en(said, details)

    def _details(self, spoken: Language) -> Iterator[str]:
        """Yield what is worth saying: what the type declares, in its order, then what else there is."""
        given: dict[str, Any] = {name: getattr(self, name) for name in COLUMNS}
        given |= self.names
        given |= self.properties
        mentioned = {"source", "campaign"}
        for each in self.type.properties:
            value = given.get(each.name)
            mentioned.add(each.name)
            if value in (None, "", 0, []) or each.name in self.hidden:
                continue
            if each.name == "content" and each.name in self.names:
                yield self.names[each.name]  # the type says already what it is the name of
            else:
                yield self._said(each, value, spoken)
        for name, label in _COLUMN_LABELS.items():
            if name not in mentioned and given[name]:
                kind = PropertyKind.MONEY if name == "amount" else PropertyKind.TEXT
                yield self._said(Property(name, kind, label), given[name], spoken)

    def _said(self, each: Property, value: Any, spoken: Language) -> str:
        match each.kind:
            case PropertyKind.MONEY:
                written = yuan(int(value))
                return written if each.name == "amount" else f"{each.label.said(spoken)} {written}"
            case PropertyKind.BOOL:
                written = _YES_NO[value is True or value == "true"].said(spoken)
            case PropertyKind.TIME:
                moment = datetime.fromisoformat(str(value)).astimezone(self.zone)
                written = moment.strftime("%Y-%m-%d %H:%M")
            case PropertyKind.LIST:
                written = ("、" if spoken == "zh" else ", ").join(map(str, value))
            case _:
                written = f"{value:g}" if isinstance(value, float) else str(value)
        if len(written) > LONGEST_DETAIL:
            written = f"{written[: LONGEST_DETAIL - 1]}…"
        return f"{each.label.said(spoken)} {written}"


def _en(said: str, details: Sequence[str]) -> str:
    begun = said[:1].upper() + said[1:]
    return f"{begun} {', '.join(details)}" if details else begun


_YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}
_COLUMN_LABELS: Mapping[str, Text] = {
    "amount": Text("金额", "amount"),
    "content": Text("内容", "content"),
    "staff": Text("员工", "staff member"),
    "store": Text("门店", "store"),
    "group": Text("群", "group"),
}


def timeline(
    workspace: Workspace,
    origins: Sequence[int],
    *,
    before: str | None = None,
    types: Sequence[str] = (),
    limit: int = 50,
) -> PageOf[TimelineEvent]:
    """Return a page of the events of these origins, newest first; `before` is `next` of the page above.

    :raises CursorUnknown, WarehouseTooBusy:
    """
    narrowed = _narrowed(before, types) if before or types else {}
    if not origins:
        return PageOf([])
    if narrowed:
        asked = {"workspace": workspace.pk, "origins": list(origins), "limit": limit + 1}
        rows = warehouse().rows(SQL["further"], asked | narrowed)
    else:
        rows = newest_page(workspace, origins, limit + 1)
    shown = _named(workspace, _events(workspace, rows[:limit]))
    more = seal([_stamp(shown[-1]), shown[-1].id], salt="timeline") if len(rows) > limit else None
    return PageOf(shown, more)


def _narrowed(before: str | None, types: Sequence[str]) -> dict[str, object]:
    """Return the bounds of a further page, or of some types only."""
    until, last = _END
    if before:
        stamp, seen = unseal(before, length=2, salt="timeline")
        until, last = datetime.fromtimestamp(stamp / 1000, UTC), UUID(seen)
    return {"until": until, "id": last, "types": list(types)}


def _named(workspace: Workspace, shown: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """Say who the staff and the stores are, and what contents that are numbers are called."""
    contents = _contents(workspace, shown)
    staff = {each.staff for each in shown if each.staff}
    stores = {each.store for each in shown if each.store}
    people = workspaces.staff_by_id(workspace, staff) if staff else {}
    places = workspaces.stores_by_id(workspace, stores) if stores else {}
    return [
        replace(
            each,
            names={
                kind: found[number].name
                for kind, number, found in (
                    ("staff", each.staff, people),
                    ("store", each.store, places),
                )
                if number in found
            }
            | dict(contents.get((each.type.name, each.content), {})),
        )
        for each in shown
    ]


def _contents(
    workspace: Workspace, shown: Sequence[TimelineEvent]
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    met: dict[str, set[str]] = defaultdict(set)
    for each in shown:
        if each.content:
            met[each.type.name].add(each.content)
    return {
        (name, content): {"content": called}
        for name, contents in met.items()
        if name in event_types and (names := event_types[name].content_names) is not None
        for content, called in names(workspace.pk, contents).items()
    }


def _stamp(event: TimelineEvent) -> int:
    return (event.occurred_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _events(workspace: Workspace, rows: Sequence[Sequence[Any]]) -> list[TimelineEvent]:
    held, zone = known(workspace), ZoneInfo(workspace.time_zone)
    hidden: dict[str, set[str]] = defaultdict(set)
    for each in held.hidden:
        if isinstance(each, tuple):
            hidden[each[0]].add(each[1])
    return [_event(held, zone, frozenset(hidden.get(row[0], ())), row) for row in rows]


def _event(
    held: Known, zone: ZoneInfo, hidden: frozenset[str], row: Sequence[Any]
) -> TimelineEvent:
    name, ts, id_, said = row
    received_at, *columns, texts, numbers, lists = json.loads(said)
    type_ = held.types.get(name) or EventType(name, Text(name, name))
    kinds = held.kinds.get(name, {})
    properties = {key: _typed(value, kinds.get(key)) for key, value in texts.items()}
    properties |= {
        key: int(value) if float(value).is_integer() else value for key, value in numbers.items()
    }
    return TimelineEvent(
        id=id_,
        type=type_,
        occurred_at=ts.replace(tzinfo=UTC),
        received_at=datetime.fromisoformat(received_at).replace(tzinfo=UTC),
        **dict(zip(COLUMNS, columns, strict=True)),
        properties=properties | lists,
        zone=zone,
        hidden=hidden,
    )


def _typed(value: str, kind: PropertyKind | None) -> Any:
    return value == "true" if kind is PropertyKind.BOOL else value
