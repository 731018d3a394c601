"""The mirror: what PostgreSQL knows of customers, in the warehouse, moments later.

Marks say whose what changed. The mirror reads how it is now, writes it under a new version, takes out
what is there and should not be, and announces it. Doing it again changes nothing.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from django.db import connection, transaction

from yutang.customers._attributes import attributes_of
from yutang.customers._overrides import SQL
from yutang.customers._rows import listed, rows
from yutang.customers.models import Customer, CustomerMark
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.loop import AttributeKind
from yutang.workspaces.models import Workspace

__all__ = ["is_mirrored", "mark_to_mirror", "mirror", "rebuild_mirror"]

_MARKS: Final = 500  # taken at once
_CUSTOMERS: Final = 20_000  # written at once
_LEADER: Final = 7_206_117_001  # the advisory lock of whoever writes: a pulse or a rebuild
Key = tuple[Any, ...]
Lines = tuple[set[Key], list[str]]  # what is there now, and the lines that say so


def mirror() -> bool:
    """Bring the warehouse up to date with marked customers; True when there may be more at once."""
    marks = list(CustomerMark.objects.order_by("pk")[:_MARKS])
    if not marks:
        return False
    touched: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for each in marks:
        touched[each.workspace_id][each.what].update(each.customers)
    with transaction.atomic():
        _lead()
        for workspace_id, by_what in touched.items():
            for what, customers in by_what.items():
                _bring(Workspace(pk=workspace_id), what, sorted(customers))
        CustomerMark.objects.filter(pk__in=[each.pk for each in marks]).delete()
    return len(marks) == _MARKS


def mark_to_mirror() -> int:
    """Return a mark behind every change of customers up to now; see `is_mirrored`."""
    last = CustomerMark.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def is_mirrored(workspace: Workspace, mark: int) -> bool:
    """Return whether the warehouse knows what had changed of the workspace's customers at a mark."""
    return not CustomerMark.objects.within(workspace).filter(pk__lte=mark).exists()


def rebuild_mirror(workspace: Workspace) -> int:
    """Write everything anew and take out what is left of customers who are gone; return how many are.

    Safe at any time, also while people write: later changes carry later versions.
    """
    there = warehouse().rows(
        SQL["mirrored_customers"], {"workspace": workspace.pk}, lane="background"
    )
    known = Customer.objects.within(workspace).values_list("pk", flat=True)
    everybody = sorted({number for (number,) in there} | set(known.iterator(chunk_size=50_000)))
    for what in _WRITERS:
        with transaction.atomic():
            _lead()
            _bring(workspace, what, everybody)
    return Customer.objects.within(workspace).active().count()


def _lead() -> None:
    """Be the only writer until the transaction ends: versions follow the order of reading."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEADER])


def _bring(workspace: Workspace, what: str, customers: Sequence[int]) -> None:
    for start in range(0, len(customers), _CUSTOMERS):
        some = customers[start : start + _CUSTOMERS]
        if what == "events":
            _tell_of_events(workspace, some)
        else:
            _write(workspace, what, some)
    if what != "events":
        events.announce(workspace.pk, f"@{what}", customers)


def _write(workspace: Workspace, what: str, customers: Sequence[int]) -> None:
    ((version,),) = rows("mirror", "version", {})
    table = _TABLES[what]
    asked = {"workspace": workspace.pk, "customers": listed(customers), "version": version}
    now_there, lines = _WRITERS[what](workspace, asked)
    bound = {"workspace": workspace.pk, "customers": list(customers)}
    before = warehouse().rows(SQL[f"{table}_keys"], bound, lane="background")
    lines += _removals(workspace, table, {tuple(key) for key in before} - now_there, version)
    if lines:
        written = "\n".join(lines).encode()
        warehouse().insert_lines(table, written, token=f"customers.mirror:{uuid.uuid4()}")


def _removals(workspace: Workspace, table: str, keys: Iterable[Key], version: int) -> list[str]:
    columns = _KEYS[table]
    return [
        msgspec.json.encode(
            {
                "workspace": workspace.pk,
                **dict(zip(columns, key, strict=True)),
                "version": version,
                "removed": 1,
            }
        ).decode()
        for key in keys
    ]


def _tell_of_events(workspace: Workspace, customers: Sequence[int]) -> None:
    """Announce every type of event of customers who became others: judge them anew."""
    rows_ = Customer.objects.within(workspace).filter(current_id__in=customers)
    origins = sorted({*rows_.values_list("pk", flat=True), *customers})
    found = warehouse().rows(
        SQL["types_of"], {"workspace": workspace.pk, "origins": origins}, lane="background"
    )
    for (kind,) in found:
        events.announce(workspace.pk, kind, customers)


def _profiles(workspace: Workspace, asked: Mapping[str, Any]) -> Lines:
    found = rows("mirror", "profile", asked)
    return {(customer,) for customer, _ in found}, [line for _, line in found]


def _fields(workspace: Workspace, asked: Mapping[str, Any]) -> Lines:
    kinds = {name: each.kind for name, each in attributes_of(workspace, archived=True).items()}
    there: set[Key] = set()
    lines = []
    for customer, name, value in rows("mirror", "fields", asked):
        there.add((name, customer))
        line = {
            "workspace": workspace.pk,
            "attribute": name,
            "customer": customer,
            _COLUMN.get(kinds.get(name, AttributeKind.TEXT), "text"): value,
            "version": asked["version"],
        }
        lines.append(msgspec.json.encode(line).decode())
    return there, lines


def _relations(workspace: Workspace, asked: Mapping[str, Any]) -> Lines:
    found = rows("mirror", "relations", asked)
    return {(kind, target, who) for kind, target, who, _ in found}, [line for *_, line in found]


def _dependants(workspace: Workspace, asked: Mapping[str, Any]) -> Lines:
    found = rows("mirror", "dependants", asked)
    return {(customer, number) for customer, number, _ in found}, [line for *_, line in found]


_WRITERS: Final[Mapping[str, Callable[[Workspace, Mapping[str, Any]], Lines]]] = {
    "profile": _profiles,
    "fields": _fields,
    "relations": _relations,
    "dependants": _dependants,
}
_TABLES: Final = {
    "profile": "profiles",
    "fields": "fields",
    "relations": "relations",
    "dependants": "dependants",
}
_KEYS: Final = {
    "profiles": ("customer",),
    "fields": ("attribute", "customer"),
    "relations": ("kind", "target", "customer"),
    "dependants": ("customer", "dependant"),
}
_COLUMN: Final = {
    AttributeKind.NUMBER: "number",
    AttributeKind.MONEY: "number",
    AttributeKind.BOOL: "number",
    AttributeKind.DATE: "date",
    AttributeKind.TIME: "moment",
    AttributeKind.MULTI_CHOICE: "list",
}
