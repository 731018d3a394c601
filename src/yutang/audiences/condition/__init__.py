"""The language conditions are written in: read it, say it, compile it, explain it.

A private part of `audiences`; other apps reach it through `audiences.service`. What it means, node by
node, stands in docs/how/audience-conditions.md.
"""

from yutang.audiences.condition.compile import (
    Statement,
    bucket,
    count,
    next_changes,
    next_changes_of_members,
    sample,
    select,
    select_each,
)
from yutang.audiences.condition.explaining import Reason, explain
from yutang.audiences.condition.frame import Frame, Only, Scoped
from yutang.audiences.condition.from_json import from_json
from yutang.audiences.condition.mistakes import ConditionUnreadable, MineNeedsReader
from yutang.audiences.condition.nodes import Condition
from yutang.audiences.condition.sentence import SentenceUnreadable, read, say
from yutang.audiences.condition.to_json import to_json
from yutang.audiences.condition.vocabulary import Stage, TagEntry, Vocabulary

__all__ = [
    "Condition",
    "ConditionUnreadable",
    "Frame",
    "MineNeedsReader",
    "Only",
    "Reason",
    "Scoped",
    "SentenceUnreadable",
    "Stage",
    "Statement",
    "TagEntry",
    "Vocabulary",
    "bucket",
    "count",
    "explain",
    "from_json",
    "next_changes",
    "next_changes_of_members",
    "read",
    "sample",
    "say",
    "select",
    "select_each",
    "to_json",
]
