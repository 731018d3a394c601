"""Whether groups can be written to, and how their owners stand with the caps of the channel."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.wecom.models import Corp, CorpState, GroupChat, MassKind, StaffAccount
from yutang.wecom.ways.limits import CapCount, CapStanding, caps_counted, over_the_cap, stands
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import staff_by_id

__all__ = ["NO_CHAT", "GroupVerdict", "OwnerStanding", "judge_groups", "standings"]

NO_CHAT = Text("不是企业微信的客户群，或已解散", "no customer group of WeCom, or dismissed")
_NO_OWNER = Text("群主不在企业微信里", "its owner is not among the members of the corp")
_GONE, _LEFT, _CAPPED = "group_gone", "owner_gone", "channel_rule"


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
class OwnerStanding:
    """An owner of groups that are meant, and how her groups stand with the caps."""

    staff: int
    name: str
    groups: int
    people: int  # in those that can be written to
    held: int  # groups that cannot
    caps: Sequence[CapStanding]


def judge_groups(
    workspace: Workspace,
    groups: Iterable[int],
    *,
    purpose: str,
    at: datetime,
    among: WorkspaceQuerySet[GroupChat] | None = None,
) -> tuple[list[GroupVerdict], dict[int, list[CapCount]]]:
    """Return of each group of customers whether it can be written to at an instant, and the caps by corp.

    `among` are the chats that may be written to at all; others are not there.
    """
    asked = list(dict.fromkeys(groups))
    sizes = customers.group_sizes(workspace, asked)
    rows = GroupChat.objects.within(workspace) if among is None else among
    chats = {
        each.group_id: each
        for each in rows.filter(
            group__in=asked, dismissed_at=None, corp__state=CorpState.ACTIVE
        ).select_related("corp__workspace", "group")
    }
    owners = _owners(workspace, chats.values())
    caps = _caps(chats.values(), purpose, at)
    full = _full(chats.values(), caps)
    verdicts = [
        _verdict(group, chats.get(group), sizes.get(group, 0), owners, full) for group in asked
    ]
    return verdicts, caps


def _verdict(
    group: int,
    chat: GroupChat | None,
    people: int,
    owners: Mapping[tuple[int, str], StaffAccount],
    full: Mapping[tuple[int, str], Text],
) -> GroupVerdict:
    if chat is None:
        return GroupVerdict(group, "", people, reason=_GONE, why=NO_CHAT)
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


def _caps(chats: Iterable[GroupChat], purpose: str, at: datetime) -> dict[int, list[CapCount]]:
    by_corp: dict[int, list[GroupChat]] = {}
    for each in chats:
        by_corp.setdefault(each.corp_id, []).append(each)
    return {
        corp: caps_counted(
            some[0].corp, [each.chat for each in some], MassKind.GROUPS, purpose=purpose, at=at
        )
        for corp, some in by_corp.items()
    }


def _full(
    chats: Iterable[GroupChat], caps: Mapping[int, Sequence[CapCount]]
) -> dict[tuple[int, str], Text]:
    full: dict[tuple[int, str], Text] = {}
    for corp, counted in caps.items():
        ids = [each.chat for each in chats if each.corp_id == corp]
        full |= {(corp, chat): said for chat, said in over_the_cap(ids, counted).items()}
    return full


def standings(
    workspace: Workspace,
    verdicts: Iterable[GroupVerdict],
    caps: Mapping[int, Sequence[CapCount]],
) -> list[OwnerStanding]:
    """Return the owners of these groups: those some of whose are held back first, then who has most."""
    by_owner: dict[StaffAccount, list[GroupVerdict]] = {}
    for each in verdicts:
        if each.owner:
            by_owner.setdefault(each.owner, []).append(each)
    names = staff_by_id(workspace, {owner.staff_id for owner in by_owner})
    found = [
        OwnerStanding(
            owner.staff_id,
            names[owner.staff_id].name if owner.staff_id in names else owner.spelling,
            len(mine),
            sum(each.people for each in mine if not each.reason),
            sum(bool(each.reason) for each in mine),
            [stands(cap, [each.chat for each in mine]) for cap in caps.get(owner.corp_id, ())],
        )
        for owner, mine in by_owner.items()
    ]
    return sorted(found, key=lambda each: (-each.held, -each.groups, each.name))
