"""Pages of contacts as they come from the platform, read ahead while the stores work on those before."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yutang.kit.ahead import read_ahead
from yutang.kit.errors import DomainError
from yutang.wecom.models import SyncPart
from yutang.wecom.sync._platform import CURSOR_GONE, NO_RELATION, Platform, code_of
from yutang.wecom.sync._told import Told, told_by_row

__all__ = ["MOST_PAGES", "Page", "pages_ahead"]

MOST_PAGES = 30  # read and not yet written; what is ready together is written together
_PAGE_ROWS = 100


@dataclass(frozen=True)
class Page:
    """One page of one part: what it tells, where it ends, or why it could not be read."""

    part: SyncPart
    told: Sequence[Told]
    unreadable: Sequence[str]  # what stands where the platform promises a contact
    began_at: datetime
    cursor: str  # of the next page; empty: this was the last
    refusal: DomainError | None = None


def pages_ahead(
    platform: Platform, parts: Sequence[SyncPart], *, clock: Callable[[], datetime]
) -> Iterator[list[Page]]:
    """Yield what is ready of these parts' pages, from where each part is; up to `MOST_PAGES` at once."""
    return read_ahead(_all(platform, parts, clock), most=MOST_PAGES, name="wecom reader")


def _all(
    platform: Platform, parts: Sequence[SyncPart], clock: Callable[[], datetime]
) -> Generator[Page]:
    try:
        for part in parts:
            yield from _pages(platform, part, clock)
    finally:
        connection.close()  # the reading thread's own


def _pages(platform: Platform, part: SyncPart, clock: Callable[[], datetime]) -> Iterator[Page]:
    cursor = part.cursor
    while True:
        began = clock()
        asked = {"userid_list": part.members, "cursor": cursor, "limit": _PAGE_ROWS}
        try:
            answer = platform("externalcontact/batch/get_by_user", asked)
        except DomainError as refusal:
            if code_of(refusal) == CURSOR_GONE and cursor:
                cursor = ""  # kept too long: the part is read again from its start
                continue
            nobody = code_of(refusal) == NO_RELATION and len(part.members) == 1
            yield Page(part, [], [], began, "", None if nobody else refusal)
            return
        told, unreadable = _read(answer.get("external_contact_list") or ())
        cursor = str(answer.get("next_cursor") or "")
        yield Page(part, told, unreadable, began, cursor)
        if not cursor:
            return


def _read(rows: Sequence[object]) -> tuple[list[Told], list[str]]:
    told: list[Told] = []
    unreadable: list[str] = []
    for row in rows:
        try:
            told.append(told_by_row(row))  # type: ignore[arg-type]
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            contact = row.get("external_contact") if isinstance(row, dict) else None
            named = contact.get("external_userid") if isinstance(contact, dict) else None
            unreadable.append(str(named or "?")[:140])
    return told, unreadable
