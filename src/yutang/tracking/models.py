"""Tables of tracking."""

from yutang.tracking.imports.models import BadRow, Import, ImportState

__all__ = ["BadRow", "Import", "ImportState"]
