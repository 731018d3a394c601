"""The cast: 茶馆 Tea House, 阿华 who owns it, and people who come in with identities."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from yutang.customers import service as customers
from yutang.customers.models import Customer
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Role, Workspace
from yutang.workspaces.service import Member, Scope, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_workspace

__all__ = [
    "NOON",
    "a_customer",
    "a_guide",
    "a_member",
    "a_workspace",
    "resolve",
    "shown",
    "who",
]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_count = itertools.count(1)


def resolve(
    workspace: Workspace, *people: Mapping[str, str], source: str = "test"
) -> list[customers.Resolved]:
    with transaction.atomic():
        return customers.resolve(workspace, people, source=source, now=NOON)


def who(workspace: Workspace, **identities: str) -> int:
    """Return the customer of one identity map; `openid__wx1` stands for `openid:wx1`."""
    named = {name.replace("__", ":"): value for name, value in identities.items()}
    (found,) = resolve(workspace, named)
    return found.customer_id


def a_customer(member: Member, *, now: datetime = NOON, **values: object) -> Customer:
    """Enter a customer with a member number of her own and these attributes."""
    return customers.create(member, {"member_no": f"M{next(_count):06d}"}, values, now=now)


def a_guide(workspace: Workspace, name: str = "小林") -> Member:
    """Make a guide who sees the customers she looks after, and nobody else's."""
    staff = workspaces.create_staff(
        workspace, name=name, code=f"G{next(_count)}", actor="user:1", now=NOON
    )
    return a_member(workspace, Role.GUIDE, Scope(ScopeKind.OWN, frozenset([staff.pk])), name=name)


def shown(customer: Customer | int) -> dict[str, object]:
    """Return what a customer shows, without the instants."""
    number = customer if isinstance(customer, int) else customer.pk
    row = Customer.objects.get(pk=number)
    named = {name: getattr(row, name) for name in ("name", "gender", "city")}
    return {name: value for name, value in (named | row.fields).items() if value != ""}
