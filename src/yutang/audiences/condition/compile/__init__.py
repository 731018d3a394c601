"""Conditions as statements of the warehouse."""

from yutang.audiences.condition.compile.statement import Statement, count, sample, select
from yutang.audiences.condition.compile.tables import bucket

__all__ = ["Statement", "bucket", "count", "sample", "select"]
