"""The cast with messages: a brand, people of whom more or less is known, and what is said to them."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from yutang.customers import service as customers
from yutang.reach import messages
from yutang.reach.models import Message
from yutang.workspaces.service import Member

__all__ = ["HELLO", "NOON", "a_message", "somebody", "text"]

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)  # noon in Shanghai
_count = itertools.count(1)
HELLO = "{{ customer.name | default: '亲' }}，明前龙井到店了"


def text(said: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": said}]


def a_message(
    member: Member,
    said: str | list[dict[str, Any]] = HELLO,
    *,
    channel: str = "wecom",
    name: str = "",
) -> Message:
    return messages.create_message(
        member,
        name=name or f"消息 {next(_count)}",
        channel=channel,
        purpose="marketing",
        parts=text(said) if isinstance(said, str) else said,
        now=NOON,
    )


def somebody(member: Member, **values: object) -> int:
    known: Mapping[str, str] = {"member_no": f"R{next(_count):06d}"}
    return customers.create(member, known, values, now=NOON).pk
