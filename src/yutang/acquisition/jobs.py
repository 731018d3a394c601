"""Background work of acquisition: contact ways are kept in step, new friends tagged and named."""

from yutang.acquisition import service as acquisition
from yutang.kit import clock
from yutang.kit.pulse import pulse

__all__ = ["follow_up", "keep_in_step"]


@pulse("acquisition.keep_in_step", every=3.0, rest=1.0)
def keep_in_step() -> bool:
    """Let the platform show who is to be added now."""
    return acquisition.keep_in_step()


@pulse("acquisition.follow_up", every=3.0, alone=False)
def follow_up() -> bool:
    """Tag and name whoever came by a code."""
    return acquisition.follow_up(acquisition.calling, now=clock.now())
