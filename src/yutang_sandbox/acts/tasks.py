"""Mass messages: members confirm, the platform sends, limits and lost friends hold back."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.world.clock import day_of, month_of
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import Content, MassMessage, Task
from yutang_sandbox.world.tables import FRIENDS

SENT, NO_FRIEND, HAD_OTHERS = 1, 2, 3
Numbers = NDArray[Any]


def send(scene: Scene, mass: MassMessage, task: Task, chosen: set[int] | None = None) -> Numbers:
    """Send one member's part; return the relations that were reached.

    `chosen`: the customers left in by the member, where they may choose.
    """
    corp = scene.corp
    task.status, task.sent_at = 2, scene.now
    if mass.kind == "group":
        _send_to_groups(scene, mass, task)
        return np.zeros(0, dtype=np.uint32)
    relations = np.array(task.relations.vector())
    customers = corp.relations.customer.vector()[relations]
    status = np.where(corp.relations.state.vector()[relations] == FRIENDS, SENT, NO_FRIEND)
    if chosen is not None:
        status[~np.isin(customers, list(chosen))] = 0
    may = status == SENT
    admitted = admit(corp, customers[may], scene.now)
    status[may] = np.where(admitted, SENT, HAD_OTHERS)
    task.statuses.vector()[:] = status
    reached: Numbers = relations[status == SENT]
    corp.witness("mass", customers[status == SENT], mass.content, None)
    return reached


def admit(corp: Corp, customers: Numbers, now: int) -> NDArray[np.bool_]:
    """Count a mass message for customers (each once); tell who may still receive it."""
    table, day = corp.customers, day_of(now)
    month, days = month_of(now)
    rule = corp.limits.mass_rule
    windows = (
        (table.day, table.in_day, day, 1 if rule == "day" else 255),
        (table.week, table.in_week, (day + 3) // 7, 7 if rule == "week" else 255),
        (table.month, table.in_month, month % 65_536, days if rule == "month" else 255),
    )
    may = np.ones(len(customers), dtype=bool)
    for stamps, counts, stamp, most in windows:
        last, count = stamps.vector(), counts.vector()
        count[customers[last[customers] != stamp]] = 0
        last[customers] = stamp
        may &= count[customers] < most
    for _, counts, _, _ in windows:
        counts.vector()[customers[may]] += 1
    return may


def _send_to_groups(scene: Scene, mass: MassMessage, task: Task) -> None:
    corp, today = scene.corp, day_of(scene.now)
    most = {"day": 1}.get(corp.limits.mass_rule, 31)
    task.chat_statuses = []
    for chat in task.chats:
        group = corp.groups[chat]
        gone = group.dismissed or group.owner.lower() != task.userid.lower()
        full = group.mass.get(today, 0) >= most
        status = NO_FRIEND if gone else HAD_OTHERS if full else SENT
        task.chat_statuses.append(status)
        if status == SENT:
            group.mass[today] = group.mass.get(today, 0) + 1
            corp.say(chat, task.userid, "mass", mass.content, scene.now)
            corp.count(chat, today, 1)
            people = [one.customer for one in group.members.values() if one.customer >= 0]
            corp.witness("group", np.array(people, dtype=np.int64), mass.content, None)


@act("staff.confirms")
def confirms(
    scene: Scene, staff: str, msgid: str, *, customers: list[str] | None = None
) -> dict[str, Any]:
    """Let a member send their part of a mass message, to all or to `customers` only."""
    corp, mass = scene.corp, scene.corp.masses.get(msgid)
    task = mass.tasks.get(corp.staff[scene.staff(staff)].userid) if mass else None
    if mass is None or task is None or mass.cancelled:
        raise Impossible("there is nothing to send")
    if task.status:
        raise Impossible("it is sent already")
    chosen = None if customers is None else {scene.customer(one) for one in customers}
    reached = send(scene, mass, task, chosen)
    return {"sent": len(reached) or sum(one == SENT for one in task.chat_statuses)}


@act("staff.broadcasts")
def broadcasts(
    scene: Scene, staff: str, text: str, *, customers: list[str] | None = None
) -> dict[str, Any]:
    """Let a member send a mass message of their own; it counts as the corp's do."""
    corp, number = scene.corp, scene.staff(staff)
    person, content = corp.staff[number], {"text": {"content": text}}
    mass = MassMessage(corp.next_id("msg"), "single", content, scene.now, person.userid)
    task = Task(person.userid)
    wanted = None if customers is None else {scene.customer(one) for one in customers}
    for relation in person.relations:
        if corp.relations.state[relation] == FRIENDS and (
            wanted is None or corp.relations.customer[relation] in wanted
        ):
            task.relations.append(relation)
    task.statuses.fill(len(task.relations))
    mass.tasks[person.userid] = task
    corp.masses[mass.id] = mass
    return {"msgid": mass.id, "sent": len(send(scene, mass, task))}


def make_mass(
    scene: Scene, kind: str, content: Content, by_staff: dict[int, list[Any]], agent: int
) -> MassMessage:
    """Make the tasks of a mass message: relations (single) or chat ids (group) of each member."""
    corp = scene.corp
    mass = MassMessage(corp.next_id("msg"), kind, content, scene.now, agent=agent)
    for member, whom in by_staff.items():
        task = Task(corp.staff[member].userid)
        if kind == "group":
            task.chats = whom
        else:
            task.relations.extend_by(np.array(whom))
            task.statuses.fill(len(whom))
        mass.tasks[task.userid] = task
    corp.masses[mass.id] = mass
    corp.unsent[mass.id] = None
    return mass
