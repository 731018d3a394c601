"""Messages to customer groups: tasks of their owners, planned by hand or by a journey of groups.

    send_to_groups(member, message_id=7, groups=[3, 4], now=now)

Each owner gets one task for all her groups. What a group has had is counted against the channel's caps (`group`);
quiet hours are the workspace's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.loop import Doing, Undone
from yutang.reach import service as reach
from yutang.reach.models import MessageVersion
from yutang.wecom.models import (
    Corp,
    CorpState,
    GroupChat,
    MassKind,
    MassRecipient,
    StaffAccount,
)
from yutang.wecom.ways.content import digest_of
from yutang.wecom.ways.gathering import Gathered, One, gather
from yutang.wecom.ways.limits import over_the_cap, take_turns
from yutang.wecom.ways.mass import GATHERS_FOR
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "GroupVerdict",
    "GroupsPlanned",
    "NeedsAnotherEye",
    "NoGroupToSendTo",
    "NotForGroups",
    "judge_groups",
    "preview_groups",
    "send_to_groups",
    "send_to_groups_of_journey",
    "version_for",
    "version_for_groups",
]

CHANNELS = ("group", "wecom")
_DOINGS = UUID("7a4bd7a5-8d22-5f3a-9c2d-40c2d8c0b6f1")
_NO_CHAT = Text("不是企业微信的客户群，或已解散", "no customer group of WeCom, or dismissed")
_NO_OWNER = Text("群主不在企业微信里", "its owner is not among the members of the corp")
_GONE, _LEFT, _CAPPED = "group_gone", "owner_gone", "channel_rule"


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


class NeedsAnotherEye(DomainError):
    """It reaches more people than one may decide alone."""

    zh = "这些群一共 {count} 人，超过 {over} 人的消息要先由另一位同事审批：“{message}”。"
    en = "These groups have {count} people; a message to more than {over} needs a colleague’s approval: “{message}”."


@dataclass(frozen=True)
class GroupVerdict:
    """One group: whose it is, and why it cannot be written to, if it cannot."""

    group: int
    name: str
    people: int
    corp: Corp | None = None
    chat: str = ""
    owner: StaffAccount | None = None
    reason: str = ""  # for programs
    why: Text | None = None


@dataclass(frozen=True)
class GroupsPlanned:
    """What becomes of a message to groups: how many tasks, and what becomes of each group."""

    at: datetime
    tasks: Sequence[int]
    groups: Sequence[GroupVerdict]

    @property
    def people(self) -> int:
        """Return how many are in the groups that are written to."""
        return sum(each.people for each in self.groups if not each.reason)


def judge_groups(
    workspace: Workspace, groups: Iterable[int], *, purpose: str, at: datetime
) -> list[GroupVerdict]:
    """Return of each group of customers whether it can be written to at an instant."""
    asked = list(dict.fromkeys(groups))
    sizes = customers.group_sizes(workspace, asked)
    chats = {
        each.group_id: each
        for each in GroupChat.objects.within(workspace)
        .filter(group__in=asked, dismissed_at=None, corp__state=CorpState.ACTIVE)
        .select_related("corp__workspace", "group")
    }
    owners = _owners(workspace, chats.values())
    full = _full(chats.values(), purpose, at)
    return [_verdict(group, chats.get(group), sizes.get(group, 0), owners, full) for group in asked]


def _verdict(
    group: int,
    chat: GroupChat | None,
    people: int,
    owners: Mapping[tuple[int, str], StaffAccount],
    full: Mapping[tuple[int, str], Text],
) -> GroupVerdict:
    if chat is None:
        return GroupVerdict(group, "", people, reason=_GONE, why=_NO_CHAT)
    owner = owners.get((chat.corp_id, chat.owner))
    over = full.get((chat.corp_id, chat.chat))
    reason = _LEFT if owner is None else _CAPPED if over else ""
    why = _NO_OWNER if owner is None else over
    return GroupVerdict(group, chat.group.name, people, chat.corp, chat.chat, owner, reason, why)


def _owners(
    workspace: Workspace, chats: Collection[GroupChat]
) -> dict[tuple[int, str], StaffAccount]:
    rows = StaffAccount.objects.within(workspace).filter(
        corp__in={each.corp_id for each in chats}, userid__in={each.owner for each in chats}
    )
    return {(row.corp_id, row.userid): row for row in rows.filter(status=1)}


def _full(chats: Iterable[GroupChat], purpose: str, at: datetime) -> dict[tuple[int, str], Text]:
    by_corp: dict[int, list[GroupChat]] = {}
    for each in chats:
        by_corp.setdefault(each.corp_id, []).append(each)
    full: dict[tuple[int, str], Text] = {}
    for some in by_corp.values():
        ids = [each.chat for each in some]
        over = over_the_cap(some[0].corp, ids, MassKind.GROUPS, purpose=purpose, at=at)
        full |= {(some[0].corp_id, chat): said for chat, said in over.items()}
    return full


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
    message_id: int,
    groups: Sequence[int],
    at: datetime | None = None,
    now: datetime,
) -> GroupsPlanned:
    """Return what would become of a message to groups; nothing is kept.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound:
    """
    version = version_for_groups(member.workspace, message_id, now=now)
    purpose = version.message.purpose
    when = _when(member.workspace, purpose, at, now)
    verdicts = judge_groups(member.workspace, groups, purpose=purpose, at=when)
    return GroupsPlanned(when, (), verdicts)


@transaction.atomic
def send_to_groups(
    member: Member,
    *,
    message_id: int,
    groups: Sequence[int],
    at: datetime | None = None,
    now: datetime,
) -> GroupsPlanned:
    """Have the owners of groups send a message there, now or at an instant to come.

    :raises MessageNotFound, MessageArchived, NotForGroups, MessageNotSound, NoGroupToSendTo, NeedsAnotherEye:
    """
    workspace = member.workspace
    version = version_for_groups(workspace, message_id, now=now)
    purpose = version.message.purpose
    _take_turns(workspace)
    when = _when(workspace, purpose, at, now)
    verdicts = judge_groups(workspace, groups, purpose=purpose, at=when)
    sound = [each for each in verdicts if not each.reason]
    if not sound:
        first = next((each.why for each in verdicts if each.why), _NO_CHAT)
        raise NoGroupToSendTo(count=len(verdicts), why=first)
    planned = GroupsPlanned(when, (), verdicts)
    over = reach.policy_of(workspace).rules.approval_over
    if planned.people > over and reach.unapproved(workspace, [message_id]):
        raise NeedsAnotherEye(count=planned.people, over=over, message=version.message.name)
    tokens = {each.chat: uuid4() for each in sound}
    tasks = _gather(sound, version, tokens, when=when, now=now)
    record_audit(
        workspace,
        member.actor,
        "wecom.groups_written_to",
        f"message:{message_id}",
        detail={"groups": len(sound), "people": planned.people, "at": when.isoformat()},
        now=now,
    )
    return GroupsPlanned(when, tasks, verdicts)


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
    verdicts = judge_groups(workspace, keys, purpose=purpose, at=when)
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
) -> list[int]:
    by_owner: dict[tuple[int, str], list[GroupVerdict]] = {}
    for each in sound:
        assert each.corp
        assert each.owner
        by_owner.setdefault((each.corp.pk, each.owner.spelling), []).append(each)
    # What is to leave at another time, or of another journey, is another task.
    at = when.isoformat() if when > now else ""
    marks = {"kind": "text", "text": "", "at": at, "journey": journey}
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
