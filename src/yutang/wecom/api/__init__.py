"""The API of WeCom: corps and their diagnosis, callbacks; one module each."""

from yutang.wecom.api import callbacks, corps
from yutang.wecom.api.router import router

__all__ = ["callbacks", "corps", "router"]
