"""Profiles by the hundred thousand: for imports and connectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.customers._attributes import READ_ONLY, attributes_of
from yutang.customers._marks import mark
from yutang.customers._resolving import Resolved, resolve
from yutang.customers._saying import Given, say
from yutang.customers._values import NotThisKind, Value, read_value, value_problem
from yutang.customers._writing import add_rows, index_names, new_row
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.loop import Attribute
from yutang.workspaces.models import Workspace

__all__ = ["ProfileRow", "Upserted", "upsert_many"]

_NO_SUCH = Text("没有这个字段", "there is no such attribute")
_ERASED = Text(
    "这个人要求过删除个人数据，没有导入", "this person asked to be erased and was left out"
)


class _Past(NamedTuple):
    """Since when somebody new has been known, and when this was said of her."""

    since: datetime
    at: datetime


class ProfileRow(NamedTuple):
    """One person: who she is, and what is said of her. Empty values say nothing.

    Who brings in somebody new may know since when she has been known, and when this was said.
    """

    identities: Mapping[str, str]
    values: Mapping[str, object]
    since: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Upserted:
    """What became of the rows. A row with a problem changed nothing."""

    customers: Sequence[int]  # by row; 0 where there is a problem
    created: int
    problems: Mapping[int, Sequence[FieldProblem]] = field(default_factory=dict)
    erased: Sequence[int] = ()  # places left out because the person was erased; among the problems
    origins: Sequence[int] = ()  # by row: who the identity was born with, whatever she became


@survives_deadlocks
def upsert_many(
    workspace: Workspace,
    batch: Sequence[ProfileRow],
    *,
    source: str,
    now: datetime,
    keep: Literal["newest", "existing", "others"] = "newest",
) -> Upserted:
    """Find or make each row's customer and set her attributes; good rows are in, others say why not.

    `keep="existing"` only fills what is unknown; `keep="others"` also replaces what this source said
    before, and leaves what others said. Several rows of one person follow their order. One
    transaction, a handful of statements; up to some 100,000 rows at a time.
    """
    problems: dict[int, list[FieldProblem]] = {}
    given = _read(workspace, batch, problems)
    sound = [place for place in range(len(batch)) if place not in problems]
    numbers, origins = [0] * len(batch), [0] * len(batch)
    erased: list[int] = []
    with transaction.atomic():
        people = [batch[place].identities for place in sound]
        new: list[int] = []
        since = [batch[place].since for place in sound]
        found = resolve(
            workspace, people, source=source, now=now, locking=True, unborn=new, since=since
        )
        said: dict[int, list[Given]] = {}
        past = _pasts(batch, sound, found, now)
        for place, person in zip(sound, found, strict=True):
            if person.problem is not None:
                problems[place] = [person.problem]
            elif not person.customer_id:
                erased.append(place)
                problems[place] = [value_problem("customer", "", _ERASED)]
            else:
                numbers[place], origins[place] = person.customer_id, person.origin_id
                said.setdefault(person.customer_id, []).append(given[place])
        _bear(workspace, new, said, past, source=source, now=now)
        unborn = set(new)
        known = {
            number: given for number, given in said.items() if number not in unborn and any(given)
        }
        say(workspace, known, source=source, keep=keep, now=now)
    return Upserted(numbers, len(new), problems, erased, origins)


def _read(
    workspace: Workspace, batch: Sequence[ProfileRow], problems: dict[int, list[FieldProblem]]
) -> list[Given]:
    """Return each row's values in their kept form; what cannot be read goes into problems."""
    known = attributes_of(workspace)
    zone = ZoneInfo(workspace.time_zone)
    kept: dict[tuple[str, object], Value | None] = {}
    read: list[Given] = []
    for place, row in enumerate(batch):
        values: dict[str, Value | None] = {}
        for name, raw in row.values.items():
            key = (name, raw) if isinstance(raw, str) else None
            try:
                if key in kept:
                    value = kept[key]
                else:
                    value = _value(known, name, raw, zone)
                    if key and len(kept) < 200_000:
                        kept[key] = value
            except NotThisKind as problem:
                problem_said = value_problem(name, raw, problem.expected)
                problems.setdefault(place, []).append(problem_said)
                continue
            if value is not None:
                values[name] = value
        read.append(values)
    return read


def _value(known: Mapping[str, Attribute], name: str, raw: object, zone: ZoneInfo) -> Value | None:
    if name not in known or name in READ_ONLY:
        raise NotThisKind(_NO_SUCH)
    return read_value(known[name], raw, zone)


def _pasts(
    batch: Sequence[ProfileRow], sound: Sequence[int], found: Sequence[Resolved], now: datetime
) -> dict[int, _Past]:
    """Return the past of those who came with one: of several rows of one person the earliest."""
    pasts: dict[int, _Past] = {}
    for place, person in zip(sound, found, strict=True):
        row = batch[place]
        if row.since or row.at:
            past = _Past(row.since or now, row.at or now)
            known = pasts.get(person.customer_id)
            pasts[person.customer_id] = past if known is None else min(known, past)
    return pasts


def _bear(
    workspace: Workspace,
    numbers: Sequence[int],
    said: Mapping[int, Sequence[Given]],
    past: Mapping[int, _Past],
    *,
    source: str,
    now: datetime,
) -> None:
    """Write new customers with what is said of them: nothing else is known."""
    usual = _Past(now, now)  # of all who have no past of their own
    rows_ = [
        new_row(number, said.get(number, ()), source[:100], *past.get(number, usual))
        for number in numbers
    ]
    add_rows(workspace, rows_)
    index_names(workspace, {row["id"]: row["name"] for row in rows_ if row["name"]}, new=True)
    mark(workspace, "fields", [row["id"] for row in rows_ if row["fields"]])
