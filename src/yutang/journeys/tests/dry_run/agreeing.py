"""Holding a dry run against the engine: both are given the same history, and their steps are compared."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Min

from yutang.journeys import service as journeys
from yutang.journeys.dry_run.running import DryRun, Plan, run, step_through
from yutang.journeys.graph import from_json
from yutang.journeys.models import Journey, Run, RunStep
from yutang.journeys.tests.builders import DAY, advance, did

__all__ = [
    "BEGIN",
    "END",
    "Doing",
    "agree",
    "catch_up",
    "live",
    "said_by_dry_run",
    "said_by_engine",
    "same",
    "tried",
]

BEGIN = datetime(2026, 10, 20, 4, tzinfo=UTC)
END = BEGIN + 8 * DAY
Doing = tuple[int, str, datetime, str]  # who, what, when, which content


def live(journey: Journey, happenings: Sequence[Doing], people: Sequence[int]) -> None:
    """Let it all happen, instant by instant: what people do, and whatever was due before."""
    for who, what, at, content in sorted(happenings, key=lambda each: each[2]):
        catch_up(journey, at)
        more = {"content": content} if content else {}
        did(journey.workspace, people[who], what, now=at, **more)
        advance(at)
    catch_up(journey, END)


def catch_up(journey: Journey, until: datetime) -> None:
    """Let everything happen that is due before an instant."""
    while True:
        waiting = Run.objects.filter(journey=journey, state__in=("due", "waiting"))
        due = waiting.aggregate(at=Min("due_at"))["at"]
        begins = Journey.objects.get(pk=journey.pk).next_entry_at
        instants = [each for each in (due, begins) if each is not None and each < until]
        if not instants:
            return
        at = min(instants)
        while journeys.begin_schedules(now=at):
            pass
        while journeys.enter_many(now=at):
            pass
        advance(at)


def said_by_engine(journey: Journey) -> Counter[tuple[str, str]]:
    """Return how often each step was taken, and how many wait or are done where."""
    runs = Run.objects.filter(journey=journey)
    steps = RunStep.objects.filter(run__in=runs.values("pk")).values_list("node", "outcome")
    found = Counter(steps)
    found.update(
        (node, "waiting") for node in runs.exclude(state="done").values_list("node", flat=True)
    )
    done = runs.filter(state="done").exclude(outcome="held_out")
    found.update(("", f"done:{outcome}") for outcome in done.values_list("outcome", flat=True))
    return found


def said_by_dry_run(found: DryRun) -> Counter[tuple[str, str]]:
    """Return the same, as the dry run says it."""
    return Counter({key: count for key, count in found.counts.items() if key[1] != "in"})


def tried(journey: Journey) -> DryRun:
    """Return what a dry run over the eight days finds."""
    graph = from_json(journey.draft)
    return run(Plan.of(journey, graph), days=8, now=END)


def agree(journey: Journey, happenings: Sequence[Doing], people: Sequence[int]) -> None:
    """Let it happen, then hold the dry run against the engine."""
    live(journey, happenings, people)
    same(journey, people)


def same(journey: Journey, subjects: Sequence[int]) -> None:
    """Hold the dry run's counts, and the steps of the first two alone, against the engine's."""
    found = tried(journey)
    runs = Run.objects.filter(journey=journey)

    assert said_by_dry_run(found) == said_by_engine(journey)
    assert (found.entered, found.held_out) == (
        runs.count(),
        runs.filter(outcome="held_out").count(),
    )
    reached = runs.exclude(outcome="held_out").filter(goal_at__lte=END)
    assert found.reached == reached.count()
    if all(node["kind"] != "rate" for node in journey.draft["nodes"].values()):
        _each_alone(journey, subjects)  # a turn depends on the others


def _each_alone(journey: Journey, people: Sequence[int]) -> None:
    plan = Plan.of(journey, from_json(journey.draft))
    for person in people[:2]:
        runs = Run.objects.filter(journey=journey, subject=person).exclude(outcome="held_out")
        real = [
            list(RunStep.objects.filter(run=each.pk).order_by("seq").values_list("node", "outcome"))
            for each in runs.order_by("entered_at")
        ]
        alone = [
            [(step.node, step.outcome) for step in steps if step.at is not None]
            for _, steps in step_through(plan, person, days=8, now=END)
        ]
        assert alone == real
