"""What happens by itself when time passes."""

from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.friends import befriend, end, tell
from yutang_sandbox.acts.moments import publish
from yutang_sandbox.acts.tasks import send
from yutang_sandbox.world.records import Transfer
from yutang_sandbox.world.tables import ENDED

ASSIGNED = 202
RECORDS_TOLD_EVERY = 15.0  # seconds


def pass_time(scene: Scene) -> None:
    """Complete transfers that are due; let members who confirm by themselves do it."""
    for transfer in scene.corp.transfers:
        if transfer.status == 2 and transfer.due <= scene.now:
            complete(scene, transfer)
    _confirm(scene)
    _tell_of_records(scene)


def _tell_of_records(scene: Scene) -> None:
    """Say that the archive has something new, every fifteen seconds at most."""
    archive, wall = scene.corp.archive, scene.clock.wall()
    if archive.told < archive.seq and wall - archive.told_at >= RECORDS_TOLD_EVERY:
        archive.told, archive.told_at = archive.seq, wall
        scene.corp.tell("msgaudit_notify", "", scene.now)


def complete(scene: Scene, transfer: Transfer) -> None:
    """Give the customer to the taker."""
    corp = scene.corp
    giver, taker = corp.member(transfer.giver), corp.member(transfer.taker)
    if taker is None or giver is None:
        return
    person = corp.staff[taker]
    old = corp.relation(giver, transfer.customer)
    transfer.done_at = scene.now
    if len(person.relations) >= person.most or old is None:
        transfer.status = 4 if old is not None else 5
        if old is not None:
            tell(scene, "transfer_fail", old, FailReason="customer_limit_exceed")
        return
    transfer.status = 1
    state = corp.words.known[corp.relations.source[old]]
    tags, details = corp.relations.tags[old], corp.relations.details.get(old)
    if transfer.resigned:
        corp.relations.state[old] = ENDED
    else:
        end(scene, old, "DELETE_BY_TRANSFER")
    fresh = befriend(scene, taker, transfer.customer, way=ASSIGNED, state=state)
    corp.relations.tags[fresh] = tags
    if details is not None:
        corp.relations.details[fresh] = details


def _confirm(scene: Scene) -> None:
    corp = scene.corp
    habits = {one.userid for one in corp.staff if one.habit == "confirm" and one.status == 1}
    for msgid in list(corp.unsent):
        mass = corp.masses[msgid]
        waiting = [] if mass.cancelled else [t for t in mass.tasks.values() if not t.status]
        for task in waiting:
            if task.userid in habits:
                send(scene, mass, task)
        if all(task.status for task in waiting):
            corp.unsent.pop(msgid, None)
    for moment_id in list(corp.unpublished):
        moment = corp.moments[moment_id]
        parts = [p for p in moment.publications.values() if not p.published_at]
        parts = [] if moment.cancelled else parts
        for part in parts:
            if part.userid in habits:
                publish(scene, moment, part)
        if all(part.published_at for part in parts):
            corp.unpublished.pop(moment_id, None)
