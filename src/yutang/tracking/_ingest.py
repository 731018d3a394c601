"""One HTTP request full of events: read, accepted, answered. docs/how/ingest.md is its contract."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from django.conf import settings

from yutang.events import service as events
from yutang.events.service import wrong
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.metrics import counter, gauge
from yutang.tracking._accepting import IncomingEvent, accept
from yutang.tracking._reading import Read, read_events, unpacked
from yutang.tracking._sites import proof_of, site_secret
from yutang.tracking.models import Site
from yutang.workspaces.models import Workspace

__all__ = ["EventsNotAsExpected", "Ingested", "SpoolFull", "ingest", "refuse_when_full"]

ACCEPTED = counter("yutang_events_accepted", "Events accepted, by way in.", "way")
REFUSED = counter("yutang_events_refused", "Events refused, by way in.", "way")
gauge("yutang_events_spooled", "Accepted events the warehouse does not show yet.", events.spooled)


class EventsNotAsExpected(DomainError):
    """Not one event of the request could be taken."""

    status = 422
    zh = "{count} 个事件都和要求不符，一个也没有记录。见 errors。"
    en = "None of {count} events is as expected; nothing was recorded. See errors."


class SpoolFull(DomainError):
    """More is accepted than the warehouse takes; what comes now could wait too long."""

    status = 429
    zh = "待写入的事件已有 {spooled} 个。请 {seconds} 秒后重发，事件 id 保持不变就不会重复计数。"
    en = (
        "{spooled} events are waiting to be written. Send these again in {seconds} seconds; with the"
        " same ids nothing counts twice."
    )


@dataclass(frozen=True)
class Ingested:
    """What became of a request: counts, and what was wrong with whom, by place."""

    accepted: int
    duplicates: int
    refusals: Mapping[int, list[FieldProblem]]
    unproven: int = 0


RETRY_AFTER = 5
_UNPROVEN = Text(
    "页面只能用 device 表明身份；其他身份要附上你的服务器算出的 proof，或在设置里允许页面直接声明",
    "a page may name its visitor by device only; other identities need a proof computed by your"
    " server, or the setting that trusts pages",
)


def ingest(
    workspace: Workspace,
    body: bytes,
    *,
    now: datetime,
    encoding: str = "",
    lines: bool = False,
    site: Site | None = None,
) -> Ingested:
    """Take a request's events; they are durable when this returns.

    :raises SpoolFull, BodyNotEvents, TooManyEvents, EncodingUnknown, BodyNotGzip,
        BodyUnpacksTooLarge, EventsNotAsExpected:
    """
    refuse_when_full()
    read = read_events(unpacked(body, encoding, megabytes=settings.YUTANG_MAX_BODY_MB), lines=lines)
    refusals = dict(read.refusals)
    unproven = 0 if site is None else _keep_to_devices(site, read.events, refusals)
    places = [n for n in read.events if n not in refusals]
    accepted = accept(
        workspace,
        [read.events[n] for n in places],
        source="http" if site is None else "web",
        now=now,
    )
    refusals |= {places[n]: problems for n, problems in accepted.refusals.items()}
    way = "http" if site is None else "web"
    ACCEPTED.labels(way).inc(accepted.accepted)
    REFUSED.labels(way).inc(len(refusals))
    if read.count and len(refusals) == read.count:
        raise EventsNotAsExpected(errors=_named(read, refusals), count=read.count)
    return Ingested(accepted.accepted, len(accepted.duplicates), refusals, unproven)


def _named(read: Read, refusals: Mapping[int, list[FieldProblem]]) -> list[FieldProblem]:
    """Return at most 50 problems; in a batch with the place of their event."""
    if read.is_single:
        return refusals[0]
    return [
        problem.model_copy(update={"field": f"[{n}].{problem.field}".rstrip(".")})
        for n in sorted(refusals)
        for problem in refusals[n]
    ][:50]


def _keep_to_devices(
    site: Site, given: Mapping[int, IncomingEvent], refusals: dict[int, list[FieldProblem]]
) -> int:
    """Take from events the identities that their page cannot prove; return of how many.

    What remains is the device, so that nothing is lost; without one the event is refused.
    """
    if site.trusts_pages:
        return 0
    secret, unproven = site_secret(site), 0
    for n, event in given.items():
        if not event.customer.keys() - {"device"}:
            continue
        proof = event.proof.encode("utf-8", "replace")
        if compare_digest(proof_of(secret, event.customer).encode(), proof):
            continue
        unproven += 1
        event.customer = {k: v for k, v in event.customer.items() if k == "device"}
        if not event.customer:
            refusals[n] = [wrong("proof", _UNPROVEN, event.proof[:80] or None)]
    return unproven


_depth = (0.0, 0)


def refuse_when_full() -> None:
    """Look at the spool's depth once a second at most.

    :raises SpoolFull:
    """
    global _depth  # noqa: PLW0603  one figure a process, read by every thread
    asked_at, depth = _depth
    if time.monotonic() - asked_at > 1.0:
        depth = events.spooled()
        _depth = (time.monotonic(), depth)
    if depth > settings.YUTANG_MOST_SPOOLED:
        raise SpoolFull(spooled=depth, seconds=RETRY_AFTER)
