"""Background work of guides: how staff answered is read once a day is over."""

from yutang.guides import service as guides
from yutang.kit import clock
from yutang.kit.pulse import pulse

__all__ = ["check_chats", "read_chats"]


@pulse("guides.read_chats", every=600)
def read_chats() -> bool:
    """Read the days that are over from the platform."""
    return guides.read_chats(now=clock.now())


@pulse("guides.check_chats", every=5.0)
def check_chats() -> bool:
    """Look at what was archived: sensitive words, customers who wait."""
    return guides.check_chats(now=clock.now())
