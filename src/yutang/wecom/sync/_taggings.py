"""Tags of relations become tags of customers: she has what any member has given her."""

from collections.abc import Mapping
from datetime import datetime

from yutang.tags import service as tags
from yutang.wecom.models import Corp, CorpTag, TagPlace
from yutang.wecom.sync._accounts import ACTOR

__all__ = ["carry_over", "ours"]


def ours(corp: Corp, numbers: set[str]) -> dict[str, int]:
    """Return which of our tags the platform's are, as far as they are kept on both sides."""
    rows = CorpTag.objects.within(corp.workspace_id).filter(
        corp=corp, number__in=numbers, place=TagPlace.BOTH
    )
    return dict(rows.values_list("number", "tag"))


def carry_over(
    corp: Corp,
    before: Mapping[str, set[str]],
    after: Mapping[str, set[str]],
    today: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Give and take what changed for these contacts (external → customer today), in the transaction."""
    gained: dict[str, list[int]] = {}
    lost: dict[str, list[int]] = {}
    for external, customer in today.items():
        old, new = before.get(external, set()), after.get(external, set())
        for number in new - old:
            gained.setdefault(number, []).append(customer)
        for number in old - new:
            lost.setdefault(number, []).append(customer)
    if not gained and not lost:
        return
    known = ours(corp, gained.keys() | lost.keys())
    tags.carry_over(
        corp.workspace,
        given={known[number]: whom for number, whom in gained.items() if number in known},
        taken={known[number]: whom for number, whom in lost.items() if number in known},
        actor=ACTOR,
        reason="企业微信",
        source=f"wecom:{corp.pk}",
        now=now,
    )
