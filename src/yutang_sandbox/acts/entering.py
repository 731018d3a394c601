"""Peopling a corp with people who are known elsewhere already: nothing of this calls back.

What is told of people are columns of one length; where somebody is told of again, nothing changes, so that
whoever was cut off tells all of it once more.
"""

from typing import Any

import msgspec

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.acts.groups import SCANNED, found_group
from yutang_sandbox.acts.making import make_tags
from yutang_sandbox.world.records import Department, Group, Member, Staff
from yutang_sandbox.world.tables import DROPPED_BY_CUSTOMER


class People(msgspec.Struct, forbid_unknown_fields=True):
    """Who they are, and what they are to the staff: `staff` "" is nobody's friend, `group` "" in none."""

    name: list[str]
    gender: list[int]
    staff: list[str]
    since: list[int]
    way: list[int]
    left: list[bool]  # deleted the member meanwhile
    tag: list[str]
    group: list[str]
    joined: list[int]

    def __post_init__(self) -> None:
        sizes = {len(getattr(self, name)) for name in self.__struct_fields__}
        if len(sizes) > 1:
            raise ValueError("the columns are not of one length")


@act("corp.opens")
def opens(
    scene: Scene,
    *,
    departments: list[dict[str, Any]],
    staff: list[dict[str, Any]],
    groups: list[dict[str, str]],
    tags: dict[str, list[str]],
) -> dict[str, Any]:
    """Let departments, members, groups and tags be as they are told; return the ids of the groups by name."""
    corp = scene.corp
    for place in departments:
        corp.departments[int(place["id"])] = msgspec.convert(place, Department)
    for one in staff:
        if corp.member(str(one["userid"])) is None:
            corp.add_staff(msgspec.convert(one, Staff))
    make_tags(scene, tags)
    made = {group.name: group for group in corp.groups.values()}
    for one in groups:
        if one["name"] not in made:
            owner = scene.staff(one["owner"])
            made[one["name"]] = found_group(scene, owner, one["name"], [], told=False)
    return {"groups": {name: group.id for name, group in made.items()}}


@act("corp.enters")
def enters(scene: Scene, *, first: int, people: dict[str, Any]) -> None:
    """Let people exist from the number `first` on."""
    corp, told = scene.corp, msgspec.convert(people, People)
    count = len(corp.customers)
    numbers = range(first, first + len(told.name))
    if count == first:
        corp.customers.add_many(told.gender)
        corp.customers.names.update(zip(numbers, told.name, strict=True))
        _befriend(scene, numbers, told)
        _gather(scene, numbers, told)
    elif count < numbers.stop:
        raise Impossible(
            f"{count} people are here: nobody can be number {first} yet, or only some are"
        )


def _befriend(scene: Scene, numbers: range, told: People) -> None:
    corp = scene.corp
    tags = {tag.name: {tag.number} for tag in corp.tags if not tag.deleted} | {"": set()}
    order = sorted(range(len(numbers)), key=told.since.__getitem__)
    for place in order:
        if not told.staff[place]:
            continue
        member, number = scene.staff(told.staff[place]), numbers[place]
        relation = corp.befriend(member, number, told.since[place], way=told.way[place])
        corp.set_tags(relation, tags[told.tag[place]])
        if told.left[place]:
            corp.relations.state[relation] = DROPPED_BY_CUSTOMER


def _gather(scene: Scene, numbers: range, told: People) -> None:
    """Let people into their groups; where one is full, the next of its name is opened."""
    corp = scene.corp
    open_: dict[str, Group] = {}
    for group in corp.groups.values():
        open_[group.name.split(" · ")[0]] = group  # the newest of each name
    for number, name, joined in zip(numbers, told.group, told.joined, strict=True):
        if not name:
            continue
        group = open_[name]
        if len(group.members) >= corp.limits.group_people:
            nth = sum(one.name.split(" · ")[0] == name for one in corp.groups.values()) + 1
            owner = scene.staff(group.owner)
            group = open_[name] = found_group(scene, owner, f"{name} · {nth}", [], told=False)
        group.members[corp.external(number)] = Member(number, "", joined, SCANNED)
        group.created = min(group.created, joined)
