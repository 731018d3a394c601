"""Who has a tag, and who tagged whom, when and why."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from yutang.customers import service as customers
from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.tags import _people as people
from yutang.tags._tags import find_tag
from yutang.tags.models import TagChange, Tagging
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "HistoryLine",
    "TagHolder",
    "customers_with",
    "having",
    "history_of_customer",
    "history_of_tag",
]

_NEWEST_FIRST = ("-at", "-id")


@dataclass(frozen=True)
class TagHolder:
    """A customer who has a tag; the name is empty where it is unknown."""

    tagging: Tagging
    customer_name: str


@dataclass(frozen=True)
class HistoryLine:
    """One change of a tag on a customer, with the names of those concerned.

    `actor_name` is empty where a program did it.
    """

    change: TagChange
    customer_name: str
    actor_name: str


def history_of_customer(member: Member, customer_id: int, page: PageIn) -> PageOf[HistoryLine]:
    """Return what happened to one customer's tags, newest first, also under numbers merged into her.

    :raises customers.NotFound: also when the member may not see her
    """
    names = people.names_of(member, [customer_id])
    if customer_id not in names:
        raise customers.NotFound
    numbers = people.numbers_of(member.workspace, customer_id)
    rows = _changes(member).filter(customer__in=numbers)
    return _told(
        page_of(rows, page, order=_NEWEST_FIRST), dict.fromkeys(numbers, names[customer_id])
    )


def history_of_tag(member: Member, tag_id: int, page: PageIn) -> PageOf[HistoryLine]:
    """Return what happened to one tag, newest first, as far as the member sees the customers.

    A page may be shorter than asked for; it is the last only when `next` is null.

    :raises NotFound:
    """
    find_tag(member.workspace, tag_id)
    found: PageOf[TagChange] = page_of(
        _changes(member).filter(tag_id=tag_id), page, order=_NEWEST_FIRST
    )
    names = people.names_of(member, {change.customer for change in found.items})
    if member.scope.is_everyone:  # those merged away have no name of their own any more
        names = {change.customer: "" for change in found.items} | names
    return _told(found, names)


def customers_with(member: Member, tag_id: int, page: PageIn) -> PageOf[TagHolder]:
    """Return who has a tag, the newest customers first, as far as the member sees them.

    A page may be shorter than asked for; it is the last only when `next` is null.

    :raises NotFound:
    """
    find_tag(member.workspace, tag_id)
    rows = Tagging.objects.within(member.workspace).filter(tag_id=tag_id)
    found: PageOf[Tagging] = page_of(rows, page, order=("-customer",))
    names = people.names_of(member, [tagging.customer for tagging in found.items])
    return PageOf(
        [TagHolder(each, names[each.customer]) for each in found.items if each.customer in names],
        found.next,
    )


def having(workspace: Workspace, tag_id: int) -> Exists:
    """Return the condition that the customer of the outer query has a tag."""
    return Exists(Tagging.objects.within(workspace).filter(tag_id=tag_id, customer=OuterRef("pk")))


def _told(found: PageOf[TagChange], names: dict[int, str]) -> PageOf[HistoryLine]:
    """Give the changes of customers who have a name here that name, and leave out the others."""
    actors = workspaces.actor_names({change.actor for change in found.items})
    return PageOf(
        [
            HistoryLine(change, names[change.customer], actors.get(change.actor, ""))
            for change in found.items
            if change.customer in names
        ],
        found.next,
    )


def _changes(member: Member) -> QuerySet[TagChange]:
    return TagChange.objects.within(member.workspace).select_related("tag__group")
