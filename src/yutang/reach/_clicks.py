"""Who followed a link: people, told apart from what looks at every message before they do.

A click is kept as it comes and judged a few seconds later. Mail scanners and link previews say who they
are, come within two seconds of the sending, or follow several links of one message at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit.i18n import Text
from yutang.reach._links import read_leave, read_link
from yutang.reach._receiving import advance, telling
from yutang.reach._rows import by_keys, run
from yutang.reach.models import Delivery, DeliveryState, LinkClick, LinkTarget
from yutang.reach.policy import CHANNELS
from yutang.workspaces.models import Workspace

__all__ = [
    "channel_label",
    "follow_link",
    "forget_clicks",
    "is_scanner",
    "judge_clicks",
    "leave",
    "leaving",
    "purpose_label",
]

_SOON = timedelta(seconds=2)
_JUDGED_AFTER = timedelta(seconds=4)
_KEPT_FOR = timedelta(days=30)
_SCANNERS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|curl/|wget/|python|java/|go-http|okhttp|headless|phantom"
    r"|facebookexternalhit|whatsapp|telegram|skype|mimecast|proofpoint|barracuda|safelinks|symantec"
    r"|trendmicro|cloudmark|fireeye|ms-?office|outlook-scan|googleimageproxy|yahoomailproxy",
    re.IGNORECASE,
)


def follow_link(code: str, headers: Mapping[str, str], *, now: datetime) -> str | None:
    """Return where a link leads, and keep that it was followed; None where it is not one of ours.

    `headers` by names in lower case; `:method` is the method.
    """
    read = read_link(code)
    if read is None:
        return None
    delivery, target_id = read
    target = LinkTarget.objects.filter(pk=target_id).first()
    if target is None:
        return None
    if headers.get(":method") == "GET":
        LinkClick.objects.create(
            workspace_id=target.workspace_id,
            delivery=delivery,
            target=target,
            at=now,
            bot="scanner" if is_scanner(headers) else "",
        )
    return target.url


def is_scanner(headers: Mapping[str, str]) -> bool:
    """Return whether these headers (names in lower case) are those of a program that looks ahead."""
    ahead = " ".join(
        headers.get(name, "") for name in ("purpose", "sec-purpose", "x-purpose", "x-moz")
    )
    agent = headers.get("user-agent", "")
    return not agent or bool(_SCANNERS.search(agent)) or "pre" in ahead.lower()


@dataclass(frozen=True)
class _Click:
    id: int
    workspace: int
    delivery: int
    target: int
    at: datetime
    bot: str
    sent_at: datetime | None
    customer: int | None
    origin: int | None
    sending: int | None
    journey: int | None
    url: str


@transaction.atomic
def judge_clicks(*, now: datetime) -> bool:
    """Tell people from programs among recent clicks; record what people did. True: there may be more."""
    by_keys()
    rows = run("receipts", "unjudged_clicks", {"until": now - _JUDGED_AFTER}).fetchall()
    clicks = [_Click(*row) for row in rows]
    if not clicks:
        return False
    company = _company(clicks)
    judged = [(each, _why_not(each, company)) for each in clicks]
    told = [{"id": each.id, "bot": bot} for each, bot in judged]
    run("receipts", "judge_clicks", {"told": msgspec.json.encode(told).decode()})
    by_workspace: dict[int, list[_Click]] = defaultdict(list)
    for each, bot in judged:
        if not bot and each.customer:
            by_workspace[each.workspace].append(each)
    for workspace, some in by_workspace.items():
        _record(workspace, some, now)
    return len(clicks) == 5000


def _company(clicks: Sequence[_Click]) -> Mapping[int, Sequence[tuple[int, datetime]]]:
    """Return what else was followed of the same deliveries: target and instant."""
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    given = {
        "deliveries": ",".join(sorted({str(each.delivery) for each in clicks})),
        "since": clicks[0].at - _SOON,
    }
    for delivery, target, at in run("receipts", "company", given):
        found[delivery].append((target, at))
    return found


def _why_not(click: _Click, company: Mapping[int, Iterable[tuple[int, datetime]]]) -> str:
    """Return why a click is no person's; empty where it is."""
    if click.bot:
        return click.bot
    if click.sent_at is None or click.at - click.sent_at < _SOON:
        return "instant"
    others = company.get(click.delivery, ())
    if any(target != click.target and abs(at - click.at) < _SOON for target, at in others):
        return "burst"
    return ""


def _record(workspace_id: int, clicks: Sequence[_Click], now: datetime) -> None:
    advance(
        workspace_id,
        [telling(each.delivery, DeliveryState.CLICKED, each.at) for each in clicks],
        now=now,
    )
    followed = [
        events.NewEvent(
            type="click",
            customer=each.customer or 0,
            origin=each.origin or 0,
            occurred_at=each.at,
            content=each.url[:500],
            campaign=str(each.sending or ""),
            source="reach",
            properties={"url": each.url},
        )
        for each in clicks
    ]
    events.record(Workspace(pk=workspace_id), followed, now=now)


def forget_clicks(*, now: datetime) -> bool:
    """Forget clicks of a month ago; what they meant is recorded. True: there may be more."""
    return run("receipts", "forget_clicks", {"before": now - _KEPT_FOR}).rowcount > 0


def leaving(code: str) -> Delivery | None:
    """Return the delivery whose way out this is; None where it is not one of ours, or she is gone."""
    delivery = read_leave(code)
    if delivery is None:
        return None
    rows = Delivery.objects.select_related("workspace")
    return rows.filter(pk=delivery, customer__gt=0).first()


def channel_label(channel: str) -> Text:
    """Return what a channel is called."""
    return CHANNELS.get(channel, Text(channel, channel))


def purpose_label(purpose: str) -> Text:
    """Return what a purpose is called."""
    return customers.CONSENT_PURPOSES.get(purpose, Text(purpose, purpose))


def leave(delivery: Delivery, *, now: datetime) -> None:
    """Heed that somebody wants no more messages of this kind; said again it changes nothing."""
    customers.withdraw_consent(
        delivery.workspace,
        [delivery.customer],
        purpose=delivery.purpose,
        channel=delivery.channel,
        proof="unsubscribe link",
        source="unsubscribe",
        actor="system:unsubscribe",
        at=now,
        now=now,
    )
