"""Scanning codes and tapping links."""

from typing import Any

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.acts.friends import arrive
from yutang_sandbox.acts.groups import SCANNED, found_group, join
from yutang_sandbox.world.clock import day_of
from yutang_sandbox.world.records import Group, JoinWay, Link, Member, Staff

STATE_BYTES = 64


def _open_to(scene: Scene, users: list[str], parties: list[int]) -> list[int]:
    """Return the members a code leads to who can be added now."""
    corp = scene.corp
    reach = set[int]().union(*(corp.beneath(one) for one in parties))
    people: list[Staff] = [corp.staff[n] for one in users if (n := corp.member(one)) is not None]
    people += corp.staff_in(reach)
    found = {
        corp.by_userid[one.userid.lower()] for one in people if one.status == 1 and one.contact
    }
    return sorted(found)


def _choose(scene: Scene, members: list[int], customer: int, *, known_first: bool) -> int:
    if not members:
        raise Impossible("nobody behind this code can be added")
    if known_first:
        friends = [one for one in members if scene.corp.relation(one, customer) is not None]
        members = friends or members
    return scene.dice.choice(members)


@act("customer.scans")
def scans(scene: Scene, customer: str, config_id: str, *, half: bool = False) -> dict[str, Any]:
    """Let a customer scan a contact way or a join way."""
    corp, number = scene.corp, scene.customer(customer)
    corp.counter += 1
    if joining := corp.join_ways.get(config_id):
        return {"chat_id": _joined(scene, joining, number).id}
    way = corp.ways.get(config_id)
    if way is None or (way.temporary and (way.used or scene.now > way.created + way.expires_in)):
        raise Impossible("the code leads nowhere")
    members = _open_to(scene, way.users, way.parties)
    member = _choose(scene, members, number, known_first=way.exclusive)
    way.used += 1
    return arrive(
        scene,
        number,
        member,
        way=1,
        state=way.state,
        half=half and way.skip_verify,
        verify=not way.skip_verify,
    )


def _joined(scene: Scene, way: JoinWay, customer: int) -> Group:
    corp = scene.corp
    people = [Member(customer, "", scene.now, SCANNED, "", way.state)]
    someone = corp.external(customer)
    groups = [corp.groups[one] for one in way.chats if not corp.groups[one].dismissed]
    for group in groups:
        if someone in group.members or join(scene, group, people):
            return group
    if not way.auto or not groups or len(way.chats) >= 5:
        raise Impossible("every group is full")
    name = f"{way.base_name or groups[0].name}{way.base_id + len(way.chats) - 1}"
    group = found_group(scene, scene.staff(groups[0].owner), name, [])
    way.chats.append(group.id)
    join(scene, group, people)
    return group


def link_of(scene: Scene, link: str) -> Link:
    """Return an acquisition link by its id or its address."""
    for one in scene.corp.links:
        if link in {one.id, one.url}:
            return one
    raise Impossible("the link leads nowhere")


@act("customer.taps_link")
def taps_link(
    scene: Scene, customer: str, link: str, *, channel: str = "", adds: bool = True
) -> dict[str, Any]:
    """Let a customer open an acquisition link and, with `adds`, send the request."""
    corp, one, number = scene.corp, link_of(scene, link), scene.customer(customer)
    corp.counter += 1
    state = channel.encode()[:STATE_BYTES].decode("utf-8", "ignore")
    today = day_of(scene.now)
    one.clicks[today] = one.clicks.get(today, 0) + 1
    if state:
        told = {"LinkId": one.id, "State": state}
        corp.tell("customer_acquisition", "open_profile", scene.now, **told)
    if not adds:
        return {}
    if corp.limits.link_quota <= 0:
        raise Impossible("the quota of the links is used up")
    if state:
        corp.tell("customer_acquisition", "friend_request", scene.now, **told)
    members = _open_to(scene, one.users, one.parties)
    member = _choose(scene, members, number, known_first=bool(one.priority))
    new = corp.relation(member, number) is None
    number_of_link = corp.by_link[one.id] + 1
    came = arrive(
        scene,
        number,
        member,
        way=16,
        state=state,
        link=number_of_link,
        verify=not one.skip_verify,
    )
    if new and not came["waits"]:
        _use_quota(scene)
    return came


def _use_quota(scene: Scene) -> None:
    limits = scene.corp.limits
    limits.link_quota -= 1
    if limits.link_quota == 0:
        scene.corp.tell("customer_acquisition", "balance_exhausted", scene.now)
    elif limits.link_quota == 19:
        scene.corp.tell("customer_acquisition", "balance_low", scene.now)
