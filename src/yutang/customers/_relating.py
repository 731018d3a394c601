"""Customers and the staff, stores, groups and customers they are related to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from yutang.customers._groups import NoSuchGroup
from yutang.customers._marks import mark
from yutang.customers._rows import change, listed, rows
from yutang.customers._seeing import NotFound, seen_one
from yutang.customers._settings import save_setting, setting
from yutang.customers.models import Customer, Group, Relation, RelationKind
from yutang.engines import ComposedOnce
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import ScopeKind, Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "RELATIONS",
    "BringsHerself",
    "NotRelated",
    "RelationRow",
    "UnknownStatus",
    "follow_statuses",
    "relate",
    "relate_at_birth",
    "relate_many",
    "relations_of",
    "set_follow_statuses",
    "unrelate",
    "with_referrers",
]

_STATUSES: Mapping[str, Text] = {
    "new": Text("新添加", "New"),
    "following": Text("跟进中", "In touch"),
    "dealt": Text("已成交", "Has bought"),
    "quiet": Text("沉默", "Quiet"),
    "lost": Text("已流失", "Lost"),
}


class UnknownStatus(DomainError):
    """The workspace has no such follow-up status."""

    status = 422
    zh = "没有“{came}”这个跟进状态。可用：{known}。"
    en = "There is no follow-up status “{came}”. There are: {known}."


class NotRelated(DomainError):
    """The customer has no such relation."""

    status = 404
    zh = "这位客户没有这条关系。"
    en = "This customer has no such relation."


class BringsHerself(DomainError):
    """A chain of referrers would come back to where it began."""

    zh = "客户 {referrer} 本身就是由客户 {customer} 带来的，不能互为推荐人。"
    en = "Customer {referrer} was brought by customer {customer}; they cannot have brought each other."


def follow_statuses(workspace: Workspace) -> Mapping[str, Text]:
    """Return the follow-up statuses of this workspace, in their order."""
    own = setting(workspace, "follow_statuses")
    return {each["name"]: Text(each["zh"], each["en"]) for each in own} if own else _STATUSES


@transaction.atomic
def set_follow_statuses(
    member: Member, statuses: Sequence[tuple[str, Text]] | None, *, now: datetime
) -> None:
    """Replace the follow-up statuses; None returns to the built-in ones. Relations keep what they have."""
    own = [{"name": name, "zh": said.zh, "en": said.en} for name, said in statuses or ()]
    save_setting(member.workspace, "follow_statuses", own or None)
    record_audit(
        member.workspace,
        member.actor,
        "customers.follow_statuses_changed",
        f"workspace:{member.workspace.pk}",
        detail={"statuses": [name for name, _ in statuses or ()]},
        now=now,
    )


def relations_of(member: Member, customer_id: int) -> list[Relation]:
    """Return a customer's relations; a referrer is who she is today.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id)
    return with_referrers(member.workspace, RELATIONS.rows(member.workspace.pk, customer.pk))


RELATIONS = ComposedOnce(
    lambda workspace, customer: (
        Relation.objects.within(workspace)
        .filter(customer=customer, is_hidden=False)
        .order_by("kind", "-since", "pk")
    )
)


def with_referrers(workspace: Workspace, found: list[Relation]) -> list[Relation]:
    """Return these relations; a referrer is who she is today."""
    if referrers := [each for each in found if each.kind == RelationKind.REFERRER]:
        numbers = [each.target for each in referrers]
        theirs = Customer.objects.within(workspace).filter(pk__in=numbers)
        today = dict(theirs.values_list("pk", "current_id"))
        for each in referrers:
            each.target = today.get(each.target, each.target)
    return found


