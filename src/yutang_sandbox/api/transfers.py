"""Customers who change hands, on the job or when somebody leaves."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import DAY
from yutang_sandbox.world.records import Staff, Transfer
from yutang_sandbox.world.tables import ENDED, HALF

PER_CALL = 100
PAGE = 1000
DEEPEST = 50_000


def _pair(call: Call) -> tuple[Staff, Staff]:
    giver = call.corp.member(call.text("handover_userid", missing=41009))
    if giver is None:
        raise Refused(60111)
    taker = call.member("takeover_userid")
    return call.corp.staff[giver], call.corp.staff[taker]


def _start(call: Call, *, resigned: bool) -> Answer:
    giver, taker = _pair(call)
    if resigned and giver.status != 5:
        raise Refused(40097)
    if giver is taker:
        raise Refused(40130)
    if taker.status != 1 or not taker.contact:
        raise Refused(84074)
    if not taker.verified:
        raise Refused(40098)
    if taker.banned:
        raise Refused(40143)
    rows = []
    for one in call.texts("external_userid", most=PER_CALL):
        code = _begin(call, giver, taker, one, resigned=resigned)
        rows.append({"external_userid": one, "errcode": code})
    return {"customer": rows}


def _begin(call: Call, giver: Staff, taker: Staff, someone: str, *, resigned: bool) -> int:
    corp, customer = call.corp, call.corp.customer(someone)
    if customer is None:
        return 40096
    if corp.relation(corp.by_userid[giver.userid.lower()], customer) is None:
        return 40131
    mine = [one for one in corp.transfers if one.customer == customer]
    if any(one.status == 2 for one in mine):
        return 40129
    recent = [one for one in mine if one.started > call.now - 90 * DAY and one.status == 1]
    if not resigned and len(recent) >= corp.limits.transfers_in_90_days:
        return 40128
    if len(taker.relations) >= taker.most:
        return 40099
    due = call.now + corp.limits.transfer_seconds
    transfer = Transfer(customer, giver.userid, taker.userid, call.now, due, resigned)
    transfer.message = call.optional("transfer_success_msg", most=200)
    corp.transfers.append(transfer)
    return 0


@api("POST", "externalcontact/transfer_customer", "externalcontact/transfer", customer=[])
def on_job(call: Call) -> Answer:
    return _start(call, resigned=False)


@api("POST", "externalcontact/resigned/transfer_customer", customer=[])
def resigned(call: Call) -> Answer:
    return _start(call, resigned=True)


def _results(call: Call, *, resigned: bool) -> Answer:
    giver, taker = _pair(call)
    latest: dict[int, Transfer] = {}
    for one in call.corp.transfers:
        if (one.giver, one.taker, one.resigned) == (giver.userid, taker.userid, resigned):
            latest[one.customer] = one
    page, following = call.page(list(latest.values()), PAGE, PAGE)
    rows = [
        {
            "external_userid": call.corp.external(one.customer),
            "status": one.status,
            "takeover_time": {1: one.done_at, 2: one.due}.get(one.status, 0),
        }
        for one in page
    ]
    return {"customer": rows, "next_cursor": following}


@api("POST", "externalcontact/transfer_result", customer=[])
def on_job_results(call: Call) -> Answer:
    return _results(call, resigned=False)


@api("POST", "externalcontact/resigned/transfer_result", customer=[])
def resigned_results(call: Call) -> Answer:
    return _results(call, resigned=True)


@api("POST", "externalcontact/get_unassigned_list", info=[])
def unassigned(call: Call) -> Answer:
    """List the relations of who has left, the newest leaving first."""
    corp, table = call.corp, call.corp.relations
    left = sorted((one for one in corp.staff if one.status == 5), key=lambda one: -one.left_at)
    moving = {(one.giver, one.customer) for one in corp.transfers if one.status == 2}
    rows = [
        {
            "handover_userid": person.userid,
            "external_userid": corp.external(table.customer[relation]),
            "dimission_time": person.left_at,
        }
        for person in left
        for relation in person.relations
        if table.state[relation] not in {ENDED, HALF}
        and (person.userid, table.customer[relation]) not in moving
    ]
    if "page_id" in call.body:
        size = min(call.whole("page_size", PAGE), PAGE)
        start = call.whole("page_id") * size
        if start >= DEEPEST:
            raise Refused(40058)
        return {"info": rows[start : start + size], "is_last": start + size >= len(rows)}
    start = (call.cursor() or [0])[0]
    end = start + min(call.whole("page_size", PAGE), PAGE)
    following = call.next_cursor(end) if end < len(rows) else ""
    return {"info": rows[start:end], "is_last": not following, "next_cursor": following}
