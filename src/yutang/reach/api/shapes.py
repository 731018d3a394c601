"""What the API of policy, sendings and deliveries takes and gives."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from yutang.reach.models import Delivery, DeliveryState, Sending, SendingState, Suppression
from yutang.reach.policy import CHANNELS, Rules

__all__ = [
    "CapIn",
    "CountedOut",
    "DeliveriesQuery",
    "GateOut",
    "GatePreviewIn",
    "PlatformRuleOut",
    "PolicyOut",
    "RateOut",
    "RatesQuery",
    "ReachDeliveryOut",
    "RulesIn",
    "SendingOut",
    "SuppressIn",
    "SuppressedOut",
    "SuppressionOut",
    "VerdictOut",
    "WhatIfOut",
]

Id = Annotated[int, Field(ge=1, lt=1 << 31)]
Clock = Annotated[
    str,
    StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$"),
    Field(description="Hours and minutes of the customer's own clock.", examples=["21:00"]),
]
ReachChannelName = Literal[
    "wecom",
    "group",
    "moments",
    "sms",
    "email",
    "mini_program",
    "official_account",
    "webhook",
    "paper",
]
ReachChannel = Annotated[
    ReachChannelName,
    Field(description="What a message leaves by."),
]
AnyChannel = Annotated[
    Literal["any", ReachChannelName],
    Field(description="What a message leaves by, or `any`."),
]
ReachPurpose = Literal["marketing", "service"]
Purposes = Annotated[list[ReachPurpose], Field(min_length=1, max_length=2)]
assert set(CHANNELS) == set(ReachChannel.__origin__.__args__)  # type: ignore[attr-defined]


class QuietIn(Schema):
    """Hours in which nobody is disturbed."""

    start: Clock
    end: Clock
    channels: Annotated[
        list[ReachChannel], Field(max_length=10, description="None: every channel.")
    ] = []
    purposes: Purposes = ["marketing"]
    then: Annotated[
        Literal["defer", "drop"], Field(description="Whether the message waits for the end.")
    ] = "defer"


class CapIn(Schema):
    """At most so many messages to one person."""

    most: Annotated[int, Field(ge=0, le=1000)]
    per: Annotated[
        Literal["rolling", "day", "week", "month"],
        Field(description="Within any `days` days, or within a unit of the calendar."),
    ] = "rolling"
    days: Annotated[int, Field(ge=1, le=366)] = 7
    channel: AnyChannel = "any"
    purposes: Purposes = ["marketing"]
    counts: Annotated[
        Literal["same", "all"],
        Field(description="Whether messages of other purposes take room as well."),
    ] = "all"
    per_journey: bool = False


class WarmUpIn(Schema):
    """From a day of the account on (its first is 0), at most so many a day."""

    from_day: Annotated[int, Field(ge=0, le=3650)]
    most: Annotated[int, Field(ge=0, le=100_000)]


class SenderBudgetIn(Schema):
    """How many messages leave in one staff member's name a day."""

    channel: ReachChannel
    daily: Annotated[int, Field(ge=0, le=100_000)]
    warm_up: Annotated[list[WarmUpIn], Field(max_length=20)] = []

    @model_validator(mode="after")
    def in_order(self) -> "SenderBudgetIn":
        """Put the days into their order."""
        self.warm_up.sort(key=lambda step: step.from_day)
        return self


class PlatformChangeIn(Schema):
    """What the brand makes of a platform's own limit."""

    most: Annotated[int | None, Field(ge=0, le=1000)] = None
    off: bool = False
    since: Annotated[date | None, Field(description="The first day it holds; none: for good.")] = (
        None
    )
    before: Annotated[
        int | None,
        Field(ge=0, le=1000, description="What holds until then, if not the platform’s own."),
    ] = None


class OptInIn(Schema):
    """Messages that need a yes."""

    channel: ReachChannel
    purpose: ReachPurpose


class RulesIn(Schema):
    """A whole contact policy."""

    quiet: Annotated[list[QuietIn], Field(max_length=20)] = []
    caps: Annotated[list[CapIn], Field(max_length=20)] = []
    budgets: Annotated[list[SenderBudgetIn], Field(max_length=10)] = []
    opt_in: Annotated[list[OptInIn], Field(max_length=20)] = []
    holdout_percent: Annotated[float, Field(ge=0, le=50)] = 0
    holdout_salt: Annotated[
        str,
        StringConstraints(min_length=1, max_length=40, pattern=r"^[\w-]+$"),
        Field(description="Another one draws another group."),
    ] = "1"
    approval_over: Annotated[int, Field(ge=0, le=100_000_000)] = 1000
    uncertain: Annotated[
        dict[ReachPurpose, Literal["no_duplicate", "delivery"]],
        Field(description="What to do where a channel did not answer and cannot be asked."),
    ] = {}
    platform: dict[
        Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_.]+$")], PlatformChangeIn
    ] = {}

    def rules(self) -> Rules:
        """Return the rules as the gate reads them."""
        plain = self.dict()
        plain["opt_in"] = [(each["channel"], each["purpose"]) for each in plain["opt_in"]]
        return msgspec.convert(plain, Rules)

    @staticmethod
    def written(rules: Rules) -> dict[str, object]:
        """Return rules as this shape gives them."""
        plain: dict[str, object] = msgspec.to_builtins(rules)
        plain["opt_in"] = [{"channel": c, "purpose": p} for c, p in rules.opt_in]
        return plain


class RuleSentenceOut(Schema):
    """One rule in words."""

    place: Annotated[str, Field(description="Which rule: quiet:0, cap:1, budget:0, …")]
    sentence: str


