"""Becoming friends and ceasing to be."""

from typing import Any

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.world.clock import day_of
from yutang_sandbox.world.records import Staff, Wish
from yutang_sandbox.world.tables import DROPPED_BY_CUSTOMER, ENDED, FRIENDS, HALF

CONTACT = "change_external_contact"


def tell(scene: Scene, change: str, relation: int, **more: object) -> None:
    """Call back that a relation changed."""
    table, corp = scene.corp.relations, scene.corp
    userid = corp.staff[table.staff[relation]].userid
    someone = corp.external(table.customer[relation])
    corp.tell(CONTACT, change, scene.now, UserID=userid, ExternalUserID=someone, **more)


def befriend(
    scene: Scene,
    staff: int,
    customer: int,
    *,
    way: int = 1,
    state: str = "",
    link: int = 0,
    half: bool = False,
    opener: int = 0,
) -> int:
    """Make two friends, or friends again, and call back; return the relation."""
    corp, person = scene.corp, scene.corp.staff[staff]
    before = corp.relation(staff, customer)
    if before is not None and corp.relations.state[before] in {FRIENDS, HALF}:
        return before
    if before is not None:  # the customer had deleted: no verification, the old state
        relation, state = before, corp.words.known[corp.relations.source[before]]
        corp.relations.state[before] = FRIENDS
    else:
        status = HALF if half else FRIENDS
        relation = corp.befriend(
            staff,
            customer,
            scene.now,
            way=way,
            state=state,
            link=link,
            status=status,
            opener=opener,
        )
    corp.count(person.userid, day_of(scene.now), 4)
    change = "add_half_external_contact" if half and before is None else "add_external_contact"
    code = _welcome_code(scene, relation, person)
    tell(scene, change, relation, State=state, WelcomeCode=code)
    return relation


def _welcome_code(scene: Scene, relation: int, person: Staff) -> str:
    corp = scene.corp
    customer = corp.relations.customer[relation]
    if person.welcome or corp.customers.kind[customer] == 2 or corp.relations.chatted[relation]:
        return ""
    what = {"kind": "welcome", "relation": relation}
    return scene.code("WC_", what)


@act("customer.adds")
def adds(
    scene: Scene,
    customer: str,
    staff: str,
    *,
    way: int = 1,
    state: str = "",
    half: bool = False,
    verify: bool = False,
) -> dict[str, Any]:
    """Let a customer add a member; with `verify` the member has to accept first."""
    number, member = scene.customer(customer), scene.staff(staff)
    return arrive(scene, number, member, way=way, state=state, half=half, verify=verify)


def arrive(
    scene: Scene,
    customer: int,
    member: int,
    *,
    way: int,
    state: str,
    link: int = 0,
    half: bool = False,
    verify: bool = False,
) -> dict[str, Any]:
    """Add a member, asking first where they verify."""
    person = scene.corp.staff[member]
    if person.status != 1 or not person.contact:
        raise Impossible(f"{person.userid} cannot be added")
    if len(person.relations) >= person.most:
        raise Impossible(f"{person.userid} has no room for another friend")
    scene.corp.count(person.userid, day_of(scene.now), 3)
    waits = verify and person.habit != "confirm" and scene.corp.relation(member, customer) is None
    if waits:
        wish = Wish(customer, person.userid, scene.now, way, state, link)
        scene.corp.wishes.append(wish)
        return {"staff": person.userid, "waits": True}
    befriend(scene, member, customer, way=way, state=state, link=link, half=half)
    return {"staff": person.userid, "waits": False}


@act("staff.accepts")
def accepts(scene: Scene, staff: str, customer: str) -> None:
    """Let a member accept a request, or confirm who came in without one."""
    member, number = scene.staff(staff), scene.customer(customer)
    corp = scene.corp
    for wish in corp.wishes:
        if wish.customer == number and wish.userid == corp.staff[member].userid:
            corp.wishes.remove(wish)
            befriend(scene, member, number, way=wish.way, state=wish.state, link=wish.link)
            return
    relation = corp.relation(member, number)
    if relation is None or corp.relations.state[relation] != HALF:
        raise Impossible("nobody waits to be accepted")
    corp.relations.state[relation] = FRIENDS
    state = corp.words.known[corp.relations.source[relation]]
    used = any(c.used and c.what.get("relation") == relation for c in corp.codes.values())
    code = "" if used else _welcome_code(scene, relation, corp.staff[member])
    tell(scene, "add_external_contact", relation, State=state, WelcomeCode=code)


@act("staff.adds")
def staff_adds(scene: Scene, staff: str, customer: str, *, way: int = 2) -> None:
    """Let a member add a customer (by phone number, from a group …) who agrees."""
    member, number = scene.staff(staff), scene.customer(customer)
    befriend(scene, member, number, way=way, opener=member + 1)


@act("customer.deletes")
def customer_deletes(scene: Scene, customer: str, staff: str) -> None:
    """Let a customer delete a member: the member's side stays."""
    drop(scene, scene.relation(staff, customer))


def drop(scene: Scene, relation: int) -> None:
    corp = scene.corp
    if corp.relations.state[relation] != FRIENDS:
        raise Impossible("they are no friends")
    corp.relations.state[relation] = DROPPED_BY_CUSTOMER
    userid = corp.staff[corp.relations.staff[relation]].userid
    corp.count(userid, day_of(scene.now), 2)
    tell(scene, "del_follow_user", relation)


@act("staff.deletes")
def staff_deletes(scene: Scene, staff: str, customer: str) -> None:
    """Let a member delete a customer: the relation ends."""
    end(scene, scene.relation(staff, customer))


def end(scene: Scene, relation: int, source: str = "") -> None:
    """End a relation and call back."""
    scene.corp.relations.state[relation] = ENDED
    tell(scene, "del_external_contact", relation, Source=source)


@act("staff.writes")
def staff_writes(
    scene: Scene,
    staff: str,
    customer: str,
    *,
    remark: str | None = None,
    description: str | None = None,
    mobiles: list[str] | None = None,
    tags: list[str] | None = None,
) -> None:
    """Let a member change remark, mobiles or tags in the client."""
    relation, corp = scene.relation(staff, customer), scene.corp
    details = corp.details(relation)
    details.remark = details.remark if remark is None else remark
    details.description = details.description if description is None else description
    details.mobiles = details.mobiles if mobiles is None else mobiles
    if tags is not None:
        unknown = [tag for tag in tags if tag not in corp.by_tag]
        if unknown:
            raise Impossible(f"there is no tag {unknown[0]}")
        corp.set_tags(relation, {corp.by_tag[tag].number for tag in tags})
    tell(scene, "edit_external_contact", relation)
