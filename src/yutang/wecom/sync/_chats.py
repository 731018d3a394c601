"""Customer groups with their members: a group at a time, one transaction each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.customers.service import ProfileRow, StandingRelation, ToldGroup
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.kit.errors import DomainError
from yutang.wecom.arrivals import Arrived, what_states_say
from yutang.wecom.models import (
    ChatMember,
    Corp,
    GapKind,
    GroupChat,
    PartState,
    Subject,
    SyncPart,
    SyncRun,
)
from yutang.wecom.sync._contacts import SOURCE, Reading
from yutang.wecom.sync._following import attempt
from yutang.wecom.sync._noting import note_failure, note_gaps, note_gone_well
from yutang.wecom.sync._platform import CHAT_GONE, CURSOR_GONE, Platform, code_of, concerns_one
from yutang.wecom.sync._runs import Stop, count, parts_left
from yutang.wecom.sync._told import instant, line

__all__ = ["Changed", "dismiss", "follow_chats", "read_chat", "take_chat"]

_AT_ONCE = 100
_KIND = "wecom"
_EXTERNAL = 2
_SCENES = {1: "invited", 2: "link", 3: "scan"}


@dataclass(frozen=True)
class Changed:
    """What a reading of one group came to."""

    is_new: bool = False
    joined: int = 0
    left: int = 0
    is_stale: bool = False


def follow_chats(
    run: SyncRun, platform: Platform, *, clock: Callable[[], datetime], pause: Stop
) -> None:
    """Read every group with its members; a group that is no longer listed is over.

    :raises DomainError: what concerns all of it
    """
    for part in parts_left(run, Subject.GROUPS):
        cursor = part.cursor
        while True:
            try:
                answer = platform(
                    "externalcontact/groupchat/list",
                    {"status_filter": 0, "cursor": cursor, "limit": _AT_ONCE},
                )
            except DomainError as refusal:
                if code_of(refusal) != CURSOR_GONE or not cursor:
                    raise
                cursor = ""  # kept too long: the list is read again from its start
                continue
            for each in answer.get("group_chat_list") or ():
                _follow_one(
                    run, platform, str(each["chat_id"]), int(each.get("status") or 0), clock
                )
                pause()
            cursor = str(answer.get("next_cursor") or "")
            mine = SyncPart.objects.within(run.workspace_id).filter(pk=part.pk)
            if not cursor:
                break
            mine.update(cursor=cursor)
        _close(run, platform, clock=clock)
        mine.update(state=PartState.DONE, cursor="")


def _follow_one(
    run: SyncRun, platform: Platform, chat: str, status: int, clock: Callable[[], datetime]
) -> None:
    began = clock()
    try:
        told = read_chat(platform, chat)
    except DomainError as refusal:
        if not concerns_one(refusal):
            raise
        note_failure(run.corp, Subject.GROUPS, chat, refusal, now=clock())
        return

    def write() -> None:
        with transaction.atomic():
            reading = Reading(run.corp, began, heard=not run.is_first)
            changed = take_chat(reading, told, status=status, now=clock())
            note_gone_well(run.corp, Subject.GROUPS, [chat])
            if changed.is_new:
                note_gaps(run, Subject.GROUPS, GapKind.MISSING, [(chat, 0)], now=clock())
            elif changed.joined or changed.left:
                note_gaps(run, Subject.GROUPS, GapKind.CHANGED, [(chat, 0)], now=clock())
            count(
                run,
                groups_read=1,
                groups_new=int(changed.is_new),
                group_members_joined=changed.joined,
                group_members_left=changed.left,
            )

    attempt(write)


def _close(run: SyncRun, platform: Platform, *, clock: Callable[[], datetime]) -> None:
    """Ask for each group that was on no page of this run, by itself: what is gone is over."""
    unread = GroupChat.objects.within(run.workspace_id).filter(
        corp=run.corp, dismissed_at=None, read_at__lt=run.began_at
    )
    for chat in list(unread.values_list("chat", flat=True)):
        began = clock()
        try:
            told = read_chat(platform, chat)
        except DomainError as refusal:
            if code_of(refusal) not in CHAT_GONE:
                raise
            with transaction.atomic():
                if dismiss(
                    Reading(run.corp, began, heard=not run.is_first), chat, at=began, now=clock()
                ):
                    note_gaps(run, Subject.GROUPS, GapKind.LEFT_OVER, [(chat, 0)], now=clock())
                    count(run, groups_ended=1)
            continue
        with transaction.atomic():
            take_chat(Reading(run.corp, began, heard=not run.is_first), told, now=clock())


def read_chat(platform: Platform, chat: str) -> Mapping[str, Any]:
    """Return a group as the platform tells it."""
    answer = platform("externalcontact/groupchat/get", {"chat_id": chat, "need_name": 1})
    told: Mapping[str, Any] = answer["group_chat"]
    return told


def take_chat(
    reading: Reading, told: Mapping[str, Any], *, status: int | None = None, now: datetime
) -> Changed:
    """Let a group and who is in it be as they are told, inside the caller's transaction."""
    corp = reading.corp
    row = _locked(corp, str(told["chat_id"]))
    if row is not None and row.read_at > reading.at:
        return Changed(is_stale=True)
    is_new = row is None
    row = row or GroupChat(
        workspace_id=corp.workspace_id,
        corp=corp,
        chat=str(told["chat_id"]),
        made_at=instant(told.get("create_time") or 0),
    )
    key = row.chat
    name = line(told.get("name"), 200)
    known = None if is_new else row.group_id
    here = customers.follow_groups(
        corp.workspace, [ToldGroup(key, name, _KIND, known_as=known)], now=now
    )
    row.group_id, row.name = here[key], name
    row.owner = str(told.get("owner") or "").lower()
    row.notice = str(told.get("notice") or "")
    row.status = row.status if status is None else status
    row.version = str(told.get("member_version") or "")[:64]
    row.read_at, row.dismissed_at = reading.at, None
    row.save()
    joined, left = _take_members(reading, row, told.get("member_list") or (), now=now)
    return Changed(is_new, joined, left)


