"""Who is erased is in no list of a mass message any more."""

from collections.abc import Sequence

from django.db import transaction

from yutang.wecom.models import MassRecipient
from yutang.workspaces.models import Workspace

__all__ = ["erase_recipient"]


@transaction.atomic
def erase_recipient(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Take a person out of mass messages; how many they reached stays counted with the task."""
    rows = MassRecipient.objects.within(workspace).filter(customer__in=numbers)
    return {"mass_messages": rows.delete()[0]}
