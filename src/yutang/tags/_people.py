"""What tags ask of customers: who is there, who may be seen, which numbers one person had."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from yutang.customers import service as customers
from yutang.tags.models import Tagging
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["names_of", "numbers_of", "present", "visible", "who_have"]


def present(workspace: Workspace, customer_ids: Sequence[int]) -> list[int]:
    """Return those who are customers of this workspace today: not erased, not merged away."""
    return customers.present(workspace, customer_ids)


def visible(member: Member, customer_ids: Sequence[int]) -> set[int]:
    """Return those whom the member may see."""
    return customers.visible(member, customer_ids)


def numbers_of(workspace: Workspace, customer_id: int) -> list[int]:
    """Return every customer number this person's history is kept under."""
    return customers.origins(workspace, customer_id)


def names_of(member: Member, customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these customers whom the member may see; empty where unknown."""
    rows = customers.seen(member).filter(pk__in=list(customer_ids))
    return dict(rows.values_list("pk", "name"))


def who_have(workspace: Workspace, tag_id: int) -> Exists:
    """Return the condition that a customer has this tag, for the list of customers."""
    rows = Tagging.objects.within(workspace).filter(tag=tag_id, customer=OuterRef("pk"))
    return Exists(rows)
