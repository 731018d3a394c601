"""The API of WeCom: corps and their diagnosis, callbacks, the sync, tags; one module each."""

from yutang.wecom.api import callbacks, corps, syncing, tagging
from yutang.wecom.api.router import router

__all__ = ["callbacks", "corps", "router", "syncing", "tagging"]
