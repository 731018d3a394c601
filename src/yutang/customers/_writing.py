"""Profiles into PostgreSQL by the batch, with the keys they are found by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yutang.customers._holding import COLUMNS, Held
from yutang.customers._rows import change, listed
from yutang.customers._search_keys import keys_of
from yutang.customers.models import Customer
from yutang.workspaces.models import Workspace

__all__ = ["add_rows", "index_names", "new_row", "own_as_json", "save_profiles", "unindex"]

_NOTHING = dict.fromkeys(COLUMNS, "") | {"birthday": None, "joined_at": None}


def save_profiles(workspace: Workspace, customers: Sequence[Customer], *, now: datetime) -> None:
    """Write what these customers show and hold; search keys and marks are the caller's."""
    if not customers:
        return
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
    written = msgspec.json.encode(rows).decode()
    change("profiles", "save", {"workspace": workspace.pk, "rows": written, "now": now})


def new_row(number: int, held: Held) -> dict[str, Any]:
    """Return the row of a customer of whom nothing else is known."""
    row: dict[str, Any] = {"id": number, "own": None, "fields": {}, "told": {}, **_NOTHING}
    for name, word in held.items():
        if name in _NOTHING:
            row[name] = word.value
        else:
            row["fields"][name] = word.value
        if name not in {"created_at", "source"} or word.source != word.value:
            row["told"][name] = word[1:3]
    return row


def add_rows(workspace: Workspace, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new customers, as `new_row` makes them, with `updated_at`."""
    if rows:
        written = msgspec.json.encode(rows).decode()
        change("profiles", "add", {"workspace": workspace.pk, "rows": written})


def own_as_json(held: Held) -> dict[str, Any]:
    """Return what a customer holds herself, as it is kept beneath a merge."""
    return {name: list(word) for name, word in held.items()}


def index_names(workspace: Workspace, names: Mapping[int, str], *, new: bool = False) -> None:
    """Have these customers found by these names, and by no others; `new` ones have none yet."""
    if not names:
        return
    if not new:
        unindex(workspace, names)
    pairs = [(key, customer) for customer, name in names.items() for key in keys_of(name)]
    if pairs:
        keys, customers = zip(*pairs, strict=True)
        asked = {"workspace": workspace.pk, "keys": listed(keys), "customers": listed(customers)}
        change("profiles", "index", asked)


def unindex(workspace: Workspace, customers: Iterable[int]) -> None:
    """Have these customers found by no name."""
    change("profiles", "unindex", {"workspace": workspace.pk, "customers": listed(customers)})


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
