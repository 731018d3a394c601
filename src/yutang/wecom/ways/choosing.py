"""Customer groups to write to: those a member may see, found by owner, by name, by size.

chosen = groups_among(member, Among(q="fuli", owners=[3], least=20))
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from yutang.customers import service as customers
from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.wecom.models import CorpState, GroupChat, MassTask, StaffAccount
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, staff_by_id

__all__ = [
    "Among",
    "GroupFound",
    "OwnerOfGroups",
    "groups_among",
    "groups_seen",
    "list_groups",
    "list_owners",
    "tasks_seen",
]

_ACTIVE = 1


@dataclass(frozen=True)
class Among:
    """Which groups: all of them, where nothing is said."""

    q: str = ""  # part of a name, or its pinyin, or its initials
    owners: Sequence[int] = ()  # staff
    least: int | None = None  # customers
    most: int | None = None


@dataclass(frozen=True)
class GroupFound:
    """A group as it is chosen."""

    group: int
    name: str
    people: int
    staff: int  # its owner; 0: not among the members of the corp
    staff_name: str
    made_at: datetime


@dataclass(frozen=True)
class OwnerOfGroups:
    """One of the staff, and how many groups are hers."""

    staff: int
    name: str
    groups: int


def groups_seen(member: Member) -> WorkspaceQuerySet[GroupChat]:
    """Return the groups that stand and that a member may see: hers are those its owner looks after."""
    rows = GroupChat.objects.within(member.workspace).filter(
        dismissed_at=None, corp__state=CorpState.ACTIVE
    )
    if member.scope.is_everyone:
        return rows
    return rows.filter(_owned_by(member.workspace, member.scope.staff_ids))


def tasks_seen(member: Member) -> WorkspaceQuerySet[MassTask]:
    """Return the messages to groups whose owners a member may see."""
    rows = MassTask.objects.within(member.workspace).filter(kind="groups")
    if member.scope.is_everyone:
        return rows
    mine = StaffAccount.objects.within(member.workspace).filter(
        corp=OuterRef("corp"), spelling=OuterRef("sender"), staff__in=member.scope.staff_ids
    )
    return rows.filter(Exists(mine))


def groups_among(member: Member, among: Among) -> WorkspaceQuerySet[GroupChat]:
    """Return those of the groups a member may see that are meant."""
    rows = groups_seen(member)
    if among.owners:
        rows = rows.filter(_owned_by(member.workspace, among.owners))
    if among.q.strip():
        names = rows.values_list("pk", "group__name")
        found = [pk for pk, name in names if customers.finds(name, among.q)]
        rows = rows.filter(pk__in=found)
    if among.least is None and among.most is None:
        return rows
    ids = dict(rows.values_list("group_id", "pk"))
    sizes = customers.group_sizes(member.workspace, list(ids))
    least, most = among.least or 0, 1 << 31 if among.most is None else among.most
    return rows.filter(pk__in=[ids[each] for each in ids if least <= sizes.get(each, 0) <= most])


def list_groups(member: Member, among: Among, page: PageIn) -> PageOf[GroupFound]:
    """Return a page of them, by name."""
    rows = groups_among(member, among).select_related("group")
    found = page_of(rows, page, order=("group__name", "id"))
    sizes = customers.group_sizes(member.workspace, [each.group_id for each in found.items])
    owners = _owners(member.workspace, found.items)
    names = staff_by_id(member.workspace, owners.values())
    shown = []
    for each in found.items:
        staff = names.get(owners.get((each.corp_id, each.owner), 0))
        shown.append(
            GroupFound(
                each.group_id,
                each.group.name,
                sizes.get(each.group_id, 0),
                staff.pk if staff else 0,
                staff.name if staff else "",
                each.made_at,
            )
        )
    return PageOf(shown, found.next)


def list_owners(member: Member) -> list[OwnerOfGroups]:
    """Return whose the groups are that a member may see, who has most of them first."""
    rows = list(groups_seen(member).only("corp_id", "owner"))
    owners = _owners(member.workspace, rows)
    counts: dict[int, int] = {}
    for each in rows:
        staff = owners.get((each.corp_id, each.owner))
        if staff:
            counts[staff] = counts.get(staff, 0) + 1
    names = staff_by_id(member.workspace, counts)
    found = [OwnerOfGroups(pk, names[pk].name, n) for pk, n in counts.items() if pk in names]
    return sorted(found, key=lambda each: (-each.groups, each.name))


def _owned_by(workspace: Workspace, staff: Sequence[int] | frozenset[int]) -> Exists:
    return Exists(
        StaffAccount.objects.within(workspace).filter(
            corp=OuterRef("corp"), userid=OuterRef("owner"), staff__in=list(staff)
        )
    )


def _owners(workspace: Workspace, rows: Sequence[GroupChat]) -> dict[tuple[int, str], int]:
    accounts = StaffAccount.objects.within(workspace).filter(
        corp__in={each.corp_id for each in rows},
        userid__in={each.owner for each in rows},
        status=_ACTIVE,
    )
    return {(each.corp_id, each.userid): each.staff_id for each in accounts}
