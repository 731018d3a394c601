"""Phrases and materials: everybody's and one's own, found by a word, filled in for the person in front."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from yutang.customers import service as customers
from yutang.guides._words import refuse_blocked
from yutang.guides.models import Phrase, PhraseGroup, PhraseKind
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member, NotAllowed, person_of, record_audit

__all__ = [
    "FilledPhrase",
    "NoSuchPhrase",
    "NoSuchPhraseGroup",
    "PhraseGroupNameTaken",
    "change_phrase",
    "count_sent",
    "count_taken",
    "create_phrase",
    "create_phrase_group",
    "delete_phrase",
    "delete_phrase_group",
    "filled_phrases",
    "labels_of",
    "may_write",
    "media_of_phrase",
    "phrase_groups",
    "phrases_of",
    "rename_phrase_group",
]

_WRITTEN = ("text", "description")
_FILES: Mapping[str, wecom.Kind] = {
    PhraseKind.IMAGE: "image",
    PhraseKind.VIDEO: "video",
    PhraseKind.FILE: "file",
}
_NO_FILE = Text("还没有选文件", "no file is chosen")


class NoSuchPhraseGroup(DomainError):
    """There is none, or it is somebody else's own."""

    status = 404
    zh = "没有这个话术分组。"
    en = "There is no such group of phrases."


class NoSuchPhrase(DomainError):
    """There is none, or it is somebody else's own."""

    status = 404
    zh = "没有这条话术。"
    en = "There is no such phrase."


class PhraseGroupNameTaken(DomainError):
    zh = "已经有叫“{name}”的话术分组。请换一个名称。"
    en = "There already is a group of phrases “{name}”. Choose another name."


@dataclass(frozen=True)
class FilledPhrase:
    """A phrase as it reads for one person; `missing` says why it cannot be sent to her."""

    phrase: Phrase
    text: str
    description: str
    missing: Text | None


def phrase_groups(member: Member) -> "QuerySet[PhraseGroup, PhraseGroup]":
    """Return everybody's groups and the member's own."""
    return PhraseGroup.objects.within(member.workspace).filter(_open_to(member, "owner"))


def phrases_of(
    member: Member,
    *,
    q: str = "",
    group_id: int | None = None,
    kinds: Sequence[str] = (),
    label: str = "",
) -> "QuerySet[Phrase, Phrase]":
    """Return the phrases a member may use, narrowed by words (or the pinyin of a title), a group, kinds, a label."""
    rows = Phrase.objects.within(member.workspace).filter(_open_to(member, "group__owner"))
    if group_id is not None:
        rows = rows.filter(group=group_id)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if label:
        rows = rows.filter(labels__contains=[label])
    if q.strip():
        spoken = [pk for pk, title in rows.values_list("pk", "title") if customers.finds(title, q)]
        said = Q(text__icontains=q) | Q(description__icontains=q) | Q(labels__contains=[q.strip()])
        rows = rows.filter(said | Q(pk__in=spoken))
    return rows.select_related("group")


def labels_of(member: Member) -> list[tuple[str, int]]:
    """Return the labels of what a member may use, and how much has each; the most used first."""
    counts = Counter(
        label
        for labels in phrases_of(member).exclude(labels=[]).values_list("labels", flat=True)
        for label in labels
    )
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def may_write(member: Member, group: PhraseGroup) -> bool:
    """Tell whether a member may write into a group: everybody's with the right to, one's own always."""
    is_hers = group.owner_id is not None and member.may("customers.write")
    return is_hers or (member.may("guides.write") and member.may("customers.write"))


def filled_phrases(
    member: Member, customer_id: int, phrases: Sequence[Phrase], *, now: datetime
) -> list[FilledPhrase]:
    """Return phrases as they read for a customer, in the member's name.

    :raises customers.NotFound:
    """
    customer = customers.seen_one(member, customer_id)
    me = workspaces.own_staff(member)
    filled = reach.fill_phrases(
        member.workspace,
        [{name: getattr(each, name) for name in _WRITTEN} for each in phrases],
        customer.pk,
        staff=me.pk if me else 0,
        now=now,
    )
    words = reach.words_of(member.workspace, archived=True)
    return [
        FilledPhrase(each, "", "", _why_not(said, words))
        if isinstance(said, reach.Unrenderable)
        else FilledPhrase(each, said["text"], said["description"], None)
        for each, said in zip(phrases, filled, strict=True)
    ]


def _why_not(why: reach.Unrenderable, words: Mapping[str, reach.Word]) -> Text:
    if why.reason == "missing" and why.name in words:
        label = words[why.name].label
        return Text(
            f"没有{label.zh}，这条用不了", f"No {label.en} is known: this one cannot be used"
        )
    return Text("这条对这位客户算不出来", "This one cannot be worked out for this customer")


@transaction.atomic
def create_phrase_group(
    member: Member, *, name: str, is_shared: bool, now: datetime
) -> PhraseGroup:
    """Make a group, everybody's or one's own.

    :raises NotAllowed, NeedsAPerson, PhraseGroupNameTaken:
    """
    owner = None if is_shared else person_of(member)
    _refuse_shared(member, is_shared=is_shared)
    group = PhraseGroup(workspace=member.workspace, owner=owner, name=name, created_at=now)
    _save(group)
    _audit(member, "guides.phrase_group_created", group, now)
    return group


@transaction.atomic
def rename_phrase_group(member: Member, group_id: int, *, name: str, now: datetime) -> PhraseGroup:
    """Call a group something else.

    :raises NoSuchPhraseGroup, NotAllowed, PhraseGroupNameTaken:
    """
    group = _group(member, group_id)
    group.name = name
    _save(group)
    _audit(member, "guides.phrase_group_changed", group, now)
    return group


