"""The contact policy of a workspace: which holds, and how it came to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet

from yutang.reach.models import ContactPolicy
from yutang.reach.policy import DEFAULT, Rules
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "Policy",
    "lock_policy",
    "policies_of",
    "policy_numbered",
    "policy_of",
    "set_policy",
]


@dataclass(frozen=True)
class Policy:
    """Rules and their number; 0 where the brand never decided and the built-in ones hold."""

    number: int
    rules: Rules


def policy_of(workspace: Workspace | int) -> Policy:
    """Return the rules that hold."""
    newest = ContactPolicy.objects.within(workspace).order_by("-number").first()
    return Policy(0, DEFAULT) if newest is None else _read(newest)


def policy_numbered(workspace: Workspace | int, number: int) -> Policy:
    """Return the rules of a number; the built-in ones where there is none such."""
    row = ContactPolicy.objects.within(workspace).filter(number=number).first()
    return Policy(0, DEFAULT) if row is None else _read(row)


def policies_of(workspace: Workspace) -> "QuerySet[ContactPolicy, ContactPolicy]":
    """Return every policy the brand ever had."""
    return ContactPolicy.objects.within(workspace)


@transaction.atomic
def set_policy(member: Member, rules: Rules, *, now: datetime) -> Policy:
    """Let these rules hold from now on; what was judged before keeps the ones it was judged by."""
    workspace = member.workspace
    lock_policy(workspace)
    before = policy_of(workspace)
    if before.rules == rules and before.number:
        return before
    row = ContactPolicy.objects.create(
        workspace=workspace,
        number=before.number + 1,
        rules=msgspec.to_builtins(rules),
        made_by=member.actor,
        made_at=now,
    )
    record_audit(
        workspace,
        member.actor,
        "reach.policy_changed",
        f"policy:{row.number}",
        detail=_differences(before.rules, rules),
        now=now,
    )
    return Policy(row.number, rules)


def lock_policy(workspace: Workspace) -> None:
    """Let no other transaction change the policy until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('reach.policy:' || %s, 0))",
            [workspace.pk],
        )


def _read(row: ContactPolicy) -> Policy:
    return Policy(row.number, msgspec.convert(row.rules, Rules))


def _differences(before: Rules, after: Rules) -> dict[str, Any]:
    old: Mapping[str, Any] = msgspec.to_builtins(before)
    new: Mapping[str, Any] = msgspec.to_builtins(after)
    return {
        name: {"before": old[name], "after": value}
        for name, value in new.items()
        if old[name] != value
    }
