"""Relations into the stores, a page at a time: who is new, who changed, who is no longer told of.

Whatever tells of a relation comes by here: a page of a sync, the answer about one contact, a callback. Rows
are locked by contact; a reading that began before the one a row rests on changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.customers.service import ProfileRow, StandingRelation
from yutang.engines import listed
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.kit.i18n import Text
from yutang.wecom._rows import run
from yutang.wecom.arrivals import Arrived, what_states_say
from yutang.wecom.models import Corp, Ended
from yutang.wecom.sync._accounts import Account, accounts_of
from yutang.wecom.sync._taggings import carry_over
from yutang.wecom.sync._told import Told
from yutang.wecom.ways_in import way_named

__all__ = ["SOURCE", "Brought", "Overtaken", "Reading", "bring", "end", "keep_word"]

SOURCE = "wecom"
_NEWS = timedelta(days=2)  # a friend of longer ago is not greeted as a new one
_GONE = (Ended.STAFF, Ended.TRANSFER)
Pair = tuple[str, int]  # external contact, account


class Overtaken(Exception):
    """Somebody else entered one of these relations meanwhile: what was read of the rows is old."""


class _Row(NamedTuple):
    id: int
    account: int
    external: str
    home: int
    digest: int
    tags: Sequence[str]
    since: datetime
    read_at: datetime
    ended: str
    ended_at: datetime | None
    word_at: datetime | None


@dataclass(frozen=True)
class Reading:
    """What was read of a corp: when the asking began, and what is made of it.

    `heard`: new friends are news; of a first sync they are history. `returned` says when a callback told of
    friendships that began. `touching` keeps even an unchanged answer's instant.
    """

    corp: Corp
    at: datetime
    heard: bool = True
    touching: bool = False
    returned: Mapping[tuple[str, str], datetime] = field(default_factory=dict)  # external, userid


@dataclass
class Brought:
    """What a reading came to; the lists name the pairs as (external contact, userid, home)."""

    new: list[tuple[str, str, int]] = field(default_factory=list)
    changed: list[tuple[str, str, int]] = field(default_factory=list)
    ended: list[tuple[str, str, int]] = field(default_factory=list)
    same: int = 0
    stale: int = 0
    left_out: int = 0  # erased: they asked to be forgotten
    problems: list[tuple[str, Text]] = field(default_factory=list)


@dataclass
class _Page:
    """Relations that are news, while they are being written."""

    reading: Reading
    accounts: Mapping[str, Account]
    held: Mapping[Pair, _Row]
    sound: dict[Pair, Told] = field(default_factory=dict)
    whose: dict[Pair, tuple[int, int]] = field(default_factory=dict)  # customer today, home
    begun: set[Pair] = field(default_factory=set)  # friends for the first time, or again


def bring(reading: Reading, told: Sequence[Told], *, now: datetime) -> Brought:
    """Let these relations be as they are told, inside the caller's transaction.

    :raises Overtaken: do the transaction again
    """
    corp, brought = reading.corp, Brought()
    accounts = accounts_of(corp, {each.userid for each in told}, now=now)
    by_pair = {(each.external, accounts[each.userid].number): each for each in told}
    held = _locked(corp, {external for external, _ in by_pair})
    going: dict[Pair, Told] = {}
    untouched: list[int] = []
    for pair, each in by_pair.items():
        row = held.get(pair)
        if row is None or _is_news(reading, row, each):
            going[pair] = each
        elif row.read_at > reading.at:
            brought.stale += 1
        else:
            brought.same += 1
            untouched.append(row.id)
    if reading.touching and untouched:
        run("relations", "touch", _of(corp) | {"ids": listed(untouched), "read_at": reading.at})
    if going:
        _take(_Page(reading, accounts, held), going, brought, now=now)
    return brought


def _is_news(reading: Reading, row: _Row, told: Told) -> bool:
    if row.read_at > reading.at:
        return False
    return (
        row.ended in _GONE
        or row.digest != told.digest
        or tuple(row.tags) != told.tags
        or (row.ended != "" and _is_back(reading, row, told))
    )


def _is_back(reading: Reading, row: _Row, told: Told) -> bool:
    again = reading.returned.get((told.external, told.userid))
    return told.since > row.since or bool(again and row.ended_at and again > row.ended_at)


def _take(page: _Page, going: Mapping[Pair, Told], brought: Brought, *, now: datetime) -> None:
    """Write what is news, for everybody who can be told who she is."""
    reading, held = page.reading, page.held
    upserted = customers.upsert_many(
        reading.corp.workspace,
        [_profile(each, reading.at) for each in going.values()],
        source=SOURCE,
        now=now,
        keep="others",
    )
    erased = set(upserted.erased)
    for place, (pair, each) in enumerate(going.items()):
        if place in erased:
            brought.left_out += 1
        elif place in upserted.problems:
            fields = ", ".join(sorted({one.field for one in upserted.problems[place]}))
            brought.problems.append((each.external, _unreadable(fields)))
        else:
            page.sound[pair] = each
            page.whose[pair] = upserted.customers[place], upserted.origins[place]
            row = held.get(pair)
            if row is None or row.ended in _GONE or (row.ended and _is_back(reading, row, each)):
                page.begun.add(pair)
    _relate(page, now=now)
    _write(page)
    today = {external: customer for (external, _), (customer, _) in page.whose.items()}
    after = _tags_after(held, page.sound)
    carry_over(reading.corp, _tags_before(held), after, today, now=now)
    _tell(page, now=now)
    for pair, each in page.sound.items():
        line = (each.external, each.userid, page.whose[pair][1])
        (brought.changed if pair in held else brought.new).append(line)


def _profile(told: Told, at: datetime) -> ProfileRow:
    identities = {"external_userid": told.external}
    if told.unionid:
        identities["unionid"] = told.unionid
    values = {"name": told.name, "gender": told.gender}
    return ProfileRow(identities, values, since=min(told.since, at), at=at)


def _unreadable(fields: str) -> Text:
    return Text(f"这位客户的资料读不懂：{fields}", f"This contact's {fields} cannot be read")


def _relate(page: _Page, *, now: datetime) -> None:
    workspace = page.reading.corp.workspace
    born = next(iter(customers.follow_statuses(workspace)))
    batch = [
        StandingRelation(
            customer=page.whose[pair][0],
            home=page.whose[pair][1],
            target=page.accounts[each.userid].staff,
            remark=" · ".join(filter(None, (each.remark, each.description))),
            source=f"{SOURCE}:{way_named(each.add_way)}",
            since=each.since,
            status=born if pair in page.held and pair in page.begun else "",
            born=born,
        )
        for pair, each in page.sound.items()
    ]
    customers.put_relations(workspace, RelationKind.STAFF, batch, now=now)


def _write(page: _Page) -> None:
    fresh: list[tuple[Any, ...]] = []
    changed: list[tuple[Any, ...]] = []
    for pair, each in page.sound.items():
        row, since = page.held.get(pair), each.since.timestamp()
        told = (
            page.whose[pair][1],
            each.digest,
            "\x1e".join(each.tags),
            each.add_way,
            each.state,
            since,
        )
        if row is None:
            fresh.append((*told, pair[1], each.external))
        else:
            changed.append((*told, row.id, "" if pair in page.begun else row.ended))
    stamp = _of(page.reading.corp) | {"read_at": page.reading.at}
    if fresh:
        added = run("relations", "add", stamp | _columns(fresh, "account", "external"))
        if added.rowcount < len(fresh):
            raise Overtaken
    if changed:
        run("relations", "change", stamp | _columns(changed, "id", "ended"))


def _columns(rows: Sequence[tuple[Any, ...]], *more: str) -> dict[str, str]:
    """Return relations by their columns: half of what JSON costs the database to read."""
    names = ("home", "digest", "tags", "add_way", "state", "since", *more)
    return dict(zip(names, map(listed, zip(*rows, strict=True)), strict=True))


def _tell(page: _Page, *, now: datetime) -> None:
    """Record who became whose friend, when it was; what is long ago or came with the first sync as history."""
    news: dict[bool, list[NewEvent]] = {True: [], False: []}
    begun = sorted(page.begun)
    known = _known_by_state(page, begun, now=now)
    for pair in begun:
        each = page.sound[pair]
        texts = {"way": way_named(each.add_way)} | ({"state": each.state} if each.state else {})
        texts |= known.get(pair, {})
        event = NewEvent(
            type="add_friend",
            customer=page.whose[pair][0],
            origin=page.whose[pair][1],
            staff=page.accounts[each.userid].staff,
            occurred_at=each.since,
            source=SOURCE,
            texts=texts,
        )
        news[page.reading.heard and now - each.since < _NEWS].append(event)
    for heard, batch in news.items():
        events.record(page.reading.corp.workspace, batch, now=now, heard=heard)


def _known_by_state(
    page: _Page, begun: Sequence[Pair], *, now: datetime
) -> dict[Pair, Mapping[str, str]]:
    """Return what is known of friends by the state they came with: they count for whoever gave it out."""
    came = [pair for pair in begun if page.sound[pair].state]
    arrived = [
        Arrived(
            page.sound[pair].state,
            page.sound[pair].userid,
            page.sound[pair].external,
            page.accounts[page.sound[pair].userid].staff,
            page.whose[pair][1],
            page.sound[pair].since,
        )
        for pair in came
    ]
    said = what_states_say(page.reading.corp, arrived, now=now) if arrived else {}
    return {came[place]: texts for place, texts in said.items()}


def keep_word(corp: Corp, external: str, words: Mapping[str, datetime], *, now: datetime) -> None:
    """Keep when callbacks spoke last of these friendships (by userid), so that an older word changes nothing."""
    accounts = accounts_of(corp, words, now=now)
    for userid, at in words.items():
        which = {"external": external, "account": accounts[userid].number, "at": at}
        run("relations", "word", _of(corp) | which)


def end(
    reading: Reading,
    pairs: Collection[tuple[str, str]],
    *,
    by: Ended,
    at: datetime,
    now: datetime,
) -> Brought:
    """End relations (external contact, userid), inside the caller's transaction.

    A customer who deletes a member leaves the member's side: it is kept, as lost. What is not there, ended
    before, or was read of later, stays as it is.
    """
    corp, brought = reading.corp, Brought()
    accounts = accounts_of(corp, {userid for _, userid in pairs}, now=now)
    staff = {account.number: (userid, account.staff) for userid, account in accounts.items()}
    held = _locked(corp, {external for external, _ in pairs})
    asked = {(external, accounts[userid].number) for external, userid in pairs}
    over = [
        row
        for pair, row in held.items()
        if pair in asked
        and row.read_at <= reading.at
        and row.ended not in _GONE
        and row.ended != by
        and not (by == Ended.CUSTOMER and row.word_at is not None and at < row.word_at)
    ]
    if not over:
        return brought
    stamp = _of(corp) | {"read_at": reading.at, "ended": by.value, "at": at}
    run("relations", "end", stamp | {"ids": listed(row.id for row in over)})
    which = [(row.home, staff[row.account][1]) for row in over]
    today = customers.today(corp.workspace, [row.home for row in over])
    if by == Ended.CUSTOMER:
        customers.move_relations_on(corp.workspace, RelationKind.STAFF, which, "lost", now=now)
    else:
        customers.end_relations(corp.workspace, RelationKind.STAFF, which, now=now)
        gone = {(row.external, row.account) for row in over}
        left = {pair: row for pair, row in held.items() if pair not in gone}
        by_external = {row.external: today[row.home] for row in over if row.home in today}
        carry_over(corp, _tags_before(held), _tags_before(left), by_external, now=now)
    told = [
        NewEvent(
            type="delete_friend",
            customer=today[row.home],
            origin=row.home,
            staff=staff[row.account][1],
            occurred_at=at,
            source=SOURCE,
            texts={"by": by.value},
        )
        for row in over
        if row.home in today and row.ended == ""
    ]
    events.record(corp.workspace, told, now=now, heard=reading.heard)
    brought.ended = [(row.external, staff[row.account][0], row.home) for row in over]
    return brought


def _locked(corp: Corp, externals: Collection[str]) -> dict[Pair, _Row]:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("relations are changed in the transaction that moves the cursor")
    found = run("relations", "lock", _of(corp) | {"externals": listed(sorted(externals))})
    return {(row.external, row.account): row for row in map(_Row._make, found.fetchall())}


def _tags_before(held: Mapping[Pair, _Row]) -> dict[str, set[str]]:
    tags: dict[str, set[str]] = {}
    for (external, _), row in held.items():
        if row.ended not in _GONE:
            tags.setdefault(external, set()).update(row.tags)
    return tags


def _tags_after(held: Mapping[Pair, _Row], sound: Mapping[Pair, Told]) -> dict[str, set[str]]:
    tags = _tags_before({pair: row for pair, row in held.items() if pair not in sound})
    for (external, _), each in sound.items():
        tags.setdefault(external, set()).update(each.tags)
    return tags


def _of(corp: Corp) -> dict[str, Any]:
    return {"workspace": corp.workspace_id, "corp": corp.pk}
