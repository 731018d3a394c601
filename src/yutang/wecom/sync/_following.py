"""Contacts of a run: pages into the stores with the cursor, then what is no longer told of."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import DomainError
from yutang.wecom._rows import run as run_sql
from yutang.wecom.models import (
    Ended,
    GapKind,
    PartState,
    StaffAccount,
    Subject,
    SyncPart,
    SyncRun,
)
from yutang.wecom.sync._batches import batches
from yutang.wecom.sync._contacts import Brought, Overtaken, Reading, bring, end
from yutang.wecom.sync._noting import UNREADABLE, note_failure, note_gaps, note_gone_well
from yutang.wecom.sync._platform import NO_RELATION, Platform, code_of, concerns_one
from yutang.wecom.sync._reading import Page, pages_ahead
from yutang.wecom.sync._runs import Stop, count, parts_left
from yutang.wecom.sync._tags import know_tags
from yutang.wecom.sync._told import Told, told_by_contact

__all__ = ["attempt", "follow_contacts", "read_contact"]

_TRIES = 6


def follow_contacts(
    run: SyncRun, platform: Platform, *, clock: Callable[[], datetime], pause: Stop
) -> None:
    """Read every member's contacts from where it was left, then close each part.

    :raises DomainError: what concerns all of it
    """
    while parts := parts_left(run, Subject.CONTACTS):
        reading = [part for part in parts if part.state == PartState.WAITING]
        for pages in pages_ahead(platform, reading, clock=clock):
            _take_pages(run, platform, pages, clock=clock)
            pause()
        for part in parts_left(run, Subject.CONTACTS):
            if part.state == PartState.CLOSING:
                _close(run, part, platform, clock=clock)
                pause()


def _take_pages(
    run: SyncRun, platform: Platform, pages: Sequence[Page], *, clock: Callable[[], datetime]
) -> None:
    refused = [page for page in pages if page.refusal is not None]
    good = [page for page in pages if page.refusal is None]
    if good:
        know_tags(
            run.corp,
            platform,
            {tag for page in good for each in page.told for tag in each.tags},
            now=clock(),
        )
        attempt(lambda: _write(run, good, now=clock()))
    for page in refused:
        _split(run, page, now=clock())


@transaction.atomic
def _write(run: SyncRun, pages: Sequence[Page], *, now: datetime) -> None:
    """Take pages in and move the cursors: one transaction, so that after any end it goes on from there."""
    reading = Reading(run.corp, min(page.began_at for page in pages), heard=not run.is_first)
    told = [each for page in pages for each in page.told]
    brought = bring(reading, told, now=now)
    for page in pages:
        for key in page.unreadable:
            note_failure(run.corp, Subject.CONTACTS, key, UNREADABLE, now=now)
    for key, why in brought.problems:
        note_failure(run.corp, Subject.CONTACTS, key, why, now=now)
    _note(run, brought, now=now)
    for page in {page.part.pk: page for page in pages}.values():  # the last of each part
        state = PartState.WAITING if page.cursor else PartState.CLOSING
        SyncPart.objects.within(run.workspace_id).filter(pk=page.part.pk).update(
            cursor=page.cursor, state=state
        )
    count(
        run,
        contacts_read=len(told) + sum(len(page.unreadable) for page in pages),
        contacts_new=len(brought.new),
        contacts_changed=len(brought.changed),
        contacts_same=brought.same,
        contacts_left_out=brought.left_out,
    )


def _note(run: SyncRun, brought: Brought, *, now: datetime) -> None:
    went = [external for external, _, _ in (*brought.new, *brought.changed)]
    note_gone_well(run.corp, Subject.CONTACTS, went)
    for kind, lines in (
        (GapKind.MISSING, brought.new),
        (GapKind.CHANGED, brought.changed),
        (GapKind.LEFT_OVER, brought.ended),
    ):
        found = [(f"{external} · {userid}", home) for external, userid, home in lines]
        note_gaps(run, Subject.CONTACTS, kind, found, now=now)


@transaction.atomic
def _split(run: SyncRun, page: Page, *, now: datetime) -> None:
    """Ask for each member by herself where one of them spoils it for all; one alone did not go.

    :raises DomainError: when it is not about a member
    """
    part, refusal = page.part, page.refusal
    if refusal is None or not concerns_one(refusal):
        raise refusal or RuntimeError("nothing was refused")
    mine = SyncPart.objects.within(run.workspace_id).filter(run=run, subject=Subject.CONTACTS)
    if len(part.members) == 1:
        note_failure(run.corp, Subject.CONTACTS, f"@{part.members[0]}", refusal, now=now)
        mine.filter(pk=part.pk).update(state=PartState.DONE)
        return
    last = mine.order_by("-place").values_list("place", flat=True)[0]
    SyncPart.objects.bulk_create(
        SyncPart(
            workspace_id=run.workspace_id,
            run=run,
            subject=Subject.CONTACTS,
            place=last + 1 + place,
            members=[userid],
        )
        for place, userid in enumerate(part.members)
    )
    mine.filter(pk=part.pk).update(state=PartState.DONE)


def _close(
    run: SyncRun, part: SyncPart, platform: Platform, *, clock: Callable[[], datetime]
) -> None:
    """Hold each member's list against what is here: what it lacks is over, what is lacking here is read."""
    for userid in part.members:
        began = clock()
        try:
            listed = _listed(platform, userid)
        except DomainError as refusal:
            if not concerns_one(refusal):
                raise
            note_failure(run.corp, Subject.CONTACTS, f"@{userid}", refusal, now=clock())
            continue
        note_gone_well(run.corp, Subject.CONTACTS, [f"@{userid}"])
        account = StaffAccount.objects.within(run.workspace_id).filter(
            corp=run.corp, userid=userid.lower()
        )
        number = account.values_list("pk", flat=True).first() or 0
        asked = {"workspace": run.workspace_id, "account": number, "read_at": began}
        here = dict(run_sql("relations", "followed", asked).fetchall())
        over = [
            (each, userid.lower())
            for each, newer in here.items()
            if each not in listed and not newer
        ]
        for some in batches(over, 500):
            attempt(partial(_end, run, some, began, now=clock()))
        for external in sorted(listed - here.keys()):
            _look_at(run, platform, external, clock=clock)
    SyncPart.objects.within(run.workspace_id).filter(pk=part.pk).update(state=PartState.DONE)


