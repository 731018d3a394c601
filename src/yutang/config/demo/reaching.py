"""The past of the demo's messages: weeks of campaigns through the real gate, and journeys that run on.

Each campaign is planned as of its day and leaves by channels that only record; who opened, clicked or
complained is drawn. So that caps, holdout and reasons are what they would have been.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import QuerySet

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.journeys import service as journeys
from yutang.journeys.library import READY, filled
from yutang.journeys.models import Journey
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.channels.interface import Receipt, ReceiptState
from yutang.reach.models import ChannelAccount, DeliveryState
from yutang.reach.policy import DEFAULT
from yutang.workspaces.service import Member

__all__ = ["CAMPAIGNS", "begin_to_reach", "run_journeys", "send_campaign"]

_SEED = 7
_FAST = {"rate": 100_000, "burst": 1_000_000}


@dataclass(frozen=True)
class _Campaign:
    """A message to an audience (all customers without one), so many days ago at an hour."""

    days_ago: int
    hour: int
    message: str
    audience: str = ""
    priority: int = 50
    holdout: int = 0  # percent; then it is a campaign as operators send them, with a goal


_MESSAGES: Mapping[str, tuple[str, str, str]] = {
    "秋茶上新": (
        "wecom",
        "marketing",
        "{{ customer.name | default: '茶友' }}，今年的秋乌龙到了，武夷山 10 月采的头一批。想先尝的回我“茶样”，寄两泡给你。",
    ),
    "会员日八八折": (
        "wecom",
        "marketing",
        "{{ customer.name | default: '茶友' }}，周三会员日，全店八八折，常喝的那款也算。今晚 9 点截止。",
    ),
    "加购提醒": (
        "wecom",
        "marketing",
        "你放进购物车的茶还给你留着。拿不准选哪款，把平时喝的口味告诉我。",
    ),
    "双十一预告": (
        "wecom",
        "marketing",
        "双十一的单子提前给你看：礼盒第二件半价，11 月 10 日晚 8 点开始。要多少先跟我说，我替你留。",
    ),
    "好久不见": (
        "wecom",
        "marketing",
        "{{ customer.name | default: '茶友' }}，有阵子没见你来了。店里换了新的试饮单，路过进来坐坐，茶我请。",
    ),
    "生日这周": (
        "wecom",
        "marketing",
        "{{ customer.name | default: '茶友' }}，这周过生日吧，祝你安康。到店报手机号，送一罐你常喝的茶。",
    ),
}
CAMPAIGNS: Sequence[_Campaign] = (
    _Campaign(40, 10, "秋茶上新"),
    _Campaign(33, 19, "会员日八八折", "半年复购三次"),
    _Campaign(26, 10, "好久不见", "高价值沉睡客"),
    _Campaign(19, 20, "加购提醒", "加购 7 天没下单", 60),
    _Campaign(13, 10, "双十一预告", holdout=10),
    _Campaign(12, 19, "会员日八八折", "半年复购三次"),
    _Campaign(6, 22, "加购提醒", "加购 7 天没下单", 60),  # after nine: waits for the morning
    _Campaign(5, 10, "会员日八八折"),
    _Campaign(2, 10, "生日这周", "会员七天内过生日", 70),
)
_JOURNEYS: Mapping[str, str] = {
    "at_payment": "半年复购三次",
    "win_back": "高价值沉睡客",
    "cart": "加购 7 天没下单",
}


def begin_to_reach(member: Member, *, now: datetime) -> None:
    """Set up ways out that only record, write the messages, and decide on a policy."""
    since = now - timedelta(days=45)
    reach.set_policy(member, msgspec.structs.replace(DEFAULT, holdout_percent=5), now=since)
    for name, channel in (("企业微信 · 试发", "wecom"), ("短信 · 试发", "sms")):
        reach.add_account(
            member, adapter="paper", name=name, settings={}, channel=channel, now=since, **_FAST
        )
    for name, (channel, purpose, words) in _MESSAGES.items():
        messages.create_message(
            member,
            name=name,
            channel=channel,
            purpose=purpose,
            parts=[{"kind": "text", "text": words}],
            now=since,
        )


def send_campaign(member: Member, place: int, *, now: datetime) -> None:
    """Send one of the campaigns as of its day, and draw what people made of it."""
    campaign, account = CAMPAIGNS[place], _account(member)
    then = _then(campaign, member, now)
    plan = _plan_as_journey if campaign.holdout else _plan
    sending, made = plan(member, place, account, then)
    for at in (then, then + timedelta(hours=12)):  # what had to wait for the morning
        while reach.dispatch_as_of(account, at + timedelta(minutes=1)):
            pass
    _draw_what_followed(member, account, sending, place, now)
    if made is not None:
        journeys.recount_goals(made, now=now)


def _plan(
    member: Member, place: int, account: ChannelAccount, then: datetime
) -> tuple[int, Journey | None]:
    """Plan a campaign's messages as of its day; return their sending."""
    campaign = CAMPAIGNS[place]
    sending = reach.make_sending(
        member.workspace,
        message_id=_message(member, campaign.message),
        account_id=account.pk,
        name=f"{campaign.message} · {campaign.audience or '全部客户'}",
        priority=campaign.priority,
        actor="system:demo",
        now=then,
    )
    people = (
        reach.Candidate(each, f"demo:{place}:{each}")
        for each in _whom(member, campaign.audience, then)
    )
    for _ in reach.plan_all(member.workspace, sending, people, now=then):
        pass
    return sending.pk, None


