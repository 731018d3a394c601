"""The platform's limits as a brand sees and changes them: four families under one name each.

    change_limit(member, "corp_tags", value=3000, since=date(2026, 12, 1), now=now)
    restore_limit(member, "corp_tags", now=now)

`corp_tags` is a figure of `limits.json`, `externalcontact/mark_tag:minute` what may be asked of an API,
`cap:wecom.mass` a cap on messages, which the contact policy of `reach` keeps, and `message:wecom.text.text` how
long a text may be, which the messages of `reach` keep.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.reach import service as reach
from yutang.wecom.client.limits import (
    Changed,
    forget_changes,
    key_of,
    limits_of,
    most,
    platform_day,
    written,
)
from yutang.wecom.models import LimitChange
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, NotAllowed, record_audit

__all__ = [
    "Limit",
    "LimitBeyond",
    "LimitChangedBy",
    "LimitFromTooFar",
    "NoSuchLimit",
    "change_limit",
    "limits_in_force",
    "restore_limit",
]

_CHANNELS = ("wecom", "group", "moments")
_CAP = "cap:"
_MESSAGE = "message:"
_MONTH = 31  # days, where a cap is as many as the month has
_FIRST_DAY = date(2011, 1, 1)  # nothing is older than the platform
_AHEAD = timedelta(days=731)
_MOST_OF_A_CAP = 1000
_MOST_TIMES = 100  # of the default
_MOST = 1_000_000_000

# Those that are followed wherever they bind, by what they are about.
_FIGURES: Mapping[str, Mapping[str, Text]] = {
    "mass": {
        "mass_customers_per_task": Text(
            "一个群发任务最多多少位客户", "Customers in one mass message"
        ),
        "mass_chats_per_task": Text("一个群发任务最多多少个客户群", "Groups in one mass message"),
        "mass_reminders_per_day": Text(
            "一个任务 24 小时内最多提醒员工几次", "Reminders of one task in 24 hours"
        ),
        "moment_senders": Text("一条朋友圈最多由多少位员工发表", "Staff who publish one post"),
        "app_messages_to_a_member_and_day": Text(
            "每天最多给一位员工发几条应用消息", "App messages to one member a day"
        ),
    },
    "messages": {
        "image_bytes": Text("上传到平台的图片最多几个字节", "Bytes of an uploaded picture"),
        "video_bytes": Text("上传到平台的视频最多几个字节", "Bytes of an uploaded video"),
        "file_bytes": Text("上传到平台的文件最多几个字节", "Bytes of an uploaded file"),
    },
    "transfer": {
        "transfers_per_90_days": Text("一位客户在期限内最多交接几次", "Transfers of one customer"),
        "group_transfers_per_90_days": Text("一个群在期限内最多交接几次", "Transfers of one group"),
        "transfer_window_days": Text("上面说的期限是几天", "Days in which those are counted"),
        "transfer_refusal_hours": Text(
            "客户在几小时内可以拒绝交接", "Hours in which a customer may refuse a transfer"
        ),
        "transfer_customers_per_call": Text(
            "一次最多提交多少位客户交接", "Customers asked for at once"
        ),
        "group_transfers_per_call": Text("一次最多提交多少个群交接", "Groups asked for at once"),
        "group_transfers_per_owner_and_day": Text(
            "一位群主每天最多交出多少个群", "Groups one owner hands over a day"
        ),
    },
    "contact": {
        "corp_tags": Text("企业标签最多多少个", "Tags of the corp"),
        "remark_characters": Text("备注最多多少个字", "Characters of a remark"),
        "description_characters": Text("描述最多多少个字", "Characters of a description"),
        "media_days": Text("上传的素材几天内有效", "Days an uploaded file can be used"),
    },
}
_WINDOWS = {
    "minute": Text("每分钟", "a minute"),
    "hour": Text("每小时", "an hour"),
    "day": Text("每天", "a day"),
    "month": Text("每月", "a month"),
    "at_once": Text("同时", "at once"),
}


class NoSuchLimit(DomainError):
    """Nobody knows a limit of that name."""

    status = 404
    zh = "没有这条平台限制。"
    en = "There is no such limit."


class LimitBeyond(DomainError):
    """No platform has such a number."""

    status = 422
    zh = "“{label}”只能在 {least} 到 {most} 之间。"
    en = "“{label}” has to be between {least} and {most}."


class LimitFromTooFar(DomainError):
    """From a day on that nobody can mean."""

    status = 422
    zh = "生效日期只能在 {first} 到 {last} 之间。"
    en = "The first day has to be between {first} and {last}."


class _Kept(Protocol):
    """A change as it is kept, here or in `reach`."""

    value: int
    since: date
    before: int | None
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class LimitChangedBy:
    """What the brand made of a limit; a `value` of None: it is not applied at all."""

    value: int | None
    since: date | None
    before: int | None
    made_by: str  # a name, where it is known
    made_at: datetime | None


@dataclass(frozen=True)
class Limit:
    """One limit, as it holds today."""

    name: str
    about: str  # mass, messages, transfer, contact, calls, caps
    label: Text
    value: int | None  # None: not applied
    default: int
    follows_month: bool  # by default as many as the month has days
    seen: str  # the month or day its text was read
    since: str  # from when it holds by default, where that is known
    source: str
    least: int
    most: int
    change: LimitChangedBy | None
    permission: str


def limits_in_force(workspace: Workspace) -> list[Limit]:
    """Return every limit that can be changed."""
    forget_changes(workspace.pk)
    rows = {each.name: each for each in LimitChange.objects.within(workspace)}
    caps = reach.platform_caps(workspace, platform_day(), _CHANNELS)
    figures = reach.message_limits(workspace, platform_day(), _CHANNELS)
    actors = {each.made_by for each in rows.values()} | {each.made_by for each in caps}
    actors |= {each.change.made_by for each in figures if each.change}
    names = workspaces.actor_names(actors)
    found = [_of_cap(each, names) for each in caps]
    found += [_of_message(each, names) for each in figures]
    plain = [_figure(about, name) for about, each in _FIGURES.items() for name in each]
    plain += _of_apis()
    return found + [_changed(each, rows.get(each.name), names) for each in plain]


@transaction.atomic
def change_limit(
    member: Member, name: str, *, value: int, since: date | None, now: datetime
) -> Limit:
    """Let another number hold from a day on (today, by default); what holds now holds until then.

    :raises NoSuchLimit, NotAllowed, LimitBeyond, LimitFromTooFar:
    """
    limit = _limit(member, name)
    today = platform_day()
    begin = since or today
    if not limit.least <= value <= limit.most:
        raise LimitBeyond(label=limit.label, least=limit.least, most=limit.most)
    if not _FIRST_DAY <= begin <= today + _AHEAD:
        raise LimitFromTooFar(first=_FIRST_DAY, last=today + _AHEAD)
    before = limit.value if limit.change and begin > today else None
    if name.startswith(_CAP):
        change = reach.PlatformChange(most=value, since=begin, before=before)
        reach.change_platform_cap(member, name.removeprefix(_CAP), change, now=now)
    elif name.startswith(_MESSAGE):
        told_of = (value, begin, before)
        reach.change_message_limit(member, name.removeprefix(_MESSAGE), told_of, now=now)
    else:
        told = {"value": value, "since": begin, "before": before}
        LimitChange.objects.update_or_create(
            workspace=member.workspace,
            name=name,
            defaults=told | {"made_by": member.actor, "made_at": now},
        )
    detail = {"before": limit.value, "after": value}
    _audit(member, "wecom.limit_changed", name, detail | {"from_day": begin.isoformat()}, now)
    return _limit(member, name)


@transaction.atomic
def restore_limit(member: Member, name: str, *, now: datetime) -> Limit:
    """Let the default hold again.

    :raises NoSuchLimit, NotAllowed:
    """
    limit = _limit(member, name)
    if limit.change is None:
        return limit
    if name.startswith(_CAP):
        reach.change_platform_cap(member, name.removeprefix(_CAP), None, now=now)
    elif name.startswith(_MESSAGE):
        reach.change_message_limit(member, name.removeprefix(_MESSAGE), None, now=now)
    else:
        LimitChange.objects.within(member.workspace).filter(name=name).delete()
    detail: dict[str, object] = {"before": limit.value, "after": limit.default}
    _audit(member, "wecom.limit_restored", name, detail, now)
    return _limit(member, name)


def _limit(member: Member, name: str) -> Limit:
    found = {each.name: each for each in limits_in_force(member.workspace)}.get(name)
    if found is None:
        raise NoSuchLimit
    if not member.may(found.permission):
        raise NotAllowed(permission=workspaces.PERMISSIONS[found.permission])
    return found


def _audit(
    member: Member, action: str, name: str, detail: dict[str, object], now: datetime
) -> None:
    record_audit(member.workspace, member.actor, action, f"limit:{name}", detail=detail, now=now)
    # Now for whoever reads within the transaction, then for what was read beside it.
    forget_changes(member.workspace.pk)
    transaction.on_commit(lambda: forget_changes(member.workspace.pk))


def _of_cap(cap: reach.PlatformCap, names: Mapping[str, str]) -> Limit:
    rule, change = cap.rule, cap.change
    default = _MONTH if rule.most is None else rule.most
    value: int | None = default
    if change is not None:
        number = change.on(platform_day(), rule.most)
        value = None if change.off else default if number is None else number
    told = None
    if change is not None:
        made = None if change.off else change.most
        who = names.get(cap.made_by, "")
        told = LimitChangedBy(made, change.since, change.before, who, cap.made_at)
    return Limit(
        f"{_CAP}{rule.name}",
        "caps",
        Text(rule.zh, rule.en),
        value,
        default,
        rule.most is None,
        rule.checked_on.isoformat(),
        rule.since.isoformat(),
        rule.source,
        0,
        _MOST_OF_A_CAP,
        told,
        "policy.write",
    )


def _of_message(figure: reach.MessageFigure, names: Mapping[str, str]) -> Limit:
    plain = Limit(
        f"{_MESSAGE}{figure.name}",
        "messages",
        figure.label,
        figure.default,
        figure.default,
        False,
        figure.since.isoformat(),
        figure.since.isoformat(),
        figure.document,
        1,
        min(figure.default * _MOST_TIMES, _MOST),
        None,
        "wecom.write",
    )
    return _changed(plain, figure.change, names)


def _figure(about: str, name: str) -> Limit:
    found = written()["most"][name]
    default = most(name)
    return Limit(
        name,
        about,
        _FIGURES[about][name],
        default,
        default,
        False,
        str(found["seen"]),
        max(found.get("before", {}), default=""),
        _document(str(found.get("source", ""))),
        1,
        min(default * _MOST_TIMES, _MOST),
        None,
        "wecom.write",
    )


def _of_apis() -> Iterator[Limit]:
    for api in ("default", *written()["apis"]):
        found = limits_of(api)
        seen = str(written()["apis"].get(api, written()["default"])["seen"])
        zh, en = ("其他接口，各自", "any other API") if api == "default" else (f"{api} ", api)
        for window, when in _WINDOWS.items():
            default = getattr(found, window)
            if default is None:
                continue
            yield Limit(
                key_of(api, window),
                "calls",
                Text(f"{zh}{when.zh}最多几次", f"Calls of {en} {when.en}"),
                default,
                default,
                False,
                seen,
                "",
                _document(str(written()["frequency"])),
                1,
                min(default * _MOST_TIMES, _MOST),
                None,
                "wecom.write",
            )


def _document(number: str) -> str:
    return f"{written()['documents']}{number}" if number else ""


def _changed(limit: Limit, row: _Kept | None, names: Mapping[str, str]) -> Limit:
    """Return a limit with what the brand made of it."""
    if row is None:
        return limit
    value = Changed(row.value, row.since, row.before).on(platform_day(), limit.default)
    who = names.get(row.made_by, "")
    told = LimitChangedBy(row.value, row.since, row.before, who, row.made_at)
    return replace(limit, value=value, change=told)
