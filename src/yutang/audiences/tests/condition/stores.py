"""Puts a world into the warehouse, together with what must make no difference."""

import json
from itertools import count
from uuid import uuid4

from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import Kind
from yutang.audiences.condition.person import Person
from yutang.audiences.tests.condition.teahouse import VOCABULARY

_workspaces = count(3_000_001)
ERASED = 900
_NAMES = {
    "number": (Kind.NUMBER, Kind.MONEY, Kind.BOOL),
    "date": (Kind.DATE,),
    "moment": (Kind.TIME,),
    "list": (Kind.MULTI_CHOICE,),
}


def _iso(value):
    if value is None or isinstance(value, str | int | float):
        return value
    if hasattr(value, "hour"):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value.isoformat() if hasattr(value, "isoformat") else list(value)


def keep(warehouse, people: list[Person], look, *, merged: dict[int, int] | None = None) -> int:
    """Return a new workspace that holds these people.

    `merged` (origin → customer): half of that customer's events still carry the origin's number.
    Around them stand a rival workspace with the same numbers, older versions of every row, and an
    erased customer whose events are still there.
    """
    workspace, rival = next(_workspaces), next(_workspaces)
    rows: dict[str, list[dict]] = {}
    for person in people:
        _person(rows, workspace, person, merged or {})
        _person(rows, rival, person, {})
    first = people[0]
    _profile(rows, workspace, ERASED, first.profile, version=1)
    rows["profiles"].append(
        {"workspace": workspace, "customer": ERASED, "version": 2, "removed": 1}
    )
    for event in first.events:
        _event(rows, workspace, event, ERASED, ERASED)
    # what was true before: overwritten, or removed
    stale = {"workspace": workspace, "version": 0}
    for person in people:
        rows["profiles"].insert(
            0, {**stale, "customer": person.customer, "city": "北京", "gender": "female"}
        )
        tag = next(each for each in VOCABULARY.tags if each not in {one.tag for one in person.tags})
        rows.setdefault("tags", []).append(
            {**stale, "tag": tag, "customer": person.customer, "tagged_at": _iso(look.now)}
        )
        rows["tags"].append(
            {
                **stale,
                "version": 5,
                "removed": 1,
                "tag": tag,
                "customer": person.customer,
                "tagged_at": _iso(look.now),
            }
        )
    for table, lines in rows.items():
        halves = (lines,) if table == "events" else (lines[::2], lines[1::2])
        for half in halves:
            written = "\n".join(json.dumps(line, ensure_ascii=False) for line in half)
            if half:
                warehouse.insert_lines(table, written.encode(), token=uuid4().hex)
    return workspace


def _person(rows, workspace: int, person: Person, merged: dict[int, int]) -> None:
    customer = person.customer
    _profile(rows, workspace, customer, person.profile, version=1)
    for name, value in person.fields.items():
        kind = Kind(VOCABULARY.attributes[name].kind.value)
        column = next((each for each, kinds in _NAMES.items() if kind in kinds), "text")
        stored = int(value) if kind is Kind.BOOL else _iso(value)
        rows.setdefault("fields", []).append(
            {
                "workspace": workspace,
                "attribute": name,
                "customer": customer,
                column: stored,
                "version": 1,
            }
        )
    origins = [customer, *(origin for origin, winner in merged.items() if winner == customer)]
    for number, event in enumerate(person.events):
        origin = origins[number % len(origins)]
        _event(rows, workspace, event, origin, origin)
    for tag in person.tags:
        rows.setdefault("tags", []).append(
            {
                "workspace": workspace,
                "tag": tag.tag,
                "customer": customer,
                "tagged_at": _iso(tag.at),
                "expires_at": _iso(tag.expires_at),
                "version": 1,
            }
        )
    for tie in person.ties:
        rows.setdefault("relations", []).append(
            {
                "workspace": workspace,
                "kind": tie.kind,
                "target": tie.target,
                "customer": customer,
                "status": tie.status,
                "since": _iso(tie.since),
                "version": 1,
            }
        )
    for number, kin in enumerate(person.kin):
        rows.setdefault("dependants", []).append(
            {
                "workspace": workspace,
                "customer": customer,
                "dependant": number + 1,
                "kind": kin.who,
                "gender": kin.gender,
                "birthday": _iso(kin.birthday),
                "version": 1,
            }
        )
    for audience in person.audiences:
        rows.setdefault("members", []).append(
            {
                "workspace": workspace,
                "audience": audience,
                "customer": customer,
                "since": "2020-01-01T00:00:00Z",
                "version": 1,
            }
        )


def _profile(rows, workspace: int, customer: int, profile, *, version: int) -> None:
    line = {name: _iso(value) for name, value in profile.items()}
    rows.setdefault("profiles", []).append(
        {"workspace": workspace, "customer": customer, **line, "version": version}
    )


def _event(rows, workspace: int, event, customer: int, origin: int) -> None:
    rows.setdefault("events", []).append(
        {
            "workspace": workspace,
            "type": event.type,
            "ts": _iso(event.at),
            "customer": customer,
            "origin": origin,
            "id": str(uuid4()),
            "received_at": _iso(event.at),
            **{
                name: getattr(event, name)
                for name in ("amount", "staff", "store", "group", "content", "campaign", "source")
            },
            "texts": dict(event.texts),
            "numbers": dict(event.numbers),
            "lists": {name: list(each) for name, each in event.lists.items()},
        }
    )


def frame(workspace: int, look, **more) -> Frame:
    return Frame(workspace, look.now, look.time_zone, look.quiet_types, mine=look.mine, **more)
