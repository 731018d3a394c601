"""Conditions as statements of the warehouse."""

from yutang.audiences.condition.compile.next_change import next_changes, next_changes_of_members
from yutang.audiences.condition.compile.statement import (
    Statement,
    count,
    sample,
    select,
    select_each,
)
from yutang.audiences.condition.compile.tables import bucket

__all__ = [
    "Statement",
    "bucket",
    "count",
    "next_changes",
    "next_changes_of_members",
    "sample",
    "select",
    "select_each",
]
