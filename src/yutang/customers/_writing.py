"""Profiles into PostgreSQL by the batch, with the keys they are found by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yutang.customers._holding import COLUMNS, Held
from yutang.customers._rows import change, listed
from yutang.customers._search_keys import joined_keys
from yutang.customers._values import instant_text
from yutang.customers.models import Customer
from yutang.workspaces.models import Workspace

__all__ = [
    "add_rows",
    "index_names",
    "new_row",
    "own_as_json",
    "save_profiles",
    "save_rows",
    "unindex",
]

_NOTHING = dict.fromkeys(COLUMNS, "")
_json = msgspec.json.Encoder().encode


def save_profiles(workspace: Workspace, customers: Sequence[Customer], *, now: datetime) -> None:
    """Write what these customers show and hold; search keys and marks are the caller's."""
    rows = [
        {name: _plain(getattr(customer, name)) for name in COLUMNS}
        | {
            "id": customer.pk,
            "fields": customer.fields,
            "told": customer.told,
            "own": customer.own,
        }
        for customer in customers
    ]
    save_rows(workspace, rows, now=now)


def save_rows(workspace: Workspace, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> None:
    """Write customers given as rows of texts; `fields`, `told` and `own` are what goes into JSON."""
    if rows:
        own = [_json(row["own"]).decode() if row["own"] is not None else "" for row in rows]
        asked = _columns(rows) | {"own": listed(own), "now": now}
        change("profiles", "save", asked | {"workspace": workspace.pk})


def new_row(
    number: int,
    said: Sequence[Mapping[str, object]],
    source: str,
    since: datetime,
    at: datetime,
) -> dict[str, Any]:
    """Return the row of a customer of whom nothing else is known than this source says, in its order."""
    word = (source, int(at.timestamp() * 1000))
    row: dict[str, Any] = {"id": number, **_NOTHING}
    fields: dict[str, object] = {}
    told: dict[str, tuple[str, int]] = {"created_at": word}
    row["source"], row["created_at"] = source, instant_text(since)
    for given in said:
        for name, value in given.items():
            if name in _NOTHING:
                row[name] = value
            else:
                fields[name] = value
            told[name] = word
    if row["source"] == source:
        told.pop("source", None)
    row["fields"], row["told"], row["updated_at"] = fields, told, at.timestamp()
    return row


def add_rows(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new customers, as `new_row` makes them, with `updated_at`."""
    if rows:
        updated = {"updated_at": listed([row["updated_at"] for row in rows])}
        change("profiles", "add", _columns(rows) | updated | {"workspace": workspace.pk})


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return rows by their columns, each as one text: half of what JSON costs the database to read."""
    texts = {name: listed([row[name] for row in rows]) for name in ("id", *COLUMNS)}
    return texts | {
        name: listed([_json(row[name]).decode() if row[name] else "{}" for row in rows])
        for name in ("fields", "told")
    }


def own_as_json(held: Held) -> dict[str, Any]:
    """Return what a customer holds herself, as it is kept beneath a merge."""
    return {name: list(word) for name, word in held.items()}


def index_names(workspace: Workspace, names: Mapping[int, str], *, new: bool = False) -> None:
    """Have these customers found by these names, and by no others; `new` ones have none yet."""
    if not names:
        return
    if not new:
        unindex(workspace, names)
    keys = [(customer, joined_keys(name)) for customer, name in names.items()]
    if found := [(customer, joined) for customer, joined in keys if joined]:
        customers, texts = zip(*found, strict=True)
        asked = {"workspace": workspace.pk, "customers": listed(customers), "keys": listed(texts)}
        change("profiles", "index", asked)


def unindex(workspace: Workspace, customers: Iterable[int]) -> None:
    """Have these customers found by no name."""
    change("profiles", "unindex", {"workspace": workspace.pk, "customers": listed(customers)})


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value or ""
