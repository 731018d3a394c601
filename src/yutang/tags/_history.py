"""Who has a tag, and who tagged whom, when and why."""

from django.db.models import QuerySet

from yutang.customers import service as customers
from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.tags import _people as people
from yutang.tags._tags import find_tag
from yutang.tags.models import TagChange, Tagging
from yutang.workspaces.service import Member

__all__ = ["customers_with", "history_of_customer", "history_of_tag"]

_NEWEST_FIRST = ("-at", "-id")


def history_of_customer(member: Member, customer_id: int, page: PageIn) -> PageOf[TagChange]:
    """Return what happened to one customer's tags, newest first, also under numbers merged into her.

    :raises customers.NotFound: also when the member may not see her
    """
    if customer_id not in people.visible(member, [customer_id]):
        raise customers.NotFound
    numbers = people.numbers_of(member.workspace, customer_id)
    rows = _changes(member).filter(customer__in=numbers)
    return page_of(rows, page, order=_NEWEST_FIRST)


def history_of_tag(member: Member, tag_id: int, page: PageIn) -> PageOf[TagChange]:
    """Return what happened to one tag, newest first, as far as the member sees the customers.

    A page may be shorter than asked for; it is the last only when `next` is null.

    :raises NotFound:
    """
    find_tag(member.workspace, tag_id)
    found: PageOf[TagChange] = page_of(
        _changes(member).filter(tag_id=tag_id), page, order=_NEWEST_FIRST
    )
    if member.scope.is_everyone:
        return found
    seen = people.visible(member, [change.customer for change in found.items])
    return PageOf([change for change in found.items if change.customer in seen], found.next)


def customers_with(member: Member, tag_id: int, page: PageIn) -> PageOf[Tagging]:
    """Return who has a tag, the newest customers first, as far as the member sees them.

    A page may be shorter than asked for; it is the last only when `next` is null.

    :raises NotFound:
    """
    find_tag(member.workspace, tag_id)
    rows = Tagging.objects.within(member.workspace).filter(tag_id=tag_id)
    found: PageOf[Tagging] = page_of(rows, page, order=("-customer",))
    seen = people.visible(member, [tagging.customer for tagging in found.items])
    return PageOf([each for each in found.items if each.customer in seen], found.next)


def _changes(member: Member) -> QuerySet[TagChange]:
    return TagChange.objects.within(member.workspace).select_related("tag__group")
