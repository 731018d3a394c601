"""Conditions as statements of the warehouse."""

from yutang.audiences.condition.compile.next_change import next_changes
from yutang.audiences.condition.compile.statement import Statement, count, sample, select
from yutang.audiences.condition.compile.tables import bucket

__all__ = ["Statement", "bucket", "count", "next_changes", "sample", "select"]
