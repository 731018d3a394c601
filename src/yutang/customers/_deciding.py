"""Merging and parting by people: a preview, the merge, its undoing, and the questions programs leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from yutang.customers._holding import combined, held_of, own_of
from yutang.customers._kinds import kinds_of
from yutang.customers._merging import Union, divide, parts_of, unite
from yutang.customers._rows import listed, rows
from yutang.customers._seeing import NotFound, seen, seen_one
from yutang.customers._settings import ranks_of
from yutang.customers.models import (
    Conflict,
    ConflictState,
    Customer,
    Dependant,
    Identity,
    Merge,
    MergeOrigin,
    Relation,
)
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "AlreadyDecided",
    "AlreadyUndone",
    "MergePreview",
    "NoSuchConflict",
    "NoSuchMerge",
    "SameCustomer",
    "accept_conflict",
    "conflicts_of",
    "merge",
    "merges_of",
    "preview_merge",
    "reject_conflict",
    "undo_merge",
]


class SameCustomer(DomainError):
    """Both numbers mean the same customer."""

    zh = "这两位已经是同一位客户。"
    en = "These two are the same customer already."


class NoSuchMerge(DomainError):
    """There is no such merge, or its customers are not yours to see."""

    status = 404
    zh = "没有这次合并，或不在你的客户范围里。"
    en = "There is no such merge, or not of a customer you look after."


class AlreadyUndone(DomainError):
    """A merge is undone once."""

    zh = "这次合并已经撤销过了。"
    en = "This merge was undone already."


class NoSuchConflict(DomainError):
    """There is no such question, or it is not about customers you may see."""

    status = 404
    zh = "没有这条待确认的合并，或不在你的客户范围里。"
    en = "There is no such question, or not about customers you look after."


class AlreadyDecided(DomainError):
    """Somebody was faster."""

    zh = "这条已经有人处理过了。"
    en = "Somebody decided this already."


@dataclass(frozen=True)
class MergePreview:
    """What merging two customers would come to."""

    winner_id: int
    loser_id: int
    # Each attribute that either has: the winner's value, the loser's, and the one that would be shown.
    attributes: Mapping[str, tuple[Any, Any, Any]]
    identities: int  # how many the two have together
    relations: int
    dependants: int
    disputed: tuple[str, ...]  # kinds of identity of which there is one, and both have one


def preview_merge(member: Member, winner_id: int, loser_id: int) -> MergePreview:
    """Return what would be combined, and whose value would be shown.

    :raises NotFound, SameCustomer:
    """
    winner, loser = seen_one(member, winner_id), seen_one(member, loser_id)
    if winner.pk == loser.pk:
        raise SameCustomer
    workspace = member.workspace
    parts = [part for each in parts_of(workspace, [winner.pk, loser.pk]).values() for part in each]
    one, other = held_of(winner), held_of(loser)
    both = combined([(part.pk, own_of(part)) for part in parts], ranks_of(workspace))
    names = [*one, *(name for name in other if name not in one)]
    hers = Q(customer__in=[winner.pk, loser.pk])
    return MergePreview(
        winner.pk,
        loser.pk,
        {
            name: tuple(held[name].value if name in held else None for held in (one, other, both))  # type: ignore[misc]
            for name in names
        },
        Identity.objects.within(workspace).filter(hers).count(),
        Relation.objects.within(workspace).filter(hers, is_hidden=False).count(),
        Dependant.objects.within(workspace).filter(hers).count(),
        _disputed(workspace, winner, loser),
    )


@survives_deadlocks
@transaction.atomic
def merge(member: Member, winner_id: int, loser_id: int, *, now: datetime) -> Merge:
    """Make one customer part of another; a person may do so where a program would ask.

    :raises NotFound, SameCustomer:
    """
    seen_one(member, winner_id), seen_one(member, loser_id)
    made = _merge(member, winner_id, loser_id, MergeOrigin.MANUAL, now)
    one, other = sorted((made.winner_id, made.loser_id))
    Conflict.objects.within(member.workspace).filter(first=one, second=other).update(
        state=ConflictState.ACCEPTED, decided_at=now, decided_by=member.actor
    )
    return made


@survives_deadlocks
@transaction.atomic
def undo_merge(member: Member, merge_id: int, *, now: datetime) -> Merge:
    """Give both customers back what they had, and what came to each since; keep them apart from now on.

    :raises NoSuchMerge, AlreadyUndone:
    """
    workspace = member.workspace
    found = Merge.objects.within(workspace).select_for_update().filter(pk=merge_id).first()
    if found is None or not _may_see(member, found.loser_id):
        raise NoSuchMerge
    if found.undone_at is not None:
        raise AlreadyUndone
    _lock_parts(workspace, found)
    divide(workspace, found, now=now)
    found.undone_at, found.undone_by = now, member.actor
    found.save(update_fields=["undone_at", "undone_by"])
    first, second = sorted((found.winner_id, found.loser_id))
    Conflict.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults={
            "workspace": workspace,
            "state": ConflictState.REJECTED,
            "decided_at": now,
            "decided_by": member.actor,
        },
        create_defaults={
            "workspace": workspace,
            "state": ConflictState.REJECTED,
            "decided_at": now,
            "decided_by": member.actor,
            "at": now,
            "source": "undo",
            "shared": found.shared,
            "disputed": "",
        },
    )
    _audit(member, "customers.merge_undone", found, now)
    return found


def merges_of(member: Member, customer_id: int) -> "QuerySet[Merge, Merge]":
    """Return the merges that made this customer who she is, and those that were undone, newest first.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id)
    parts = [part.pk for part in parts_of(member.workspace, [customer.pk])[customer.pk]]
    return Merge.objects.within(member.workspace).filter(Q(winner__in=parts) | Q(loser__in=parts))


