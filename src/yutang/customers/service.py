"""The door of customers."""

from yutang.customers._overrides import origins, origins_of_several, pending_overrides
from yutang.customers._resolving import ERASED, Resolved, resolve

__all__ = ["ERASED", "Resolved", "origins", "origins_of_several", "pending_overrides", "resolve"]
