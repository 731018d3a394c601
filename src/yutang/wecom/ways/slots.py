"""What a corp's new friends hear, by the hour, as it is set and as it would be said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction

from yutang.kit import clock
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.week import Window, covers, minute_of_week, mistake_in
from yutang.reach import service as reach
from yutang.wecom.client.limits import most_within
from yutang.wecom.client.media import Kind, look_at
from yutang.wecom.corps import corp_of
from yutang.wecom.models import Corp, attachments_in, words_in
from yutang.wecom.ways.media import file_at
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "MOST_SLOTS",
    "WelcomeFile",
    "WelcomePreview",
    "WelcomeSlot",
    "preview_welcome",
    "set_welcome",
    "slot_at",
    "slots_of",
]

MOST_SLOTS = 20
_PATIENCE = 5.0  # seconds for each file somebody waits for on her screen
_FILES: Mapping[str, tuple[str, Kind]] = {
    "image": ("url", "image"),
    "video": ("url", "video"),
    "file": ("url", "file"),
    "mini_program": ("image_url", "image"),
}
_ONE_AT_ALL_HOURS = Text("不限时段的只能有一条", "only one may hold at all hours")
_TOO_MANY = Text("最多 {most} 条", "{most} at most")


class WelcomeSlot(msgspec.Struct, frozen=True):
    """What is said in some hours of the week; without windows, whenever no other holds."""

    parts: list[dict[str, Any]]
    windows: list[Window] = []


@dataclass(frozen=True)
class WelcomeFile:
    """A file that a welcome names, as it was found; `trouble` says why it could not be sent."""

    place: int
    name: str
    size: int
    trouble: str = ""


@dataclass(frozen=True)
class WelcomePreview:
    """What somebody would hear who comes at an instant."""

    slot: int | None
    parts: Sequence[Mapping[str, Any]]
    text_bytes: int
    text_most: int
    attachments: int
    attachments_most: int
    files: Sequence[WelcomeFile]


def slots_of(corp: Corp) -> list[WelcomeSlot]:
    """Return what is said when."""
    return msgspec.convert(corp.welcome, list[WelcomeSlot])


def slot_at(slots: Sequence[WelcomeSlot], workspace: Workspace, at: datetime) -> WelcomeSlot | None:
    """Return what is said to whoever comes at an instant: of this hour, or of any other."""
    minute = minute_of_week(at.astimezone(ZoneInfo(workspace.time_zone)))
    for each in slots:
        if each.windows and covers(each.windows, minute):
            return each
    return next((each for each in slots if not each.windows), None)


@transaction.atomic
def set_welcome(
    member: Member, corp_id: int, slots: Sequence[WelcomeSlot], *, now: datetime
) -> Corp:
    """Set what new friends hear of whom nobody knows better; no slot: they hear nothing.

    The parts are a message's, the same for everybody: no variables.

    :raises NoSuchCorp, MessageNotSound:
    """
    corp = corp_of(member.workspace, corp_id, lock=True)
    _check(member.workspace, slots, now)
    before, corp.welcome = len(corp.welcome), msgspec.to_builtins(list(slots))
    corp.changed_at = now
    corp.save(update_fields=["welcome", "changed_at"])
    record_audit(
        member.workspace,
        member.actor,
        "wecom.welcome_changed",
        f"wecom:{corp.pk}",
        detail={"before": before, "count": len(slots)},
        now=now,
    )
    return corp


def preview_welcome(
    workspace: Workspace, slots: Sequence[WelcomeSlot], *, at: datetime, now: datetime
) -> WelcomePreview:
    """Return what would be heard at an instant; its files are fetched and looked at.

    :raises MessageNotSound:
    """
    _check(workspace, slots, now)
    slot = slot_at(slots, workspace, at)
    parts = slot.parts if slot else []
    limits = reach.limits_within(workspace, "wecom", on=clock.platform_day(now))
    return WelcomePreview(
        slot=next((n for n, each in enumerate(slots) if each is slot), None),
        parts=parts,
        text_bytes=len(words_in(parts).encode()),
        text_most=limits.parts["text"].fields["text"].most,
        attachments=attachments_in(parts),
        attachments_most=limits.attachments or 0,
        files=list(_files(workspace, parts)),
    )


def _check(workspace: Workspace, slots: Sequence[WelcomeSlot], now: datetime) -> None:
    problems = []
    if len(slots) > MOST_SLOTS:
        problems.append(_problem("slots", _TOO_MANY.said().format(most=MOST_SLOTS)))
    if sum(not each.windows for each in slots) > 1:
        problems.append(_problem("slots", _ONE_AT_ALL_HOURS.said()))
    for place, slot in enumerate(slots[:MOST_SLOTS]):
        for number, window in enumerate(slot.windows):
            if wrong := mistake_in(window):
                problems.append(_problem(f"slots.{place}.windows.{number}", wrong.said()))
        try:
            reach.check_plain(workspace, "wecom", slot.parts, now=now)
        except reach.MessageNotSound as unsound:
            problems += [_problem(f"slots.{place}.{e.field}", e.message) for e in unsound.errors]
    if problems:
        raise reach.MessageNotSound(count=len(problems), errors=problems)


def _problem(field: str, message: str) -> FieldProblem:
    return FieldProblem(field=field, message=message)


def _files(workspace: Workspace, parts: Sequence[Mapping[str, Any]]) -> Iterator[WelcomeFile]:
    for place, part in enumerate(parts):
        field, kind = _FILES.get(str(part["kind"]), ("", "file"))
        if not part.get(field):
            continue
        try:
            limit = most_within(workspace.pk, f"{kind}_bytes")
            file = file_at(part[field], most_bytes=limit, seconds=_PATIENCE)
            look_at(file, kind, limit=limit)
        except DomainError as trouble:
            yield WelcomeFile(place, "", 0, trouble.sentence())
        else:
            yield WelcomeFile(place, file.name, len(file.content))
