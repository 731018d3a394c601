"""What a channel must offer to carry messages out (entry point group `yutang.channels`).

A channel answers for each recipient by itself, and keeps to four rules (`tests/test_contract.py`):

1. What is not known to have arrived, and not known to have been turned away, is `UNKNOWN`.
2. A limit or a fault of the account's is never the message's: `LATER`, with a rest.
3. A message keeps its token through all attempts; the channel passes it on as its idempotency key.
4. Neither secrets nor addresses are told: not in details, not in logs, not in what `repr` shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from yutang.kit.i18n import Text

__all__ = [
    "Account",
    "Answer",
    "Asked",
    "Channel",
    "KnowsTemplates",
    "Outcome",
    "Outgoing",
    "Receipt",
    "ReceiptRefused",
    "ReceiptState",
    "Rendered",
    "Setting",
    "Template",
    "TemplateState",
]


@dataclass(frozen=True)
class Setting:
    """One field of an account's settings; a secret is sealed and never shown again."""

    name: str
    label: Text
    secret: bool = False
    required: bool = True
    hint: Text | None = None
    choices: Mapping[str, Text] | None = None


@dataclass(frozen=True)
class Account:
    """An account as a channel sees it: its settings with the secrets opened."""

    id: int
    workspace_id: int
    channel: str
    settings: Mapping[str, str] = field(repr=False)
    receipts_url: str = field(default="", repr=False)  # where the channel may tell us more


@dataclass(frozen=True)
class Rendered:
    """A message as it is for one person: its parts with every variable filled in."""

    parts: Sequence[Mapping[str, Any]]
    subject: str = ""
    template: str = ""  # the approved template's code, where the channel knows only such
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Outgoing:
    """One message to one person.

    `token` is the same at every attempt; `attempt` is shared by all that leaves together, and another
    one each time. `leave_url` is where she says that she wants no more of this, without signing in; `open_url`
    a picture of nothing, for channels that can show one.
    """

    token: UUID
    attempt: UUID
    customer: int
    address: str = field(repr=False)
    rendered: Rendered = field(repr=False)
    purpose: str
    sender: int | None = None
    leave_url: str = field(default="", repr=False)
    open_url: str = field(default="", repr=False)


class Answer(StrEnum):
    """What the channel said of one message."""

    SENT = "sent"
    AWAITING_STAFF = "awaiting_staff"  # somebody has to confirm it first
    FAILED = "failed"  # never leaves as it is
    LATER = "later"  # not now: the channel's limits, a fault of its own
    UNKNOWN = "unknown"  # it did not answer, or nothing that can be understood


@dataclass(frozen=True)
class Outcome:
    """What became of one message.

    `after` is how long this one should wait at least, `rest` how long the whole account should. A try
    that does not `count` says nothing about the message (a limit, a wrong key, no time left for
    it): it does not bring it nearer to being given up.
    """

    token: UUID
    answer: Answer
    provider_ref: str = ""
    reason: str = ""  # a word for programs
    detail: str = ""  # what the channel said, without personal data
    after: timedelta | None = None
    rest: timedelta | None = None
    counts: bool = True
    address_is_dead: bool = False  # nobody is there: not to be tried again with any message


@dataclass(frozen=True)
class Asked:
    """A message whose fate is not known: what a channel needs to be asked about it."""

    token: UUID
    attempt: UUID
    address: str = field(repr=False)
    at: datetime  # when it was handed over
    provider_ref: str = ""


class ReceiptState(StrEnum):
    """What a channel tells later."""

    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    FAILED = "failed"
    OPTED_OUT = "opted_out"
    COMPLAINED = "complained"


@dataclass(frozen=True)
class Receipt:
    """What a channel told of a message afterwards: by our token, by its own reference, or by the attempt
    and the address.

    A wish not to hear more may name the address alone.
    """

    state: ReceiptState
    at: datetime
    token: UUID | None = None
    provider_ref: str = ""
    attempt: UUID | None = None
    address: str = field(default="", repr=False)
    reason: str = ""
    detail: str = ""
    address_is_dead: bool = False
    said: str = field(default="", repr=False)  # what she replied


class ReceiptRefused(Exception):
    """What was posted is not from the channel (`forged`), or cannot be read."""

    def __init__(self, why: str, *, forged: bool = True) -> None:
        super().__init__(why)
        self.forged = forged


class Channel(Protocol):
    """A way out. Stateless; threads share it."""

    name: str  # the adapter's own: sms_aliyun
    label: Text
    channel: str  # for consent and caps; empty: the account says which
    address_kind: str | None  # the identity kind it reaches people by; None: it needs no address
    batch: int  # the most it takes at once
    patience: float  # seconds within which `send` answers; what it did not get to is LATER
    sure_after: float  # seconds after which "never came" can be believed
    settings: Sequence[Setting]
    parts: frozenset[str]  # the kinds of parts it can carry
    can_look_up: bool
    acknowledgement: Mapping[str, object]  # what the channel wants to hear for its receipts

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        """Return what is wrong with an account's settings, by field; without asking anybody."""
        ...

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        """Send, and return an outcome for each; never raises."""
        ...

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        """Return what became of messages: SENT, FAILED, LATER where it never came, UNKNOWN where this
        channel cannot know. Those it gave no answer about are left out. Never raises.
        """
        ...

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        """Read what the channel posted to us; header names are in lower case.

        :raises ReceiptRefused: it is not from the channel, or cannot be read.
        """
        ...


class TemplateState(StrEnum):
    """What the channel's own people said of a template."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Template:
    """A text that the channel approved, or did not."""

    code: str
    name: str
    text: str
    state: TemplateState
    reason: str = ""


@runtime_checkable
class KnowsTemplates(Protocol):
    """A channel that sends nothing but templates it has approved."""

    def templates(self, account: Account) -> Sequence[Template]:
        """Return the account's templates.

        :raises LookupError: it did not answer, or with a refusal, which this says.
        """
        ...
