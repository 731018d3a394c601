"""Who looks after whom in the demo: guides, stores, groups, friends who brought friends, households, consent."""

from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from yutang.config.demo.people import DAY, Draw, moment
from yutang.config.demo.places import Places
from yutang.customers import service as customers
from yutang.customers.models import ConsentState, RelationKind
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["household_and_consent", "relate_everybody"]

_CHILDREN, _CONSENTS = 200, 240  # each is audited by itself: enough to see, not one a person


def relate_everybody(
    workspace: Workspace,
    folk: pl.DataFrame,
    lived: pl.DataFrame,
    places: Places,
    draw: Draw,
    *,
    groups_elsewhere: bool,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Relate people to guides, stores, referrers, and to groups if nobody else tells of them.

    Returns the guide and the store of each person (0: none), and the events of joining groups.
    """
    guides = draw.rng.choice(places.staff, folk.height, p=_skewed(len(places.staff)))
    guides = np.where(folk["is_friend"].to_numpy(), guides, 0)
    shops = draw.rng.choice(places.stores, folk.height, p=_skewed(len(places.stores)))
    visits = (folk["source"] == "门店扫码").to_numpy() | (draw.rng.random(folk.height) < 0.25)
    shops = np.where(visits, shops, 0)
    since = folk["_known"].to_list()
    numbers = folk["customer"].to_list()
    statuses = _statuses(folk, lived, draw)
    staff_rows = [
        customers.RelationRow(number, int(guide), status, "扫码添加", moment(known))
        for number, guide, status, known in zip(numbers, guides, statuses, since, strict=True)
        if guide
    ]
    store_rows = [
        customers.RelationRow(number, int(shop), "", "", moment(known))
        for number, shop, known in zip(numbers, shops, since, strict=True)
        if shop
    ]
    joined = _joined(folk, places, draw)
    group_rows = [
        customers.RelationRow(numbers[person], group, "", "", moment(ts))
        for person, group, ts in joined.select("person", "group", "ts").iter_rows()
        if not groups_elsewhere
    ]
    for kind, rows in (
        (RelationKind.STAFF, staff_rows),
        (RelationKind.STORE, store_rows),
        (RelationKind.GROUP, group_rows),
        (RelationKind.REFERRER, _referrers(folk, draw)),
    ):
        customers.relate_many(workspace, kind, rows, now=draw.now)
    return pl.DataFrame({"staff": guides, "store": shops}), joined


def _skewed(count: int) -> np.ndarray:
    weights: np.ndarray = 1.0 / np.arange(2, count + 2)
    share: np.ndarray = weights / weights.sum()
    return share


def _statuses(folk: pl.DataFrame, lived: pl.DataFrame, draw: Draw) -> list[str]:
    """Return the follow-up status that fits what each did last."""
    last = pl.DataFrame({"person": folk["person"]}).join(
        lived.group_by("person")
        .agg(
            pl.col("ts").max().alias("seen"),
            pl.col("ts").filter(pl.col("type") == "order").max().alias("bought"),
        )
        .with_columns(pl.col("person").cast(pl.UInt32)),
        on="person",
        how="left",
        maintain_order="left",
    )
    left = set(lived.filter(pl.col("type") == "delete_friend")["person"])
    statuses = []
    for person, known, seen, bought in zip(
        folk["person"], folk["_known"], last["seen"], last["bought"], strict=True
    ):
        idle = (draw.now_ms - (seen or known)) / DAY
        if idle > 240 or person in left:
            statuses.append("lost")
        elif idle > 90:
            statuses.append("quiet")
        elif bought is not None:
            statuses.append("dealt")
        else:
            statuses.append("new" if draw.now_ms - known < 14 * DAY else "following")
    return statuses


def _joined(folk: pl.DataFrame, places: Places, draw: Draw) -> pl.DataFrame:
    friends = folk.filter("is_friend")
    member = friends.filter(pl.Series(draw.rng.random(friends.height) < 0.55))
    known = member["_known"].to_numpy()
    after = draw.rng.exponential(20.0, member.height) * DAY
    ts = (known + after).astype(np.int64)
    groups = draw.rng.choice(places.groups, member.height, p=_skewed(len(places.groups)))
    return (
        pl.DataFrame(
            {"ts": ts, "person": member["person"].cast(pl.Int64), "group": groups.astype(np.int64)}
        )
        .filter(pl.col("ts") < draw.now_ms)
        .with_columns(type=pl.lit("join_group"))
    )


def _referrers(folk: pl.DataFrame, draw: Draw) -> list[customers.RelationRow]:
    """Let those a friend recommended have been brought by somebody who was there before them."""
    elder = folk.sort("_known")["customer"].to_list()
    place = {customer: n for n, customer in enumerate(elder)}
    rows = []
    brought = folk.filter(pl.col("source") == "好友推荐")
    for customer, known in brought.select("customer", "_known").iter_rows():
        if place[customer]:
            by = elder[int(draw.rng.integers(0, place[customer]))]
            rows.append(customers.RelationRow(customer, by, "", "", moment(known)))
    return rows


def household_and_consent(member: Member, folk: pl.DataFrame, draw: Draw) -> None:
    """Put some children and some consents on record, as a guide would."""
    parents = folk.filter(pl.col("birthday").is_not_null()).sample(
        min(_CHILDREN, folk.height // 4), seed=int(draw.rng.integers(0, 2**31))
    )
    today = draw.now.date()
    for customer, name in parents.select("customer", "name").iter_rows():
        for nth in range(2 if draw.rng.random() < 0.2 else 1):
            customers.add_dependant(
                member,
                customer,
                kind="child",
                name=f"{name[0]}{('小宝', '大宝')[nth]}",
                gender="female" if draw.rng.random() < 0.5 else "male",
                birthday=_child(today, draw),
                now=draw.now,
            )
    friends = folk.filter("is_friend")
    asked = friends.sample(min(_CONSENTS, friends.height), seed=int(draw.rng.integers(0, 2**31)))
    for customer, known in asked.select("customer", "_known").iter_rows():
        _consent(member, customer, known, draw)


def _consent(member: Member, customer: int, known: int, draw: Draw) -> None:
    """Let a customer agree when she came; a few thought better of it, and fewer of that."""
    channel = "wecom" if draw.rng.random() < 0.7 else "sms"
    said = [(known, ConsentState.GRANTED, "入会时勾选《会员通知说明》")]
    if draw.rng.random() < 0.25:
        said.append((0, ConsentState.WITHDRAWN, "回复 T 退订"))
        if draw.rng.random() < 0.3:
            said.append((0, ConsentState.GRANTED, "到店时说：新茶到了还是告诉我一声"))
    at = moment(known)
    for first, state, proof in said:
        at = at if first else _between(int(at.timestamp() * 1000), draw)
        customers.record_consent(
            member,
            customer,
            purpose="marketing",
            channel=channel,
            state=state,
            proof=proof,
            source="小程序",
            at=at,
            now=draw.now,
        )


def _between(ms: int, draw: Draw) -> datetime:
    """Return an instant between one and now."""
    return moment(int(ms + (draw.now_ms - ms) * draw.rng.random()))


def _child(today: date, draw: Draw) -> date:
    return today - timedelta(days=int(draw.rng.integers(-150, 14 * 365)))