def conflicts_of(
    member: Member, *, state: ConflictState = ConflictState.PENDING
) -> "QuerySet[Conflict, Conflict]":
    """Return the questions whether two customers are one, about those the member may see both."""
    rows_ = Conflict.objects.within(member.workspace).filter(state=state)
    if state != ConflictState.ACCEPTED:
        rows_ = rows_.exclude(first__current_id=F("second__current_id"))  # settled by another merge
    if member.scope.is_everyone:
        return rows_
    mine = seen(member).values("pk")
    return rows_.filter(first__current_id__in=mine, second__current_id__in=mine)


@survives_deadlocks
@transaction.atomic
def accept_conflict(member: Member, conflict_id: int, *, now: datetime) -> Merge:
    """Answer that two customers are one: the older takes the younger in.

    :raises NoSuchConflict, AlreadyDecided, SameCustomer, NotFound:
    """
    conflict = _locked_conflict(member, conflict_id)
    _decide(member, conflict, ConflictState.ACCEPTED, now)
    winner, loser = sorted((conflict.first.current_id, conflict.second.current_id))
    return _merge(member, winner, loser, MergeOrigin.REVIEW, now, shared=conflict.shared)


@transaction.atomic
def reject_conflict(member: Member, conflict_id: int, *, now: datetime) -> Conflict:
    """Answer that two customers are two: nothing they share later merges them by itself.

    :raises NoSuchConflict, AlreadyDecided:
    """
    conflict = _locked_conflict(member, conflict_id)
    _decide(member, conflict, ConflictState.REJECTED, now)
    return conflict


def _merge(
    member: Member,
    winner_id: int,
    loser_id: int,
    origin: MergeOrigin,
    now: datetime,
    *,
    shared: str = "",
) -> Merge:
    workspace = member.workspace
    winner, loser = _lock_today(workspace, winner_id, loser_id)
    if winner == loser:
        raise SameCustomer
    (merge_id,) = unite(
        workspace, [Union(loser, winner, shared)], origin=origin, actor=member.actor, now=now
    )
    made = Merge.objects.within(workspace).get(pk=merge_id)
    _audit(member, "customers.merged", made, now)
    return made


def _lock(workspace: Workspace, customers: list[int]) -> None:
    rows("identities", "lock", {"workspace": workspace.pk, "customers": listed(customers)})


def _lock_parts(workspace: Workspace, merge: Merge) -> None:
    """Lock who a merge was about and who they are today, which others may change while we wait."""
    parted = Customer.objects.within(workspace).filter(pk=merge.loser_id)
    root, locked = parted.values_list("current_id", flat=True).get(), 0
    while root != locked:
        _lock(workspace, [root, merge.loser_id, merge.winner_id])
        root, locked = parted.values_list("current_id", flat=True).get(), root


def _lock_today(workspace: Workspace, *customers: int) -> list[int]:
    """Lock who these customers are today; somebody may merge or erase them while we wait.

    :raises NotFound:
    """
    while True:
        today = dict(
            Customer.objects.within(workspace)
            .filter(pk__in=customers)
            .values_list("pk", "current_id")
        )
        if len(today) < len(set(customers)):
            raise NotFound
        _lock(workspace, [today[customer] for customer in customers])
        active = Customer.objects.within(workspace).active().filter(pk__in=today.values())
        if active.count() == len(set(today.values())):
            return [today[customer] for customer in customers]


def _locked_conflict(member: Member, conflict_id: int) -> Conflict:
    found = (
        Conflict.objects.within(member.workspace)
        .select_for_update(of=("self",))
        .select_related("first", "second")
        .filter(pk=conflict_id)
        .first()
    )
    if found is None or not (
        _may_see(member, found.first_id) and _may_see(member, found.second_id)
    ):
        raise NoSuchConflict
    if found.state != ConflictState.PENDING:
        raise AlreadyDecided
    return found


def _decide(member: Member, conflict: Conflict, state: ConflictState, now: datetime) -> None:
    conflict.state, conflict.decided_at, conflict.decided_by = state, now, member.actor
    conflict.save(update_fields=["state", "decided_at", "decided_by"])
    record_audit(
        member.workspace,
        member.actor,
        f"customers.conflict_{state}",
        f"conflict:{conflict.pk}",
        detail={"customers": [conflict.first_id, conflict.second_id]},
        now=now,
    )


def _may_see(member: Member, customer_id: int) -> bool:
    today = Customer.objects.within(member.workspace).filter(pk=customer_id).values("current_id")
    return seen(member).filter(pk__in=today).exists()


def _disputed(workspace: Workspace, winner: Customer, loser: Customer) -> tuple[str, ...]:
    kinds = kinds_of(workspace)
    held: dict[str, set[int]] = {}
    pairs = Identity.objects.within(workspace).filter(customer__in=[winner, loser])
    for name, customer in pairs.values_list("name", "customer"):
        kind = kinds.of(name)
        if kind and kind.single and kind.strong:
            held.setdefault(name, set()).add(customer)
    return tuple(sorted(name for name, customers in held.items() if len(customers) > 1))


def _audit(member: Member, action: str, of: Merge, now: datetime) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"customer:{of.winner_id}",
        detail={"merge": of.pk, "winner": of.winner_id, "loser": of.loser_id},
        now=now,
    )
