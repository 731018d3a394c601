"""The door of customers."""

from yutang.customers._overrides import origins, origins_of_several, pending_overrides
from yutang.customers._resolving import ERASED, Resolved, resolve
from yutang.customers._seeing import NotFound, present, visible

__all__ = [
    "ERASED",
    "NotFound",
    "Resolved",
    "origins",
    "origins_of_several",
    "pending_overrides",
    "present",
    "resolve",
    "visible",
]
