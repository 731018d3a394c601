"""Who is erased is in no list of a mass message any more, and in no note to staff."""

from collections.abc import Sequence

from django.db import transaction

from yutang.wecom.models import MassRecipient, StaffNote
from yutang.workspaces.models import Workspace

__all__ = ["erase_recipient"]


@transaction.atomic
def erase_recipient(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Take a person out of tasks and notes about her; how many a task reached stays counted with it."""
    rows = MassRecipient.objects.within(workspace).filter(customer__in=numbers)
    notes = StaffNote.objects.within(workspace).filter(customer__in=numbers)
    return {"mass_messages": rows.delete()[0], "staff_notes": notes.delete()[0]}
