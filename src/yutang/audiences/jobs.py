"""Background work of audiences: what arrived and what is due, every second; full refreshes beside it."""

import time
from datetime import timedelta

from yutang.audiences import service as audiences
from yutang.kit import clock
from yutang.kit.pulse import pulse

__all__ = ["refresh", "tick"]

_BUDGET = 0.5  # seconds of judging in one beat; a beat with more to do rests as long as it worked
_LONGEST_REST = 2.0
_PATIENCE = timedelta(seconds=2)  # a window that ended may wait so long for others to end, too


@pulse("audiences.tick", every=1.0)
def tick() -> bool:
    """Mend what a crash left, hand out what arrived, judge who is due, let the tags follow."""
    began = time.monotonic()
    now = clock.now()
    audiences.recover(now=now)
    more = audiences.consume(now=now)
    # Taken after the arrivals were read: they all lie before it.
    more |= audiences.judge_waiting(now=clock.now(), budget=_BUDGET, patience=_PATIENCE)
    audiences.apply_rules(now=clock.now())
    audiences.follow_merges(now=clock.now())
    if more:
        time.sleep(min(_LONGEST_REST, time.monotonic() - began))
    return more


@pulse("audiences.refresh", every=2.0)
def refresh() -> bool:
    """Refresh one audience that is due; another at once, after as long a rest as it took."""
    began = time.monotonic()
    more = audiences.refresh_due(now=clock.now())
    if more:
        time.sleep(min(_LONGEST_REST, time.monotonic() - began))
    return more
