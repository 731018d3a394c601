"""The door of journeys: make them, let them run, let people in, see where they are.

journey = journeys.make(member, JourneyDraft(name="新客关怀", graph=graph), now=now)
journeys.activate(member, journey.pk, now=now)
journeys.enter(journey.pk, [Candidate(7, "api:1", now)], now=now)
journeys.advance(clock.now)
"""

from yutang.journeys._coming import begin_schedules, enter_many, follow_audiences
from yutang.journeys._entering import Candidate, Entered, enter, is_held_out
from yutang.journeys._listening import listen
from yutang.journeys._living import (
    HasEnded,
    JourneyDraft,
    NameTaken,
    NotActive,
    NotFound,
    NotPaused,
    StillRunning,
    activate,
    change,
    delete,
    end,
    found,
    listed,
    make,
    pause,
    resume,
    validate,
)
from yutang.journeys._person import (
    erase_person,
    export_person,
    follow_merges,
    follow_undoings,
)
from yutang.journeys._tasks import TaskNotFound, finish_task, give_tasks, tasks_of
from yutang.journeys._tending import learn, sum_up, take_out_ended
from yutang.journeys.engine import advance
from yutang.journeys.graph import GraphUnreadable

__all__ = [
    "Candidate",
    "Entered",
    "GraphUnreadable",
    "HasEnded",
    "JourneyDraft",
    "NameTaken",
    "NotActive",
    "NotFound",
    "NotPaused",
    "StillRunning",
    "TaskNotFound",
    "activate",
    "advance",
    "begin_schedules",
    "change",
    "delete",
    "end",
    "enter",
    "enter_many",
    "erase_person",
    "export_person",
    "finish_task",
    "follow_audiences",
    "follow_merges",
    "follow_undoings",
    "found",
    "give_tasks",
    "is_held_out",
    "learn",
    "listed",
    "listen",
    "make",
    "pause",
    "resume",
    "sum_up",
    "take_out_ended",
    "tasks_of",
    "validate",
]
