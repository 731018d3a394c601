"""Taggings as another system tells them: many tags at once, in as few statements as one tag takes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from yutang.kit.pulse import wake
from yutang.tags import _exclusivity as exclusivity
from yutang.tags import _people as people
from yutang.tags._statements import COUNT_GIVEN, GIVE_MANY
from yutang.tags._tagging import Stroke, end_of, give, is_source, take
from yutang.tags._tags import resolved
from yutang.tags.models import Tag
from yutang.workspaces.models import Workspace

__all__ = ["carry_over"]


@transaction.atomic
def carry_over(
    workspace: Workspace,
    *,
    given: Mapping[int, Sequence[int]],
    taken: Mapping[int, Sequence[int]],
    actor: str,
    reason: str,
    source: str,
    now: datetime,
) -> None:
    """Give and take tags (tag → customers) as `apply` does tag by tag, all that is taken first.

    Tags that are unknown, and archived ones that would be given, are passed over.
    """
    if not is_source(source):
        raise ValueError(f"{source!r} is not a source of taggings")
    meant = resolved(workspace, [*given, *taken])
    locked = {tag.pk: tag for tag in exclusivity.lock_tags(workspace, set(meant.values()))}

    def stroke(tag: int) -> Stroke:
        return Stroke(workspace, tag, source, actor, reason[:200], now)

    for tag, whom in sorted(_today(taken, meant).items()):
        take(stroke(tag), sorted(whom))
    giving = {
        tag: whom
        for tag, whom in sorted(_today(given, meant).items())
        if locked[tag].archived_at is None
    }
    present = set(people.present(workspace, sorted(set().union(*giving.values()))))
    going = {tag: sorted(whom & present) for tag, whom in giving.items() if whom & present}
    plain = [tag for tag in going if not locked[tag].group.is_exclusive]
    _give_plain({locked[tag]: going[tag] for tag in plain}, stroke(0))
    for tag in sorted(going.keys() - set(plain)):
        give(stroke(tag), going[tag], expires_at=None)
    transaction.on_commit(lambda: wake("tags.mirror"))


def _today(told: Mapping[int, Sequence[int]], meant: Mapping[int, int]) -> dict[int, set[int]]:
    """Return who is meant by the tags that stand for these today."""
    whom: dict[int, set[int]] = {}
    for tag, customers in told.items():
        if tag in meant and customers:
            whom.setdefault(meant[tag], set()).update(customers)
    return whom


def _give_plain(giving: Mapping[Tag, Sequence[int]], stroke: Stroke) -> None:
    """Give locked tags of groups that are not exclusive."""
    if not giving:
        return
    given = stroke.values([]) | {
        "by_rule": False,
        "tags": [tag.pk for tag in giving],
        "whom": ["{" + ",".join(map(str, customers)) + "}" for customers in giving.values()],
        "ends": [end_of(tag, stroke, None) for tag in giving],
    }
    with connection.cursor() as cursor:
        cursor.execute(GIVE_MANY, given)
        counts = cursor.fetchall()
        if counts:
            tags, numbers = zip(*counts, strict=True)
            counted = {"tags": list(tags), "numbers": list(numbers)}
            cursor.execute(COUNT_GIVEN, stroke.values([]) | counted)
