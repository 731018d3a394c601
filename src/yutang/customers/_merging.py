"""Two customers become one, and two again.

Identities, relations and dependants keep their home and follow who that is today; attributes are
combined from what each holds herself; events follow by overrides (`_overrides`). Undoing is the same
with one customer fewer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Q

from yutang.customers._contributions import contributions
from yutang.customers._holding import COLUMNS, Held, combined, held_of, own_of, put
from yutang.customers._marks import mark
from yutang.customers._rows import change, listed, rows
from yutang.customers._settings import ranks_of
from yutang.customers._writing import index_names, own_as_json, save_profiles, unindex
from yutang.customers.facts import CustomersMerged, MergeUndone
from yutang.customers.models import Customer, Merge, MergeOrigin
from yutang.events import service as events
from yutang.kit.facts import publish
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

__all__ = ["Union", "divide", "parts_of", "settle_anew", "unite"]


class Union(NamedTuple):
    """One customer is to become part of another; `shared` is the kind of identity that says so."""

    loser: int
    winner: int
    shared: str = ""


def unite(
    workspace: Workspace,
    unions: Sequence[Union],
    *,
    origin: MergeOrigin = MergeOrigin.AUTOMATIC,
    actor: str,
    now: datetime,
) -> list[int]:
    """Merge; the customers are locked and active. Return the numbers of the merge records."""
    merges: list[int] = []
    for round_ in _rounds(unions):
        merges += _unite_once(workspace, round_, origin, actor, now)
    return merges


def divide(workspace: Workspace, merge: Merge, *, now: datetime) -> int:
    """Undo one merge; its customers are locked. Return the customer the loser was part of till now."""
    loser = merge.loser_id
    root = Customer.objects.within(workspace).values_list("current_id", flat=True).get(pk=loser)
    asked = {"workspace": workspace.pk, "loser": loser, "root": root}
    origins = [number for (number,) in rows("merges", "below", asked)]
    change("merges", "part", asked | {"origins": listed(origins)})
    _bring_home(workspace, [root])
    _settle(workspace, [root, loser], now)
    _remember(workspace, origins, [root, loser])
    for each in contributions.values():
        if each.undone:
            each.undone(workspace, [(root, loser)], now=now)
    _tell(workspace, "customer.parted", "parted", [(root, loser)], now)
    publish(MergeUndone(workspace.pk, root, loser))
    return root


def parts_of(workspace: Workspace, customers: Iterable[int]) -> dict[int, list[Customer]]:
    """Return the customers each of these consists of, herself among them."""
    numbers = list(customers)
    found: dict[int, list[Customer]] = defaultdict(list)
    for row in Customer.objects.within(workspace).filter(
        Q(pk__in=numbers) | Q(current_id__in=numbers, merged_into__isnull=False)
    ):
        found[row.current_id].append(row)
    return found


def settle_anew(workspace: Workspace, customers: Iterable[int], *, now: datetime) -> None:
    """Show the best of what these consist of, by other ranks than before; they are locked."""
    changed = _settle(workspace, list(customers), now)
    numbers = [number for number, differences in changed.items() if differences]
    mark(workspace, "profile", numbers)
    mark(workspace, "fields", numbers)


def _rounds(unions: Sequence[Union]) -> Iterator[list[Union]]:
    """Split so that nobody occurs twice in a round: each merge sees the one before it."""
    waiting = list(unions)
    while waiting:
        seen: set[int] = set()
        these: list[Union] = []
        later: list[Union] = []
        for union in waiting:
            (later if {union.loser, union.winner} & seen else these).append(union)
            seen |= {union.loser, union.winner}
        yield these
        waiting = later


def _unite_once(
    workspace: Workspace,
    unions: Sequence[Union],
    origin: MergeOrigin,
    actor: str,
    now: datetime,
) -> list[int]:
    losers = [union.loser for union in unions]
    winners = [union.winner for union in unions]
    pointed = {"workspace": workspace.pk, "losers": listed(losers), "winners": listed(winners)}
    origins = [customer for (customer,) in rows("merges", "point", pointed)]
    _bring_home(workspace, losers)
    changed = _settle(workspace, winners, now)
    unindex(workspace, losers)
    by = {"origin": origin.value, "actor": actor[:80], "now": now}
    merges = _record(workspace, unions, changed, by)
    _remember(workspace, origins, [*winners, *losers])
    for each in contributions.values():
        if each.merged:
            each.merged(workspace, list(zip(winners, losers, strict=True)), now=now)
    _tell(workspace, "customer.merged", "merged", list(zip(winners, losers, strict=True)), now)
    for union in unions:
        publish(CustomersMerged(workspace.pk, union.winner, union.loser))
    return merges


def _tell(
    workspace: Workspace, kind: str, said: str, pairs: Sequence[tuple[int, int]], now: datetime
) -> None:
    """Put it into the timeline of the one who stays."""
    told = [
        events.NewEvent(
            type=kind,
            customer=winner,
            occurred_at=now,
            source="customers",
            numbers={said: float(loser)},
        )
        for winner, loser in pairs
    ]
    events.record(workspace, told, now=now)


def _bring_home(workspace: Workspace, customers: Sequence[int]) -> None:
    """Move what these customers had to whoever its home is today."""
    asked = {"workspace": workspace.pk, "customers": listed(customers)}
    for statement in ("move_identities", "move_relations", "move_dependants"):
        change("merges", statement, asked)


def _settle(
    workspace: Workspace, customers: Sequence[int], now: datetime
) -> Mapping[int, dict[str, list[Any]]]:
    """Show the best of what these customers consist of; return what changed, before and since."""
    asked = {"workspace": workspace.pk, "customers": listed(customers)}
    change("merges", "hide_relations", asked)
    change("merges", "show_relations", asked)
    ranks = ranks_of(workspace)
    changed: dict[int, dict[str, list[Any]]] = {}
    saving: list[Customer] = []
    names: dict[int, str] = {}
    for root, parts in parts_of(workspace, customers).items():
        customer = next(part for part in parts if part.pk == root)
        before, was_active = held_of(customer), customer.own is None and len(parts) == 1
        names[root] = customer.name
        if was_active:
            continue
        own = own_of(customer)
        customer.own = own_as_json(own) if len(parts) > 1 else None
        since = combined(((part.pk, own_of(part)) for part in parts), ranks)
        put(customer, since if len(parts) > 1 else own)
        changed[root] = _differences(before, held_of(customer))
        saving.append(customer)
        names[root] = customer.name
    save_profiles(workspace, saving, now=now)
    index_names(workspace, names)
    return changed


def _differences(before: Held, since: Held) -> dict[str, list[Any]]:
    return {
        name: [
            before[name].value if name in before else None,
            since[name].value if name in since else None,
        ]
        for name in (*COLUMNS, *{**before, **since})
        if (before[name].value if name in before else None)
        != (since[name].value if name in since else None)
    }


def _record(
    workspace: Workspace,
    unions: Sequence[Union],
    changed: Mapping[int, dict[str, list[Any]]],
    by: Mapping[str, object],
) -> list[int]:
    merges = [
        {
            "winner": union.winner,
            "loser": union.loser,
            "shared": union.shared[:100],
            "changed": changed.get(union.winner, {}),
        }
        for union in unions
    ]
    written = {"workspace": workspace.pk, "merges": msgspec.json.encode(merges).decode(), **by}
    return [merge for (merge,) in rows("merges", "record", written)]


def _remember(workspace: Workspace, origins: Sequence[int], customers: Sequence[int]) -> None:
    """Have the warehouse catch up: events by overrides, everything else by the mirror.

    Events did not change, but whose they are did: those who judge by them are told, too.
    """
    change("merges", "override", {"workspace": workspace.pk, "origins": listed(origins)})
    asked = {"workspace": workspace.pk, "customers": listed(customers)}
    referees = [customer for (customer,) in rows("profiles", "referees", asked)]
    mark(workspace, "profile", customers)
    mark(workspace, "fields", customers)
    mark(workspace, "relations", [*customers, *referees])
    mark(workspace, "dependants", customers)
    mark(workspace, "events", customers)
    transaction.on_commit(lambda: wake("customers.squash"))
