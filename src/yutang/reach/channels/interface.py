"""What a channel must offer to carry messages out (entry point group `yutang.channels`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from yutang.kit.i18n import Text

__all__ = [
    "Account",
    "Answer",
    "Channel",
    "Outcome",
    "Outgoing",
    "Receipt",
    "ReceiptState",
    "Rendered",
    "Setting",
]


@dataclass(frozen=True)
class Setting:
    """One field of an account's settings; a secret is sealed and never shown again."""

    name: str
    label: Text
    secret: bool = False
    required: bool = True
    hint: Text | None = None


@dataclass(frozen=True)
class Account:
    """An account as a channel sees it: its settings with the secrets opened."""

    id: int
    workspace_id: int
    channel: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Rendered:
    """A message as it is for one person: its parts with every variable filled in."""

    parts: Sequence[Mapping[str, Any]]
    subject: str = ""
    template: str = ""  # the approved template's code, where the channel knows only such
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Outgoing:
    """One message to one person. `token` is the same at every attempt."""

    token: UUID
    customer: int
    address: str
    rendered: Rendered
    purpose: str
    sender: int | None = None


class Answer(StrEnum):
    """What the channel said of one message."""

    SENT = "sent"
    AWAITING_STAFF = "awaiting_staff"  # somebody has to confirm it first
    FAILED = "failed"  # never leaves as it is
    LATER = "later"  # not now: the channel's limits, a fault of its own
    UNKNOWN = "unknown"  # it did not answer, or nothing that can be understood


@dataclass(frozen=True)
class Outcome:
    """What became of one message. `after` says how long the channel wants to rest."""

    token: UUID
    answer: Answer
    provider_ref: str = ""
    reason: str = ""  # a word for programs
    detail: str = ""  # what the channel said, without personal data
    after: timedelta | None = None


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
    """What a channel told of a message afterwards: by our token, or by its own reference.

    A wish not to hear more may come without either, then it names the address.
    """

    state: ReceiptState
    at: datetime
    token: UUID | None = None
    provider_ref: str = ""
    address: str = ""
    reason: str = ""
    detail: str = ""


class Channel(Protocol):
    """A way out. Stateless; threads share it."""

    name: str  # the adapter's own: sms_aliyun
    label: Text
    channel: str  # for consent and caps; empty: the account says which
    address_kind: str | None  # the identity kind it reaches people by; None: it needs no address
    batch: int  # the most it takes at once
    settings: Sequence[Setting]
    parts: frozenset[str]  # the kinds of parts it can carry
    can_look_up: bool

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        """Return what is wrong with an account's settings, by field; without asking anybody."""
        ...

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        """Send, and return an outcome for each; never raises."""
        ...

    def look_up(self, account: Account, tokens: Sequence[UUID]) -> Mapping[UUID, Answer]:
        """Return what became of messages: SENT, FAILED (it never came), UNKNOWN. Only if `can_look_up`."""
        ...

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        """Read what the channel posted to us.

        :raises ReceiptRefused: it is not from the channel, or cannot be read.
        """
        ...
