"""The cast: 茶馆 Tea House, what it says to its guests, and by which ways."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from yutang.customers.tests.builders import who
from yutang.reach import service as reach
from yutang.reach.models import (
    ChannelAccount,
    Delivery,
    Message,
    MessageVersion,
    Sending,
    Suppression,
)
from yutang.reach.policy import Rules
from yutang.reach.service import Candidate, Planned
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "NOON",
    "a_guest",
    "a_sending",
    "an_account",
    "guests",
    "reasons",
    "send",
    "suppress",
    "under",
]

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # Monday noon in Shanghai
_count = itertools.count(1)


def an_account(workspace: Workspace, channel: str = "paper", **more: object) -> ChannelAccount:
    return ChannelAccount.objects.create(
        workspace=workspace,
        **{
            "adapter": "paper",
            "channel": channel,
            "name": f"{channel} {next(_count)}",
            "created_at": NOON,
            "changed_at": NOON,
            **more,
        },
    )


def a_sending(
    workspace: Workspace,
    channel: str = "paper",
    *,
    purpose: str = "marketing",
    account: ChannelAccount | None = None,
    text: str = "新茶到了",
    **more: object,
) -> Sending:
    """Make a message of one text, and the sending of it."""
    name = f"message {next(_count)}"
    stamps = {"created_at": NOON, "changed_at": NOON}
    message = Message.objects.create(
        workspace=workspace, name=name, channel=channel, purpose=purpose, **stamps
    )
    version = MessageVersion.objects.create(
        workspace=workspace,
        message=message,
        number=1,
        parts=[{"kind": "text", "text": text}],
        author="user:1",
        created_at=NOON,
    )
    return Sending.objects.create(
        workspace=workspace,
        version=version,
        account=account or an_account(workspace, channel),
        **{
            "name": name,
            "channel": channel,
            "purpose": purpose,
            "made_by": "user:1",
            **stamps,
            **more,
        },
    )


def a_guest(workspace: Workspace) -> int:
    """Return the number of somebody new, who has a telephone."""
    return who(workspace, phone=f"138{next(_count):08d}")


def guests(workspace: Workspace, count: int) -> list[int]:
    return [a_guest(workspace) for _ in range(count)]


def under(owner: Member, rules: Rules | None = None, **changed: object) -> Rules:
    """Let nothing be ruled but what is named."""
    rules = msgspec.structs.replace(rules or Rules(), **changed)
    reach.set_policy(owner, rules, now=NOON)
    return rules


def send(
    sending: Sending, people: Sequence[int], *, now: datetime = NOON, key: str = ""
) -> Planned:
    """Plan a message to people; every call is another occasion unless it is given a key."""
    key = key or f"occasion {next(_count)}"
    return reach.plan(
        sending.workspace, sending, [Candidate(each, f"{key}:{each}") for each in people], now=now
    )


def reasons(sending: Sending) -> dict[int, str]:
    """Return customer → why she does not get it; empty where she does."""
    rows = Delivery.objects.within(sending.workspace).filter(sending=sending)
    return dict(rows.values_list("customer", "reason"))


def suppress(owner: Member, customer: int, **more: object) -> None:
    Suppression.objects.create(
        workspace=owner.workspace,
        customer=customer,
        **{"reason": "manual", "added_by": "user:1", "added_at": NOON, **more},
    )
