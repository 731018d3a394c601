"""How somebody stands before anything is counted: her wish, her address, her hours.

The first half of the gate. It is asked when a message is planned, and again when it is about to leave,
since a wish may have changed and a worker may have been away.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.conf import settings

from yutang.customers import service as customers
from yutang.engines import bound, named_sql
from yutang.reach.policy import Rules, next_allowed
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
    "moments": "external_userid",
}


class Standing(msgspec.Struct, frozen=True):
    """How one person stands: `reason` is empty where nothing speaks against it; `at` is when it may be.

    Those who stand alike share one. `address` is told where it was asked for.
    """

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
    with_addresses: bool = False,
) -> dict[int, Standing]:
    """Return how each stands towards a message of this kind: consent, suppression, address, quiet hours."""
    zones = customers.own_zones(workspace, people)
    agreed = customers.consent_now(workspace, people, purpose=purpose, channel=channel)
    suppressed, digests = _suppressed(workspace, people, channel, now)
    kind = ADDRESS_KINDS.get(channel)
    everybody = set(people)
    against: dict[int, str] = {}  # what comes first in the order is written last
    addresses: Mapping[int, str] = {}
    if kind and (with_addresses or digests):
        addresses = customers.addresses(workspace, people, kind=kind)
        suppressed |= _at(workspace, addresses, digests)
        against = dict.fromkeys(everybody - addresses.keys(), "no_address")
    elif kind:
        reached = customers.addressed(workspace, people, kind=kind)
        against = dict.fromkeys(everybody - reached, "no_address")
    against |= dict.fromkeys(suppressed, "suppressed")
    if (channel, purpose) in rules.opt_in:
        against |= dict.fromkeys(everybody - agreed.keys(), "no_consent")
    against |= dict.fromkeys((each for each, yes in agreed.items() if not yes), "withdrawn")
    against |= dict.fromkeys(everybody - zones.keys(), "gone")
    hours = _Hours(workspace, rules, channel, purpose, now)
    found = {each: hours.of(zones.get(each), against.get(each, "")) for each in people}
    if with_addresses:
        for person, address in addresses.items():
            found[person] = msgspec.structs.replace(found[person], address=address)
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
        self._known: dict[tuple[str | None, str], Standing] = {}

    def of(self, own: str | None, against: str) -> Standing:
        known = self._known.get((own, against))
        if known is None:
            zone = own if own and _zone(own) else self._default
            moment = next_allowed(self._quiet, _zone(zone) or ZoneInfo("UTC"), self._now)
            reason = against or ("quiet_hours" if moment.is_dropped else "")
            known = self._known[own, against] = Standing(reason, moment.at, zone)
        return known


@lru_cache(maxsize=1000)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _suppressed(
    workspace: Workspace, people: Sequence[int], channel: str, now: datetime
) -> tuple[set[int], set[bytes]]:
    """Return who is suppressed, and the digests of addresses that are."""
    asked = {"workspace": workspace.pk, "channel": channel, "now": now}
    listed = ",".join(map(str, people))  # numbers, and one text: the driver's arrays are slow
    found = {each for (each,) in bound(_SQL["suppressed"], asked | {"people": listed}).fetchall()}
    digests = {bytes(each) for (each,) in bound(_SQL["suppressed_addresses"], asked).fetchall()}
    return found, digests


def _at(workspace: Workspace, addresses: Mapping[int, str], digests: set[bytes]) -> set[int]:
    """Return who has an address that is suppressed."""
    if not digests:
        return set()
    return {who for who, address in addresses.items() if digest_of(workspace, address) in digests}


def digest_of(workspace: Workspace, address: str) -> bytes:
    """Return the keyed hash under which an address nobody is known by is kept from being written to."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"reach:{workspace.pk}:{address}".encode(), hashlib.sha256)
