"""What dispatch is put together from: who renders, who looks at the gate once more."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from yutang.reach._claiming import Leaving
from yutang.reach._dispatching import dispatch
from yutang.reach._policy import policy_of
from yutang.reach._reconciling import reconcile
from yutang.reach._standing import Standing, standings
from yutang.reach.messages import render_many
from yutang.reach.models import ChannelAccount
from yutang.workspaces.models import Workspace

__all__ = ["dispatch_as_of", "dispatch_due", "reconcile_unknown"]


def dispatch_due() -> bool:
    """Send one portion of what is due; return whether there may be more at once."""
    return dispatch(render=render_many, recheck=_recheck)


def dispatch_as_of(account: ChannelAccount, at: datetime) -> bool:
    """Send one portion of what was due at an instant, as if it were then; for a past that is made up."""
    return dispatch(render=render_many, recheck=_recheck, clock=lambda: at, only=account.pk)


def reconcile_unknown() -> bool:
    """Find out what became of messages nobody answered for; return whether there may be more."""
    return reconcile(may_repeat=_may_repeat)


def _recheck(
    account: ChannelAccount, leaving: Sequence[Leaving], now: datetime
) -> Mapping[int, Standing]:
    """Return how each stands now: a wish may have changed since the gate, quiet hours begun."""
    rules = policy_of(account.workspace).rules
    by_purpose: dict[str, list[Leaving]] = defaultdict(list)
    for each in leaving:
        by_purpose[each.purpose].append(each)
    found: dict[int, Standing] = {}
    for purpose, some in by_purpose.items():
        people = sorted({each.customer for each in some})
        standing = standings(
            account.workspace,
            people,
            channel=account.channel,
            purpose=purpose,
            rules=rules,
            now=now,
            with_addresses=True,
        )
        found |= {each.id: standing[each.customer] for each in some}
    return found


def _may_repeat(workspace: Workspace, purpose: str) -> bool:
    return policy_of(workspace).rules.uncertain.get(purpose) == "delivery"
