"""What a new friend hears who came by a live code."""

from collections.abc import Mapping, Sequence
from typing import Any

from yutang.acquisition._adding import codes_by_key
from yutang.acquisition._landing import welcome_for
from yutang.kit import clock
from yutang.reach import service as reach
from yutang.wecom import service as wecom

__all__ = ["greeting_of"]


def greeting_of(arrival: wecom.Arrival) -> Sequence[Mapping[str, Any]] | None:
    """Return the welcome of the code she came by, by the hour; None where the code has none."""
    code = codes_by_key(arrival.corp.workspace, [arrival.state]).get(arrival.state)
    chosen = welcome_for(code, at=arrival.at) if code else None
    if chosen is None:
        return None
    if chosen.message is None:
        return [{"kind": "text", "text": chosen.text}]
    parts = reach.newest_version(arrival.corp.workspace, chosen.message).parts
    reach.check_plain(arrival.corp.workspace, "wecom", parts, now=clock.now())
    return list(parts)