def _locked(corp: Corp, chat: str) -> GroupChat | None:
    """Return a group nobody else changes meanwhile; the corp is held where the group is not known yet."""
    mine = GroupChat.objects.within(corp.workspace_id).filter(corp=corp, chat=chat)
    found = mine.select_for_update().first()
    if found is None:
        Corp.objects.within(corp.workspace_id).select_for_update(no_key=True).get(pk=corp.pk)
        found = mine.select_for_update().first()
    return found


def _take_members(
    reading: Reading, chat: GroupChat, told: Sequence[Mapping[str, Any]], *, now: datetime
) -> tuple[int, int]:
    """Return how many customers joined and how many left."""
    workspace = reading.corp.workspace
    rows = ChatMember.objects.within(workspace).filter(chat=chat)
    here = {row.key: row for row in rows}
    there = {_key(each): each for each in told if each.get("userid")}
    fresh = {key: each for key, each in there.items() if key not in here}
    gone = [row for key, row in here.items() if key not in there]
    rows.filter(pk__in=[row.pk for row in gone]).delete()
    left = [row for row in gone if row.home]
    _part(reading, chat, left, now=now)
    joined = _join(reading, chat, fresh, now=now)
    return joined, len(left)


def _key(told: Mapping[str, Any]) -> str:
    userid = str(told["userid"])
    return userid if told.get("type") == _EXTERNAL else userid.lower()


