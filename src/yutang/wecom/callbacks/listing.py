"""Callbacks as somebody looks through them: found by what became of them, sent through again, forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from yutang.customers.service import Traces
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.wecom._rows import run
from yutang.wecom.callbacks.handlers import handlers_of
from yutang.wecom.callbacks.inbox import REPEATS_WITHIN
from yutang.wecom.models import Callback, Handling, HandlingState
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "NothingToReplay",
    "callbacks_of",
    "count_callbacks",
    "forget_callbacks",
    "handlings_of",
    "replay",
    "strike_person",
]

_KEPT_FOR = max(timedelta(days=14), 2 * REPEATS_WITHIN)
_MOST_REPLAYED = 10_000


class NothingToReplay(DomainError):
    """None of those named is there and concerns anybody."""

    zh = "选中的回调里没有需要处理的。"
    en = "None of the chosen callbacks is anything to be handled."


def callbacks_of(workspace: Workspace, *, became: str = "") -> WorkspaceQuerySet[Callback]:
    """Return what was told; `became`: waiting, failed, unknown or done."""
    rows = Callback.objects.within(workspace)
    open_ = Handling.objects.within(workspace).filter(callback=OuterRef("pk"))
    if became in HandlingState.values:
        return rows.filter(Exists(open_.filter(state=became)))
    if became == "unknown":
        return rows.filter(is_known=False)
    if became == "done":
        return rows.filter(~Exists(open_), is_known=True)
    return rows


def handlings_of(workspace: Workspace, callbacks: Sequence[Callback]) -> dict[int, list[Handling]]:
    """Return what is still to be done about each."""
    found: dict[int, list[Handling]] = {each.pk: [] for each in callbacks}
    for handling in Handling.objects.within(workspace).filter(callback__in=list(found)):
        found[handling.callback_id].append(handling)
    return found


def count_callbacks(workspace: Workspace, *, now: datetime) -> dict[str, int]:
    """Return how many wait, failed, are unknown, and came within a day."""
    rows = Callback.objects.within(workspace)
    return {
        name: callbacks_of(workspace, became=name).count()
        for name in ("waiting", "failed", "unknown")
    } | {"today": rows.filter(received_at__gt=now - timedelta(days=1)).count()}


@transaction.atomic
def replay(
    member: Member, ids: Sequence[int] | None, *, corp_id: int | None = None, now: datetime
) -> int:
    """Have callbacks handled again, from the first; without ids, those that nobody could handle.

    :raises NothingToReplay:
    """
    workspace = member.workspace
    rows = callbacks_of(workspace, became="" if ids is not None else "failed")
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if corp_id is not None:
        rows = rows.filter(corp_id=corp_id)
    pairs = [
        (row.pk, handler.name)
        for row in rows.order_by("pk").only("pk", "event", "change_type")[:_MOST_REPLAYED]
        for handler in handlers_of(row.event, row.change_type)
    ]
    if not pairs:
        raise NothingToReplay
    run(
        "callbacks",
        "replay",
        {
            "workspace": workspace.pk,
            "callbacks": [id_ for id_, _ in pairs],
            "handlers": [name for _, name in pairs],
            "now": now,
        },
    )
    count = len({id_ for id_, _ in pairs})
    record_audit(
        workspace,
        member.actor,
        "wecom.callbacks_replayed",
        "wecom:callbacks",
        detail={"count": count},
        now=now,
    )
    transaction.on_commit(lambda: wake("wecom.callbacks"))
    return count


def strike_person(workspace: Workspace, traces: Traces, *, now: datetime) -> dict[str, int]:
    """Forget every callback that names an erased person."""
    if not traces.words:
        return {}
    given = {"workspace": workspace.pk, "words": traces.words}
    return {"callbacks": run("callbacks", "strike", given).rowcount}


def forget_callbacks(*, now: datetime) -> bool:
    """Forget what is done with; True when there may be more."""
    return run("callbacks", "forget", {"before": now - _KEPT_FOR}).rowcount > 0
