"""What each of several merged customers has of her own, and what they show together.

`absorbed` brings what happened to the shown tags since they were last put together back to the parts:
what is gone is gone from all of them, what was given came to the customer herself. `together` puts the
parts together again: every source, the earliest beginning, the latest end; of an exclusive group
the tag given last. Pure functions of rows; `_following` reads and writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime

from yutang.tags._tagging import is_rule
from yutang.tags.models import OwnTagging, Tag, Tagging

__all__ = ["Own", "absorbed", "meaning_today", "still_running", "together"]

Own = list[OwnTagging]


def meaning_today(own: Iterable[OwnTagging], meant: Mapping[int, int]) -> Own:
    """Return rows by the tags they mean today: of merged tags the one that stayed."""
    rows: dict[tuple[int, int], OwnTagging] = {}
    for row in own:
        if row.tag_id not in meant:
            continue
        key = (row.customer, meant[row.tag_id])
        row.tag_id = meant[row.tag_id]
        rows[key] = _one_of([rows[key], row]) if key in rows else row
    return list(rows.values())


def absorbed(own: Own, shown: Mapping[int, Tagging], customer: int, tags: Mapping[int, Tag]) -> Own:
    """Return the parts' own taggings as they are now that the customer shows this.

    Whoever takes or replaces a tag of an exclusive group answers its question for all parts.
    """
    before: dict[int, Own] = defaultdict(list)
    for row in own:
        if row.is_shown:
            before[row.tag_id].append(row)
    still = {
        tag
        for tag, rows in before.items()
        if tag in shown and _one_of(rows).tagged_at == shown[tag].tagged_at
    }
    answered = {tags[tag].group_id for tag in before if tag in tags and tag not in still}
    kept = [
        row
        for row in own
        if not row.is_shown and row.tag_id in tags and tags[row.tag_id].group_id not in answered
    ]
    for tag, held in shown.items():
        if tag in still:
            kept += _caught_up(before[tag], held, customer)
        else:
            kept = [row for row in kept if (row.tag_id, row.customer) != (tag, customer)]
            kept.append(_own(held, customer))
    return kept


def _caught_up(was: Own, held: Tagging, customer: int) -> Own:
    """Let the parts know what sources and what end were added or taken since."""
    before = _one_of(was)
    for row in was:
        row.sources = [each for each in row.sources if each in held.sources]
    since = set(held.sources) - set(before.sources)
    ends_later = _is_later(held.expires_at, before.expires_at)
    if held.expires_at != before.expires_at and not ends_later:
        for row in was:
            row.expires_at = held.expires_at
    if ends_later:
        since |= {each for each in held.sources if not is_rule(each)}
    rows = [row for row in was if row.sources]
    if since:
        hers = next((row for row in rows if row.customer == customer), None)
        if hers is None:
            hers = _own(held, customer)
            hers.sources = []
            rows.append(hers)
        hers.sources = sorted({*hers.sources, *since})
        hers.expires_at = held.expires_at
    return rows


def still_running(own: Own, now: datetime) -> Own:
    """Return what has not ended; what a rule holds has no end."""
    running = []
    for row in own:
        if row.expires_at is not None and row.expires_at <= now:
            row.sources = [each for each in row.sources if is_rule(each)]
            row.expires_at = None
        if row.sources:
            running.append(row)
    return running


def together(own: Own, customer: int, tags: Mapping[int, Tag]) -> dict[int, OwnTagging]:
    """Return what parts show together, by tag; the parts that are shown are marked."""
    by_tag: dict[int, Own] = defaultdict(list)
    for row in own:
        if row.tag_id in tags:
            by_tag[row.tag_id].append(row)
    best: dict[int, Own] = {}
    for rows in by_tag.values():
        group = tags[rows[0].tag_id].group
        place = -group.pk if group.is_exclusive else rows[0].tag_id
        if place not in best or _precedence(rows, customer) > _precedence(best[place], customer):
            best[place] = rows
    for row in own:
        row.is_shown = False
        row.shown_on = customer
    for rows in best.values():
        for row in rows:
            row.is_shown = True
    return {rows[0].tag_id: _one_of(rows) for rows in best.values()}


def _joined(rows: Sequence[OwnTagging | Tagging]) -> tuple[list[str], datetime | None]:
    """Return every source of these, and the latest end by anybody but rules."""
    ends = [row.expires_at for row in rows if not all(map(is_rule, row.sources))]
    end = None if not ends or None in ends else max(end for end in ends if end is not None)
    return sorted({source for row in rows for source in row.sources}), end


def _precedence(rows: Own, customer: int) -> tuple[datetime, bool, int]:
    """Order tags of an exclusive group: given last, then the customer's own, then the oldest part's."""
    return max((row.tagged_at, row.customer == customer, -row.customer) for row in rows)


def _one_of(rows: Own) -> OwnTagging:
    first = min(rows, key=lambda row: (row.tagged_at, row.customer))
    one = copy(first)
    one.sources, one.expires_at = _joined(rows)
    return one


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    return other is not None and (one is None or one > other)


def _own(held: Tagging, customer: int) -> OwnTagging:
    return OwnTagging(
        workspace_id=held.workspace_id,
        tag_id=held.tag_id,
        customer=customer,
        shown_on=customer,
        sources=list(held.sources),
        tagged_at=held.tagged_at,
        tagged_by=held.tagged_by,
        expires_at=held.expires_at,
    )
