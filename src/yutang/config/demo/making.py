"""Makes the demo brand, twenty thousand people at a time; each part is in as a whole, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl
from django.db import transaction

from yutang.config.beside import Beside
from yutang.config.demo.behaviour import as_columns, life
from yutang.config.demo.entering import Known, Marks, There
from yutang.config.demo.history import ask_for_history
from yutang.config.demo.labels import keep_by_rules, tag_everybody
from yutang.config.demo.people import Draw, moment, people
from yutang.config.demo.places import GROUPS, Places, open_places, staff_code
from yutang.config.demo.relations import household_and_consent, relate_everybody
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit.i18n import Text
from yutang.tracking.imports.ids import time_ordered_ids
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Job, JobState, User, Workspace
from yutang.workspaces.service import Member

__all__ = ["DEMO_NAME", "DEMO_SLUG", "Made", "make_demo"]

DEMO_NAME = "青山茶事 · 演示"
DEMO_SLUG = "qingshan-demo"
_KIND = "config.demo"
_AT_ONCE = 20_000
_SHOP = "openid:qingshan"
_WITH_A_GUIDE = frozenset({"add_friend", "delete_friend", "message"})
_IN_A_STORE = frozenset({"order", "pay", "refund", "join_membership"})
_SHADOWS = 0.01  # so many first shopped without signing in, and were recognised later


@dataclass(frozen=True)
class Made:
    """What there is now; `is_new` unless it was there already."""

    workspace: Workspace
    is_new: bool
    people: int = 0
    events: int = 0


def make_demo(
    owner: User,
    *,
    count: int,
    seed: int,
    now: datetime,
    say: Callable[[str], None],
    beside: Beside | None = None,
) -> Made:
    """Make the demo workspace, or go on where a killed run stopped; where it is complete, do nothing.

    With a sandbox beside it, its people are people there, too.
    """
    workspace, job = _begun(owner, count, seed, now)
    if job.state == JobState.DONE:
        return Made(workspace, is_new=False)
    now = job.created_at  # all of it is relative to one instant, also after an interruption
    member = workspaces.member_of_user(owner, str(workspace.pk))
    workspaces.begin_job(job.pk, now=now)
    there = There(beside, seed) if beside else None
    if there:
        there.found()
    lived = 0
    for part in range(job.done, -(-count // _AT_ONCE)):
        who = range(part * _AT_ONCE, min((part + 1) * _AT_ONCE, count))
        draw = Draw(np.random.default_rng([seed, part]), now)
        with transaction.atomic():
            places = _places(workspace, member, part, now, groups_elsewhere=there is not None)
            lived += _live(member, places, draw, who, there)
            workspaces.report_progress(job.pk, part + 1)
        say(f"{who.stop:,} 人 people, {lived:,} 条行为 events")
    summary = Text(f"{count} 位客户，{lived} 条行为", f"{count} customers, {lived} events")
    with transaction.atomic():
        workspaces.finish_job(job.pk, summary=summary, now=now)
        ask_for_history(workspace, now=now)
    return Made(workspace, is_new=True, people=count, events=lived)


@transaction.atomic
def _begun(owner: User, count: int, seed: int, now: datetime) -> tuple[Workspace, Job]:
    """Return the demo workspace and the job that makes it, begun if they are not there."""
    there = workspaces.workspaces_of_everyone().filter(slug=DEMO_SLUG, is_demo=True).first()
    workspace = there or workspaces.create_workspace(
        owner, name=DEMO_NAME, slug=DEMO_SLUG, is_demo=True, now=now
    )
    job = workspaces.jobs_of(workspace, kind=_KIND, state="").order_by("pk").first()
    label = Text(f"演示品牌：{count} 人，种子 {seed}", f"Demo brand: {count} people, seed {seed}")
    return workspace, job or workspaces.start_job(
        workspace, _KIND, label, actor="system:demo", total=-(-count // _AT_ONCE), now=now
    )


def _places(
    workspace: Workspace, member: Member, part: int, now: datetime, *, groups_elsewhere: bool
) -> Places:
    if part == 0:
        return open_places(workspace, member, groups_elsewhere=groups_elsewhere, now=now)
    groups = [each.pk for each in customers.groups_of(workspace).order_by("pk")]
    return Places(
        [each.pk for each in workspaces.stores_of(workspace).order_by("pk")],
        [each.pk for each in workspaces.staff_of(workspace).order_by("pk")],
        [*range(len(GROUPS))] if groups_elsewhere else groups,
    )


def _live(member: Member, places: Places, draw: Draw, part: range, there: There | None) -> int:
    """Let some people enter and live; return how many things they did."""
    workspace = member.workspace
    folk = people(draw, len(part)).sort("_known").with_row_index("person")
    folk = _marked(folk, there.marks(part.start, len(part)) if there else None)
    lived = life(draw, folk)
    folk = folk.with_columns(customer=_enter(workspace, folk, _last_seen(folk, lived), draw))
    shadows = _shadows(workspace, folk, draw)
    related, joined = relate_everybody(
        workspace, folk, lived, places, draw, groups_elsewhere=there is not None
    )
    if there:
        guides = {number: staff_code(nth) for nth, number in enumerate(places.staff, 1)} | {0: ""}
        userids = [guides[number] for number in related["staff"]]
        there.enter(part.start, folk, Known(userids, joined, lived), draw)
        # Of friends and groups the platform tells.
        joined, lived = joined.clear(), lived.filter(pl.col("type") != "add_friend")
    lived = pl.concat([lived, joined], how="diagonal_relaxed").sort(
        "ts", "person", maintain_order=True
    )
    rest = np.frombuffer(draw.rng.bytes(10 * lived.height), dtype=np.uint8).reshape(-1, 10)
    ids = time_ordered_ids(lived["ts"].to_numpy(), rest)
    numbers = {
        "customer": _who(folk, lived, shadows, draw),
        "staff": _present(related["staff"], lived, _WITH_A_GUIDE),
        "store": _present(related["store"], lived, _IN_A_STORE),
        "group": lived["group"].fill_null(0),
    }
    events.record_columns(workspace, as_columns(lived, numbers, ids), now=draw.now)
    made = tag_everybody(member, folk, lived, now=draw.now)
    household_and_consent(member, folk, draw)
    _recognise(workspace, folk, shadows, draw)
    if part.start == 0:
        keep_by_rules(member, made, now=draw.now)
    return lived.height


def _marked(folk: pl.DataFrame, marks: Marks | None) -> pl.DataFrame:
    """Give everybody what WeChat and WeCom call her."""
    number = folk["phone"].str.slice(3)
    union = pl.Series(marks.union) if marks else "oDemo" + number
    external = pl.Series(marks.external) if marks else "wmDemo" + number
    return folk.with_columns(_union=union, _external=external)


def _identities(row: dict[str, object]) -> dict[str, str]:
    number = str(row["phone"])[3:]
    told = {
        "phone": str(row["phone"]) if row["has_phone"] else "",
        "unionid": str(row["_union"]) if row["has_unionid"] else "",
        "external_userid": str(row["_external"]) if row["is_friend"] else "",
        "member_no": f"QS{number}" if row["joined_at"] is not None else "",
    }
    known = {name: value for name, value in told.items() if value}
    return known or {_SHOP: f"oVisitor{number}"}


_SAID = ("name", "gender", "birthday", "province", "city", "source")


def _last_seen(folk: pl.DataFrame, lived: pl.DataFrame) -> list[int]:
    """Return when each did something last: what is known of her is as old."""
    seen = lived.group_by("person").agg(pl.col("ts").max())
    last = folk.select(pl.col("person").cast(pl.Int64), "_known").join(
        seen, on="person", how="left", maintain_order="left"
    )
    return last.select(pl.max_horizontal("ts", "_known")).to_series().to_list()


def _enter(workspace: Workspace, folk: pl.DataFrame, seen: list[int], draw: Draw) -> pl.Series:
    """Enter the people as of when they came; return their numbers."""
    rows = []
    for row, last in zip(folk.iter_rows(named=True), seen, strict=True):
        values: dict[str, object] = {name: row[name] for name in _SAID if row[name] is not None}
        if values.get("birthday"):
            values["birthday"] = row["birthday"].isoformat()
        if row["joined_at"] is not None:
            values["joined_at"] = moment(row["joined_at"]).isoformat(timespec="milliseconds")
        since, at = moment(row["_known"]), moment(last)
        rows.append(customers.ProfileRow(_identities(row), values, since, at))
    entered = customers.upsert_many(workspace, rows, source="demo", now=draw.now)
    if entered.problems:
        raise RuntimeError(
            f"the demo made people nobody can be: {next(iter(entered.problems.items()))}"
        )
    return pl.Series("customer", entered.customers, dtype=pl.Int64)


def _shadows(workspace: Workspace, folk: pl.DataFrame, draw: Draw) -> dict[int, int]:
    """Let some people be two for a while: who shopped without signing in. Person → second number."""
    whole = folk.filter("has_phone", "_buys")["person"].to_numpy()
    chosen = sorted(draw.rng.choice(whole, int(len(whole) * _SHADOWS), replace=False).tolist())
    rows = []
    for person in chosen:
        known = moment(folk["_known"][person])
        guest = {_SHOP: f"oGuest{folk['phone'][person][3:]}"}
        rows.append(customers.ProfileRow(guest, {}, known, known))
    entered = customers.upsert_many(workspace, rows, source="demo", now=draw.now)
    return dict(zip(chosen, entered.customers, strict=True))


def _present(whose: pl.Series, lived: pl.DataFrame, kinds: frozenset[str]) -> pl.Series:
    """Return the guide, or the store, of what one was there for; 0 elsewhere."""
    there = whose.gather(lived["person"])
    return pl.select(pl.when(lived["type"].is_in(kinds)).then(there).otherwise(0)).to_series()


def _who(folk: pl.DataFrame, lived: pl.DataFrame, shadows: dict[int, int], draw: Draw) -> pl.Series:
    numbers = folk["customer"].gather(lived["person"])
    second = lived["person"].replace_strict(shadows, default=None, return_dtype=pl.Int64)
    unsigned = pl.Series(draw.rng.random(lived.height) < 0.3) & second.is_not_null()
    return numbers.zip_with(~unsigned, second)


def _recognise(
    workspace: Workspace, folk: pl.DataFrame, shadows: dict[int, int], draw: Draw
) -> None:
    """Let the two become one: they share a telephone from now on. A few are left for a person to judge."""
    named = [
        {"phone": folk["phone"][person], _SHOP: f"oGuest{folk['phone'][person][3:]}"}
        for person in shadows
    ]
    both = folk.filter("has_phone", "has_unionid").select("phone", "_union").head(12).rows()
    doubtful = [
        {"phone": one, "unionid": union}
        for (one, _), (_, union) in zip(both[::2], both[1::2], strict=False)
    ]
    customers.resolve(workspace, named, source="demo", now=draw.now - timedelta(days=2))
    customers.resolve(workspace, doubtful, source="demo", now=draw.now - timedelta(hours=5))
