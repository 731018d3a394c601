"""Corp tags."""

from collections.abc import Iterable

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import Tag, TagGroup

NAME = 30
TAGS_OF_A_RELATION = 3000


def _tag(tag: Tag, *, marked: bool) -> Answer:
    shown: Answer = {
        "id": tag.id,
        "name": tag.name,
        "create_time": tag.created,
        "order": tag.order,
    }
    return shown | {"deleted": tag.deleted} if marked else shown


def shown(corp: Corp, group: TagGroup, tags: Iterable[Tag], *, marked: bool = False) -> Answer:
    """Return a group with some of its tags; `marked`: say of each whether it is deleted."""
    answer: Answer = {
        "group_id": group.id,
        "group_name": group.name,
        "create_time": group.created,
        "order": group.order,
        "tag": [_tag(tag, marked=marked) for tag in tags],
    }
    return answer | {"deleted": group.deleted} if marked else answer


def of_group(corp: Corp, group: TagGroup) -> list[Tag]:
    """Return the tags of a group that stand, the largest order first."""
    tags = [tag for tag in corp.tags if tag.group == group.id and not tag.deleted]
    return sorted(tags, key=lambda tag: -tag.order)


@api("POST", "externalcontact/get_corp_tag_list", tag_group=[])
def tag_list(call: Call) -> Answer:
    corp = call.corp
    group_ids, tag_ids = call.texts("group_id"), call.texts("tag_id")
    if not group_ids and not tag_ids:
        by_group: dict[str, list[Tag]] = {}
        for tag in corp.tags:
            if not tag.deleted:
                by_group.setdefault(tag.group, []).append(tag)
        groups = sorted((corp.tag_groups[one] for one in by_group), key=lambda group: -group.order)
        return {
            "tag_group": [
                shown(corp, group, sorted(by_group[group.id], key=lambda tag: -tag.order))
                for group in groups
            ]
        }
    if group_ids:
        found = [corp.tag_groups[one] for one in group_ids if one in corp.tag_groups]
        return {
            "tag_group": [
                shown(corp, group, (tag for tag in corp.tags if tag.group == group.id), marked=True)
                for group in found
            ]
        }
    named = [corp.by_tag[one] for one in tag_ids if one in corp.by_tag]
    return {
        "tag_group": [
            shown(
                corp,
                corp.tag_groups[group],
                (tag for tag in named if tag.group == group),
                marked=True,
            )
            for group in dict.fromkeys(tag.group for tag in named)
        ]
    }


def _group_for(call: Call) -> TagGroup:
    corp = call.corp
    if group_id := call.optional("group_id"):
        group = corp.tag_groups.get(group_id)
        if group is None or group.deleted:
            raise Refused(40068)
        return group
    name = call.text("group_name")
    if len(name) > NAME:
        raise Refused(40072)
    for group in corp.tag_groups.values():
        if group.name == name and not group.deleted:
            return group
    order = call.whole("order")
    return TagGroup(corp.next_id("et"), name, call.now, order, call.app.agent)


@api("POST", "externalcontact/add_corp_tag")
def add_tags(call: Call) -> Answer:
    corp, wanted = call.corp, dict[str, int]()
    for one in call.parts("tag"):
        name = str(one.get("name", "")).strip()
        if not name or len(name) > NAME:
            raise Refused(40072)
        wanted[name] = int(one.get("order") or 0)
    if not wanted:
        raise Refused(40058)
    group = _group_for(call)
    if any(tag.name in wanted for tag in of_group(corp, group)):
        raise Refused(40071)
    if sum(not tag.deleted for tag in corp.tags) + len(wanted) > corp.limits.corp_tags:
        raise Refused(40126)
    corp.tag_groups[group.id] = group
    added = [
        corp.add_tag(Tag(corp.next_id("et"), name, group.id, call.now, order, call.app.agent))
        for name, order in wanted.items()
    ]
    return {"tag_group": shown(corp, group, added)}


def _own(call: Call, thing: Tag | TagGroup) -> None:
    if thing.agent not in {0, call.app.agent}:
        raise Refused(48002)


def _found(call: Call, identity: str) -> Tag | TagGroup:
    thing = call.corp.by_tag.get(identity) or call.corp.tag_groups.get(identity)
    if thing is None or thing.deleted:
        raise Refused(40068)
    _own(call, thing)
    return thing


@api("POST", "externalcontact/edit_corp_tag")
def edit_tag(call: Call) -> Answer:
    corp, thing = call.corp, _found(call, call.text("id"))
    name = call.optional("name")
    if len(name) > NAME:
        raise Refused(40072)
    if isinstance(thing, Tag):
        others = [tag.name for tag in of_group(corp, corp.tag_groups[thing.group]) if tag != thing]
    else:
        others = [g.name for g in corp.tag_groups.values() if g != thing and not g.deleted]
    if name in others:
        raise Refused(40071)
    thing.name = name or thing.name
    thing.order = call.whole("order", thing.order)
    return {}


def delete_tags(corp: Corp, tags: Iterable[Tag]) -> None:
    """Delete tags, and the groups left without any."""
    for tag in tags:
        tag.deleted = True
        group = corp.tag_groups[tag.group]
        group.deleted = not of_group(corp, group)


@api("POST", "externalcontact/del_corp_tag")
def delete(call: Call) -> Answer:
    corp, doomed = call.corp, list[Tag]()
    if not call.texts("tag_id") and not call.texts("group_id"):
        raise Refused(40058)
    for identity in call.texts("tag_id") + call.texts("group_id"):
        thing = _found(call, identity)
        doomed += [thing] if isinstance(thing, Tag) else of_group(corp, thing)
    delete_tags(corp, doomed)
    return {}


@api("POST", "externalcontact/mark_tag")
def mark(call: Call) -> Answer:
    corp = call.corp
    added, removed = call.texts("add_tag"), call.texts("remove_tag")
    if not added and not removed:
        raise Refused(40058)
    relation = call.relation()
    for identity in added:
        if identity not in corp.by_tag or corp.by_tag[identity].deleted:
            raise Refused(40068)
    tags = set(corp.tags_of(relation))
    tags -= {corp.by_tag[one].number for one in removed if one in corp.by_tag}
    tags |= {corp.by_tag[one].number for one in added}
    if len(tags) > TAGS_OF_A_RELATION:
        raise Refused(40126)
    corp.set_tags(relation, tags)
    return {}
