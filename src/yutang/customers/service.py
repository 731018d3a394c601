"""The door of customers."""

from yutang.customers._contributions import contributes
from yutang.customers._overrides import origins, origins_of_several, pending_overrides, squash
from yutang.customers._resolving import ERASED, Resolved, resolve
from yutang.customers._seeing import NotFound, present, seen, visible

__all__ = [
    "ERASED",
    "NotFound",
    "Resolved",
    "contributes",
    "origins",
    "origins_of_several",
    "pending_overrides",
    "present",
    "resolve",
    "seen",
    "squash",
    "visible",
]
