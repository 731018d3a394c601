"""What arrived in the warehouse, and which live audiences ask about it.

A few customers are touched and judged within a second (`_deltas`); very many, or a large part of the
brand, make a full refresh due, not more often than every tenth part of the time, so that an import does
not refresh all day.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from yutang.audiences._sieve import Sieve, stamped
from yutang.audiences.models import Audience, AudienceTouch
from yutang.engines import named_sql, warehouse
from yutang.events import service as events
from yutang.loop import event_types

__all__ = ["consume", "customers_of", "many", "refresh_soon"]

SQL = named_sql("yutang.audiences", "arrivals")
# So many customers of one audience that judging everybody is as cheap as judging these.
_MANY, _FEW, _SHARE = 20_000, 1_000, 10
_COUNTED_FOR = 60.0  # seconds the number of customers of a workspace is held to be true
_AT_ONCE = 500
_REST = 9  # a refresh asked for by arrivals rests nine times as long as it took

Touched = dict[str, set[int] | None]  # what arrived → whose; None: too many to name


def consume(*, now: datetime) -> bool:
    """Hand what arrived to the audiences that ask about it; True when there may be more."""
    with transaction.atomic():
        arrivals = events.arrivals(at_most=_AT_ONCE)
        by_workspace: dict[int, Touched] = defaultdict(dict)
        for arrival in arrivals:
            _add(by_workspace[arrival.workspace_id], arrival.what, arrival.customers)
        for workspace_id, touched in by_workspace.items():
            _hand_out(workspace_id, touched, now=now)
        events.cross_off(arrivals)
    return len(arrivals) == _AT_ONCE


def many(workspace_id: int) -> int:
    """Return from how many customers on everybody is judged instead: the tenth part of the brand.

    A thousand are always judged by themselves, more than twenty thousand never.
    """
    return max(_FEW, min(_MANY, customers_of(workspace_id) // _SHARE))


def customers_of(workspace_id: int) -> int:
    """Return about how many customers a workspace has."""
    held, until = _counted.get(workspace_id, (0, 0.0))
    if until < time.monotonic():
        held = int(warehouse().value(SQL["customers"], {"workspace": workspace_id}))
        _counted[workspace_id] = held, time.monotonic() + _COUNTED_FOR
    return held


_counted: dict[int, tuple[int, float]] = {}


def _add(touched: Touched, what: str, customers: Sequence[int] | None) -> None:
    known = touched.setdefault(what, set())
    if customers is None or known is None:
        touched[what] = None
    else:
        known.update(customers)


def _hand_out(workspace_id: int, touched: Touched, *, now: datetime) -> None:
    if any(_is_activity(what) for what in touched):
        touched["*"] = _union(who for what, who in touched.items() if _is_activity(what))
    if "@relations" in touched:
        touched["@referrals"] = _referrers(workspace_id, touched["@relations"])
    asking = list(
        stamped(Audience.objects.within(workspace_id).kept_on_time())
        .filter(listens__overlap=[*touched])
        .only("pk", "workspace_id", "listens", "refreshed_at", "took_ms")
    )
    if not asking:
        return
    sieve = Sieve(asking[0].workspace, asking, now=now)
    sieve.look_at(each for key, who in touched.items() if key != "@profile" for each in who or ())
    touches = []
    for audience in asking:
        named = {key: touched[key] for key in audience.listens if key in touched}
        # What a profile says may be new: whoever's profile arrived is judged in any case.
        changed, who = named.get("@profile") or set(), _union(named.values())
        if who is None or len(who) > many(workspace_id):
            refresh_soon(audience, now=now)
        elif left := changed | sieve.passing(audience, who - changed):
            touches.append(
                AudienceTouch(workspace_id=workspace_id, audience=audience, customers=sorted(left))
            )
    AudienceTouch.objects.bulk_create(touches)


def _is_activity(what: str) -> bool:
    """Return whether it is an event that counts as the customer being active."""
    known = event_types.get(what)
    return not what.startswith("@") and (known is None or known.activity)


def _referrers(workspace_id: int, referred: set[int] | None) -> set[int] | None:
    """Return who brought these customers, or once did: a removed relation is still on record."""
    if referred is None or len(referred) > many(workspace_id):
        return None
    bound = {"workspace": workspace_id, "customers": sorted(referred)}
    return {row[0] for row in warehouse().rows(SQL["referrers"], bound, lane="background")}


def _union(sets: Iterable[set[int] | None]) -> set[int] | None:
    found: set[int] = set()
    for each in sets:
        if each is None:
            return None
        found |= each
    return found


def refresh_soon(audience: Audience, *, now: datetime) -> None:
    """Judge everybody soon; what touched single customers until now is covered by that."""
    soon = now
    if audience.refreshed_at and audience.took_ms:
        rested = audience.refreshed_at + timedelta(milliseconds=audience.took_ms * (_REST + 1))
        soon = max(now, rested)
    Audience.objects.within(audience.workspace_id).filter(pk=audience.pk).ask_refresh(
        at=soon, covering=now
    )
    AudienceTouch.objects.within(audience.workspace_id).filter(audience=audience).delete()