def _join(
    reading: Reading,
    chat: GroupChat,
    fresh: Mapping[str, Mapping[str, Any]],
    *,
    now: datetime,
) -> int:
    workspace = reading.corp.workspace
    people = [key for key in sorted(fresh) if fresh[key].get("type") == _EXTERNAL]
    upserted = customers.upsert_many(
        workspace,
        [_profile(key, fresh[key], reading.at) for key in people],
        source=SOURCE,
        now=now,
        keep="existing",
    )
    whose = {
        key: (customer, home)
        for key, customer, home in zip(people, upserted.customers, upserted.origins, strict=True)
        if customer
    }
    ChatMember.objects.bulk_create(
        ChatMember(
            workspace=workspace,
            chat=chat,
            key=key,
            home=whose[key][1] if key in whose else 0,
            joined_at=instant(each.get("join_time") or 0),
            scene=int(each.get("join_scene") or 0),
            invited_by=str((each.get("invitor") or {}).get("userid") or "").lower(),
            state=line(each.get("state"), 64),
        )
        for key, each in fresh.items()
        if key in whose or each.get("type") != _EXTERNAL
    )
    batch = [
        StandingRelation(
            customer=customer,
            home=home,
            target=chat.group_id,
            source=SOURCE,
            since=instant(fresh[key].get("join_time") or 0),
        )
        for key, (customer, home) in whose.items()
    ]
    customers.put_relations(workspace, RelationKind.GROUP, batch, now=now)
    known = _known_by_state(reading.corp, fresh, whose, now=now)
    told = [
        _joined(chat, fresh[key], customer, home, known.get(key, {}))
        for key, (customer, home) in whose.items()
    ]
    events.record(workspace, told, now=now, heard=reading.heard)
    return len(whose)


def _known_by_state(
    corp: Corp,
    fresh: Mapping[str, Mapping[str, Any]],
    whose: Mapping[str, tuple[int, int]],
    *,
    now: datetime,
) -> dict[str, Mapping[str, str]]:
    """Return what is known of customers by the state they joined with; no member of the staff is theirs."""
    came = [key for key in whose if fresh[key].get("state")]
    arrived = [
        Arrived(
            line(fresh[key]["state"], 64),
            "",
            key,
            0,
            whose[key][1],
            instant(fresh[key].get("join_time") or 0),
        )
        for key in came
    ]
    said = what_states_say(corp, arrived, now=now) if arrived else {}
    return {came[place]: texts for place, texts in said.items()}


def _profile(key: str, told: Mapping[str, Any], at: datetime) -> ProfileRow:
    identities = {"external_userid": key}
    if told.get("unionid"):
        identities["unionid"] = str(told["unionid"])
    since = min(instant(told.get("join_time") or 0), at)
    return ProfileRow(identities, {"name": line(told.get("name"), 200)}, since=since, at=at)


def _joined(
    chat: GroupChat,
    told: Mapping[str, Any],
    customer: int,
    home: int,
    known: Mapping[str, str],
) -> NewEvent:
    texts = {"way": _SCENES.get(told.get("join_scene") or 0, "unknown")}
    if told.get("state"):
        texts["state"] = line(told["state"], 64)
    return NewEvent(
        type="join_group",
        customer=customer,
        origin=home,
        group=chat.group_id,
        occurred_at=instant(told.get("join_time") or 0),
        source=SOURCE,
        texts=texts | dict(known),
    )


def _part(reading: Reading, chat: GroupChat, left: Sequence[ChatMember], *, now: datetime) -> None:
    """End who is no longer in it. When she left, nobody tells: it is when it was seen."""
    workspace = reading.corp.workspace
    which = [(row.home, chat.group_id) for row in left]
    customers.end_relations(workspace, RelationKind.GROUP, which, now=now)
    today = customers.today(workspace, [row.home for row in left])
    told = [
        NewEvent(
            type="leave_group",
            customer=today[row.home],
            origin=row.home,
            group=chat.group_id,
            occurred_at=reading.at,
            source=SOURCE,
        )
        for row in left
        if row.home in today
    ]
    events.record(workspace, told, now=now, heard=reading.heard)


def dismiss(reading: Reading, chat: str, *, at: datetime, now: datetime) -> bool:
    """Note that a group is over, inside the caller's transaction; who was in it has left it."""
    row = _locked(reading.corp, chat)
    if row is None or row.dismissed_at is not None or row.read_at > reading.at:
        return False
    _take_members(reading, row, (), now=now)
    over = ToldGroup(chat, row.name, _KIND, is_over=True, known_as=row.group_id)
    customers.follow_groups(reading.corp.workspace, [over], now=now)
    row.dismissed_at, row.read_at = at, reading.at
    row.save(update_fields=["dismissed_at", "read_at"])
    return True
