"""Relations as a channel tells them, by the batch: put as they are told, ended when they are.

A relation belongs to whom the channel's identity was born with (its home): after a merge two may say the
same, and one of them is shown.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from yutang.customers._marks import mark
from yutang.customers._relating import follow_statuses
from yutang.customers._rows import change, listed, rows
from yutang.customers.models import RelationKind
from yutang.workspaces.models import Workspace

__all__ = ["StandingRelation", "end_relations", "move_relations_on", "put_relations"]


class StandingRelation(NamedTuple):
    """One relation as it is told. An empty `status` leaves a known one's, and begins with `born`.

    Texts hold no control characters.
    """

    customer: int
    home: int
    target: int
    remark: str = ""
    source: str = ""
    since: datetime | None = None
    status: str = ""
    born: str = ""


def put_relations(
    workspace: Workspace, kind: RelationKind, batch: Sequence[StandingRelation], *, now: datetime
) -> int:
    """Let these relations be as they are told; return how many customers this changed.

    Call it in the transaction that resolved the customers and keeps them locked (`upsert_many`). Targets
    exist: the caller knows.
    """
    if not batch:
        return 0
    stamp = {"workspace": workspace.pk, "kind": kind.value, "now": now}
    pairs = {
        "customers": listed([each.customer for each in batch]),
        "homes": listed([each.home for each in batch]),
        "targets": listed([each.target for each in batch]),
    }
    standing = {
        place: (id_, is_shown)
        for place, id_, is_shown in rows("relations", "standing", stamp | pairs)
    }
    fresh: list[StandingRelation] = []
    hidden: list[bool] = []
    known: list[tuple[int, StandingRelation]] = []
    shown: set[tuple[int, int]] = set()  # of several homes of one customer one is shown
    for place, each in sorted(enumerate(batch), key=lambda one: one[1].home):
        id_, is_shown = standing.get(place, (None, False))
        if id_ is not None:
            known.append((id_, each))
            continue
        pair = each.customer, each.target
        fresh.append(each)
        hidden.append(is_shown or pair in shown)
        shown.add(pair)
    changed = {each.customer for each in fresh}
    if fresh:
        change(
            "relations",
            "add_relations",
            stamp | _told(fresh, born=True) | {"hidden": listed(hidden)},
        )
    if known:
        ids = {"ids": listed([id_ for id_, _ in known])}
        told = _told([each for _, each in known], born=False)
        changed.update(who for (who,) in rows("relations", "change_relations", stamp | told | ids))
    mark(workspace, "relations", sorted(changed))
    return len(changed)


def _told(batch: Sequence[StandingRelation], *, born: bool) -> dict[str, str]:
    """Return relations by their columns."""
    columns: dict[str, Sequence[object]] = {
        "customers": [each.customer for each in batch],
        "homes": [each.home for each in batch],
        "targets": [each.target for each in batch],
        "statuses": [each.status or (each.born if born else "") for each in batch],
        "remarks": [each.remark for each in batch],
        "sources": [each.source for each in batch],
        "sinces": ["" if each.since is None else each.since.timestamp() for each in batch],
    }
    return {name: listed(column) for name, column in columns.items()}


def end_relations(
    workspace: Workspace, kind: RelationKind, gone: Sequence[tuple[int, int]], *, now: datetime
) -> int:
    """End relations, named by their home and target; return how many customers this changed.

    Where somebody merged had the same relation by another home, that one is shown from now on.
    """
    if not gone:
        return 0
    homes, targets = zip(*gone, strict=True)
    asked = {
        "workspace": workspace.pk,
        "kind": kind.value,
        "homes": listed(homes),
        "targets": listed(targets),
    }
    rows("relations", "lock_homes", asked)
    ended = [customer for (customer,) in rows("relations", "end_relations", asked)]
    if ended:
        change("merges", "show_relations", {"workspace": workspace.pk, "customers": listed(ended)})
    mark(workspace, "relations", ended)
    return len(ended)


def move_relations_on(
    workspace: Workspace,
    kind: RelationKind,
    which: Sequence[tuple[int, int]],
    status: str,
    *,
    now: datetime,
) -> int:
    """Give relations, named by their home and target, another status; return how many customers changed.

    Nothing changes where the workspace has no such status.
    """
    if not which or status not in follow_statuses(workspace):
        return 0
    homes, targets = zip(*which, strict=True)
    asked = {
        "workspace": workspace.pk,
        "kind": kind.value,
        "homes": listed(homes),
        "targets": listed(targets),
        "status": status,
        "now": now,
    }
    rows("relations", "lock_homes", asked)
    moved = [customer for (customer,) in rows("relations", "move_on", asked)]
    mark(workspace, "relations", moved)
    return len(moved)
