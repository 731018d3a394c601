"""What is said of customers who are known already, by the batch: most of it is known too."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from yutang.customers._holding import COLUMNS, Held, Word, combined, held_of, own_of, put
from yutang.customers._marks import mark
from yutang.customers._merging import parts_of
from yutang.customers._rows import listed, rows
from yutang.customers._settings import ranks_of
from yutang.customers._values import Value, instant_text
from yutang.customers._writing import index_names, own_as_json, save_profiles, save_rows
from yutang.customers.models import Customer
from yutang.workspaces.models import Workspace

__all__ = ["Given", "say"]

Given = Mapping[str, Value | None]  # attributes by name; None says nothing
_json = msgspec.json.Decoder().decode
_INSTANTS: Final = ("joined_at", "created_at")


class _Shown(NamedTuple):
    """A customer as she stands in the table; instants as the driver gives them, JSON as text."""

    id: int
    is_merged: bool
    name: str
    gender: str
    birthday: str
    country: str
    province: str
    city: str
    district: str
    source: str
    joined_at: datetime | None
    created_at: datetime
    fields: str
    told: str


def say(
    workspace: Workspace,
    said: Mapping[int, Sequence[Given]],
    *,
    source: str,
    keep: str,
    now: datetime,
) -> None:
    """Set what is said of these customers, in its order; who is unchanged is not written.

    `keep` is `newest` (the last word holds), `existing` (only what is unknown is filled) or `others`
    (what is unknown is filled, and what this source said before is replaced).
    """
    if not said:
        return
    word = Word("", source, int(now.timestamp() * 1000))
    asked = {"workspace": workspace.pk, "customers": listed(said)}
    changed: list[dict[str, Any]] = []
    intricate: dict[int, Sequence[Given]] = {}
    names: dict[int, str] = {}
    for found in rows("profiles", "shown", asked):
        shown = _Shown._make(found)
        given = said[shown.id]
        if shown.is_merged or any("source" in each for each in given):
            intricate[shown.id] = given  # whose word it was decides what is shown
        elif news := _news(shown, given, word.source, keep):
            changed.append(_row(shown, news, word))
            if "name" in news and news["name"] != shown.name:
                names[shown.id] = str(news["name"])
    save_rows(workspace, changed, now=now)
    index_names(workspace, names)
    written = [row["id"] for row in changed]
    written += _say_in_full(workspace, intricate, word, keep, now=now)
    _mark(workspace, written, said)


def _news(shown: _Shown, said: Sequence[Given], source: str, keep: str) -> dict[str, Value]:
    """Return what is said and not so already; of several rows the last word, or the first that fills."""
    news: dict[str, Value] = {}
    own: Mapping[str, Value] | None = None
    told: Mapping[str, Sequence[object]] = _json(shown.told) if keep == "others" else {}
    for given in said:
        for name, value in given.items():
            if value is None:
                continue
            if name in news:
                held: Value | None = news[name]
            elif name in COLUMNS:
                held = _column(shown, name)
            else:
                own = _json(shown.fields) if own is None else own
                held = own.get(name)
            if held is None or (held != value and _replaces(keep, source, name, news, told)):
                news[name] = value
    return news


def _replaces(
    keep: str,
    source: str,
    name: str,
    news: Mapping[str, Value],
    told: Mapping[str, Sequence[object]],
) -> bool:
    """Tell whether this word takes the place of the one that is held."""
    if keep != "others":
        return keep == "newest"
    return name in news or (name in told and told[name][0] == source)


def _column(shown: _Shown, name: str) -> Value | None:
    value = getattr(shown, name)
    if name in _INSTANTS:
        return instant_text(value) if value else None
    return value or None


def _row(shown: _Shown, news: Mapping[str, Value], word: Word) -> dict[str, Any]:
    """Return the row of a customer with what is new of her."""
    row = {name: getattr(shown, name) for name in COLUMNS}
    row |= {name: instant_text(row[name]) if row[name] else "" for name in _INSTANTS}
    fields, told = _json(shown.fields), _json(shown.told)
    for name, value in news.items():
        (row if name in COLUMNS else fields)[name] = value
        told[name] = word[1:3]
    return row | {"id": shown.id, "fields": fields, "told": told, "own": None}


def _say_in_full(
    workspace: Workspace,
    said: Mapping[int, Sequence[Given]],
    word: Word,
    keep: str,
    *,
    now: datetime,
) -> list[int]:
    """Set what is said where whose word it was decides what is shown; return who shows something else."""
    if not said:
        return []
    spoken_of = list(Customer.objects.within(workspace).filter(pk__in=list(said)))
    merged = [row.pk for row in spoken_of if row.own is not None]
    parts = parts_of(workspace, merged) if merged else {}
    changed: list[Customer] = []
    names: dict[int, str] = {}
    for customer in spoken_of:
        before, name = held_of(customer), customer.name
        held = own_of(customer)
        for given in said[customer.pk]:
            _hold(held, given, word._replace(last=customer.own is not None), keep)
        _show(workspace, customer, held, parts.get(customer.pk, []))
        if held_of(customer) != before:
            changed.append(customer)
            if customer.name != name:
                names[customer.pk] = customer.name
    save_profiles(workspace, changed, now=now)
    index_names(workspace, names)
    return [customer.pk for customer in changed]


def _hold(held: Held, given: Given, word: Word, keep: str) -> None:
    for name, value in given.items():
        if value is None or (name in held and keep == "existing"):
            continue
        if keep == "others" and name in held and held[name].source != word.source:
            continue
        if name not in held or held[name].value != value:
            held[name] = word._replace(value=value)


def _show(workspace: Workspace, customer: Customer, held: Held, parts: Sequence[Customer]) -> None:
    if customer.own is None:
        put(customer, held)
        return
    customer.own = own_as_json(held)
    others: list[tuple[int, Any]] = [
        (part.pk, own_of(part)) for part in parts if part.pk != customer.pk
    ]
    put(customer, combined([(customer.pk, held), *others], ranks_of(workspace)))


def _mark(
    workspace: Workspace, numbers: Sequence[int], said: Mapping[int, Sequence[Given]]
) -> None:
    mark(workspace, "profile", numbers)
    mark(
        workspace,
        "fields",
        [
            number
            for number in numbers
            if any(name not in COLUMNS for given in said[number] for name in given)
        ],
    )