@transaction.atomic
def relate(
    member: Member,
    customer_id: int,
    kind: RelationKind,
    target: int,
    *,
    status: str | None = None,
    remark: str | None = None,
    source: str | None = None,
    since: datetime | None = None,
    now: datetime,
) -> Relation:
    """Relate a customer to somebody or something, or change how; what is None stays as it was.

    A customer has one referrer: another one takes the place of the first.

    :raises NotFound, NoSuchStaff, NoSuchStore, NoSuchGroup, UnknownStatus, BringsHerself:
    """
    workspace = member.workspace
    customer = seen_one(member, customer_id, lock=True)
    target = _target(workspace, customer, kind, target)
    known = follow_statuses(workspace)
    if status and status not in known:
        raise UnknownStatus(came=status, known=", ".join(known))
    rows_ = Relation.objects.within(workspace).filter(customer=customer, kind=kind)
    if kind == RelationKind.REFERRER:
        rows_.exclude(target=target).delete()
    relation = rows_.filter(target=target, is_hidden=False).first() or Relation(
        workspace=workspace,
        customer=customer,
        home=customer,
        kind=kind,
        target=target,
        status=next(iter(known)) if kind == RelationKind.STAFF else "",
        since=now,
    )
    for name, value in (
        ("status", status),
        ("remark", remark),
        ("source", source),
        ("since", since),
    ):
        if value is not None:
            setattr(relation, name, value)
    relation.updated_at = now
    relation.save()
    _changed(member, customer, "customers.related", relation, now=now)
    return relation


@transaction.atomic
def unrelate(
    member: Member, customer_id: int, kind: RelationKind, target: int, *, now: datetime
) -> None:
    """End a relation, also where a merged part of the customer had it.

    :raises NotFound, NotRelated:
    """
    customer = seen_one(member, customer_id, lock=True)
    found = Relation.objects.within(member.workspace).filter(customer=customer, kind=kind)
    if kind == RelationKind.REFERRER:
        meant = Customer.objects.within(member.workspace).filter(current_id=target)
        found = found.filter(target__in=meant.values("pk"))
    else:
        found = found.filter(target=target)
    relation = found.filter(is_hidden=False).first()
    if relation is None:
        raise NotRelated
    found.delete()
    _changed(member, customer, "customers.unrelated", relation, now=now)


class RelationRow(msgspec.Struct, frozen=True):
    """One relation of a batch."""

    customer: int
    target: int
    status: str = ""
    source: str = ""
    since: datetime | None = None


def relate_many(
    workspace: Workspace, kind: RelationKind, batch: Sequence[RelationRow], *, now: datetime
) -> int:
    """Relate many customers in one statement; relations that exist stay. Return how many are new.

    Customers must be active and targets exist: the caller knows. For demos and imports.
    """
    if not batch:
        return 0
    written = {
        "workspace": workspace.pk,
        "kind": kind.value,
        "now": now,
        "rows": msgspec.json.encode(batch).decode(),
    }
    with transaction.atomic():
        added = change("relations", "relate_many", written)
        mark(workspace, "relations", {row.customer for row in batch})
    return added


def relate_at_birth(member: Member, customer: Customer, *, now: datetime) -> None:
    """Let whoever entered a customer look after her, if she sees only her own or her stores'."""
    scope = member.scope
    if scope.is_everyone:
        return
    own = scope.kind == ScopeKind.OWN
    kind = RelationKind.STAFF if own else RelationKind.STORE
    targets = sorted(scope.staff_ids if own else scope.store_ids)[:1]
    status = next(iter(follow_statuses(member.workspace))) if own else ""
    batch = [RelationRow(customer.pk, target, status, "created") for target in targets]
    relate_many(member.workspace, kind, batch, now=now)


def _target(workspace: Workspace, customer: Customer, kind: RelationKind, target: int) -> int:
    """Return the target if it is there.

    :raises NoSuchStaff, NoSuchStore, NoSuchGroup, NotFound, BringsHerself:
    """
    if kind == RelationKind.STAFF:
        return workspaces.get_staff(workspace, target).pk
    if kind == RelationKind.STORE:
        return workspaces.get_store(workspace, target).pk
    if kind == RelationKind.GROUP:
        if not Group.objects.within(workspace).filter(pk=target, archived_at=None).exists():
            raise NoSuchGroup
        return target
    today = (
        Customer.objects.within(workspace).filter(pk=target).values_list("current_id", flat=True)
    )
    referrer = today.first()
    if referrer is None:
        raise NotFound
    chain = {"workspace": workspace.pk, "customers": listed([referrer])}
    if customer.pk in {found for (found,) in rows("relations", "referrers_of", chain)}:
        raise BringsHerself(referrer=referrer, customer=customer.pk)
    return referrer


def _changed(
    member: Member, customer: Customer, action: str, relation: Relation, *, now: datetime
) -> None:
    mark(member.workspace, "relations", [customer.pk])
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"customer:{customer.pk}",
        detail={"kind": relation.kind, "target": relation.target, "status": relation.status},
        now=now,
    )
