"""Whose word counts more when customers become one: people, systems, files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction

from yutang.customers._holding import DEFAULT_RANKS, OTHER_RANK
from yutang.customers._merging import settle_anew
from yutang.customers._rows import listed, rows
from yutang.customers._settings import ranks_of, save_setting, setting
from yutang.customers.models import Customer, CustomerSettings
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = ["SourceRank", "rank_anew", "set_source_ranks", "source_ranks"]

_AT_ONCE = 500
_LABELS: Final[Mapping[str, Text]] = {
    "user": Text("员工填写", "Staff"),
    "key": Text("接口（API 密钥）", "Systems (API keys)"),
    "import": Text("文件导入", "Imported files"),
    "other": Text("其他来源", "Everything else"),
}
_BUILT_IN: Final[Mapping[str, int]] = {**DEFAULT_RANKS, "other": OTHER_RANK}


class SourceRank(NamedTuple):
    """How much the word of a kind of source counts; of the same rank the more recent word counts."""

    source: str
    label: Text
    rank: int
    built_in: int


def source_ranks(workspace: Workspace) -> list[SourceRank]:
    """Return the ranks of this workspace, the highest first."""
    ours = ranks_of(workspace)
    found = [
        SourceRank(name, label, ours.get(name, _BUILT_IN[name]), _BUILT_IN[name])
        for name, label in _LABELS.items()
    ]
    return sorted(found, key=lambda each: -each.rank)


@transaction.atomic
def set_source_ranks(
    member: Member, ranks: Mapping[str, int] | None, *, now: datetime
) -> list[SourceRank]:
    """Set ranks, of the sources that are named; None returns all of them to what is built in.

    Customers who were merged before are shown by the new ranks as well, some moments later.
    """
    workspace = member.workspace
    before = {each.source: each.rank for each in source_ranks(workspace)}
    ours = None if ranks is None else {**(setting(workspace, "source_ranks") or {}), **ranks}
    save_setting(workspace, "source_ranks", ours)
    since = {each.source: each.rank for each in source_ranks(workspace)}
    if since == before:
        return source_ranks(workspace)
    save_setting(workspace, "ranked_to", 0)
    record_audit(
        workspace,
        member.actor,
        "customers.source_ranks_changed",
        f"workspace:{workspace.pk}",
        detail={"before": before, "after": since},
        now=now,
    )
    transaction.on_commit(lambda: wake("customers.rank"))
    return source_ranks(workspace)


def rank_anew(*, now: datetime) -> bool:
    """Show merged customers by ranks that were changed, some at a time; True when there are more."""
    waiting = CustomerSettings.objects.filter(ranked_to__isnull=False).select_related("workspace")
    row = waiting.order_by("pk").first()
    if row is None:
        return False
    _rank_some(row.workspace, now)
    return True


@survives_deadlocks
@transaction.atomic
def _rank_some(workspace: Workspace, now: datetime) -> None:
    row = CustomerSettings.objects.within(workspace).select_for_update().get()
    if row.ranked_to is None:
        return
    merged = Customer.objects.within(workspace).active().filter(own__isnull=False)
    some = list(
        merged.filter(pk__gt=row.ranked_to).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]
    )
    rows("identities", "lock", {"workspace": workspace.pk, "customers": listed(some)})
    settle_anew(workspace, merged.filter(pk__in=some).values_list("pk", flat=True), now=now)
    row.ranked_to = some[-1] if len(some) == _AT_ONCE else None
    row.save(update_fields=["ranked_to"])
