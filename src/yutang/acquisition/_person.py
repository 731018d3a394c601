"""What is kept of a person here: by which codes she came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from yutang.acquisition.models import CodeFriend
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person"]


def export_person(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return by which codes somebody came, and when."""
    rows = CodeFriend.objects.within(workspace).filter(customer__in=numbers)
    told = rows.order_by("added_at", "pk").values(
        "added_at", "external", name=F("code__name"), channel=F("code__channel__name")
    )
    return {"live_codes": list(told)}


@transaction.atomic
def erase_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget who it was that came by a code; that somebody came stays counted."""
    rows = CodeFriend.objects.within(workspace).filter(customer__in=numbers)
    gone = rows.update(customer=None, external="", due_at=None)
    return {"live_code_friends": gone}
