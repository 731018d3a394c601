"""Who is there, and who may be seen: every read by a member passes here."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from yutang.customers._rows import listed, rows
from yutang.customers.models import Customer, Relation, RelationKind
from yutang.engines import ComposedOnce
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, Scope

__all__ = [
    "PARTS",
    "NotFound",
    "origins_seen",
    "parts_within",
    "present",
    "related_within",
    "seen",
    "seen_one",
    "visible",
]


class NotFound(DomainError):
    """There is no such customer, or she is not yours to see."""

    status = 404
    zh = "没有这位客户，或不在你的客户范围里。"
    en = "There is no such customer, or not among those you look after."


def present(workspace: Workspace, customer_ids: Iterable[int]) -> list[int]:
    """Return those who are customers of this workspace today: not erased, not merged away."""
    asked = {"workspace": workspace.pk, "customers": listed(customer_ids)}
    return [customer for (customer,) in rows("asking", "present", asked)]


def visible(member: Member, customer_ids: Iterable[int]) -> set[int]:
    """Return those of these customers whom the member may see."""
    return set(seen(member).filter(pk__in=list(customer_ids)).values_list("pk", flat=True))


def seen(member: Member) -> "QuerySet[Customer, Customer]":
    """Return the customers this member may see: those who are active and within her scope."""
    active = Customer.objects.within(member.workspace).active()
    return active if member.scope.is_everyone else active.filter(related_within(member.scope))


def seen_one(member: Member, customer_id: int, *, lock: bool = False) -> Customer:
    """Return one customer the member may see; asked by the number of one merged away, who she is now.

    :raises NotFound:
    """
    found = _active(member, customer_id, lock=lock)
    if found is not None:
        return found
    today = _today(member, customer_id)
    while today is not None:
        found = _active(member, today, lock=lock)
        if found is not None:
            return found
        # Merged into somebody else while we waited for the lock?
        before, today = today, _today(member, customer_id)
        if today == before:
            break
    raise NotFound


def origins_seen(member: Member, customer_id: int) -> list[int]:
    """Return whom a customer the member may see consists of, herself among them.

    :raises NotFound:
    """
    if member.scope.is_everyone:
        parts = PARTS.rows(member.workspace.pk, customer_id)
        if any(each.pk == customer_id and each.merged_into_id is None for each in parts):
            return sorted(each.pk for each in parts)
    customer = seen_one(member, customer_id)
    return sorted(each.pk for each in PARTS.rows(member.workspace.pk, customer.pk))


def parts_within(workspace: int, customer: int) -> "QuerySet[Customer, Customer]":
    """Return the customers somebody consists of, herself among them."""
    return Customer.objects.within(workspace).filter(
        Q(pk=customer) | Q(current_id=customer, merged_into__isnull=False)
    )


PARTS = ComposedOnce(parts_within)


def _active(member: Member, customer_id: int, *, lock: bool) -> Customer | None:
    if member.scope.is_everyone and not lock:
        return _ONE.first(member.workspace.pk, customer_id)
    rows = seen(member).filter(pk=customer_id)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


_ONE = ComposedOnce(
    lambda workspace, customer: Customer.objects.within(workspace).active().filter(pk=customer)
)


def _today(member: Member, customer_id: int) -> int | None:
    rows = Customer.objects.within(member.workspace).filter(pk=customer_id)
    return rows.values_list("current_id", flat=True).first()


def related_within(scope: Scope, customer: str = "pk") -> Exists:
    """Return the condition that a customer is looked after by these staff or stores."""
    hers = Relation.objects.filter(customer=OuterRef(customer), is_hidden=False)
    return Exists(
        hers.filter(
            Q(kind=RelationKind.STAFF, target__in=scope.staff_ids)
            | Q(kind=RelationKind.STORE, target__in=scope.store_ids)
        )
    )