def _listed(platform: Platform, userid: str) -> set[str]:
    try:
        answer = platform("externalcontact/list", {"userid": userid})
    except DomainError as refusal:
        if code_of(refusal) == NO_RELATION:
            return set()
        raise
    return set(map(str, answer.get("external_userid") or ()))


@transaction.atomic
def _end(run: SyncRun, pairs: Sequence[tuple[str, str]], began: datetime, *, now: datetime) -> None:
    reading = Reading(run.corp, began, heard=not run.is_first)
    brought = end(reading, pairs, by=Ended.STAFF, at=began, now=now)
    _note(run, brought, now=now)
    count(run, contacts_ended=len(brought.ended))


def _look_at(
    run: SyncRun, platform: Platform, external: str, *, clock: Callable[[], datetime]
) -> None:
    """Read one contact who is listed and was on no page: she came while the pages were read."""
    began = clock()
    try:
        told = read_contact(platform, external)
    except DomainError as refusal:
        if not concerns_one(refusal):
            raise
        note_failure(run.corp, Subject.CONTACTS, external, refusal, now=began)
        return
    know_tags(run.corp, platform, {tag for each in told for tag in each.tags}, now=began)

    @transaction.atomic
    def write() -> None:
        brought = bring(Reading(run.corp, began, heard=not run.is_first), told, now=clock())
        _note(run, brought, now=clock())
        for key, why in brought.problems:
            note_failure(run.corp, Subject.CONTACTS, key, why, now=clock())
        count(run, contacts_read=len(told), contacts_new=len(brought.new))

    attempt(write)


def read_contact(platform: Platform, external: str) -> list[Told]:
    """Return everybody who follows a contact; she may have more followers than one answer holds."""
    told: list[Told] = []
    cursor = ""
    while True:
        asked = {"external_userid": external} | ({"cursor": cursor} if cursor else {})
        answer = platform("externalcontact/get", asked)
        told += told_by_contact(answer)
        cursor = str(answer.get("next_cursor") or "")
        if not cursor:
            return told


def attempt(transaction_: Callable[[], None]) -> None:
    """Do a transaction, and again where somebody else was faster or a deadlock ended it."""
    done = survives_deadlocks(transaction_)
    for _ in range(_TRIES):
        try:
            return done()
        except Overtaken:
            continue
    raise RuntimeError("relations kept being entered by others")
