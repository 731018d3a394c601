"""What tags know of one person: told when she asks, forgotten when she wishes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, F

from yutang.tags import _exclusivity as exclusivity
from yutang.tags._tagging import count_down
from yutang.tags.models import OwnTagging, TagChange, Tagging, UnmirroredTagging
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person"]


def export_person(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return the tags a person has and every change of them, under all her numbers."""
    tags = Tagging.objects.within(workspace).filter(customer__in=numbers)
    changes = TagChange.objects.within(workspace).filter(customer__in=numbers)
    return {
        "tags": list(
            tags.order_by("tagged_at", "pk").values(
                "sources",
                "tagged_at",
                "expires_at",
                name=F("tag__name"),
                group=F("tag__group__name"),
            )
        ),
        "tag_history": list(
            changes.order_by("at", "pk").values(
                "kind", "source", "reason", "at", name=F("tag__name"), group=F("tag__group__name")
            )
        ),
    }


@transaction.atomic
def erase_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget a person's tags and their history, here and, by the mirror, in the warehouse."""
    rows = Tagging.objects.within(workspace).filter(customer__in=numbers)
    exclusivity.lock_tags(workspace, rows.values_list("tag_id", flat=True))
    UnmirroredTagging.objects.bulk_create(
        UnmirroredTagging(workspace=workspace, tag=tag, customer=customer)
        for tag, customer in rows.values_list("tag_id", "customer")
    )
    count_down(workspace, list(rows.values_list("tag_id").annotate(Count("pk")).order_by("tag_id")))
    gone, _ = rows.delete()
    lines, _ = TagChange.objects.within(workspace).filter(customer__in=numbers).delete()
    OwnTagging.objects.within(workspace).filter(customer__in=numbers).delete()
    return {"tags": gone, "tag_history": lines}
