"""Background work of journeys: every process moves people; one listens, one lets in, one tends."""

from yutang.journeys import service as journeys
from yutang.kit import clock
from yutang.kit.metrics import gauge
from yutang.kit.pulse import pulse

__all__ = ["advance", "enter", "listen", "tend"]


@pulse("journeys.advance", every=0.5, alone=False, threads=2)
def advance() -> bool:
    """Move a batch of everybody who is due, in every process at once."""
    return journeys.advance(clock.now)


@pulse("journeys.listen", every=0.3)
def listen() -> bool:
    """See to what was heard, within a fraction of a second."""
    return journeys.listen(now=clock.now())


@pulse("journeys.enter", every=1.0)
def enter() -> bool:
    """Let those in whom an audience or a schedule brings."""
    now = clock.now()
    journeys.begin_schedules(now=now)
    more = journeys.follow_audiences(now=now)
    return journeys.enter_many(now=now) or more


@pulse("journeys.tend", every=20.0)
def tend() -> bool:
    """Take people out of what ended, sum up tallies, let splits learn."""
    now = clock.now()
    more = journeys.take_out_ended(now=now)
    journeys.learn(now=now)
    return journeys.sum_up(now=now) or more


gauge(
    "yutang_journeys_overdue",
    "People in active journeys who should have moved two minutes ago or longer.",
    lambda: sum(each.overdue for each in journeys.stuck(None, now=clock.now())),
)
gauge(
    "yutang_journeys_held",
    "People in journeys who are held until somebody looks.",
    lambda: sum(each.held for each in journeys.stuck(None, now=clock.now())),
)