def _plan_as_journey(
    member: Member, place: int, account: ChannelAccount, then: datetime
) -> tuple[int, Journey | None]:
    """Plan a campaign as operators send them: people enter, some are held out, a goal is looked for."""
    campaign = CAMPAIGNS[place]
    given = {"message": _message(member, campaign.message), "account": account.pk}
    graph = {
        "entry": {"kind": "manual"},  # its schedule passed long ago
        "start": "send1",
        "nodes": {"send1": {"kind": "action", "do": "reach.send", "with": given}},
        "goal": {
            "event": {"types": ["pay"]},
            "within": {"amount": 7, "unit": "day"},
            "ends": False,
        },
    }
    draft = journeys.JourneyDraft(
        name=campaign.message,
        graph=graph,
        view="campaign",
        holdout_percent=Decimal(campaign.holdout),
    )
    made = journeys.make(member, draft, subject="customer", now=then)
    journeys.activate(member, made.pk, now=then)
    people = [
        journeys.Candidate(each, "demo", then, None)
        for each in _whom(member, campaign.audience, then)
    ]
    journeys.enter(made.pk, people, now=then)
    while journeys.advance(lambda: then):
        pass
    (outgoing,) = reach.outgoing_of(member.workspace, made.pk, now=then)
    return outgoing.sending.pk, made


def run_journeys(member: Member, *, now: datetime) -> None:
    """Let ready journeys run, with the people of an audience in each."""
    account = _account(member)
    # The past was made up at once; from now on they are as fast as anywhere.
    for each in _accounts(member):
        reach.change_account(member, each.pk, rate=50, burst=100, now=now)
    for name, audience in _JOURNEYS.items():
        ready = READY[name]
        written = {
            key: messages.create_message(
                member,
                name=f"{ready.title.zh} · {copy.name.zh}",
                channel=account.channel,
                purpose=copy.purpose,
                parts=[{"kind": "text", "text": copy.words.zh}],
                now=now,
            ).pk
            for key, copy in ready.copies.items()
        }
        draft = journeys.JourneyDraft(
            name=ready.title.zh,
            graph=filled(ready, written, account.pk, "zh"),
            holdout_percent=Decimal(ready.holdout),
        )
        made = journeys.make(member, draft, subject="customer", now=now)
        journeys.activate(member, made.pk, now=now)
        candidates = [
            journeys.Candidate(each, "demo", now, None) for each in _whom(member, audience, now)
        ]
        journeys.enter(made.pk, candidates, now=now)


def _draw_what_followed(
    member: Member, account: ChannelAccount, sending: int, place: int, now: datetime
) -> None:
    chance = random.Random(_SEED * 100 + place)  # noqa: S311
    rows = reach.deliveries_of(member, states=[DeliveryState.SENT], sending_id=sending)
    told: list[Receipt] = []
    for token, sent_at in rows.order_by("pk").values_list("token", "sent_at"):
        if sent_at is not None:
            told += _followed(chance, token, sent_at)
    reach.take_receipts(account, [each for each in told if each.at <= now], now=now)


def _followed(chance: random.Random, token: UUID, sent_at: datetime) -> Iterator[Receipt]:
    drawn = chance.random()

    def after(hours: float) -> datetime:
        return sent_at + timedelta(hours=chance.expovariate(1 / hours))

    if drawn < 0.02:
        yield Receipt(ReceiptState.FAILED, after(0.01), token=token, reason="not_a_friend")
        return
    yield Receipt(ReceiptState.DELIVERED, after(0.02), token=token)
    if drawn > 0.55:
        yield Receipt(ReceiptState.OPENED, after(3), token=token)
    if drawn > 0.88:
        yield Receipt(ReceiptState.CLICKED, after(5), token=token)
    if drawn > 0.96:
        yield Receipt(ReceiptState.REPLIED, after(6), token=token)


def _then(campaign: _Campaign, member: Member, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(member.workspace.time_zone)) - timedelta(days=campaign.days_ago)
    return local.replace(hour=campaign.hour, minute=0, second=0, microsecond=0)


def _whom(member: Member, audience: str, then: datetime) -> Iterator[int]:
    """Return whom it is for: who was there then, as people come while the past is made."""
    there = customers.seen(member).filter(created_at__lte=then).order_by("pk")
    if not audience:
        yield from there.values_list("pk", flat=True)
        return
    chosen = audiences.listed(member.workspace).get(name=audience)
    for some in audiences.all_in(member, chosen, at_once=20_000):
        whom = [each.customer_id for each in some]
        yield from there.filter(pk__in=whom).values_list("pk", flat=True)


def _account(member: Member) -> ChannelAccount:
    return _accounts(member).filter(channel="wecom")[0]


def _accounts(member: Member) -> "QuerySet[ChannelAccount, ChannelAccount]":
    """Return the ways out that only record; the one through WeCom is for what people send from now on."""
    return reach.accounts_of(member.workspace).filter(adapter="paper").order_by("pk")


def _message(member: Member, name: str) -> int:
    return messages.list_messages(member.workspace, q=name).get(name=name).pk
