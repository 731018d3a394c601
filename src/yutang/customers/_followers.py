"""How many customers members of staff look after."""

from collections.abc import Iterable

from django.db.models import Count

from yutang.customers.models import Relation, RelationKind
from yutang.workspaces.models import Workspace

__all__ = ["count_followed"]


def count_followed(workspace: Workspace, staff_ids: Iterable[int]) -> dict[int, int]:
    """Return staff → how many customers each looks after; who has none is left out."""
    rows = Relation.objects.within(workspace).filter(
        kind=RelationKind.STAFF, target__in=list(staff_ids), is_hidden=False
    )
    return dict(rows.values("target").annotate(n=Count("pk")).values_list("target", "n"))
