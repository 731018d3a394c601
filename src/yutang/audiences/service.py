"""The door of audiences: count whom a condition chooses, save the choice, know who is in it.

audiences.preview(member, {"kind": "event", …}, now=now).count
audience = audiences.make(workspace, Draft("近期收藏", condition), owner=user, actor=…, now=now)
audiences.refresh(workspace, audience.pk, now=now)
"""

from yutang.audiences._arrivals import consume
from yutang.audiences._choosing import changes_upto, chosen_at
from yutang.audiences._deltas import judge_waiting
from yutang.audiences._explaining import explain
from yutang.audiences._export import export_csv
from yutang.audiences._history import (
    Day,
    NotKeptYet,
    Stay,
    TooManyDays,
    count_at,
    growth,
    members_at,
    stays,
    stays_of,
)
from yutang.audiences._lists import ListChange, NotStatic, put_on, snapshot, take_off
from yutang.audiences._meeting import Moved, check, everybody, meet, moves, versions
from yutang.audiences._past import make_with_past
from yutang.audiences._people import Sighting, all_in, audiences_of, count, page
from yutang.audiences._person import (
    erase_person,
    export_person,
    follow_merges,
    note_merges,
    note_undone,
)
from yutang.audiences._preview import InstantAhead, Preview, cancel, preview
from yutang.audiences._refreshing import Refreshing, ask_refresh, refresh, refresh_due
from yutang.audiences._rules import (
    RuleDraft,
    RuleNameTaken,
    RuleNotFound,
    RulePreview,
    apply_rules,
    change_rule,
    delete_rule,
    found_rule,
    make_rule,
    preview_rule,
    rules_of,
)
from yutang.audiences._runs import Outcome, recover
from yutang.audiences._saving import (
    Archived,
    Draft,
    NameTaken,
    NotArchived,
    NotFound,
    NotLive,
    archive,
    change,
    delete,
    found,
    listed,
    make,
    restore,
)
from yutang.audiences._sentences import names_of, read_sentence, said, sentence_of, tree_of
from yutang.audiences._timers import waiting_timers
from yutang.audiences._upload import ListNotReadable, ListTooLong, put_on_from_file
from yutang.audiences._uses import InUse, UsesItself, asked_by, users_of
from yutang.audiences._vocabulary import words
from yutang.audiences.condition import (
    ConditionUnreadable,
    MineNeedsReader,
    Reason,
    SentenceUnreadable,
)
from yutang.customers.service import NotFound as CustomerNotFound

__all__ = [
    "Archived",
    "ConditionUnreadable",
    "CustomerNotFound",
    "Day",
    "Draft",
    "InUse",
    "InstantAhead",
    "ListChange",
    "ListNotReadable",
    "ListTooLong",
    "MineNeedsReader",
    "Moved",
    "NameTaken",
    "NotArchived",
    "NotFound",
    "NotKeptYet",
    "NotLive",
    "NotStatic",
    "Outcome",
    "Preview",
    "Reason",
    "Refreshing",
    "RuleDraft",
    "RuleNameTaken",
    "RuleNotFound",
    "RulePreview",
    "SentenceUnreadable",
    "Sighting",
    "Stay",
    "TooManyDays",
    "UsesItself",
    "all_in",
    "apply_rules",
    "archive",
    "ask_refresh",
    "asked_by",
    "audiences_of",
    "cancel",
    "change",
    "change_rule",
    "changes_upto",
    "check",
    "chosen_at",
    "consume",
    "count",
    "count_at",
    "delete",
    "delete_rule",
    "erase_person",
    "everybody",
    "explain",
    "export_csv",
    "export_person",
    "follow_merges",
    "found",
    "found_rule",
    "growth",
    "judge_waiting",
    "listed",
    "make",
    "make_rule",
    "make_with_past",
    "meet",
    "members_at",
    "moves",
    "names_of",
    "note_merges",
    "note_undone",
    "page",
    "preview",
    "preview_rule",
    "put_on",
    "put_on_from_file",
    "read_sentence",
    "recover",
    "refresh",
    "refresh_due",
    "restore",
    "rules_of",
    "said",
    "sentence_of",
    "snapshot",
    "stays",
    "stays_of",
    "take_off",
    "tree_of",
    "users_of",
    "versions",
    "waiting_timers",
    "words",
]
