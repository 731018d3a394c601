"""What the platform tells, held against what it has: callbacks are hints to look, and go the sync's own paths.

They come late, twice, in any order, or not at all: so what is named is read anew, and what was read later
than a row rests on wins. Only one thing cannot be looked up: that a customer deleted a member. That is
taken at its word, and undone by word of a new friendship that is later.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.wecom.callbacks.handlers import Told as Callback
from yutang.wecom.callbacks.handlers import handles
from yutang.wecom.models import Corp, DepartmentLink, Ended, StaffAccount, Subject
from yutang.wecom.sync._calling import platform_of
from yutang.wecom.sync._chats import dismiss, read_chat, take_chat
from yutang.wecom.sync._contacts import Reading, bring, end, keep_word
from yutang.wecom.sync._following import attempt, read_contact
from yutang.wecom.sync._noting import note_failure, note_gone_well
from yutang.wecom.sync._platform import CHAT_GONE, NO_CONTACT, Platform, code_of, concerns_one
from yutang.wecom.sync._staff import take_members
from yutang.wecom.sync._tags import know_tags, retire_tags, take_tags

__all__ = [
    "hear_chats",
    "hear_contacts",
    "hear_staff",
    "hear_tags",
    "look_at_chat",
    "look_at_contact",
]

_ADDED = {"add_external_contact", "add_half_external_contact"}
Clock = Callable[[], datetime]


@handles("change_external_contact", name="sync.contacts", batch=100)
def on_contacts(corp: Corp, told: Sequence[Callback], *, now: datetime) -> Mapping[int, str] | None:
    """Look at every contact that is named, once however often."""
    del now
    return hear_contacts(corp, platform_of(corp), told, clock=clock.now)


@handles("change_external_chat", name="sync.groups", batch=50)
def on_chats(corp: Corp, told: Sequence[Callback], *, now: datetime) -> Mapping[int, str] | None:
    """Look at every group that is named."""
    del now
    return hear_chats(corp, platform_of(corp), told, clock=clock.now)


@handles("change_external_tag", name="sync.tags")
def on_tags(corp: Corp, told: Sequence[Callback], *, now: datetime) -> Mapping[int, str] | None:
    """Read corp tags anew."""
    del now
    return hear_tags(corp, platform_of(corp), told, clock=clock.now)


@handles("change_contact", name="sync.staff")
def on_staff(corp: Corp, told: Sequence[Callback], *, now: datetime) -> Mapping[int, str] | None:
    """Read the members that are named anew."""
    del now
    return hear_staff(corp, platform_of(corp), told, clock=clock.now)


def hear_contacts(
    corp: Corp, platform: Platform, told: Sequence[Callback], *, clock: Clock
) -> dict[int, str]:
    """Bring the named contacts in line; return which callbacks were not done, and why."""
    undone: dict[int, str] = {}
    by_contact: dict[str, list[Callback]] = {}
    for each in told:
        external = str(each.fields.get("ExternalUserID") or "")
        if external and each.fields.get("UserID"):
            by_contact.setdefault(external, []).append(each)
    for external, those in by_contact.items():
        try:
            look_at_contact(corp, platform, external, those, clock)
        except DomainError as refusal:
            undone |= dict.fromkeys((each.id for each in those), refusal.sentence("zh"))
    return undone


def look_at_contact(
    corp: Corp, platform: Platform, external: str, told: Sequence[Callback], clock: Clock
) -> None:
    """Read one contact and bring her in line, in the light of what callbacks say of her."""
    began = clock()
    try:
        followed = read_contact(platform, external)
    except DomainError as refusal:
        if code_of(refusal) not in NO_CONTACT:
            raise
        followed = []
    know_tags(corp, platform, {tag for each in followed for tag in each.tags}, now=began)
    last = _last_words(told)
    returned = {(external, who): at for who, (kind, at) in last.items() if kind in _ADDED}
    reading = Reading(corp, began, touching=True, returned=returned)
    here = {each.userid for each in followed}
    named = {str(each.fields["UserID"]).lower() for each in told}

    def write() -> None:
        with transaction.atomic():
            brought = bring(reading, followed, now=clock())
            for key, why in brought.problems:
                note_failure(corp, Subject.CONTACTS, key, why, now=clock())
            gone = [(external, who) for who in sorted(named - here)]
            by_transfer = any(each.fields.get("Source") == "DELETE_BY_TRANSFER" for each in told)
            by = Ended.TRANSFER if by_transfer else Ended.STAFF
            end(reading, gone, by=by, at=_at(told, began), now=clock())
            for who, (kind, at) in last.items():
                if kind == "del_follow_user" and who in here:
                    end(reading, [(external, who)], by=Ended.CUSTOMER, at=at, now=clock())
            keep_word(corp, external, {who: at for who, (_, at) in last.items()}, now=clock())
            if not brought.problems:
                note_gone_well(corp, Subject.CONTACTS, [external])

    attempt(write)


def _last_words(told: Sequence[Callback]) -> dict[str, tuple[str, datetime]]:
    """Return by member what was told last of being friends, whatever the order it came in."""
    last: dict[str, tuple[str, datetime]] = {}
    for each in sorted(told, key=lambda one: (one.happened_at, one.id)):
        if each.change_type in _ADDED or each.change_type == "del_follow_user":
            last[str(each.fields["UserID"]).lower()] = (each.change_type, each.happened_at)
    return last


def _at(told: Sequence[Callback], otherwise: datetime) -> datetime:
    return max((each.happened_at for each in told), default=otherwise)


def hear_chats(
    corp: Corp, platform: Platform, told: Sequence[Callback], *, clock: Clock
) -> dict[int, str]:
    """Bring the named groups in line; return which callbacks were not done, and why."""
    undone: dict[int, str] = {}
    by_chat: dict[str, list[Callback]] = {}
    for each in told:
        if each.fields.get("ChatId"):
            by_chat.setdefault(str(each.fields["ChatId"]), []).append(each)
    for chat, those in by_chat.items():
        try:
            look_at_chat(corp, platform, chat, those, clock)
        except DomainError as refusal:
            undone |= dict.fromkeys((each.id for each in those), refusal.sentence("zh"))
    return undone


def look_at_chat(
    corp: Corp, platform: Platform, chat: str, told: Sequence[Callback], clock: Clock
) -> None:
    """Read one group and bring it in line."""
    reading = Reading(corp, clock())
    try:
        group = read_chat(platform, chat)
    except DomainError as refusal:
        if code_of(refusal) not in CHAT_GONE:
            raise
        with transaction.atomic():
            dismiss(reading, chat, at=_at(told, reading.at), now=clock())
        group = None

    def write() -> None:
        with transaction.atomic():
            if group is not None:
                take_chat(reading, group, now=clock())
            note_gone_well(corp, Subject.GROUPS, [chat])

    attempt(write)


def hear_tags(
    corp: Corp, platform: Platform, told: Sequence[Callback], *, clock: Clock
) -> dict[int, str]:
    """Bring corp tags in line: a deleted group takes its tags along without telling, so all are read."""
    answer = platform("externalcontact/get_corp_tag_list", {})
    with transaction.atomic():
        there = take_tags(corp, answer.get("tag_group") or (), now=clock())
        retire_tags(corp, there, all_but=True)
    del told
    return {}


def hear_staff(
    corp: Corp, platform: Platform, told: Sequence[Callback], *, clock: Clock
) -> dict[int, str]:
    """Bring the named members in line; departments are read with the next sync, with whom they hold."""
    undone: dict[int, str] = {}
    here = dict(
        DepartmentLink.objects.within(corp.workspace_id)
        .filter(corp=corp)
        .values_list("number", "department")
    )
    for each in sorted(told, key=lambda one: (one.happened_at, one.id)):
        userid = str(each.fields.get("NewUserID") or each.fields.get("UserID") or "")
        if not userid:
            continue
        _rename(corp, each)
        try:
            member = dict(platform("user/get", {"userid": userid}))
        except DomainError as refusal:
            if not concerns_one(refusal):
                undone[each.id] = refusal.sentence("zh")
                continue
            accounts = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp)
            known = accounts.filter(userid=userid.lower()).select_related("staff").first()
            if known is None:
                continue
            member = {"userid": known.spelling, "name": known.staff.name, "status": 5}
        with transaction.atomic():
            take_members(corp, [member], here, now=clock())
    return undone


def _rename(corp: Corp, told: Callback) -> None:
    """Let an account go by its new userid; what belongs to it stays."""
    new = str(told.fields.get("NewUserID") or "")
    old = str(told.fields.get("UserID") or "").lower()
    mine = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp)
    if new and old and new.lower() != old and not mine.filter(userid=new.lower()).exists():
        mine.filter(userid=old).update(userid=new.lower(), spelling=new)
