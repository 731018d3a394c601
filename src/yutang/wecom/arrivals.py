"""Who above knows what a `state` stands for: asked when a friend begins, in the transaction that records it.

    def known(corp, arrived, *, now):
        return {0: {"code": "抖音主页", "channel": "抖音"}}       # by place; what is not known is left out

    wecom.reads_states(known)

What comes back is said by the event `add_friend`, or `join_group`, beside its state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yutang.wecom.models import Corp

__all__ = ["Arrived", "ReadsStates", "reads_states", "what_states_say"]


@dataclass(frozen=True)
class Arrived:
    """Who began by something that carries a state; `origin` is who she was born as.

    Who came into a group came to nobody of the staff: `userid` is empty and `staff` 0.
    """

    state: str
    userid: str
    external: str
    staff: int
    origin: int
    at: datetime


class ReadsStates(Protocol):
    """What is registered: see above."""

    def __call__(
        self, corp: Corp, arrived: Sequence[Arrived], *, now: datetime
    ) -> Mapping[int, Mapping[str, str]]:
        """Return by place what is to be said of those whose state is known."""


_readers: list[ReadsStates] = []


def reads_states(reader: ReadsStates) -> ReadsStates:
    """Register somebody who knows states; called once, when the app is ready."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def what_states_say(
    corp: Corp, arrived: Sequence[Arrived], *, now: datetime
) -> dict[int, dict[str, str]]:
    """Ask everybody who knows states, in the caller's transaction."""
    said: dict[int, dict[str, str]] = {}
    for reader in _readers:
        for place, texts in reader(corp, arrived, now=now).items():
            said.setdefault(place, {}).update(texts)
    return said
