"""Messages to customer groups: tasks of their owners, planned by hand or by a journey of groups.

    send_to_groups(member, message_id=7, groups=[3, 4], now=now)
    send_to_groups(member, message_id=7, groups=Among(owners=[2], least=20), now=now)

Each owner gets one task for all her groups. What a group has had is counted against the channel's caps (`group`);
quiet hours are the workspace's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.loop import Doing, Undone
from yutang.reach import service as reach
from yutang.reach.models import MessageVersion
from yutang.wecom.models import Corp, GroupSending, MassKind, MassRecipient
from yutang.wecom.ways.choosing import Among, groups_among, groups_seen
from yutang.wecom.ways.content import digest_of
from yutang.wecom.ways.gathering import Gathered, One, gather
from yutang.wecom.ways.judging import (
    NO_CHAT,
    GroupVerdict,
    OwnerStanding,
    judge_groups,
    standings,
)
from yutang.wecom.ways.limits import take_turns
from yutang.wecom.ways.mass import GATHERS_FOR
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "GroupsPlanned",
    "NeedsAnotherEye",
    "NoGroupToSendTo",
    "NotForGroups",
    "TooManyGroups",
    "preview_groups",
    "send_to_groups",
    "send_to_groups_of_journey",
    "version_for",
    "version_for_groups",
]

CHANNELS = ("group", "wecom")
MOST_GROUPS = 20_000
_DOINGS = UUID("7a4bd7a5-8d22-5f3a-9c2d-40c2d8c0b6f1")


class NotForGroups(DomainError):
    """The message was written for another channel."""

    status = 422
    zh = "“{message}”不是为{wanted}写的。请换一条消息。"
    en = "“{message}” was not written for {wanted}. Choose another message."


class NoGroupToSendTo(DomainError):
    """Of the groups named, none can be written to."""

    status = 422
    zh = "选中的 {count} 个群现在都发不了：{why}。"
    en = "None of the {count} groups chosen can be written to now: {why}."


class TooManyGroups(DomainError):
    """More groups are meant than one message is written to at once."""

    status = 422
    zh = "这样选中了 {count} 个群，一次最多写给 {most} 个。按群主或人数分几次发。"
    en = "That is {count} groups; at most {most} are written to at once. Choose by owner or size."


class NeedsAnotherEye(DomainError):
    """It reaches more people than one may decide alone."""

    zh = "这些群一共 {count} 人，超过 {over} 人的消息要先由另一位同事审批：“{message}”。"
    en = "These groups have {count} people; a message to more than {over} needs a colleague’s approval: “{message}”."


@dataclass(frozen=True)
class GroupsPlanned:
    """What becomes of a message to groups: how many tasks, and what becomes of each group."""

    at: datetime
    tasks: Sequence[int]
    groups: Sequence[GroupVerdict]
    owners: Sequence[OwnerStanding] = ()
    sending: int | None = None

    @property
    def people(self) -> int:
        """Return how many are in the groups that are written to."""
        return sum(each.people for each in self.groups if not each.reason)


def version_for(
    workspace: Workspace, message_id: int, channels: Sequence[str], *, now: datetime
) -> MessageVersion:
    """Return what a message says today, which is the same for everybody and sound for the first of these channels.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound:
    """
    version = reach.newest_version(workspace, message_id)
    if version.message.channel not in channels:
        wanted = reach.channel_label(channels[0])
        raise NotForGroups(message=version.message.name, wanted=wanted)
    reach.check_plain(workspace, channels[0], version.parts, now=now)
    return version


def version_for_groups(workspace: Workspace, message_id: int, *, now: datetime) -> MessageVersion:
    """Return what a message says to groups today.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound:
    """
    return version_for(workspace, message_id, CHANNELS, now=now)


def preview_groups(
    member: Member,
    *,
    message_id: int | None,
    groups: Sequence[int] | Among,
    at: datetime | None = None,
    now: datetime,
) -> GroupsPlanned:
    """Return what would become of a message to groups; nothing is kept. Without one: of any that sells.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound, TooManyGroups:
    """
    purpose = "marketing"
    if message_id is not None:
        purpose = version_for_groups(member.workspace, message_id, now=now).message.purpose
    return _planned(member, groups, purpose, at, now)


def _planned(
    member: Member,
    groups: Sequence[int] | Among,
    purpose: str,
    at: datetime | None,
    now: datetime,
) -> GroupsPlanned:
    when = _when(member.workspace, purpose, at, now)
    asked = groups
    if isinstance(asked, Among):
        asked = list(groups_among(member, asked).order_by("pk").values_list("group_id", flat=True))
    if len(asked) > MOST_GROUPS:
        raise TooManyGroups(count=len(asked), most=MOST_GROUPS)
    verdicts, caps = judge_groups(
        member.workspace, asked, purpose=purpose, at=when, among=groups_seen(member)
    )
    return GroupsPlanned(when, (), verdicts, standings(member.workspace, verdicts, caps))


@transaction.atomic
def send_to_groups(
    member: Member,
    *,
    message_id: int,
    groups: Sequence[int] | Among,
    at: datetime | None = None,
    now: datetime,
) -> GroupsPlanned:
    """Have the owners of groups send a message there, now or at an instant to come.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound, TooManyGroups, NoGroupToSendTo,
        NeedsAnotherEye:
    """
    workspace = member.workspace
    version = version_for_groups(workspace, message_id, now=now)
    _take_turns(workspace)
    planned = _planned(member, groups, version.message.purpose, at, now)
    sound = [each for each in planned.groups if not each.reason]
    if not sound:
        first = next((each.why for each in planned.groups if each.why), NO_CHAT)
        raise NoGroupToSendTo(count=len(planned.groups), why=first)
    over = reach.policy_of(workspace).rules.approval_over
    if planned.people > over and reach.unapproved(workspace, [message_id]):
        raise NeedsAnotherEye(count=planned.people, over=over, message=version.message.name)
    sending = GroupSending.objects.create(
        workspace=workspace,
        name=version.message.name,
        message=message_id,
        made_by=member.actor,
        due_at=planned.at,
        created_at=now,
    )
    tokens = {each.chat: uuid4() for each in sound}
    tasks = _gather(sound, version, tokens, when=planned.at, now=now, sending=sending.pk)
    record_audit(
        workspace,
        member.actor,
        "wecom.groups_written_to",
        f"message:{message_id}",
        detail={"groups": len(sound), "people": planned.people, "at": planned.at.isoformat()},
        now=now,
    )
    return replace(planned, tasks=tasks, sending=sending.pk)


@transaction.atomic
def send_to_groups_of_journey(
    workspace: Workspace,
    doings: Sequence[Doing],
    *,
    message_id: int,
    journey: int | None,
    now: datetime,
) -> Mapping[str, Undone]:
    """Have the owners of a journey's groups send a message there; return the groups it is not sent to.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound:
    """
    version = version_for_groups(workspace, message_id, now=now)
    purpose = version.message.purpose
    _take_turns(workspace)
    when = _when(workspace, purpose, None, now)
    # A journey's subjects are groups here: what it calls a customer is a group's number.
    marks = {uuid5(_DOINGS, f"{workspace.pk}:{each.key}"): each for each in doings}
    known = MassRecipient.objects.within(workspace).filter(token__in=list(marks))
    for token in known.values_list("token", flat=True):
        del marks[token]  # done before
    keys = {each.customer: each.key for each in marks.values()}
    verdicts, _ = judge_groups(workspace, keys, purpose=purpose, at=when)
    sound = [each for each in verdicts if not each.reason]
    by_group = {each.customer: token for token, each in marks.items()}
    tokens = {each.chat: by_group[each.group] for each in sound}
    _gather(sound, version, tokens, when=when, now=now, journey=journey)
    return {
        keys[each.group]: Undone(each.reason, declined=True) for each in verdicts if each.reason
    }


def _gather(
    sound: Sequence[GroupVerdict],
    version: MessageVersion,
    tokens: Mapping[str, UUID],
    *,
    when: datetime,
    now: datetime,
    journey: int | None = None,
    sending: int | None = None,
) -> list[int]:
    by_owner: dict[tuple[int, str], list[GroupVerdict]] = {}
    for each in sound:
        assert each.corp
        assert each.owner
        by_owner.setdefault((each.corp.pk, each.owner.spelling), []).append(each)
    # What is to leave at another time, of another journey or another sending, is another task.
    at = when.isoformat() if when > now else ""
    marks = {"kind": "text", "text": "", "at": at, "journey": journey, "sending": sending}
    digest = digest_of([*version.parts, marks])
    tasks = []
    for (_, spelling), mine in sorted(by_owner.items()):
        corp = mine[0].corp
        assert corp
        what = Gathered(
            MassKind.GROUPS,
            digest,
            version.parts,
            spelling,
            purpose=version.message.purpose,
            journey=journey,
            sending=sending,
        )
        whom = [One(tokens[each.chat], each.chat) for each in mine]
        tasks.append(gather(corp, what, whom, due=when + GATHERS_FOR, now=now))
    return tasks


def _when(workspace: Workspace, purpose: str, at: datetime | None, now: datetime) -> datetime:
    begin = max(at or now, now)
    return reach.next_open(workspace, channel="group", purpose=purpose, at=begin)


def _take_turns(workspace: Workspace) -> None:
    for corp in Corp.objects.within(workspace).order_by("pk"):
        take_turns(corp)
