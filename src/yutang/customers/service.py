"""The door of customers."""

from yutang.customers._overrides import origins, pending_overrides
from yutang.customers._resolving import ERASED, Resolved, resolve

__all__ = ["ERASED", "Resolved", "origins", "pending_overrides", "resolve"]
