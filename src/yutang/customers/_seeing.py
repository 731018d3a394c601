"""Who is a customer today, and whom a member may see."""

from collections.abc import Iterable

from yutang.customers.models import Customer
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["NotFound", "present", "visible"]


class NotFound(DomainError):
    """Not there, or not one whom the member may see."""

    status = 404
    zh = "没有这位客户，或不在你能看到的范围里。"
    en = "There is no such customer, or not among those you may see."


def present(workspace: Workspace, customer_ids: Iterable[int]) -> list[int]:
    """Return those who are customers of this workspace today: not erased, not merged away."""
    rows = Customer.objects.within(workspace).active().filter(pk__in=list(customer_ids))
    return sorted(rows.values_list("pk", flat=True))


def visible(member: Member, customer_ids: Iterable[int]) -> set[int]:
    """Return those of these customers whom the member may see."""
    if not member.scope.is_everyone:
        return set()  # nobody is anybody's yet
    return set(present(member.workspace, customer_ids))
