"""The API of WeCom: corps and their diagnosis, callbacks, the sync, tags, the welcome; one module each."""

from yutang.wecom.api import (
    callbacks,
    corps,
    group_mass,
    limits,
    remarks,
    syncing,
    tagging,
    telling,
    welcome,
)
from yutang.wecom.api.router import router

__all__ = [
    "callbacks",
    "corps",
    "group_mass",
    "limits",
    "remarks",
    "router",
    "syncing",
    "tagging",
    "telling",
    "welcome",
]
