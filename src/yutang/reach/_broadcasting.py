"""What reaches many at once, a message to a group or a post: when it may be, how often, and whom it reached.

Nobody in particular is sent to, so no gate judges. The hours are the workspace's own, and caps bind the group
or whoever posts: those of this channel alone, the brand's and the platform's.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from yutang.kit.i18n import Text
from yutang.reach._policy import policy_of
from yutang.reach._reasons import reason_said
from yutang.reach._rows import run
from yutang.reach.policy import Bound, caps_for, next_allowed
from yutang.workspaces.models import Workspace

__all__ = ["broadcast_caps", "expose", "next_open"]


def next_open(workspace: Workspace, *, channel: str, purpose: str, at: datetime) -> datetime:
    """Return the first instant from `at` on outside quiet hours, on the workspace's clock."""
    quiet = [
        each
        for each in policy_of(workspace).rules.quiet
        if purpose in each.purposes and (not each.channels or channel in each.channels)
    ]
    return next_allowed(quiet, ZoneInfo(workspace.time_zone), at).at


def broadcast_caps(
    workspace: Workspace, *, channel: str, purpose: str, now: datetime
) -> list[tuple[Bound, Text]]:
    """Return the caps of this very channel, each with its sentence."""
    policy = policy_of(workspace)
    bounds = caps_for(policy.rules, channel=channel, purpose=purpose, has_journey=False, now=now)
    return [
        (each, _said(workspace, policy.number, each)) for each in bounds if each.channel == channel
    ]


def _said(workspace: Workspace, policy: int, bound: Bound) -> Text:
    reason = "capped" if bound.is_ours else "channel_rule"
    return reason_said(workspace, reason, f"{policy}:{bound.name}")


def expose(
    workspace: Workspace,
    people: Mapping[int, int],
    *,
    channel: str,
    key: str,
    at: datetime,
    reached_at: datetime | None = None,
    purpose: str = "marketing",
    journey: int | None = None,
) -> None:
    """Write down for whom something was meant, and once `reached_at` is given, that it reached them.

    `people` are customers by the number they were first known under; `key` names what it is (a message
    in one group, a post). Told again, nothing is counted twice.
    """
    if not people:
        return
    given = {
        "workspace": workspace.pk,
        "channel": channel,
        "purpose": purpose,
        "journey": journey,
        "key": key,
        "customers": list(people.values()),
        "origins": list(people),
        "at": at,
        "reached": reached_at,
    }
    run("exposures", "expose", given)
