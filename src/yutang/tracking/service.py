"""The door of tracking: events from outside, however they come.

tracking.accept(workspace, [IncomingEvent(type="favorite", customer={"phone": "…"})], source="http", now=now)
"""

from yutang.tracking._accepting import Accepted, IncomingEvent, accept
from yutang.tracking.imports import service as imports

__all__ = ["Accepted", "IncomingEvent", "accept", "imports"]
