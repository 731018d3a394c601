"""The pulses of tags: ends are kept, the mirror follows, merged tags finish moving."""

from yutang.kit.clock import now
from yutang.kit.pulse import pulse
from yutang.tags import service as tags

__all__ = ["count", "expire", "merge", "mirror"]


@pulse("tags.expire", every=1.0)
def expire() -> bool:
    """Take away the tags whose time is over."""
    return tags.expire_due(now=now())


@pulse("tags.mirror", every=0.5, rest=0.5)
def mirror() -> bool:
    """Write changed taggings to the warehouse and announce them."""
    return tags.mirror_marked()


@pulse("tags.count", every=3.0)
def count() -> bool:
    """Count what journeys gave."""
    return tags.count_uncounted()


@pulse("tags.merge", every=5.0)
def merge() -> bool:
    """Go on moving the customers of merged tags."""
    return tags.move_merged(now=now())
