"""Corp tags: which of ours the platform's are."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yutang.tags import service as tags
from yutang.tags.service import ToldTag, ToldTagGroup
from yutang.wecom.models import (
    Corp,
    CorpTag,
    CorpTagGroup,
    PartState,
    Subject,
    SyncPart,
    SyncRun,
    TagPlace,
)
from yutang.wecom.sync._accounts import ACTOR
from yutang.wecom.sync._batches import batches
from yutang.wecom.sync._platform import Platform
from yutang.wecom.sync._runs import count

__all__ = ["follow_tags", "know_tags", "retire_tags", "take_tags"]

_ASKED_AT_ONCE = 100
_strangers: dict[int, set[str]] = {}  # by corp: asked for once, and not corp tags (strategy groups)


def follow_tags(run: SyncRun, platform: Platform, *, clock: Callable[[], datetime]) -> None:
    """Read all corp tags; what is no longer there is gone there, and stays here."""
    answer = platform("externalcontact/get_corp_tag_list", {})
    with transaction.atomic():
        there = take_tags(run.corp, answer.get("tag_group") or (), now=clock())
        gone = retire_tags(run.corp, there, all_but=True)
        SyncPart.objects.within(run.workspace_id).filter(run=run, subject=Subject.TAGS).update(
            state=PartState.DONE
        )
        count(run, tags_read=len(there), tags_gone=gone)
    _strangers.pop(run.corp_id, None)


def know_tags(corp: Corp, platform: Platform, numbers: Collection[str], *, now: datetime) -> None:
    """See to it that these tags are known here: one may have been made a moment ago."""
    if not numbers:
        return
    asked_before = _strangers.setdefault(corp.pk, set())
    rows = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, number__in=list(numbers))
    unknown = sorted(set(numbers) - set(rows.values_list("number", flat=True)) - asked_before)
    for some in batches(unknown, _ASKED_AT_ONCE):
        answer = platform("externalcontact/get_corp_tag_list", {"tag_id": list(some)})
        with transaction.atomic():
            found = take_tags(corp, answer.get("tag_group") or (), now=now)
        asked_before.update(set(some) - found)


def take_tags(corp: Corp, told: Iterable[Mapping[str, Any]], *, now: datetime) -> set[str]:
    """Let corp tags be as they are told; return the platform's ids of those there are."""
    Corp.objects.within(corp.workspace_id).select_for_update(no_key=True).get(pk=corp.pk)
    groups = [each for each in told if not each.get("deleted")]
    mine = CorpTag.objects.within(corp.workspace_id).filter(corp=corp).exclude(number="")
    known = dict(mine.values_list("number", "tag"))
    theirs = CorpTagGroup.objects.within(corp.workspace_id).filter(corp=corp).exclude(number="")
    known_groups = dict(theirs.values_list("number", "group"))
    wanted = [
        ToldTagGroup(
            str(each["group_id"]),
            str(each.get("group_name") or ""),
            [
                ToldTag(str(tag["id"]), str(tag.get("name") or ""), known.get(str(tag["id"])))
                for tag in each.get("tag") or ()
                if not tag.get("deleted")
            ],
            known_groups.get(str(each["group_id"])),
        )
        for each in groups
    ]
    adopted = tags.adopt(corp.workspace, wanted, actor=ACTOR, now=now)
    for each in wanted:
        _link(corp, each, adopted)
    return {tag.key for each in wanted for tag in each.tags}


def _link(corp: Corp, told: ToldTagGroup, adopted: tags.Adopted) -> None:
    group, _ = CorpTagGroup.objects.within(corp.workspace_id).update_or_create(
        corp=corp,
        group_id=adopted.groups[told.key],
        defaults={"number": told.key},
        create_defaults={"workspace_id": corp.workspace_id, "number": told.key},
    )
    rows = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, group=group)
    here = {row.tag_id: row for row in rows}
    for tag in told.tags:
        row = here.get(adopted.tags[tag.key])
        if row is None:
            row = CorpTag(
                workspace_id=corp.workspace_id, corp=corp, group=group, tag_id=adopted.tags[tag.key]
            )
        if (row.pk, row.number, row.name, row.place) != (
            row.pk or 0,
            tag.key,
            tag.name[:60],
            TagPlace.BOTH,
        ):
            row.number, row.name, row.place = tag.key, tag.name[:60], TagPlace.BOTH
            row.said_zh = row.said_en = ""
            row.save()


def retire_tags(corp: Corp, numbers: Collection[str], *, all_but: bool = False) -> int:
    """Note that tags were deleted there: these, or all but these. They and who has them stay here."""
    mine = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, place=TagPlace.BOTH)
    named = mine.exclude(number__in=numbers) if all_but else mine.filter(number__in=numbers)
    return named.exclude(number="").update(place=TagPlace.GONE)
