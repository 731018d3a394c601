"""The door of journeys: make them, let them run, let people in, see where they are.

journey = journeys.make(member, JourneyDraft(name="新客关怀", graph=graph), now=now)
journeys.activate(member, journey.pk, now=now)
journeys.enter(journey.pk, [Candidate(7, "api:1", now)], now=now)
journeys.advance(clock.now)
"""

from yutang.journeys._approving import NeedsApproval
from yutang.journeys._campaigning import TimePassed, send_campaign
from yutang.journeys._checking import those_asking
from yutang.journeys._coming import begin_schedules, enter_many, follow_audiences
from yutang.journeys._entering import Candidate, Entered, enter, is_held_out
from yutang.journeys._facing import (
    Choice,
    NoSuchCopy,
    NoSuchReady,
    NotOneFace,
    change_face,
    face_of,
    make_by_face,
    use_ready,
)
from yutang.journeys._helping import NotInside, let_in, release, take_out
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
from yutang.journeys._moving_over import Move, RedirectIncomplete, move_over, preview_moves
from yutang.journeys._person import (
    erase_person,
    export_person,
    follow_merges,
    follow_undoings,
)
from yutang.journeys._progress import Progress, progress
from yutang.journeys._recounting import recount_goals
from yutang.journeys._seeing import (
    Change,
    Health,
    NodeCount,
    Passage,
    ShownAction,
    Stuck,
    VersionNotFound,
    counts,
    diff,
    health,
    is_changed,
    passages,
    people,
    shown_actions,
    stuck,
    version_of,
    versions,
)
from yutang.journeys._tasks import (
    TaskCount,
    TaskNotFound,
    count_tasks,
    finish_task,
    give_tasks,
    tasks_given,
    tasks_late,
    tasks_of,
    tasks_open,
)
from yutang.journeys._tending import learn, sum_up, take_out_ended
from yutang.journeys._trying import LONGEST_DRY_RUN, dry_run, dry_run_of_one
from yutang.journeys.effect.report import Effect, effect_of
from yutang.journeys.engine import advance
from yutang.journeys.graph import GraphUnreadable
from yutang.journeys.library import READY, Ready, shown

__all__ = [
    "LONGEST_DRY_RUN",
    "READY",
    "Candidate",
    "Change",
    "Choice",
    "Effect",
    "Entered",
    "GraphUnreadable",
    "HasEnded",
    "Health",
    "JourneyDraft",
    "Move",
    "NameTaken",
    "NeedsApproval",
    "NoSuchCopy",
    "NoSuchReady",
    "NodeCount",
    "NotActive",
    "NotFound",
    "NotInside",
    "NotOneFace",
    "NotPaused",
    "Passage",
    "Progress",
    "Ready",
    "RedirectIncomplete",
    "ShownAction",
    "StillRunning",
    "Stuck",
    "TaskCount",
    "TaskNotFound",
    "TimePassed",
    "VersionNotFound",
    "activate",
    "advance",
    "begin_schedules",
    "change",
    "change_face",
    "count_tasks",
    "counts",
    "delete",
    "diff",
    "dry_run",
    "dry_run_of_one",
    "effect_of",
    "end",
    "enter",
    "enter_many",
    "erase_person",
    "export_person",
    "face_of",
    "finish_task",
    "follow_audiences",
    "follow_merges",
    "follow_undoings",
    "found",
    "give_tasks",
    "health",
    "is_changed",
    "is_held_out",
    "learn",
    "let_in",
    "listed",
    "listen",
    "make",
    "make_by_face",
    "move_over",
    "passages",
    "pause",
    "people",
    "preview_moves",
    "progress",
    "recount_goals",
    "release",
    "resume",
    "send_campaign",
    "shown",
    "shown_actions",
    "stuck",
    "sum_up",
    "take_out",
    "take_out_ended",
    "tasks_given",
    "tasks_late",
    "tasks_of",
    "tasks_open",
    "those_asking",
    "use_ready",
    "validate",
    "version_of",
    "versions",
]
