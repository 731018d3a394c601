"""Two customers become one: identities, events and everything attached follow, and can go back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from psycopg.types.json import Jsonb

from yutang.customers._marks import MIRRORED, mark
from yutang.customers._rows import change, rows
from yutang.customers.facts import CustomersMerged
from yutang.customers.models import MergeOrigin
from yutang.kit.facts import publish
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace

__all__ = ["Union", "unite"]


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


def _rounds(unions: Sequence[Union]) -> Iterator[list[Union]]:
    """Split so that nobody occurs twice in a round: each merge sees the one before it."""
    waiting = list(unions)
    while waiting:
        seen: set[int] = set()
        now_, later = [], []
        for union in waiting:
            busy = {union.loser, union.winner} & seen
            (later if busy else now_).append(union)
            seen |= {union.loser, union.winner}
        yield now_
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
    given = {"workspace": workspace.pk, "losers": losers, "winners": winners, "now": now}
    origins = [customer for (customer,) in rows("merges", "point", given)]
    change("merges", "move_identities", given)
    change("merges", "override", {"workspace": workspace.pk, "origins": origins})
    recorded = rows(
        "merges",
        "record",
        given
        | {
            "origin": origin.value,
            "actor": actor[:80],
            "shared": [union.shared[:100] for union in unions],
            "before": [Jsonb({}) for _ in unions],
        },
    )
    for respect in MIRRORED:
        mark(workspace, respect, [*winners, *losers])
    for union in unions:
        publish(CustomersMerged(workspace.pk, union.winner, union.loser))
    transaction.on_commit(lambda: wake("customers.squash"))
    return [merge for (merge,) in recorded]
