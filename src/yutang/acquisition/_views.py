"""Codes as a screen shows them: what they are told, who is to be added now, how many came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from yutang.acquisition._duty import Cover, Duty, Standing, Why, on_duty
from yutang.acquisition._figures import figures_of_codes
from yutang.acquisition._pictures import address_of
from yutang.acquisition._rules import Rules, read_rules
from yutang.acquisition._saying import sentence_of
from yutang.acquisition._showing import duty_of
from yutang.acquisition._standings import Found, standing_rows, standings_for
from yutang.acquisition.models import CodeFriend, LiveCode
from yutang.kit.i18n import Text
from yutang.kit.week import DAY, covers, minute_of_week
from yutang.tags import service as tags
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["CodeState", "Preview", "detailed", "listed", "preview", "said"]


class CodeState(StrEnum):
    """What there is to say of a code at a glance."""

    RUNNING = "running"
    BACKUPS = "backups"
    NOBODY = "nobody"
    WAITING = "waiting"  # the platform has not made it yet
    TROUBLE = "trouble"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True)
class Preview:
    """What rules would mean now, were they a code's."""

    sentence: str
    cover: Cover
    shown: Sequence[int]
    uncovered_hours: int


def listed(
    workspace: Workspace, codes: Sequence[LiveCode], *, now: datetime
) -> list[dict[str, Any]]:
    """Return codes as a list shows them."""
    figures = figures_of_codes(workspace, codes, now=now)
    return [
        {
            "id": code.pk,
            "name": code.name,
            "kind": code.kind,
            "channel_id": code.channel_id,
            "channel": code.channel.name if code.channel else "",
            "state": _state(code, now),
            "trouble": Text(code.trouble_zh, code.trouble_en).said(),
            "people": len(rules.staff) or len(rules.groups),
            "shown": len(code.staff) or len((code.shown or {}).get("chat_id_list", ())),
            "today": figures[code.pk].today,
            "total": figures[code.pk].total,
            "spent_fen": figures[code.pk].spent_fen,
            "each_fen": figures[code.pk].each_fen,
            "expires_at": code.expires_at,
            "created_at": code.created_at,
        }
        for code in codes
        for rules in [read_rules(code.rules)]
    ]


def _state(code: LiveCode, now: datetime) -> CodeState:
    if code.archived_at is not None:
        return CodeState.ENDED
    if code.expires_at is not None and code.expires_at <= now:
        return CodeState.EXPIRED
    if code.trouble_zh:
        return CodeState.TROUBLE
    if not code.config:
        return CodeState.WAITING
    by_cover = {Cover.BACKUPS.value: CodeState.BACKUPS, Cover.NOBODY.value: CodeState.NOBODY}
    return by_cover.get(code.cover, CodeState.RUNNING)


def detailed(code: LiveCode, *, now: datetime) -> dict[str, Any]:
    """Return a code with all it is told, and why who is to be added now."""
    rules = read_rules(code.rules)
    found = standings_for(code, now=now)
    duty = duty_of(code, now=now, found=found)
    mine = CodeFriend.objects.filter(code=code)
    left = mine.aggregate(
        waiting=Count("pk", filter=Q(due_at__isnull=False)),
        troubled=Count("pk", filter=~Q(trouble_zh="") & Q(due_at=None)),
    )
    return {
        **listed(code.workspace, [code], now=now)[0],
        **left,
        "rules": code.rules,
        "sentence": said(code.workspace, rules),
        "key": code.key,
        "address": address_of(code),
        "picture": code.picture,
        "has_logo": bool(code.logo),
        "cover": code.cover or None,
        "shown_at": code.shown_at,
        "staff": _staff(code, rules, duty, found),
    }


def _staff(code: LiveCode, rules: Rules, duty: Duty, found: Found) -> list[dict[str, Any]]:
    people = workspaces.staff_by_id(code.workspace, rules.staff)
    caps = {each.staff: each.cap for each in rules.members}
    rows = {row.staff_id: row for row in standing_rows(code.workspace, rules.staff)}
    shown: list[dict[str, Any]] = []
    for one in rules.staff:
        row, standing = rows.get(one), found.standings[one]
        shown.append(
            {
                "staff_id": one,
                "name": people[one].name if one in people else f"#{one}",
                "is_backup": one not in caps,
                "why": duty.whys.get(one, Why.STANDBY),
                "today": standing.today,
                "everywhere": standing.everywhere,
                "cap": caps.get(one),
                "is_online": standing.is_online,
                "most": standing.most,
                "restricted_until": row.restricted_until if row else None,
                "reason": Text(row.reason_zh, row.reason_en).said() if row else "",
            }
        )
    return shown


def said(workspace: Workspace, rules: Rules) -> str:
    """Return rules as one reads them aloud, in the reader's language."""
    people = workspaces.staff_by_id(workspace, rules.staff)
    names = {number: each.name for number, each in people.items()}
    return sentence_of(rules, names, _tag_names(workspace, rules.tags)).said()


def _tag_names(workspace: Workspace, ids: Sequence[int]) -> Mapping[int, str]:
    if not ids:
        return {}
    found: dict[int, str] = {}
    for each in ids:
        try:
            found[each] = tags.find_tag(workspace, each).name
        except tags.NotFound:
            continue
    return found


def preview(workspace: Workspace, rules: Rules, *, now: datetime) -> Preview:
    """Return what rules would mean now, everybody being there and having room."""
    minute = minute_of_week(now.astimezone(ZoneInfo(workspace.time_zone)))
    standings = {each: Standing() for each in rules.staff}
    duty = on_duty(rules, minute, standings)
    uncovered = 0
    if not rules.backups and rules.members:
        always = any(not each.windows for each in rules.members)
        windows = [window for each in rules.members for window in each.windows]
        hours = range(0, 7 * DAY, 60)
        uncovered = 0 if always else sum(not covers(windows, hour) for hour in hours)
    return Preview(said(workspace, rules), duty.cover, duty.shown, uncovered)
