"""Our tags become the platform's: tags first, then who has them, told for one member each.

What is to be told is kept as a row (`TagMark`) until the platform took it. Nobody is asked what changed: who was
tagged here is compared with what her relations have there, so doing it twice tells nothing twice.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.tags import service as tags
from yutang.tags.models import Tag
from yutang.wecom.client.limits import most
from yutang.wecom.models import (
    Corp,
    CorpState,
    CorpTag,
    CorpTagGroup,
    FollowRelation,
    MarkState,
    Subject,
    TagMark,
    TagPlace,
)
from yutang.wecom.sync._batches import batches
from yutang.wecom.sync._noting import note_failure, note_gone_well, said
from yutang.wecom.sync._platform import (
    NO_CONTACT,
    TAG_UNKNOWN,
    TAGS_FULL,
    Platform,
    code_of,
    concerns_one,
)
from yutang.wecom.sync._tags import retire_tags, take_tags

__all__ = ["compare", "make_tags", "mark_due", "tell_tags"]

Clock = Callable[[], datetime]
_LONGEST = 30  # characters of a tag's name there
_LOOK_BACK = timedelta(minutes=2)  # whoever tagged then may have committed only now
_AT_ONCE = 200
_LATER = timedelta(seconds=60)
_FULL_FOR = timedelta(minutes=10)  # until a corp that was full is asked again
_full_until: dict[int, datetime] = {}
_TOO_LONG = Text(
    f"企业微信的标签名最多 {_LONGEST} 个字。",
    f"A tag’s name has at most {_LONGEST} characters in WeCom.",
)


def tell_tags(platform_of: Callable[[Corp], Platform], *, clock: Clock) -> bool:
    """Let every active corp have what changed here; True where there was more than one batch."""
    more = False
    for corp in Corp.objects.filter(state=CorpState.ACTIVE).select_related("workspace"):
        platform = platform_of(corp)
        try:
            make_tags(corp, platform, clock=clock)
            compare(corp, now=clock())
            more = mark_due(corp, platform, clock=clock) or more
        except DomainError as refusal:
            note_failure(corp, Subject.TAGS, "mark_tag", refusal, now=clock())
        else:
            note_gone_well(corp, Subject.TAGS, ["mark_tag"])
    return more


def make_tags(corp: Corp, platform: Platform, *, clock: Clock) -> None:
    """Make tags there that are new here, in groups that are on both sides; what finds no room overflows."""
    groups = {
        row.group_id: row
        for row in CorpTagGroup.objects.within(corp.workspace_id).filter(corp=corp)
    }
    if not groups:
        return
    linked = CorpTag.objects.within(corp.workspace_id).filter(corp=corp)
    is_full = _full_until.get(corp.pk, clock()) > clock()
    room = 0 if is_full else most("corp_tags", corp) - linked.filter(place=TagPlace.BOTH).count()
    settled = linked.exclude(place=TagPlace.OVERFLOW) if room > 0 else linked
    known = set(settled.values_list("tag", flat=True))
    for tag in tags.in_groups(corp.workspace, groups):
        if tag.pk in known:
            continue
        if len(tag.name) > _LONGEST:
            _place(corp, groups[tag.group_id], tag, TagPlace.REFUSED, _TOO_LONG)
        elif room <= 0:
            _place(corp, groups[tag.group_id], tag, TagPlace.OVERFLOW)
        else:
            room = room - 1 if _make(corp, platform, groups[tag.group_id], tag, clock) else 0


def _make(corp: Corp, platform: Platform, group: CorpTagGroup, tag: Tag, clock: Clock) -> bool:
    """Make one tag there; False when the corp is full."""
    where = (
        {"group_id": group.number} if group.number else {"group_name": tag.group.name[:_LONGEST]}
    )
    try:
        answer = platform("externalcontact/add_corp_tag", where | {"tag": [{"name": tag.name}]})
    except DomainError as refusal:
        if code_of(refusal) in TAGS_FULL:
            _place(corp, group, tag, TagPlace.OVERFLOW)
            _full_until[corp.pk] = clock() + _FULL_FOR
            return False
        if not concerns_one(refusal):
            raise
        _place(corp, group, tag, TagPlace.REFUSED, said(refusal))
        return True
    told = answer["tag_group"]
    with transaction.atomic():
        if not group.number:
            group.number = str(told["group_id"])
            group.save(update_fields=["number"])
        made = next(iter(told.get("tag") or ()), None)
        if made is None:
            return True
        _place(corp, group, tag, TagPlace.BOTH, number=str(made["id"]))
    _compare_holders(corp, tag, now=clock())
    return True


def _place(
    corp: Corp,
    group: CorpTagGroup,
    tag: Tag,
    place: TagPlace,
    why: Text | None = None,
    *,
    number: str = "",
) -> None:
    words = why or Text("", "")
    CorpTag.objects.within(corp.workspace_id).update_or_create(
        corp=corp,
        tag=tag,
        defaults={"place": place, "number": number, "said_zh": words.zh, "said_en": words.en},
        create_defaults={
            "workspace_id": corp.workspace_id,
            "group": group,
            "name": tag.name,
            "place": place,
            "number": number,
            "said_zh": words.zh[:500],
            "said_en": words.en[:500],
        },
    )


def _compare_holders(corp: Corp, tag: Tag, *, now: datetime) -> None:
    """Let whoever had a tag before it was there be told of."""
    who = tags.retagged_since(corp.workspace, [tag.pk], tag.created_at, but_by="")
    for some in batches(who, _AT_ONCE):
        _compare(corp, some, now=now)


def compare(corp: Corp, *, now: datetime) -> int:
    """Note what is to be told of whoever was tagged here since the last time; return how many people."""
    linked = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, place=TagPlace.BOTH)
    ours = list(linked.values_list("tag", flat=True))
    since = (corp.tags_told_to or now) - _LOOK_BACK
    who = (
        tags.retagged_since(corp.workspace, ours, since, but_by=f"wecom:{corp.pk}") if ours else []
    )
    for some in batches(who, _AT_ONCE):
        _compare(corp, some, now=now)
    corp.tags_told_to = now
    Corp.objects.within(corp.workspace_id).filter(pk=corp.pk).update(tags_told_to=now)
    return len(who)


@transaction.atomic
def _compare(corp: Corp, who: Sequence[int], *, now: datetime) -> None:
    """Note for each of these customers what her relations lack, and what they have too much."""
    linked = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, place=TagPlace.BOTH)
    numbers = dict(linked.values_list("tag", "number"))
    held = tags.held_by(corp.workspace, who, numbers.keys(), now=now)
    homes = customers.origins_of_several(corp.workspace, who)
    rows = FollowRelation.objects.within(corp.workspace_id).filter(
        corp=corp, home__in=list(homes), ended=""
    )
    relations: dict[int, list[FollowRelation]] = {}
    for row in rows.order_by("since", "pk"):
        relations.setdefault(homes[row.home], []).append(row)
    marks: list[TagMark] = []
    for customer, mine in relations.items():
        wanted = {numbers[tag] for tag in held.get(customer, ())}
        there = {tag for row in mine for tag in row.tags}
        for place, row in enumerate(mine):
            adding = sorted(wanted - there) if place == 0 else []
            removing = sorted((set(row.tags) & set(numbers.values())) - wanted)
            marks.append(_mark_of(corp, row, adding, removing, now))
    _keep(corp, marks)


def _mark_of(
    corp: Corp, row: FollowRelation, adding: list[str], removing: list[str], now: datetime
) -> TagMark:
    return TagMark(
        workspace_id=corp.workspace_id,
        corp=corp,
        account_id=row.account_id,
        external=row.external,
        home=row.home,
        adding=adding,
        removing=removing,
        due_at=now,
    )


def _keep(corp: Corp, marks: Sequence[TagMark]) -> None:
    TagMark.objects.bulk_create(
        [mark for mark in marks if mark.adding or mark.removing],
        update_conflicts=True,
        unique_fields=["corp", "external", "account"],
        update_fields=["adding", "removing", "due_at", "home"],
    )
    for mark in marks:
        if not (mark.adding or mark.removing):
            TagMark.objects.within(corp.workspace_id).filter(
                corp=corp, external=mark.external, account=mark.account_id
            ).delete()


def mark_due(corp: Corp, platform: Platform, *, clock: Clock) -> bool:
    """Tell what is due, oldest first; True where more may be."""
    due = TagMark.objects.within(corp.workspace_id).filter(
        corp=corp, state=MarkState.WAITING, due_at__lte=clock()
    )
    some = list(due.select_related("account").order_by("due_at", "pk")[:_AT_ONCE])
    for mark in some:
        _tell(corp, platform, mark, clock)
    return len(some) == _AT_ONCE


def _tell(corp: Corp, platform: Platform, mark: TagMark, clock: Clock) -> None:
    key = f"{mark.external} · {mark.account.userid}"
    asked: Mapping[str, object] = {
        "userid": mark.account.spelling,
        "external_userid": mark.external,
        "add_tag": mark.adding,
        "remove_tag": mark.removing,
    }
    try:
        platform("externalcontact/mark_tag", asked)
    except DomainError as refusal:
        code = code_of(refusal)
        if code in NO_CONTACT:
            mark.delete()  # they are no friends any more; the next reading says so
        elif code in TAG_UNKNOWN:
            _look_again(corp, platform, [*mark.adding, *mark.removing], clock)
            mark.delete()
        elif concerns_one(refusal):
            note_failure(corp, Subject.TAGS, key, refusal, home=mark.home, now=clock())
            TagMark.objects.filter(pk=mark.pk).update(state=MarkState.REFUSED)
        else:
            later = clock() + _LATER
            TagMark.objects.filter(pk=mark.pk).update(due_at=later, attempts=F("attempts") + 1)
            raise
        return
    _settle(corp, mark, now=clock())
    note_gone_well(corp, Subject.TAGS, [key])


@transaction.atomic
def _settle(corp: Corp, mark: TagMark, *, now: datetime) -> None:
    """Write what was told into the relation, as if it had been read: pages read before are old."""
    rows = FollowRelation.objects.within(corp.workspace_id).filter(
        corp=corp, external=mark.external, account=mark.account_id
    )
    row = rows.select_for_update().first()
    if row is not None:
        row.tags = sorted((set(row.tags) | set(mark.adding)) - set(mark.removing))
        row.read_at = now
        row.save(update_fields=["tags", "read_at"])
    TagMark.objects.within(corp.workspace_id).filter(
        pk=mark.pk, adding=mark.adding, removing=mark.removing
    ).delete()


def _look_again(corp: Corp, platform: Platform, numbers: Sequence[str], clock: Clock) -> None:
    """Ask which of these tags there still are; the others are gone there."""
    answer = platform("externalcontact/get_corp_tag_list", {"tag_id": list(numbers)})
    with transaction.atomic():
        there = take_tags(corp, answer.get("tag_group") or (), now=clock())
        retire_tags(corp, [each for each in numbers if each not in there])
