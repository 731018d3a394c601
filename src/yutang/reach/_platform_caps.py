"""The platforms' caps as a brand has them: what holds, what it changed, who and from which day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db import transaction

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.reach._policy import lock_policy, policies_of, policy_of, set_policy
from yutang.reach.models import ContactPolicy
from yutang.reach.policy import PlatformChange, PlatformRule, Rules, platform_rules
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["NoSuchCap", "PlatformCap", "change_platform_cap", "platform_caps"]


class NoSuchCap(DomainError):
    """No platform has such a cap."""

    status = 404
    zh = "没有这条平台限制。"
    en = "There is no such limit of a platform."


@dataclass(frozen=True)
class PlatformCap:
    """A cap of a platform's, and what the brand made of it, if anything."""

    rule: PlatformRule
    change: PlatformChange | None = None
    made_by: str = ""
    made_at: datetime | None = None


def platform_caps(workspace: Workspace, on: date, channels: Sequence[str]) -> list[PlatformCap]:
    """Return the caps these channels have on a day."""
    changes = policy_of(workspace).rules.platform
    found = []
    for rule in platform_rules(on):
        if rule.channel in channels:
            change = changes.get(rule.name)
            row = _since(workspace, rule.name, change) if change else None
            found.append(
                PlatformCap(rule, change, row.made_by if row else "", row.made_at if row else None)
            )
    return found


@transaction.atomic
def change_platform_cap(
    member: Member, name: str, change: PlatformChange | None, *, now: datetime
) -> None:
    """Let the brand hold another number for a platform's cap; None: the platform's own again.

    :raises NoSuchCap:
    """
    if name not in {rule.name for rule in platform_rules(clock.platform_day(now))}:
        raise NoSuchCap
    lock_policy(member.workspace)
    rules = policy_of(member.workspace).rules
    kept = {key: value for key, value in rules.platform.items() if key != name}
    changed = kept | ({name: change} if change else {})
    if changed != rules.platform:
        set_policy(member, msgspec.structs.replace(rules, platform=changed), now=now)


def _since(workspace: Workspace, name: str, change: PlatformChange) -> ContactPolicy | None:
    """Return the policy that brought a change which still holds."""
    found = None
    for row in policies_of(workspace).order_by("-number").iterator(50):
        if msgspec.convert(row.rules, Rules).platform.get(name) != change:
            break
        found = row
    return found
