"""The API of tags, at `/api/v1/tags`: groups, tags, one customer's tags, many at once, history."""

from yutang.tags.api import customers, groups, tags
from yutang.tags.api.router import router

__all__ = ["customers", "groups", "router", "tags"]
