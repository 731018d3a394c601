"""What administrators do in the console."""

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.world.records import Department, Tag, TagGroup


@act("corp.opens_department")
def opens_department(scene: Scene, id: int, name: str, *, parent: int = 1) -> None:  # noqa: A002
    """Add a department."""
    corp = scene.corp
    if parent not in corp.departments:
        raise Impossible(f"there is no department {parent}")
    corp.departments[id] = Department(id, name, parent)
    told = {"Id": id, "Name": name, "ParentId": parent, "Order": 0}
    corp.tell("change_contact", "create_party", scene.now, **told)


@act("corp.renames_department")
def renames_department(
    scene: Scene,
    id: int,  # noqa: A002
    *,
    name: str = "",
    parent: int = 0,
) -> None:
    """Rename or move a department."""
    one = scene.corp.departments.get(id)
    if one is None:
        raise Impossible(f"there is no department {id}")
    one.name, one.parent = name or one.name, parent or one.parent
    scene.corp.tell(
        "change_contact", "update_party", scene.now, Id=id, Name=name, ParentId=parent or None
    )


@act("corp.closes_department")
def closes_department(scene: Scene, id: int) -> None:  # noqa: A002
    """Delete an empty department."""
    corp = scene.corp
    if any(one.parent == id for one in corp.departments.values()) or any(
        id in person.departments for person in corp.staff if person.status != 5
    ):
        raise Impossible("the department is not empty")
    if not corp.departments.pop(id, None):
        raise Impossible(f"there is no department {id}")
    corp.tell("change_contact", "delete_party", scene.now, Id=id)


@act("corp.changes_staff")
def changes_staff(
    scene: Scene,
    staff: str,
    *,
    userid: str = "",
    name: str = "",
    departments: list[int] | None = None,
    status: int = 0,
    habit: str = "",
    contact: bool | None = None,
    verified: bool | None = None,
    banned: bool | None = None,
    welcome: bool | None = None,
) -> None:
    """Change a member; what the address book shows calls back, habits do not."""
    corp = scene.corp
    number = scene.staff(staff)
    person, old = corp.staff[number], corp.staff[number].userid
    if userid:
        corp.rename_staff(number, userid)
    person.name, person.habit = name or person.name, habit or person.habit
    person.status = status or person.status
    person.departments = departments or person.departments
    person.contact = person.contact if contact is None else contact
    person.verified = person.verified if verified is None else verified
    person.banned = person.banned if banned is None else banned
    person.welcome = person.welcome if welcome is None else welcome
    if userid or name or departments or status:
        told = {
            "UserID": old,
            "NewUserID": userid,
            "Name": name,
            "Department": ",".join(map(str, departments or [])),
            "Status": status or None,
        }
        corp.tell("change_contact", "update_user", scene.now, **told)


@act("corp.dismisses_staff")
def dismisses_staff(scene: Scene, staff: str) -> None:
    """Let a member leave: customers and groups wait to be assigned."""
    corp = scene.corp
    person = corp.staff[scene.staff(staff)]
    person.status, person.left_at, person.contact = 5, scene.now, False
    for group in corp.groups.values():
        if group.owner == person.userid and not group.dismissed:
            group.status = 1
    corp.tell("change_contact", "delete_user", scene.now, UserID=person.userid)


@act("corp.makes_tag")
def makes_tag(scene: Scene, group: str, name: str) -> dict[str, str]:
    """Add a corp tag in the console."""
    corp = scene.corp
    found = next((g for g in corp.tag_groups.values() if g.name == group and not g.deleted), None)
    if found is None:
        found = TagGroup(corp.next_id("et"), group, scene.now)
        corp.tag_groups[found.id] = found
        corp.tell("change_external_tag", "create", scene.now, Id=found.id, TagType="tag_group")
    tag = corp.add_tag(Tag(corp.next_id("et"), name, found.id, scene.now))
    corp.tell("change_external_tag", "create", scene.now, Id=tag.id, TagType="tag")
    return {"group_id": found.id, "tag_id": tag.id}


@act("corp.renames_tag")
def renames_tag(scene: Scene, id: str, name: str) -> None:  # noqa: A002
    """Rename a tag or a group of tags in the console."""
    corp = scene.corp
    thing = corp.by_tag.get(id) or corp.tag_groups.get(id)
    if thing is None:
        raise Impossible(f"there is no tag {id}")
    thing.name = name
    kind = "tag" if isinstance(thing, Tag) else "tag_group"
    corp.tell("change_external_tag", "update", scene.now, Id=id, TagType=kind)


@act("corp.drops_tag")
def drops_tag(scene: Scene, id: str) -> None:  # noqa: A002
    """Delete a tag or a group of tags; a group's tags go without events of their own."""
    corp = scene.corp
    if tag := corp.by_tag.get(id):
        tag.deleted = True
    elif group := corp.tag_groups.get(id):
        group.deleted = True
        for tag in corp.tags:
            tag.deleted = tag.deleted or tag.group == id
    else:
        raise Impossible(f"there is no tag {id}")
    kind = "tag" if id in corp.by_tag else "tag_group"
    corp.tell("change_external_tag", "delete", scene.now, Id=id, TagType=kind)


@act("corp.shuffles_tags")
def shuffles_tags(scene: Scene) -> None:
    """Reorder the tags: everything is to be read again."""
    for number, tag in enumerate(reversed(scene.corp.tags)):
        tag.order = number
    scene.corp.tell("change_external_tag", "shuffle", scene.now)
