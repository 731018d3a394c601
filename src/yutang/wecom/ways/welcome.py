"""A new friend is welcomed: within twenty seconds, once, by whoever knows best how.

    greets(live_codes_greeting, first=True)      # an app above: what the code she scanned says
    set_welcome(member, corp_id, slots)          # what everybody else hears, by the hour

A welcome answers what she did a second ago, and the platform lets it be said only then: it waits for no
gate, no quiet hour and no cap, but who wants to hear nothing is told nothing. The platform takes a code once, so
that a second try is harmless.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import structlog

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.kit.errors import DomainError
from yutang.kit.metrics import counter
from yutang.wecom.callbacks.handlers import Told, handles
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import NoAnswer, PlatformRefused, Throttled
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import Corp, StaffAccount
from yutang.wecom.ways.content import content_of
from yutang.wecom.ways.media import media_of
from yutang.wecom.ways.slots import slot_at, slots_of

__all__ = ["WELCOME_LIVES", "Arrival", "Greeting", "greets", "welcome"]

log = structlog.get_logger(__name__)

WELCOME_LIVES = timedelta(seconds=20)
_WELCOMED = UUID("0c0c9b6e-5f1d-5d0e-9a53-6a2f3f6d1b11")
_SAID_ALREADY = {41051, 41096}
_WELCOMES = counter("yutang_wecom_welcomes", "Welcomes to new friends.", "outcome")


@dataclass(frozen=True)
class Arrival:
    """Somebody who was just added: by whom, and by which code or link (`state`)."""

    corp: Corp
    staff: int | None
    state: str
    at: datetime


Parts = Sequence[Mapping[str, Any]]
# What somebody who arrived is told; None: somebody else may know.
Greeting = Callable[[Arrival], Parts | None]
_greetings: list[Greeting] = []


def greets(greeting: Greeting) -> None:
    """Have arrivals greeted by an app above, before what the corp says to everybody."""
    _greetings.append(greeting)


@handles(
    "change_external_contact",
    "add_external_contact",
    "add_half_external_contact",
    name="ways.welcome",
    urgent=True,
)
def welcome(corp: Corp, told: Sequence[Told], *, now: datetime) -> Mapping[int, str] | None:
    """Welcome who was just added; who cannot be any more is left."""
    staff = _staff(corp, told)
    for each in told:
        code = str(each.fields.get("WelcomeCode") or "")
        if not code:
            continue
        if now - each.received_at > WELCOME_LIVES:
            _WELCOMES.labels("late").inc()
            continue
        userid = str(each.fields.get("UserID", "")).lower()
        state = str(each.fields.get("State") or "")
        arrival = Arrival(corp, staff.get(userid), state, each.happened_at)
        parts = _parts(arrival)
        if parts:
            outcome = _say(corp, code, parts, now)
            _WELCOMES.labels(outcome).inc()
            if outcome == "said":
                _record(arrival, str(each.fields["ExternalUserID"]), code, now)
    return None


def _staff(corp: Corp, told: Sequence[Told]) -> dict[str, int]:
    userids = {str(each.fields.get("UserID", "")).lower() for each in told}
    accounts = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp, userid__in=userids)
    return dict(accounts.values_list("userid", "staff_id"))


def _parts(arrival: Arrival) -> Parts:
    for greeting in _greetings:
        try:
            parts = greeting(arrival)
        except Exception:  # one that knows better must not silence the others
            log.exception("a greeting could not be had", corp=arrival.corp.pk)
            continue
        if parts is not None:
            return parts
    slot = slot_at(slots_of(arrival.corp), arrival.corp.workspace, arrival.at)
    return slot.parts if slot else ()


def _say(corp: Corp, code: str, parts: Parts, now: datetime) -> str:
    """Say it; return what came of it: said, already, throttled, silent, refused, or no file."""
    try:
        content = content_of(parts, lambda url, kind: media_of(corp, url, kind, now=now))
        body = {"welcome_code": code, **content}
        Client(corp).call("externalcontact/send_welcome_msg", body, lane=Lane.WELCOME)
    except PlatformRefused as refused:
        if refused.errcode in _SAID_ALREADY:
            return "already"
        log.warning("welcome refused", corp=corp.pk, errcode=refused.errcode)
        return "refused"
    except Throttled:
        return "throttled"
    except NoAnswer:
        return "silent"
    except DomainError as trouble:
        log.warning("welcome not said", corp=corp.pk, code=trouble.code())
        return "refused"
    return "said"


def _record(arrival: Arrival, external_userid: str, code: str, now: datetime) -> None:
    """Write into her timeline that she was welcomed."""
    workspace = arrival.corp.workspace
    (who,) = customers.resolve(
        workspace, [{"external_userid": external_userid}], source="wecom", now=now
    )
    if who.customer_id:
        event = NewEvent(
            type="welcome",
            id=str(uuid5(_WELCOMED, f"{arrival.corp.pk}:{code}")),
            customer=who.customer_id,
            origin=who.origin_id,
            occurred_at=now,
            staff=arrival.staff or 0,
            source="wecom",
        )
        events.record(workspace, [event], now=now)
