"""Archived chats are read and kept: each message once, in the archive's order, from where it was left.

A page is asked for outside of any transaction. It is written with the corp's place in the archive in one, so whoever
dies in between reads it again, and of two who read the same only the first writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from django.db import transaction

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.wecom.accounts import accounts_by_userid
from yutang.wecom.archive.interface import Record, archive_of
from yutang.wecom.callbacks.handlers import Told, handles
from yutang.wecom.findings import told_by
from yutang.wecom.models import ArchivedMessage, Corp, CorpState, FollowRelation

__all__ = ["forget_archived", "read_archives"]

log = structlog.get_logger(__name__)
_AT_ONCE = 1000
_FORGOTTEN_AT_ONCE = 5000  # each takes what was found in it along
_NEWS = timedelta(days=2)
_TEXT = 4000
_EXTERNAL = ("wm", "wo")  # customers; everybody else is a member of the corp


@handles("msgaudit_notify", name="archive.read")
def on_notice(corp: Corp, told: Sequence[Told], *, now: datetime) -> None:
    """Read the archive at once when the platform says that it has something new."""
    del corp, told, now
    wake("wecom.archive")


def read_archives(*, now: datetime) -> bool:
    """Read every archive on; True when one of them has more."""
    corps = Corp.objects.filter(state=CorpState.ACTIVE).exclude(archive_base="")
    more = False
    for corp in corps.select_related("workspace").order_by("pk"):
        more |= _read_on(corp, now)
    return more


def forget_archived(*, now: datetime) -> bool:
    """Forget some of the messages that were kept as long as they are to be; True when there may be more."""
    more = False
    for corp in Corp.objects.order_by("pk"):
        kept = ArchivedMessage.objects.within(corp.workspace_id).filter(corp=corp)
        old = kept.filter(at__lt=now - timedelta(days=corp.archive_days)).order_by("at")
        some = list(old.values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
        kept.filter(pk__in=some).delete()
        more |= len(some) == _FORGOTTEN_AT_ONCE
    return more


def _read_on(corp: Corp, now: datetime) -> bool:
    try:
        records = archive_of(corp).read(corp.archive_seq, _AT_ONCE)
    except DomainError as refusal:
        why = told_by(refusal)
        log.warning("archive not read", corp=corp.pk, code=refusal.code())
        Corp.objects.within(corp.workspace_id).filter(pk=corp.pk).update(
            archive_trouble_zh=why.zh[:300], archive_trouble_en=why.en[:300]
        )
        return False
    with transaction.atomic():
        mine = Corp.objects.within(corp.workspace_id).filter(pk=corp.pk)
        if mine.select_for_update().values_list("archive_seq", flat=True)[0] != corp.archive_seq:
            return True  # somebody was faster
        _keep(corp, records, now=now)
        mine.update(
            archive_seq=records[-1].seq if records else corp.archive_seq,
            archive_read_at=now,
            archive_trouble_zh="",
            archive_trouble_en="",
        )
    return len(records) == _AT_ONCE


class _Who(NamedTuple):
    """Whom the names in some records mean: members by userid in lower case, customers' homes by contact."""

    staff: Mapping[str, int]
    homes: Mapping[str, int]

    def of(self, record: Record) -> tuple[int, int, bool]:
        """Return the member, the customer's home, and whether the member wrote; zeros for strangers."""
        by_staff = not _is_customer(record.sender)
        if by_staff:
            staff = self.staff.get(record.sender.lower(), 0)
            alone = [each for each in record.tolist if _is_customer(each)]
            home = 0 if record.roomid or len(alone) != 1 else self.homes.get(alone[0], 0)
            return staff, home, True
        alone = [each for each in record.tolist if not _is_customer(each)]
        staff = 0 if record.roomid or len(alone) != 1 else self.staff.get(alone[0].lower(), 0)
        return staff, self.homes.get(record.sender, 0), False


def _is_customer(name: str) -> bool:
    return name.startswith(_EXTERNAL)


def _keep(corp: Corp, records: Sequence[Record], *, now: datetime) -> None:
    said = [each for each in records if each.action == "send" and each.msgid and each.sender]
    who = _Who(_members(corp, said), _homes(corp, said, now))
    rows: list[ArchivedMessage] = []
    for each in said:
        staff, home, by_staff = who.of(each)
        if home or (by_staff and staff and each.roomid):
            text = each.text.get("content", "").replace("\0", "")[:_TEXT]
            rows.append(
                ArchivedMessage(
                    workspace_id=corp.workspace_id,
                    corp=corp,
                    seq=each.seq,
                    msgid=each.msgid[:120],
                    at=_instant(each.msgtime, now),
                    staff=staff,
                    home=home,
                    room=each.roomid[:64],
                    by_staff=by_staff,
                    kind=each.msgtype[:20],
                    text=text,
                )
            )
    ArchivedMessage.objects.bulk_create(rows, ignore_conflicts=True)
    recalled = [each.revoke.get("pre_msgid", "") for each in records if each.action == "recall"]
    kept = ArchivedMessage.objects.within(corp.workspace_id).filter(corp=corp)
    kept.filter(msgid__in=list(filter(None, recalled))).update(is_recalled=True)
    _tell(corp, rows, now=now)


def _members(corp: Corp, records: Iterable[Record]) -> dict[str, int]:
    named = {name for each in records for name in (each.sender, *each.tolist[:2])}
    found = accounts_by_userid(corp, (each for each in named if not _is_customer(each)))
    return {userid: account.staff_id for userid, account in found.items()}


def _homes(corp: Corp, records: Sequence[Record], now: datetime) -> dict[str, int]:
    """Return whose contacts these are; who is not known yet is a customer from now on, unless she was erased."""
    named = {
        name
        for each in records
        for name in (each.sender, *([] if each.roomid else each.tolist[:2]))
        if _is_customer(name)
    }
    rows = FollowRelation.objects.within(corp.workspace_id).filter(corp=corp, external__in=named)
    homes: dict[str, int] = dict(rows.values_list("external", "home"))
    strangers = sorted(named - homes.keys())
    asked = [{"external_userid": each} for each in strangers]
    for name, found in zip(
        strangers,
        customers.resolve(corp.workspace, asked, source="wecom", now=now) if asked else (),
        strict=True,
    ):
        homes[name] = found.origin_id
    return homes


def _instant(ms: int, now: datetime) -> datetime:
    try:
        return min(datetime.fromtimestamp(ms / 1000, UTC), now)
    except (ValueError, OverflowError, OSError):
        return now


def _tell(corp: Corp, rows: Sequence[ArchivedMessage], *, now: datetime) -> None:
    """Record that customers wrote, not what: their timelines are read by more people than their chats."""
    today = customers.today(corp.workspace, [each.home for each in rows if not each.by_staff])
    for heard in (True, False):
        wrote = [
            NewEvent(
                type="message",
                customer=today[each.home],
                origin=each.home,
                staff=each.staff,
                occurred_at=each.at,
                source="wecom",
            )
            for each in rows
            if not each.by_staff and each.home in today and (now - each.at < _NEWS) == heard
        ]
        events.record(corp.workspace, wrote, now=clock.now(), heard=heard)
