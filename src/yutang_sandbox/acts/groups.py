"""Life of the groups."""

from typing import Any

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.world.records import Group, Member

CHAT = "change_external_chat"
INVITED, BY_LINK, SCANNED = 1, 2, 3


def group_of(scene: Scene, chat_id: str) -> Group:
    group = scene.corp.groups.get(chat_id)
    if group is None or group.dismissed:
        raise Impossible(f"there is no group {chat_id}")
    return group


def found_group(
    scene: Scene, owner: int, name: str, customers: list[int], *, told: bool = True
) -> Group:
    """Make a group of a member with customers."""
    corp, userid = scene.corp, scene.corp.staff[owner].userid
    group = Group(corp.next_id("wr"), name, userid, scene.now)
    group.members[userid] = Member(-1, userid, scene.now, INVITED, userid)
    for customer in customers[: corp.limits.group_people - 1]:
        someone = corp.external(customer)
        group.members[someone] = Member(customer, "", scene.now, INVITED, userid)
    group.version = corp.next_id("", 32)
    corp.groups[group.id] = group
    if told:
        corp.tell(CHAT, "create", scene.now, ChatId=group.id)
    return group


@act("staff.founds")
def founds(
    scene: Scene, staff: str, name: str, customers: list[str] | None = None
) -> dict[str, Any]:
    """Let a member make a group."""
    people = [scene.customer(one) for one in customers or []]
    return {"chat_id": found_group(scene, scene.staff(staff), name, people).id}


def join(scene: Scene, group: Group, people: list[Member], scene_code: int = SCANNED) -> list[str]:
    """Let people in as far as there is room, with one callback; return who came."""
    corp, room = scene.corp, scene.corp.limits.group_people - len(group.members)
    came = {
        member.userid or corp.external(member.customer): member
        for member in people
        if (member.userid or corp.external(member.customer)) not in group.members
    }
    names = list(came)[: max(room, 0)]
    if names:
        _remember(scene, group)
        group.members.update({name: came[name] for name in names})
        _changed(scene, group, "add_member", names, JoinScene=3 if scene_code == SCANNED else 0)
    return names


@act("customer.joins")
def joins(
    scene: Scene, customer: str, chat_id: str, *, by: int = SCANNED, invitor: str = ""
) -> dict[str, Any]:
    """Let a customer join a group: invited (1), by link (2) or by scanning (3)."""
    group = group_of(scene, chat_id)
    person = Member(scene.customer(customer), "", scene.now, by, invitor)
    if not join(scene, group, [person], by) and customer not in group.members:
        raise Impossible("the group is full")
    return {"chat_id": chat_id}


def leave(scene: Scene, group: Group, names: list[str], *, removed: bool = False) -> None:
    """Let people out, with one callback."""
    gone = [name for name in names if name in group.members]
    if gone:
        _remember(scene, group)
        for name in gone:
            del group.members[name]
        _changed(scene, group, "del_member", gone, QuitScene=int(removed))


@act("customer.leaves")
def leaves(scene: Scene, customer: str, chat_id: str) -> None:
    leave(scene, group_of(scene, chat_id), [customer])


@act("staff.removes")
def removes(scene: Scene, chat_id: str, people: list[str]) -> None:
    """Let the owner remove people from a group."""
    leave(scene, group_of(scene, chat_id), people, removed=True)


@act("staff.renames")
def renames(scene: Scene, chat_id: str, *, name: str = "", notice: str | None = None) -> None:
    """Let the owner change a group's name or notice."""
    group = group_of(scene, chat_id)
    if name:
        group.name = name
        _detail(scene, group, "change_name")
    if notice is not None:
        group.notice = notice
        _detail(scene, group, "change_notice")


@act("staff.hands_over")
def hands_over(scene: Scene, chat_id: str, staff: str) -> None:
    """Let the owner hand a group to a colleague in the client."""
    group = group_of(scene, chat_id)
    change_owner(scene, group, scene.staff(staff))
    _detail(scene, group, "change_owner")


def change_owner(scene: Scene, group: Group, owner: int) -> None:
    """Give a group to somebody, who joins it if need be; nothing is called back."""
    userid = scene.corp.staff[owner].userid
    group.owner = userid
    group.members.setdefault(userid, Member(-1, userid, scene.now, INVITED))
    group.moved.append(scene.now)


@act("staff.dismisses")
def dismisses(scene: Scene, chat_id: str) -> None:
    group = group_of(scene, chat_id)
    group.dismissed = True
    group.members.clear()
    scene.corp.tell(CHAT, "dismiss", scene.now, ChatId=group.id)


def _detail(scene: Scene, group: Group, detail: str) -> None:
    scene.corp.tell(CHAT, "update", scene.now, ChatId=group.id, UpdateDetail=detail)


def _remember(scene: Scene, group: Group) -> None:
    """Keep who was in a group, where a change is seen late."""
    if scene.corp.limits.stale_seconds:
        group.before, group.version_before = dict(group.members), group.version
        group.changed_at = scene.clock.wall()


def _changed(scene: Scene, group: Group, detail: str, names: list[str], **scenes: int) -> None:
    before, group.version = group.version, scene.corp.next_id("", 32)
    scene.corp.tell(
        CHAT,
        "update",
        scene.now,
        ChatId=group.id,
        UpdateDetail=detail,
        **scenes,
        MemChangeCnt=len(names),
        MemChangeList=names,
        LastMemVer=before,
        CurMemVer=group.version,
    )
