"""Whether callbacks come in a rush: then keeping them goes before making something of them.

What is told has seconds to be kept and, but for welcomes, minutes to be handled; both want the same cores. So
handlers that are not urgent wait between two batches for as long as more is told than they could handle
anyway: nine times as long as they worked, so that a tenth of a thread is theirs. They never wait for good:
a rush that does not end is handled while it lasts.
"""

import time
from collections.abc import Callable

__all__ = ["LONGEST", "RUSH", "SHORTEST", "Rate", "give_way", "kept"]

RUSH = 200  # callbacks a second of one process; about what its handlers manage
SHORTEST, LONGEST = 5.0, 60.0  # seconds, before each batch
_TIMES_AS_LONG = 9
_LOOKS_EVERY = 0.1


class Rate:
    """How many came within the last second or two."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._second, self._count, self._before = 0, 0, 0

    def add(self, count: int) -> None:
        """Count these as come now."""
        second = int(self._clock())
        if second != self._second:
            self._before = self._count if second == self._second + 1 else 0
            self._second, self._count = second, 0
        self._count += count

    def a_second(self) -> int:
        """Return how many a second there are, going by this second or the last, whichever had more."""
        passed = int(self._clock()) - self._second
        if passed > 1:
            return 0
        return max(self._count, self._before) if passed == 0 else self._count


_rate = Rate()


def kept(count: int) -> None:
    """Note that so many callbacks were kept."""
    _rate.add(count)


def give_way(
    worked: float = 0.0, *, rate: Rate = _rate, pause: Callable[[float], object] = time.sleep
) -> None:
    """Wait while callbacks come in a rush, by how many seconds were worked; `LONGEST` at most."""
    most = min(max(worked * _TIMES_AS_LONG, SHORTEST), LONGEST)
    for _ in range(round(most / _LOOKS_EVERY)):
        if rate.a_second() < RUSH:
            return
        pause(_LOOKS_EVERY)