@transaction.atomic
def delete_phrase_group(member: Member, group_id: int, *, now: datetime) -> None:
    """Delete a group with its phrases.

    :raises NoSuchPhraseGroup, NotAllowed:
    """
    group = _group(member, group_id)
    _audit(member, "guides.phrase_group_deleted", group, now)
    group.delete()


@transaction.atomic
def create_phrase(
    member: Member, group_id: int, fields: Mapping[str, Any], *, now: datetime
) -> Phrase:
    """Write a phrase into a group.

    :raises NoSuchPhraseGroup, NotAllowed, MessageNotSound, SaysSensitiveWord:
    """
    group = _group(member, group_id)
    _check(member, fields)
    phrase = Phrase.objects.create(
        workspace=member.workspace, group=group, created_at=now, changed_at=now, **fields
    )
    _audit(member, "guides.phrase_created", group, now, phrase=phrase.title)
    return phrase


@transaction.atomic
def change_phrase(
    member: Member,
    phrase_id: int,
    fields: Mapping[str, Any],
    *,
    group_id: int | None = None,
    now: datetime,
) -> Phrase:
    """Write a phrase anew, and move it into another group where one is given.

    :raises NoSuchPhrase, NoSuchPhraseGroup, NotAllowed, MessageNotSound, SaysSensitiveWord:
    """
    phrase = _phrase(member, phrase_id)
    if group_id is not None and group_id != phrase.group_id:
        phrase.group = _group(member, group_id)
    _check(member, fields)
    for name, value in fields.items():
        setattr(phrase, name, value)
    phrase.changed_at = now
    phrase.save()
    _audit(member, "guides.phrase_changed", phrase.group, now, phrase=phrase.title)
    return phrase


@transaction.atomic
def delete_phrase(member: Member, phrase_id: int, *, now: datetime) -> None:
    """Delete a phrase.

    :raises NoSuchPhrase, NotAllowed:
    """
    phrase = _phrase(member, phrase_id)
    _audit(member, "guides.phrase_deleted", phrase.group, now, phrase=phrase.title)
    phrase.delete()


def count_sent(member: Member, phrase_id: int) -> None:
    """Count that a guide took a phrase up: what is used most comes first.

    :raises NoSuchPhrase:
    """
    _count(member, phrase_id, "sent")


def count_taken(member: Member, phrase_id: int) -> None:
    """Count that a phrase was put into a message.

    :raises NoSuchPhrase:
    """
    _count(member, phrase_id, "taken")


def _count(member: Member, phrase_id: int, column: str) -> None:
    if not phrases_of(member).filter(pk=phrase_id).exists():
        raise NoSuchPhrase
    rows = Phrase.objects.within(member.workspace).filter(pk=phrase_id)
    rows.update(**{column: F(column) + 1})


def media_of_phrase(member: Member, phrase_id: int, *, now: datetime) -> str:
    """Return under which id the platform holds the file of a phrase, handing it over where it does not.

    :raises NoSuchPhrase, wecom.NoSuchCorp, FileNotFetched, MediaBroken, MediaTooLarge, wecom.PlatformRefused,
        wecom.NoAnswer, wecom.Throttled, wecom.CorpPaused:
    """
    phrase = phrases_of(member).filter(pk=phrase_id).first()
    kind = _FILES.get(phrase.kind) if phrase else None
    if phrase is None or kind is None:
        raise NoSuchPhrase
    corps = wecom.active_corps(member.workspace)
    if not corps:
        raise wecom.NoSuchCorp
    return wecom.media_of(corps[0], phrase.url, kind, now=now)


def _open_to(member: Member, owner: str) -> Q:
    return Q(**{owner: None}) | Q(**{owner: member.user})


def _group(member: Member, group_id: int) -> PhraseGroup:
    group = phrase_groups(member).select_for_update(of=["self"]).filter(pk=group_id).first()
    if group is None:
        raise NoSuchPhraseGroup
    _refuse_shared(member, is_shared=group.owner_id is None)
    return group


def _phrase(member: Member, phrase_id: int) -> Phrase:
    phrase = phrases_of(member).select_for_update(of=["self"]).filter(pk=phrase_id).first()
    if phrase is None:
        raise NoSuchPhrase
    _refuse_shared(member, is_shared=phrase.group.owner_id is None)
    return phrase


def _refuse_shared(member: Member, *, is_shared: bool) -> None:
    if is_shared and not member.may("guides.write"):
        raise NotAllowed(permission=workspaces.PERMISSIONS["guides.write"])


def _check(member: Member, fields: Mapping[str, Any]) -> None:
    if fields["kind"] in _FILES and not fields.get("url", "").startswith(("https://", "http://")):
        raise reach.MessageNotSound(
            count=1, errors=[FieldProblem(field="url", message=_NO_FILE.said())]
        )
    reach.check_phrase(
        member.workspace, {name: fields[name] for name in _WRITTEN if name in fields}
    )
    words = [each for each in fields.values() if isinstance(each, str)]
    refuse_blocked(member.workspace, " ".join([*words, *fields.get("labels", ())]))


def _save(group: PhraseGroup) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise PhraseGroupNameTaken(name=group.name) from None


def _audit(member: Member, action: str, group: PhraseGroup, now: datetime, **more: str) -> None:
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"phrase_group:{group.pk}",
        detail={"name": group.name, **more},
        now=now,
    )
