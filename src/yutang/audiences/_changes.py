"""Changes of membership that are known one by one: how they are kept and written.

They are written as lines under a token made of the run's version, so that writing them again after a
crash adds nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
import zstandard

from yutang.audiences.models import Audience, MembershipRun
from yutang.engines import warehouse

__all__ = ["Change", "bound", "packed", "unpacked", "write"]

_encode = msgspec.json.Encoder().encode


class Change(NamedTuple):
    """One customer enters (step 1) or leaves (-1) one audience; `at_ms` is UTC."""

    audience: int
    customer: int
    step: int
    at_ms: int


def packed(changes: Sequence[Change]) -> bytes:
    """Return the changes as they are kept until they are written."""
    return zstandard.compress(msgspec.msgpack.encode(changes))


def unpacked(kept: bytes) -> list[Change]:
    """Return what `packed` was given."""
    return msgspec.msgpack.decode(zstandard.decompress(kept), type=list[Change])


def bound(run: MembershipRun, audience_ids: Sequence[int] | None = None) -> dict[str, object]:
    """Return the parameters that name a run, or the part some audiences have in it."""
    return {
        "workspace": run.workspace_id,
        "audiences": list(run.audiences if audience_ids is None else audience_ids),
        "at": run.at,
        "version": run.version,
    }


def write(run: MembershipRun, changes: Sequence[Change], *, received_at: datetime | None) -> None:
    """Write the changes into the warehouse; again is harmless.

    They are in the order of time. `received_at` None: each was noticed when it happened.
    """
    if not changes:
        return
    token = f"members:{run.version}"
    silent = set(
        Audience.objects.within(run.workspace_id)
        .filter(pk__in=run.audiences, is_of_rule=True)
        .values_list("pk", flat=True)
    )
    told = [change for change in changes if change.audience not in silent]
    lines = _lines(_change_line(run, change) for change in changes)
    warehouse().insert_lines("member_changes", lines, token=token)
    last = {(change.audience, change.customer): change for change in changes}
    lines = _lines(_member_line(run, change) for change in last.values())
    warehouse().insert_lines("members", lines, token=token)
    if told:
        received = received_at and round(received_at.timestamp() * 1000)
        lines = _lines(_event_line(run, change, received or change.at_ms) for change in told)
        warehouse().insert_lines("events", lines, token=token)


def _lines(rows: Iterable[object]) -> bytes:
    return b"".join(_encode(row) + b"\n" for row in rows)


def _change_line(run: MembershipRun, change: Change) -> Mapping[str, object]:
    return {
        "workspace": run.workspace_id,
        "audience": change.audience,
        "at": _instant(change.at_ms),
        "customer": change.customer,
        "step": change.step,
        "version": run.version,
    }


def _member_line(run: MembershipRun, change: Change) -> Mapping[str, object]:
    return {
        "workspace": run.workspace_id,
        "audience": change.audience,
        "customer": change.customer,
        "since": _instant(change.at_ms),
        "version": run.version,
        "removed": int(change.step < 0),
    }


def _event_line(run: MembershipRun, change: Change, received_ms: int) -> Mapping[str, object]:
    return {
        "workspace": run.workspace_id,
        "type": "audience.entered" if change.step > 0 else "audience.left",
        "ts": _instant(change.at_ms),
        "customer": change.customer,
        "origin": change.customer,
        "id": str(_event_id(run, change)),
        "received_at": _instant(received_ms),
        "content": str(change.audience),
        "source": "audiences",
    }


def _event_id(run: MembershipRun, change: Change) -> UUID:
    """Return the same id whenever the same change of the same run is written."""
    name = f"{run.workspace_id}:{change.audience}:{change.customer}:{run.version}:{change.at_ms}"
    return UUID(bytes=hashlib.blake2b(name.encode(), digest_size=16).digest())


def _instant(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
