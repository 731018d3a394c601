"""Giving and taking tags, set by set.

A tagging names its *sources*. Giving adds a source. Taking as a rule (`rule:3`) takes away what that
rule holds, and the tag goes when nobody else holds it; taking as anybody else takes away everything
but what rules hold. A batch is one transaction: taggings, history, counts, marks for the mirror.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags import _people as people
from yutang.tags._statements import DISPLACE, GIVE, TAKE
from yutang.tags._tags import NotFound, refuse_unless_in_use, resolved
from yutang.tags.models import Tag, UncountedTagging
from yutang.workspaces.models import Workspace

__all__ = [
    "BATCH",
    "Applied",
    "Stroke",
    "apply",
    "count_down",
    "end_of",
    "give",
    "is_rule",
    "is_source",
    "take",
]

BATCH = 50_000
_SOURCE = re.compile(r"(manual|api|merge|(import|rule|journey|code|wecom):\d+)")


@dataclass(frozen=True)
class Applied:
    """What a change of taggings came to, in customers."""

    given: int = 0
    confirmed: int = 0  # had it already; now from this source too, or for longer
    removed: int = 0
    withdrawn: int = 0  # this source let go, another still holds it
    displaced: int = 0  # lost another tag of the exclusive group

    def __add__(self, other: "Applied") -> "Applied":
        return Applied(
            self.given + other.given,
            self.confirmed + other.confirmed,
            self.removed + other.removed,
            self.withdrawn + other.withdrawn,
            self.displaced + other.displaced,
        )


def apply(
    workspace: Workspace,
    tag_id: int,
    *,
    add: Sequence[int],
    remove: Sequence[int],
    actor: str,
    reason: str,
    source: str,
    now: datetime,
    expires_at: datetime | None = None,
    beside_others: bool = False,
) -> Applied:
    """Give a tag to some customers and take it from others, in batches of 50,000.

    `source` is `manual`, `api`, `merge`, `import:<id>`, `journey:<id>`, `code:<id>`, `wecom:<corp>` or `rule:<id>`. Doing the same again changes
    nothing. Customers of another workspace, erased or merged away are left out. What a rule gives
    does not expire; anything else ends at `expires_at`, or after the tag's default days; given
    again, the longer time holds. In an exclusive group the newest tag wins, whoever gave it. A tag
    that was merged stands for the one it became. `beside_others`: in a long transaction, others may
    give the tag meanwhile, and its count follows within seconds.

    :raises NotFound, TagArchived: (the latter only when there is somebody to add)
    """
    if not is_source(source):
        raise ValueError(f"{source!r} is not a source of taggings")
    meant = resolved(workspace, [tag_id]).get(tag_id, tag_id)
    stroke = Stroke(workspace, meant, source, actor, reason[:200], now)
    outcome = Applied()
    for some in _batches(remove):
        outcome += take(stroke, some)
    for some in _batches(add):
        present = people.present(workspace, some)
        outcome += give(stroke, present, expires_at=expires_at, beside_others=beside_others)
    if not (add or remove):
        _one_locked(stroke)
    return outcome


@dataclass(frozen=True)
class Stroke:
    """One act upon one tag: whose, from what source, why, when."""

    workspace: Workspace
    tag_id: int
    source: str
    actor: str
    reason: str
    now: datetime

    def values(self, customers: Sequence[int]) -> dict[str, Any]:
        """Return the parameters every statement of the act shares."""
        return {
            "workspace": self.workspace.pk,
            "tag": self.tag_id,
            "source": self.source,
            "actor": self.actor,
            "reason": self.reason,
            "now": self.now,
            # One literal: the driver writes an array number by number.
            "customers": "{" + ",".join(map(str, customers)) + "}",
        }


@transaction.atomic
def give(
    stroke: Stroke,
    customers: Sequence[int],
    *,
    expires_at: datetime | None,
    beside_others: bool = False,
) -> Applied:
    """Give the tag to one batch of customers.

    :raises NotFound, TagArchived, TagWasMerged:
    """
    tag, is_shared = _one_shared(stroke) if beside_others else (_one_locked(stroke), False)
    refuse_unless_in_use(tag)
    group = tag.group_id if tag.group.is_exclusive else None
    values = stroke.values(customers) | {
        "group": group,
        "expires_at": end_of(tag, stroke, expires_at),
        "by_rule": is_rule(stroke.source),
    }
    displaced = _displace(stroke.workspace, values) if group else 0
    given, confirmed = _run(GIVE, values)[0]
    if given and is_shared:
        UncountedTagging.objects.create(
            workspace=stroke.workspace, tag=tag.pk, given=given, at=stroke.now
        )
    elif given:
        Tag.objects.within(stroke.workspace).filter(pk=tag.pk).update(
            customers=F("customers") + given, last_used_at=stroke.now
        )
    _wake_after_commit()
    return Applied(given=given, confirmed=confirmed, displaced=displaced)


@transaction.atomic
def take(stroke: Stroke, customers: Sequence[int]) -> Applied:
    """Take the tag from one batch of customers, as far as the source may.

    :raises NotFound:
    """
    tag = _one_locked(stroke)
    values = stroke.values(customers) | {"by_rule": is_rule(stroke.source), "kind": "removed"}
    removed, withdrawn = _run(TAKE, values)[0]
    count_down(stroke.workspace, [(tag.pk, removed)])
    _wake_after_commit()
    return Applied(removed=removed, withdrawn=withdrawn)


def count_down(workspace: Workspace, gone: Sequence[tuple[int, int]]) -> None:
    """Lower the usage counts of tags the caller has locked."""
    for tag_id, count in gone:
        if count:
            Tag.objects.within(workspace).filter(pk=tag_id).update(customers=F("customers") - count)


def is_rule(source: str) -> bool:
    return source.startswith("rule:")


def is_source(source: str) -> bool:
    """Tell whether a tagging may name this as where it comes from."""
    return _SOURCE.fullmatch(source) is not None


def _batches(customers: Sequence[int]) -> Iterator[list[int]]:
    ordered = sorted(set(customers))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _one_locked(stroke: Stroke) -> Tag:
    for tag in exclusivity.lock_tags(stroke.workspace, [stroke.tag_id]):
        return tag
    raise NotFound


def _one_shared(stroke: Stroke) -> tuple[Tag, bool]:
    found = exclusivity.share_tag(stroke.workspace, stroke.tag_id)
    if found is None:
        raise NotFound
    return found


def end_of(tag: Tag, stroke: Stroke, expires_at: datetime | None) -> datetime | None:
    """Return when what is given now ends: as said, or after the tag's default days."""
    if is_rule(stroke.source):
        return None
    if expires_at is None and tag.default_days is not None:
        return stroke.now + timedelta(days=tag.default_days)
    return expires_at


def _displace(workspace: Workspace, values: dict[str, Any]) -> int:
    gone = _run(DISPLACE, values)
    count_down(workspace, gone)
    return sum(count for _, count in gone)


def _wake_after_commit() -> None:
    transaction.on_commit(lambda: wake("tags.mirror"))


def _run(sql: str, values: dict[str, Any]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
