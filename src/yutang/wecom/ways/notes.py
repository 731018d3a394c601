"""Staff are told things in WeCom by the corp's app: each thing once, several as one message, not by night.

    tell_staff(corp, [Note(staff=3, key="task:7", title="回访周女士", path="/sidebar")], now=now)

A `Text` is said in the language she reads Yutang in, in Chinese to who never signed in; what somebody wrote is said as
it was written. What is due for somebody at once is one message. Quiet hours are those in which the brand disturbs
nobody, on the workspace's clock; after so many messages a day the rest waits for the morning, as one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings as installation
from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Language, Text
from yutang.reach import service as reach
from yutang.wecom.accounts import accounts_by_staff
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import PlatformRefused
from yutang.wecom.client.limits import Lane, most
from yutang.wecom.models import Corp, CorpState, NoteState, StaffNote
from yutang.workspaces import service as workspaces

__all__ = ["Note", "deliver_notes", "tell_staff"]

log = structlog.get_logger(__name__)

GATHERS_FOR = timedelta(seconds=20)
_AGAIN = timedelta(minutes=2)
_ONE_MESSAGE = 500  # notes
_LISTED = 8
_MOST_TRIES = 5
_NOBODY = {40003, 60011, 60111, 81013, 82001}
_TITLE, _DESCRIPTION, _TEXT = 128, 512, 2048  # bytes
_MORE = "…"
_OPEN, _LOOK = Text("打开", "Open"), Text("打开看看", "Open them")
_SEVERAL, _AND_MORE = (
    Text("有 {} 件事：", "{} things to do:"),
    Text("……还有 {} 件", "… and {} more"),
)


@dataclass(frozen=True)
class Note:
    """One thing one of the staff is to be told."""

    staff: int
    key: str
    title: str | Text
    text: str | Text = ""
    path: str = ""
    customer: int = 0


def tell_staff(corp: Corp, notes: Iterable[Note], *, now: datetime) -> int:
    """Have staff told, as soon as they may be; what was said before under a key is not said again.

    Who has no account in the corp is left out. Returns how many are to be told something new.
    """
    wanted = list(notes)
    able = accounts_by_staff(corp, {each.staff for each in wanted})
    tongues = workspaces.languages_of(corp.workspace, able)
    open_at = reach.next_open(corp.workspace, channel="wecom", purpose="marketing", at=now)
    rows = [
        StaffNote(
            workspace_id=corp.workspace_id,
            corp=corp,
            staff_id=each.staff,
            key=each.key,
            title=_in(tongues[each.staff], each.title)[:200],
            text=_in(tongues[each.staff], each.text)[:1000],
            language=tongues[each.staff],
            path=each.path,
            customer=each.customer,
            due_at=open_at + GATHERS_FOR,
            created_at=now,
        )
        for each in wanted
        if each.staff in able and able[each.staff].status == 1
    ]
    known = set(
        StaffNote.objects.within(corp.workspace_id)
        .filter(corp=corp, key__in={each.key for each in rows})
        .values_list("staff_id", "key")
    )
    new = [each for each in rows if (each.staff_id, each.key) not in known]
    StaffNote.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _in(language: Language, said: str | Text) -> str:
    return said.said(language) if isinstance(said, Text) else said


def deliver_notes(*, now: datetime) -> bool:
    """Send what is due, a message for each of the staff; return whether there may be more at once."""
    due = StaffNote.objects.filter(
        state=NoteState.WAITING, due_at__lte=now, corp__state=CorpState.ACTIVE
    )
    whom = list(due.order_by("due_at").values_list("corp_id", "staff_id")[:_ONE_MESSAGE])
    corps = Corp.objects.select_related("workspace").in_bulk({corp for corp, _ in whom})
    for corp_id, staff in dict.fromkeys(whom):
        corp = corps[corp_id]
        mine = _bundled(corp, staff, now)
        if mine:
            _send(corp, staff, mine, now)
    return len(whom) == _ONE_MESSAGE


@transaction.atomic
def _bundled(corp: Corp, staff: int, now: datetime) -> list[StaffNote]:
    """Take what is due for one of the staff; what was bundled before goes as it was."""
    rows = StaffNote.objects.within(corp.workspace_id).select_for_update(skip_locked=True)
    due = list(
        rows.filter(corp=corp, staff=staff, state=NoteState.WAITING, due_at__lte=now).order_by(
            "pk"
        )[:_ONE_MESSAGE]
    )
    before = next((each.bundle for each in due if each.bundle), None)
    mine = [each for each in due if each.bundle == before] if before else due
    if not mine:
        return []
    if before is None and (later := _tomorrow(corp, staff, now)):
        _save(mine, due_at=later)
        return []
    bundle: UUID = before or uuid4()
    _save(mine, bundle=bundle, due_at=now + _AGAIN, attempts=mine[0].attempts + 1)
    return mine


def _tomorrow(corp: Corp, staff: int, now: datetime) -> datetime | None:
    """Return when she may be told more, where she has had as many messages today as she is to have."""
    zone = ZoneInfo(corp.workspace.time_zone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = StaffNote.objects.within(corp.workspace_id).filter(
        corp=corp, staff=staff, sent_at__gte=midnight
    )
    if rows.values("bundle").distinct().count() < most("app_messages_to_a_member_and_day", corp):
        return None
    tomorrow = (midnight + timedelta(days=1, hours=8)).replace(hour=8)
    return reach.next_open(corp.workspace, channel="wecom", purpose="marketing", at=tomorrow)


def _send(corp: Corp, staff: int, mine: Sequence[StaffNote], now: datetime) -> None:
    account = accounts_by_staff(corp, [staff]).get(staff)
    if account is None:
        _save(mine, state=NoteState.REFUSED, trouble="no_account")
        return
    body = {
        "touser": account.spelling,
        "agentid": corp.agent_id,
        "enable_duplicate_check": 1,
        "duplicate_check_interval": 1800,
        **_said(corp, mine),
    }
    try:
        answer = Client(corp).call("message/send", body, lane=Lane.STAFF)
    except DomainError as trouble:
        errcode = trouble.errcode if isinstance(trouble, PlatformRefused) else 0
        is_over = errcode in _NOBODY or mine[0].attempts >= _MOST_TRIES
        state = NoteState.REFUSED if is_over else NoteState.WAITING
        _save(mine, state=state, trouble=str(errcode or trouble.code()))
        log.warning("staff not told", corp=corp.pk, code=trouble.code(), errcode=errcode)
        return
    if answer.get("invaliduser"):
        _save(mine, state=NoteState.REFUSED, trouble="invaliduser")
    else:
        _save(mine, state=NoteState.SENT, sent_at=now, trouble="")


def _said(corp: Corp, mine: Sequence[StaffNote]) -> dict[str, Any]:
    """Return a card for one thing that can be opened, a text for everything else."""
    first = mine[0]
    # As it was when the first was written down: said again, it is the same word for word.
    language: Language = "en" if first.language == "en" else "zh"
    if len(mine) == 1 and first.path:
        card = {
            "title": _cut(first.title, _TITLE),
            "description": _cut(first.text or first.title, _DESCRIPTION),
            "url": _address(corp, first.path),
            "btntxt": _OPEN.said(language),
        }
        return {"msgtype": "textcard", "textcard": card}
    if len(mine) == 1:
        content = f"{first.title}\n{first.text}".strip()
    else:
        lines = [_SEVERAL.said(language).format(len(mine))]
        lines += [f"{n}. {each.title}" for n, each in enumerate(mine[:_LISTED], 1)]
        if len(mine) > _LISTED:
            lines.append(_AND_MORE.said(language).format(len(mine) - _LISTED))
        content = _cut("\n".join(lines), _TEXT - 400)
        path = next((each.path for each in mine if each.path), "")
        look = _LOOK.said(language)
        content += f'\n<a href="{_address(corp, path)}">{look}</a>' if path else ""
    return {"msgtype": "text", "text": {"content": _cut(content, _TEXT)}}


def _address(corp: Corp, path: str) -> str:
    """Return an address that signs her in through the platform and goes on to one of our pages."""
    base = installation.YUTANG_PUBLIC_URL.rstrip("/")
    return f"{base}/wecom/oauth/{corp.door}?next={quote(path, safe='')}"


def _cut(text: str, limit: int) -> str:
    """Return as much of a text as has so many bytes."""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - len(_MORE.encode())].decode(errors="ignore") + _MORE


def _save(mine: Sequence[StaffNote], **changed: Any) -> None:
    for each in mine:
        for name, value in changed.items():
            setattr(each, name, value)
    StaffNote.objects.bulk_update(mine, list(changed))
