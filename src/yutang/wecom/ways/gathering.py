"""What has one content and one sender becomes one task: gathered until no more has come for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from yutang.engines import listed
from yutang.wecom._rows import run
from yutang.wecom.models import Corp, MassKind

__all__ = ["Gathered", "One", "add_to", "gather"]


@dataclass(frozen=True)
class Gathered:
    """What makes a task one: its kind, content and sender, and what it is counted under."""

    kind: MassKind
    digest: bytes
    parts: Sequence[Mapping[str, Any]]
    sender: str = ""  # a userid
    account: int = 0
    purpose: str = "marketing"
    journey: int | None = None
    sending: int | None = None  # to groups, by hand


@dataclass(frozen=True)
class One:
    """One customer or group a task goes to; a token is gathered once, however often it is told."""

    token: UUID
    address: str
    customer: int = 0
    sender: str = ""  # who posts it, where a task has several


@transaction.atomic
def gather(corp: Corp, what: Gathered, whom: Sequence[One], *, due: datetime, now: datetime) -> int:
    """Add to the task of this content and sender, which waits until `due`; return its number."""
    given = {
        "workspace": corp.workspace_id,
        "corp": corp.pk,
        "kind": what.kind,
        "account": what.account,
        "purpose": what.purpose,
        "journey": what.journey,
        "sending": what.sending,
        "digest": what.digest,
        "parts": msgspec.json.encode(list(what.parts)).decode(),
        "sender": what.sender,
        "due": due,
        "now": now,
    }
    row = run("mass", "gathering", given).fetchone()
    assert row
    add_to(corp.workspace_id, int(row[0]), whom)
    return int(row[0])


def add_to(workspace: int, task: int, whom: Sequence[One]) -> None:
    """Add customers or groups to a task; whoever is in already stays as she is."""
    if not whom:
        return
    people: dict[str, Any] = {
        "workspace": workspace,
        "task": task,
        "tokens": ",".join(str(each.token) for each in whom),
        "customers": ",".join(str(each.customer) for each in whom),
        "addresses": listed(each.address for each in whom),
        "senders": listed(each.sender for each in whom),
    }
    run("mass", "recipients", people)
