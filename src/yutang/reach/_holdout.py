"""Who is held out, to know what messages change: the same people whenever it is asked."""

from yutang.kit.chance import share

__all__ = ["in_holdout"]


def in_holdout(salt: str, subject: int, percent: float) -> bool:
    """Tell whether somebody is among so many percent, drawn by the salt."""
    return percent > 0 and share(salt, subject) * 100 < percent
