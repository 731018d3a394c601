"""Goals told of the past: of who entered before their journey knew its goal, or in a past that was made up."""

from datetime import UTC, datetime

from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.journeys._listening import tell
from yutang.journeys._seeing import versions
from yutang.journeys._versions import graphs_of
from yutang.journeys.engine import locks
from yutang.journeys.models import Journey, JourneySubject

__all__ = ["recount_goals"]


@transaction.atomic
def recount_goals(journey: Journey, *, now: datetime) -> None:
    """Note of everybody in a journey whether she reached its goal, as far as events say so.

    Only of goals that are any event of their types: of a test nothing is known of old events.

    :raises events.TooMuchPast:
    """
    if journey.subject != JourneySubject.CUSTOMER:
        return
    for version, graph in graphs_of(versions(journey).values_list("pk", flat=True)).items():
        if graph.goal is None or graph.goal.event.where:
            continue
        frame = events.past(
            journey.workspace,
            graph.goal.event.types,
            after=journey.activated_at or journey.created_at,
            upto=now,
            properties=[],
            overrides=customers.pending_overrides(journey.workspace),
        )
        within = float(graph.goal.within.seconds)
        reached = [
            (version, customer, "", "goal+", datetime.fromtimestamp(at / 1000, UTC), within)
            for customer, at in frame.select("customer", "at").iter_rows()
        ]
        locks.hold_up([journey.pk])
        if reached:
            tell(journey, reached, now)
