"""Contact ways kept in step with the rules: what the platform shows is what it should show now.

One code at a time: what it should show is worked out, compared with what the platform took last, and
only a difference is told. What the platform refuses is kept with its reason and tried again, less and less
often; whom it refuses is found by halves and left out for some hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction

from yutang.acquisition._duty import Cover, Duty, on_duty, skips_verification
from yutang.acquisition._groups_behind import with_room
from yutang.acquisition._rules import GroupRule, Rules, read_rules
from yutang.acquisition._standings import Found, midnight, restrict, standings_for
from yutang.acquisition.models import CodeKind, LiveCode
from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.week import Window, minute_of_week, next_edge
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState

__all__ = ["Call", "NoGroupLeft", "calling", "duty_of", "keep_in_step", "keep_one_in_step"]

log = structlog.get_logger(__name__)

_AT_ONCE = 50
_LOOK_EVERY = timedelta(minutes=5)
_PAUSES = (
    10,
    30,
    120,
    600,
    1800,
)  # seconds after the first, second … refusal; then always the last
# What the platform says of one member: not verified or disabled, no client contact, not there, not seen by us.
_OF_A_MEMBER = frozenset({40003, 40031, 41054, 60011, 60111, 84074})
_GONE = 41044
_NO_GROUP = frozenset({40050, 86001, 86003, 90501})
_NOT_ACTIVE = Text(
    "企业微信还没有启用，启用后自动生成。",
    "WeCom is not switched on yet; the code is made as soon as it is.",
)


class NoGroupLeft(DomainError):
    """None of the groups behind a code is there any more."""

    zh = "活码“{name}”后面的群都不在了，请换几个群。"
    en = "None of the groups behind “{name}” is there any more. Choose others."


class Call(Protocol):
    """Asks the platform something below `externalcontact/`: with a body by POST, without one by GET."""

    def __call__(
        self,
        api: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
    ) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class _Desired:
    """What the platform should show, without whom; and whom (staff → the platform's userid)."""

    body: dict[str, Any]
    people: Mapping[int, str]


def keep_in_step() -> bool:
    """Look at the codes that are due; return whether there may be more at once."""
    now = clock.now()
    rows = LiveCode.objects.filter(due_at__lte=now).select_related("workspace", "corp")
    due = list(rows.defer("logo").order_by("due_at")[:_AT_ONCE])
    for code in due:
        keep_one_in_step(code, call=calling(code.corp), now=clock.now())
    return len(due) == _AT_ONCE


def calling(corp: Corp) -> Call:
    """Return what asks the platform of a corp."""

    def call(
        api: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
    ) -> Mapping[str, Any]:
        return wecom.Client(corp).call(f"externalcontact/{api}", body, query=query)

    return call


def duty_of(code: LiveCode, *, now: datetime, found: Found | None = None) -> Duty:
    """Return who should be added by a code now, and why not the others."""
    found = found or standings_for(code, now=now)
    return on_duty(read_rules(code.rules), _minute(code, now), found.standings)


def keep_one_in_step(code: LiveCode, *, call: Call, now: datetime) -> None:
    """Let the platform show what a code should show now."""
    try:
        if _is_over(code, now):
            _take_down(code, call)
        elif code.corp.state != CorpState.ACTIVE:
            _trouble(code, _NOT_ACTIVE)
        else:
            _show(code, call, now=now)
            code.attempts, code.trouble_zh, code.trouble_en = 0, "", ""
    except DomainError as refused:
        code.attempts += 1
        _trouble(code, Text(refused.sentence("zh"), refused.sentence("en")))
        log.warning("live code not in step", code=code.pk, why=refused.code())
    _save(code, _next_look(code, now))


def _show(code: LiveCode, call: Call, *, now: datetime) -> None:
    if code.kind == CodeKind.GROUP:
        _tell_groups(code, call)
        code.shown_at = now
        return
    found = standings_for(code, now=now)
    duty = duty_of(code, now=now, found=found)
    code.cover = duty.cover
    code.whys = {str(staff): why.value for staff, why in duty.whys.items()}
    if set(duty.company) != set(code.company):
        code.company, code.company_since = list(duty.company), now
        if duty.cover != Cover.NOBODY:
            found = standings_for(code, now=now)
            duty = duty_of(code, now=now, found=found)
    shown = duty.shown if duty.cover != Cover.NOBODY else _as_before(code, found)
    desired = _Desired(
        {
            "remark": code.name[:30],
            "skip_verify": skips_verification(read_rules(code.rules), _minute(code, now)),
            "state": code.key,
            "is_exclusive": read_rules(code.rules).exclusive,
        },
        {one: found.accounts[one].spelling for one in shown},
    )
    if desired.people:
        _tell(code, desired, call, now=now)


def _as_before(code: LiveCode, found: Found) -> list[int]:
    """With nobody to be added, a contact way still shows somebody: as before, without who cannot be."""
    rules = read_rules(code.rules)
    possible = [
        one
        for one in (code.staff or rules.staff)
        if one in found.accounts and not found.standings[one].is_restricted
    ]
    return possible or [one for one in code.staff if one in found.accounts]


def _tell(code: LiveCode, desired: _Desired, call: Call, *, now: datetime) -> None:
    wanted = _as_told(desired.body, desired.people)
    if code.config and code.shown == wanted:
        code.staff = sorted(desired.people)
        return
    taken = _accepted(code, desired, sorted(desired.people), call, now=now)
    refused = set(desired.people) - set(taken)
    if refused and taken:  # halves were told one after the other: the last word is all of them
        _put(code, _as_told(desired.body, {one: desired.people[one] for one in taken}), call)
    if taken:
        code.staff, code.shown_at = sorted(taken), now
        code.shown = _as_told(desired.body, {one: desired.people[one] for one in taken})


def _accepted(
    code: LiveCode, desired: _Desired, people: list[int], call: Call, *, now: datetime
) -> list[int]:
    """Tell the platform of these people; return whom it takes. Whom it does not is restricted for a while."""
    try:
        _put(code, _as_told(desired.body, {one: desired.people[one] for one in people}), call)
    except wecom.PlatformRefused as refused:
        if refused.errcode not in _OF_A_MEMBER:
            raise
        if len(people) == 1:
            why = Text(refused.sentence("zh"), refused.sentence("en"))
            restrict(code.workspace, people, why, now=now)
            return []
        half = len(people) // 2
        return [
            one
            for part in (people[:half], people[half:])
            for one in _accepted(code, desired, part, call, now=now)
        ]
    return people


def _put(code: LiveCode, body: Mapping[str, Any], call: Call) -> None:
    """Make the contact way, or change it; one that is gone there is made anew."""
    if code.config:
        try:
            call("update_contact_way", {"config_id": code.config, **body})
        except wecom.PlatformRefused as refused:
            if refused.errcode != _GONE:
                raise
            code.config = ""
        else:
            return
    answer = call("add_contact_way", {"type": 2, "scene": 2, **body})
    code.config, code.picture = str(answer["config_id"]), str(answer.get("qr_code") or "")
    # Known at once: whoever dies now must not make another one.
    LiveCode.objects.filter(pk=code.pk).update(config=code.config, picture=code.picture)


def _as_told(body: Mapping[str, Any], people: Mapping[int, str]) -> dict[str, Any]:
    return {**body, "user": sorted(people.values()), "party": []}


def _tell_groups(code: LiveCode, call: Call) -> None:
    """Let a join way lead to the groups that have room; groups the platform founded beside them stay."""
    rules = read_rules(code.rules)
    listed = {each.chat for each in rules.groups}
    founded = [GroupRule(each) for each in _chats_there(code, call) if each not in listed]
    groups = [*rules.groups, *founded]
    sizes = {each.chat: size for each in groups if (size := _size(each.chat, call)) is not None}
    chats, code.cover = with_room(groups, sizes)
    wanted = {
        "remark": code.name[:30],
        "auto_create_room": int(rules.founds_groups),
        "room_base_name": rules.group_name,
        "room_base_id": rules.group_number,
        "chat_id_list": chats,
        "state": code.key,
    }
    if not chats:
        raise NoGroupLeft(name=code.name)
    if code.config and code.shown == wanted:
        return
    if code.config:
        call("groupchat/update_join_way", {"config_id": code.config, "scene": 2, **wanted})
    else:
        code.config = str(call("groupchat/add_join_way", {"scene": 2, **wanted})["config_id"])
        LiveCode.objects.filter(pk=code.pk).update(config=code.config)
    if not code.picture:
        told = call("groupchat/get_join_way", {"config_id": code.config})
        code.picture = str(told["join_way"].get("qr_code") or "")
    code.shown = wanted


def _chats_there(code: LiveCode, call: Call) -> list[str]:
    if not code.config:
        return []
    told = call("groupchat/get_join_way", {"config_id": code.config})
    return [str(each) for each in told["join_way"].get("chat_id_list") or ()]


def _size(chat: str, call: Call) -> int | None:
    """Return how many people are in a group; None where it is not there any more."""
    try:
        answer = call("groupchat/get", {"chat_id": chat, "need_name": 0})
    except wecom.PlatformRefused as refused:
        if refused.errcode in _NO_GROUP:
            return None
        raise
    return len(answer["group_chat"].get("member_list") or ())


def _take_down(code: LiveCode, call: Call) -> None:
    if code.config:
        way = "del_contact_way" if code.kind == CodeKind.STAFF else "groupchat/del_join_way"
        try:
            call(way, {"config_id": code.config})
        except wecom.PlatformRefused as refused:
            if refused.errcode != _GONE:
                raise
    code.config = code.picture = code.cover = ""
    code.shown, code.staff, code.whys, code.company = None, [], {}, []
    code.attempts, code.trouble_zh, code.trouble_en = 0, "", ""


def _is_over(code: LiveCode, now: datetime) -> bool:
    expired = code.expires_at is not None and code.expires_at <= now
    return code.archived_at is not None or expired


def _next_look(code: LiveCode, now: datetime) -> datetime | None:
    """Return when something may be different: an edge of a window, midnight, the end, or five minutes on."""
    if code.attempts:
        return now + timedelta(seconds=_PAUSES[min(code.attempts, len(_PAUSES)) - 1])
    if _is_over(code, now):
        return None
    edges = [now + _LOOK_EVERY, midnight(code.workspace, now) + timedelta(days=1)]
    if code.expires_at is not None:
        edges.append(code.expires_at)
    zone = ZoneInfo(code.workspace.time_zone)
    edge = next_edge(_windows(read_rules(code.rules)), now.astimezone(zone).replace(tzinfo=None))
    if edge is not None:
        edges.append(edge.replace(tzinfo=zone))
    return min(each for each in edges if each > now)


def _windows(rules: Rules) -> list[Window]:
    return [*rules.skip_windows, *(each for one in rules.members for each in one.windows)]


def _minute(code: LiveCode, now: datetime) -> int:
    return minute_of_week(now.astimezone(ZoneInfo(code.workspace.time_zone)))


def _trouble(code: LiveCode, why: Text) -> None:
    code.trouble_zh, code.trouble_en = why.zh[:500], why.en[:500]


@transaction.atomic
def _save(code: LiveCode, next_look: datetime | None) -> None:
    """Keep what was told. Who changed the code meanwhile, or came by it, has it looked at again soon."""
    fields = ["config", "picture", "shown", "shown_at", "staff", "whys", "cover", "company"]
    code.save(update_fields=[*fields, "company_since", "attempts", "trouble_zh", "trouble_en"])
    mine = LiveCode.objects.filter(pk=code.pk, due_at=code.due_at)
    mine.update(due_at=next_look)
