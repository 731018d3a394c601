"""How somebody stands before anything is counted: her wish, her address, her hours.

The first half of the gate. It is asked when a message is planned, and again when it is about to leave,
since a wish may have changed and a worker may have been away.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from yutang.customers import service as customers
from yutang.engines import bound, named_sql
from yutang.reach.policy import Moment, Rules, next_allowed
from yutang.workspaces.models import Workspace

__all__ = ["ADDRESS_KINDS", "Standing", "digest_of", "standings"]

_SQL = named_sql("yutang.reach", "gate")
# Which identity a channel reaches people by; one that is not named needs none.
ADDRESS_KINDS: Mapping[str, str] = {
    "sms": "phone",
    "email": "email",
    "wecom": "external_userid",
    "mini_program": "openid",
    "official_account": "openid",
}


@dataclass(slots=True)
class Standing:
    """How one person stands: `reason` is empty where nothing speaks against it; `at` is when it may be."""

    reason: str
    at: datetime
    zone: str
    address: str = ""


def standings(
    workspace: Workspace,
    people: Sequence[int],
    *,
    channel: str,
    purpose: str,
    rules: Rules,
    now: datetime,
) -> dict[int, Standing]:
    """Return how each stands towards a message of this kind: consent, suppression, address, quiet hours."""
    zones = customers.own_zones(workspace, people)
    agreed = customers.consent_now(workspace, people, purpose=purpose, channel=channel)
    kind = ADDRESS_KINDS.get(channel)
    addresses = customers.addresses(workspace, people, kind=kind) if kind else {}
    suppressed = _suppressed(workspace, people, addresses, channel, now)
    needs_yes = (channel, purpose) in rules.opt_in
    hours = _Hours(workspace, rules, channel, purpose, now)
    found = {}
    for person in people:
        zone, moment = hours.of(zones.get(person))
        if person not in zones:
            reason = "gone"
        elif agreed.get(person) is False:
            reason = "withdrawn"
        elif needs_yes and person not in agreed:
            reason = "no_consent"
        elif person in suppressed:
            reason = "suppressed"
        elif kind and person not in addresses:
            reason = "no_address"
        else:
            reason = "quiet_hours" if moment.is_dropped else ""
        found[person] = Standing(reason, moment.at, zone, addresses.get(person, ""))
    return found


class _Hours:
    """When somebody of a zone may be reached; worked out once for each zone."""

    def __init__(
        self, workspace: Workspace, rules: Rules, channel: str, purpose: str, now: datetime
    ) -> None:
        self._quiet = [
            each
            for each in rules.quiet
            if purpose in each.purposes and (not each.channels or channel in each.channels)
        ]
        self._default = workspace.time_zone
        self._now = now
        self._known: dict[str | None, tuple[str, Moment]] = {}

    def of(self, own: str | None) -> tuple[str, Moment]:
        if own not in self._known:
            zone = own if own and _zone(own) else self._default
            moment = next_allowed(self._quiet, _zone(zone) or ZoneInfo("UTC"), self._now)
            self._known[own] = zone, moment
        return self._known[own]


@lru_cache(maxsize=1000)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _suppressed(
    workspace: Workspace,
    people: Sequence[int],
    addresses: Mapping[int, str],
    channel: str,
    now: datetime,
) -> set[int]:
    asked = {"workspace": workspace.pk, "channel": channel, "now": now}
    listed = ",".join(map(str, people))  # numbers, and one text: the driver's arrays are slow
    found = {each for (each,) in bound(_SQL["suppressed"], asked | {"people": listed}).fetchall()}
    digests = {bytes(each) for (each,) in bound(_SQL["suppressed_addresses"], asked).fetchall()}
    if digests:
        found |= {
            person
            for person, address in addresses.items()
            if digest_of(workspace, address) in digests
        }
    return found


def digest_of(workspace: Workspace, address: str) -> bytes:
    """Return the keyed hash under which an address nobody is known by is kept from being written to."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"reach:{workspace.pk}:{address}".encode(), hashlib.sha256)
