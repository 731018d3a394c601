"""Background work of reach."""

from yutang.kit import clock
from yutang.kit.pulse import pulse
from yutang.reach import service as reach

__all__ = ["tell"]


@pulse("reach.tell", every=1.0)
def tell() -> bool:
    """Record what became of deliveries as events of their customers."""
    return reach.tell(now=clock.now())
