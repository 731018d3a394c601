"""What apps above ask of tags by the batch: which there are, who changed, who has what."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from yutang.tags.models import Tag, TagChange, Tagging
from yutang.workspaces.models import Workspace

__all__ = ["held_by", "in_groups", "retagged_since"]


def in_groups(workspace: Workspace, group_ids: Collection[int]) -> list[Tag]:
    """Return the tags in use of these groups, in their order."""
    rows = Tag.objects.within(workspace).in_use().filter(group__in=list(group_ids))
    return list(rows.select_related("group").order_by("group_id", "place", "pk"))


def retagged_since(
    workspace: Workspace, tag_ids: Collection[int], since: datetime, *, but_by: str
) -> list[int]:
    """Return whose taggings with these tags changed at an instant or later, by anybody but this source."""
    rows = TagChange.objects.within(workspace).filter(tag__in=list(tag_ids), at__gte=since)
    return sorted(set(rows.exclude(source=but_by).values_list("customer", flat=True)))


def held_by(
    workspace: Workspace, customer_ids: Sequence[int], tag_ids: Collection[int], *, now: datetime
) -> Mapping[int, set[int]]:
    """Return which of these tags each of these customers has."""
    rows = Tagging.objects.within(workspace).filter(
        customer__in=list(customer_ids), tag__in=list(tag_ids)
    )
    found: dict[int, set[int]] = {customer: set() for customer in customer_ids}
    for customer, tag in rows.exclude(expires_at__lte=now).values_list("customer", "tag_id"):
        found[customer].add(tag)
    return found
