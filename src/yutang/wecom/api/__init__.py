"""The API of WeCom: corps and their diagnosis, callbacks, the sync, tags, the welcome; one module each."""

from yutang.wecom.api import callbacks, corps, remarks, syncing, tagging, telling, welcome
from yutang.wecom.api.router import router

__all__ = ["callbacks", "corps", "remarks", "router", "syncing", "tagging", "telling", "welcome"]
