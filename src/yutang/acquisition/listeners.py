"""What WeCom tells: somebody was added, and by which code."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from yutang.acquisition import service as acquisition
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp

__all__ = ["take_adds"]

_HALF = "add_half_external_contact"


@wecom.handles(
    "change_external_contact",
    "add_external_contact",
    _HALF,
    name="acquisition.adds",
    urgent=True,
)
def take_adds(corp: Corp, told: Sequence[wecom.Told], *, now: datetime) -> Mapping[int, str] | None:
    """Keep who came by a code, so that caps hold within seconds."""
    came = [
        acquisition.Came(
            each.id,
            key,
            str(each.fields.get("UserID") or ""),
            str(each.fields.get("ExternalUserID") or ""),
            each.happened_at,
            each.change_type == _HALF,
        )
        for each in told
        if (key := str(each.fields.get("State") or ""))
    ]
    return acquisition.attribute(corp, came, now=now) if came else None


wecom.reads_states(acquisition.read_states)
wecom.greets(acquisition.greeting_of)
