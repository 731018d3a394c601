"""What the demo brand says of its people: tags in groups, audiences that are saved, rules that keep tags."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import polars as pl

from yutang.audiences import service as audiences
from yutang.config.demo.people import DAY, moment
from yutang.tags import service as tags
from yutang.workspaces.service import Member

__all__ = ["AUDIENCES", "keep_by_rules", "tag_everybody"]

_ACTOR = "system:demo"
_AGES = (0, 0.5, 0.8, 0.95, 1)  # a tag was given at four moments, the later the closer
_GROUPS: Sequence[tuple[str, str, str, bool, tuple[str, ...]]] = (
    ("客户价值", "attribute", "gold", True, ("高价值", "成长中", "新客", "沉睡")),
    (
        "口味偏好",
        "product",
        "green",
        False,
        ("爱绿茶", "爱红茶", "爱乌龙", "爱普洱", "爱冷泡", "爱茶器"),
    ),
    (
        "来源渠道",
        "source",
        "blue",
        True,
        ("门店扫码", "小程序", "包裹卡", "直播间", "好友推荐", "公众号"),
    ),
    ("活动", "campaign", "orange", False, ("双十一", "中秋礼盒", "春茶上新")),
    ("提醒", "follow_up", "purple", False, ("加购未买", "近期生日", "订阅意向")),
)
_REASONS = dict.fromkeys(_GROUPS[2][4], "扫码或注册时带来的")
_TASTES = {
    "绿茶": "爱绿茶", "红茶": "爱红茶", "乌龙": "爱乌龙", "普洱": "爱普洱", "冷泡": "爱冷泡", "茶器": "爱茶器",
}  # fmt: skip


def tag_everybody(
    member: Member, people: pl.DataFrame, lived: pl.DataFrame, *, now: datetime
) -> dict[str, int]:
    """Make the tags and give them to whom they are true of; `people` has `customer`."""
    made = _make(member, now)
    for name, whom in _whom(people, lived, int(now.timestamp() * 1000)).items():
        hers = whom.select(customer=people["customer"].gather(whom["person"]), ts="ts")
        for some in _by_age(hers.sort("ts", "customer")):
            tags.apply(
                member.workspace,
                made[name],
                add=some["customer"].to_list(),
                remove=[],
                actor=_ACTOR,
                reason=_REASONS.get(name, "按最近的订单"),
                source="api",
                now=moment(int(some["ts"].to_numpy().max())),
            )
    return made


def _by_age(whom: pl.DataFrame) -> list[pl.DataFrame]:
    """Part people by when a tag became true of them."""
    places = [round(share * whom.height) for share in _AGES]
    return [whom[start:end] for start, end in pairwise(places) if end > start]


def _make(member: Member, now: datetime) -> dict[str, int]:
    """Make groups and tags that are not there yet; return the tags by name."""
    made = {}
    groups = {group.name: group.pk for group in tags.list_groups(member.workspace)}
    for name, kind, colour, exclusive, names in _GROUPS:
        if name not in groups:
            group = tags.create_group(
                member, name=name, kind=kind, colour=colour, is_exclusive=exclusive, now=now
            )
            for each in names:
                tags.create_tag(member, name=each, group_id=group.pk, now=now)
    for tag in tags.list_tags(member.workspace):
        made[tag.name] = tag.pk
    return made


def _whom(people: pl.DataFrame, lived: pl.DataFrame, now: int) -> Mapping[str, pl.DataFrame]:
    """Return of whom each tag is true (`person`), and since when (`ts`)."""
    orders = lived.filter(pl.col("type") == "order")
    spent = orders.group_by("person").agg(pl.col("amount").sum(), pl.col("ts").max(), pl.len())
    silent = (pl.col("ts") < now - 120 * DAY) & (pl.col("len") >= 2)
    found = {
        "高价值": spent.filter((pl.col("amount") >= 150_000) & ~silent),
        "成长中": spent.filter(pl.col("amount").is_between(40_000, 149_999) & ~silent),
        "新客": spent.filter((pl.col("len") == 1) & (pl.col("ts") > now - 60 * DAY)),
        "沉睡": spent.filter(silent),
        "双十一": _in_months(orders, 11),
        "中秋礼盒": orders.filter(pl.col("category") == "礼盒").pipe(_last),
        "春茶上新": _in_months(orders.filter(pl.col("category") == "绿茶"), 4),
        "订阅意向": orders.filter(pl.col("category") == "订阅").pipe(_last),
    }
    bought = (
        orders.group_by("person", "category")
        .agg(pl.len(), pl.col("ts").max())
        .filter(pl.col("len") >= 2)
    )
    for category, name in _TASTES.items():
        found[name] = bought.filter(pl.col("category") == category)
    came = people.select("source", pl.col("person").cast(pl.Int64), ts="_known")
    for source in people["source"].unique(maintain_order=True):
        found[source] = came.filter(pl.col("source") == source)
    return found


def _in_months(orders: pl.DataFrame, month: int) -> pl.DataFrame:
    local = pl.from_epoch("ts", "ms").dt.replace_time_zone("UTC")
    return _last(orders.filter(local.dt.convert_time_zone("Asia/Shanghai").dt.month() == month))


def _last(events: pl.DataFrame) -> pl.DataFrame:
    """Return each one's last of these events, which are in the order of time."""
    return events.unique("person", keep="last", maintain_order=True)


def _days(amount: int) -> dict[str, Any]:
    return {"kind": "rolling", "amount": amount, "unit": "day"}


def _did(name: str, days: int, **more: Any) -> dict[str, Any]:
    return {"kind": "event", "types": [name], "window": _days(days), **more}


def _is(attribute: str, value: str) -> dict[str, Any]:
    return {"kind": "attribute", "attribute": attribute, "op": "eq", "value": value}


def _all(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "all", "of": [*nodes]}


def _member_for(amount: int, unit: str) -> dict[str, Any]:
    value = {"amount": amount, "unit": unit}
    return {"kind": "attribute", "attribute": "joined_at", "op": "more_than_ago", "value": value}


_BIRTHDAY_SOON = {
    "kind": "attribute",
    "attribute": "birthday",
    "op": "anniversary",
    "value": {"within_days": 7},
}
AUDIENCES: Mapping[str, dict[str, Any]] = {
    "北京女会员：近期收藏且活跃": _all(
        _did("favorite", 30),
        {"kind": "event", "window": _days(7)},
        _is("city", "北京"),
        _is("gender", "female"),
        _member_for(1, "year"),
    ),
    "加购 7 天没下单": _all(_did("cart", 7), _did("order", 7, did=False)),
    "半年复购三次": _did("order", 180, op="ge", value=3),
    "高价值沉睡客": _all(
        _did("order", 365, measure="sum", property="amount", op="ge", value=100_000),
        _did("order", 90, did=False),
    ),
    "会员七天内过生日": _all(_member_for(7, "day"), _BIRTHDAY_SOON),
    "有孩子的常客": _all({"kind": "dependant"}, _did("order", 180, op="ge", value=2)),
}
_RULES = {"加购未买": "加购 7 天没下单", "近期生日": "会员七天内过生日"}


def keep_by_rules(member: Member, made: Mapping[str, int], *, now: datetime) -> None:
    """Let rules keep two tags."""
    for tag, name in _RULES.items():
        rule = audiences.RuleDraft(tag, made[tag], AUDIENCES[name])
        audiences.make_rule(member.workspace, rule, owner=member.user, actor=member.actor, now=now)
