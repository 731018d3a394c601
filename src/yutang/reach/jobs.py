"""Background work of reach: what is due leaves, what is unknown is asked after, what became of it is told."""

from yutang.kit import clock
from yutang.kit.pulse import pulse
from yutang.reach import service as reach

__all__ = ["clear_cancelled", "dispatch", "forget_clicks", "judge_clicks", "reconcile", "tell"]


@pulse("reach.dispatch", every=1.0, alone=False, threads=4)
def dispatch() -> bool:
    """Send what is due, in every process at once."""
    return reach.dispatch_due()


@pulse("reach.reconcile", every=2.0)
def reconcile() -> bool:
    """Take back what a dead process held, and ask channels about what they did not answer."""
    return reach.reconcile_unknown()


@pulse("reach.tell", every=1.0)
def tell() -> bool:
    """Record what became of deliveries as events of their customers."""
    return reach.tell(now=clock.now())


@pulse("reach.judge_clicks", every=2.0)
def judge_clicks() -> bool:
    """Tell people who followed links from programs that did."""
    return reach.judge_clicks(now=clock.now())


@pulse("reach.forget_clicks", every=3600)
def forget_clicks() -> bool:
    """Forget clicks of more than a month ago."""
    return reach.forget_clicks(now=clock.now())


@pulse("reach.clear_cancelled", every=2.0)
def clear_cancelled() -> bool:
    """Say of what is queued in cancelled sendings that it will not go."""
    return reach.clear_cancelled(now=clock.now())