class PlatformRuleOut(Schema):
    """A limit a platform sets itself."""

    name: str
    sentence: str
    source: Annotated[str, Field(description="Where it was read.")]
    is_changed: bool


class PolicyOut(Schema):
    """The contact policy that holds."""

    number: Annotated[int, Field(description="0 while the built-in rules hold.")]
    rules: RulesIn
    sentences: list[RuleSentenceOut]
    platform: list[PlatformRuleOut]
    made_by: str | None = None
    made_at: datetime | None = None


class VerdictOut(Schema):
    """How many are held back for one reason."""

    reason: str
    sentence: str
    count: int
    people: Annotated[list[int], Field(description="Some of them, where they are known.")] = []


class WhatIfOut(Schema):
    """What rules would have made of the last 30 days' messages."""

    messages: int
    held: int
    deferred: int
    people: Annotated[int, Field(description="Who would have heard less.")]
    by_rule: list[VerdictOut]


class GatePreviewIn(Schema):
    """A message to an audience, before it is sent."""

    audience_id: Id
    message_id: Id
    account_id: Id
    priority: Annotated[int, Field(ge=0, le=100)] = 50
    holdout_percent: Annotated[float, Field(ge=0, le=50)] = 0


class GateOut(Schema):
    """What the gate says: how many go, how many of them wait for their hours, who does not and why."""

    meant: int
    queued: int
    deferred: int
    blocked: list[VerdictOut]
    people: Annotated[list[int], Field(description="Some of those who get it.")]
    needs_approval: bool


class CountedOut(Schema):
    """Deliveries of one state and reason."""

    state: DeliveryState
    reason: str
    sentence: str
    count: int


class SendingOut(Schema):
    """One message to many people from one place."""

    id: int
    name: str
    message_id: int
    message: str
    version: int
    account_id: int
    account: str
    channel: str
    purpose: str
    priority: int
    journey: int | None
    node: str
    state: SendingState
    created_at: datetime
    counts: list[CountedOut] | None = None

    @staticmethod
    def resolve_message_id(row: Sending) -> int:
        return row.version.message_id

    @staticmethod
    def resolve_message(row: Sending) -> str:
        return row.version.message.name

    @staticmethod
    def resolve_version(row: Sending) -> int:
        return row.version.number

    @staticmethod
    def resolve_account(row: Sending) -> str:
        return row.account.name


class DeliveriesQuery(Schema):
    """Which deliveries."""

    state: list[DeliveryState] = []
    reason: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z_]*$")] = ""
    channel: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")] = ""
    sending_id: Id | None = None
    journey: Id | None = None
    customer_id: Annotated[int, Field(ge=1, lt=1 << 32)] | None = None
    audience_id: Annotated[Id | None, Field(description="Only who is in this audience today.")] = (
        None
    )
    since: Annotated[
        date | None, Field(description="Planned for this day of the workspace's clock or later.")
    ] = None
    until: Annotated[date | None, Field(description="Planned for before this day.")] = None


class ReachDeliveryOut(Schema):
    """One message to one person, how far it came, and why."""

    token: UUID
    customer_id: int
    customer_name: str = ""
    sending_id: int
    message: str
    channel: str
    purpose: str
    priority: int
    journey: int | None
    state: DeliveryState
    reason: str
    why: Annotated[str, Field(description="The reason as a sentence; empty where it goes.")] = ""
    detail: str
    planned_at: datetime
    not_before: datetime | None
    sent_at: datetime | None
    changed_at: datetime
    attempts: int

    @staticmethod
    def resolve_customer_id(row: Delivery) -> int:
        return row.customer

    @staticmethod
    def resolve_message(row: Delivery) -> str:
        return row.sending.version.message.name


class RatesQuery(Schema):
    """Which weeks, and by what."""

    since: datetime
    until: datetime
    by: Literal["channel", "purpose", "journey", "sending"] = "channel"
    audience_id: Annotated[Id | None, Field(description="Only who is in this audience today.")] = (
        None
    )
    customer_id: Annotated[int, Field(ge=1, lt=1 << 32)] | None = None
    journey: Annotated[Id | None, Field(description="Only messages of this journey.")] = None


class RateOut(Schema):
    """How far messages came in one week; see `rate` and `exposure`."""

    week: Annotated[str, Field(description="The Monday it begins with.", examples=["2026-03-02"])]
    part: str
    meant: Annotated[int, Field(description="People messages were meant for.")]
    reached: Annotated[int, Field(description="People at least one was sent to.")]
    messages: int
    sent: int
    opened: int
    clicked: int
    replied: int
    failed: int
    blocked: int
    rate: Annotated[float, Field(description="reached / meant.")]
    exposure: Annotated[float, Field(description="sent / meant: a frequency, which may exceed 1.")]


class SuppressIn(Schema):
    """Customers who are not to be reached."""

    customer_ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    channel: AnyChannel = "any"
    reason: Literal["opt_out", "bounce", "complaint", "manual", "other"] = "manual"
    note: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""
    until: datetime | None = None


class SuppressedOut(Schema):
    """How many are on the list since now."""

    new: int


class SuppressionOut(Schema):
    """A line of the list of those not to be reached; without a customer, it is an address nobody is known by."""

    id: int
    customer_id: int | None
    customer_name: str = ""
    channel: str
    reason: str
    note: str
    until: datetime | None
    added_by: str
    added_at: datetime

    @staticmethod
    def resolve_customer_id(row: Suppression) -> int | None:
        return row.customer
