"""What became of messages to groups that somebody sent by hand: as one thing, whatever number of owners send it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef

from yutang.kit.errors import DomainError
from yutang.wecom.models import GroupSending, MassRecipient, MassState, MassTask, RecipientState
from yutang.wecom.ways.choosing import tasks_seen
from yutang.wecom.ways.tasks import mass_tasks_of
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member

__all__ = ["NoSuchSending", "SendingStanding", "sending_of", "sendings_of", "standings_of"]


class NoSuchSending(DomainError):
    """Not a message to groups of this workspace, or nobody's whom the member sees."""

    status = 404
    zh = "没有这次客户群群发。"
    en = "There is no such message to groups."


@dataclass(frozen=True)
class SendingStanding:
    """A message to groups, and how far its owners and groups are."""

    sending: GroupSending
    parts: Sequence[Mapping[str, Any]]
    tasks: Sequence[MassTask]  # each with its `outcome`

    @property
    def outcome(self) -> dict[RecipientState, int]:
        """Return of how many groups became what."""
        found: dict[RecipientState, int] = {}
        for task in self.tasks:
            for state, count in task.outcome.items():
                found[state] = found.get(state, 0) + count
        return found

    @property
    def states(self) -> dict[MassState, int]:
        """Return how many of its owners' tasks are in which state."""
        found: dict[MassState, int] = {}
        for task in self.tasks:
            state = MassState(task.state)
            found[state] = found.get(state, 0) + 1
        return found


def sendings_of(member: Member) -> WorkspaceQuerySet[GroupSending]:
    """Return the messages to groups a member may see something of."""
    theirs = tasks_seen(member).filter(sending=OuterRef("pk"))
    return GroupSending.objects.within(member.workspace).filter(Exists(theirs))


def sending_of(member: Member, sending_id: int) -> SendingStanding:
    """Return one, as far as the member sees the owners.

    :raises NoSuchSending:
    """
    found = sendings_of(member).filter(pk=sending_id).first()
    if found is None:
        raise NoSuchSending
    return standings_of(member, [found])[0]


def standings_of(member: Member, sendings: Sequence[GroupSending]) -> list[SendingStanding]:
    """Return how far these are, in their order."""
    tasks: dict[int, list[MassTask]] = {}
    seen = tasks_seen(member).filter(sending__in=[each.pk for each in sendings])
    rows = mass_tasks_of(member.workspace).filter(pk__in=seen.values("pk"))
    for task in rows.select_related("workspace").order_by("pk"):
        tasks.setdefault(task.sending_id or 0, []).append(task)
    counts: dict[int, dict[RecipientState, int]] = {}
    counted = (
        MassRecipient.objects.within(member.workspace)
        .filter(task__in=[each.pk for some in tasks.values() for each in some])
        .values_list("task", "state")
        .annotate(n=Count("pk"))
    )
    for task_id, state, count in counted:
        counts.setdefault(task_id, {})[RecipientState(state)] = count
    found = []
    for each in sendings:
        mine = tasks.get(each.pk, [])
        for task in mine:
            task.outcome = counts.get(task.pk, {})
        found.append(SendingStanding(each, mine[0].parts if mine else [], mine))
    return found
