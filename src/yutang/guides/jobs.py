"""Background work of guides: how staff answered is read once a day is over."""

from yutang.guides import service as guides
from yutang.kit import clock
from yutang.kit.pulse import pulse

__all__ = ["read_chats"]


@pulse("guides.read_chats", every=600)
def read_chats() -> bool:
    """Read the days that are over from the platform."""
    return guides.read_chats(now=clock.now())
