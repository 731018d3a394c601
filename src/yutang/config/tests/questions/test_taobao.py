"""Questions about Taobao's user behaviour, as of the evening of 2 December 2017 in Shanghai."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yutang.config.tests.questions.asking import (
    DAY,
    Did,
    Question,
    after,
    during,
    files,
    imported,
    is_all_in,
    is_answered,
    nothing_followed,
    of,
    opened,
    within,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2017, 12, 2, 20, tzinfo=SHANGHAI)
NAMES = {"pv": "view", "fav": "favorite", "cart": "cart", "buy": "order"}


def rows(path: Path) -> Iterator[tuple[str, Did]]:
    with opened(path) as lines:
        for row in csv.DictReader(lines):
            at = datetime.fromtimestamp(int(row["timestamp"]), SHANGHAI)
            what = NAMES[row["behavior_type"]]
            more = {"item": row["item_id"], "category": row["category_id"]}
            yield row["user_id"], Did.then(what, at, **more)


QUESTIONS = (
    Question(
        "近7天浏览≥20次 且 近3天没有下单",
        "viewed at least 20 times in the last 7 days and not ordered in the last 3 days",
        lambda life: (
            len(within(life, "view", NOW, 7 * DAY)) >= 20
            and not within(life, "order", NOW, 3 * DAY)
        ),
    ),
    Question(
        "曾依次浏览→下单（每步7天内）",
        "ever in order viewed then ordered (each within 7 days)",
        lambda life: bool(after(life, "view", "order", 7 * DAY)),
    ),
    Question(
        "曾依次收藏→加购（每步1天内），之后1天内没有下单",
        "ever in order favourited then added to cart (each within 1 day),"
        " then not ordered within 1 day",
        lambda life: any(
            nothing_followed(life, each, "order", DAY, NOW)
            for each in after(life, "favorite", "cart", DAY)
        ),
    ),
    Question(
        "近5天浏览的品类种数≥10",
        "for viewed in the last 5 days the number of different category is at least 10",
        lambda life: len({each.category for each in within(life, "view", NOW, 5 * DAY)}) >= 10,
    ),
    Question(
        "首次下单满3天",
        "the first ordered is at least 3 days ago",
        lambda life: bool(of(life, "order")) and of(life, "order")[0].at + 3 * DAY <= NOW,
    ),
    Question(
        "最近一次加购满2天 且 曾加购≥2次",
        "the last added to cart is at least 2 days ago and added to cart at least 2 times ever",
        lambda life: len(of(life, "cart")) >= 2 and of(life, "cart")[-1].at + 2 * DAY <= NOW,
    ),
    Question(
        "昨天下单 且 上周没有下单",
        "ordered yesterday and not ordered last week",
        lambda life: (
            bool(during(life, "order", "2017-12-01", "2017-12-01"))
            and not during(life, "order", "2017-11-20", "2017-11-26")
        ),
    ),
    Question(
        "（近3天收藏≥1次 或 近3天加购≥3次） 且 非（曾下单≥1次）",
        "(favourited in the last 3 days or added to cart at least 3 times in the last 3 days)"
        " and not (ordered at least 1 time ever)",
        lambda life: (
            (
                bool(within(life, "favorite", NOW, 3 * DAY))
                or len(within(life, "cart", NOW, 3 * DAY)) >= 3
            )
            and not of(life, "order")
        ),
    ),
    Question(
        "2017-11-27至2017-11-30浏览的天数≥3天",
        "viewed on at least 3 days between 2017-11-27 and 2017-11-30",
        lambda life: (
            len({each.day for each in during(life, "view", "2017-11-27", "2017-11-30")}) >= 3
        ),
    ),
    Question(
        "本周有2天下单 且 近9天下单的商品种数≤5",
        "ordered on exactly 2 days this week"
        " and for ordered in the last 9 days the number of different item is at most 5",
        lambda life: (
            len({each.day for each in during(life, "order", "2017-11-27", "2017-12-03")}) == 2
            and len({each.item for each in within(life, "order", NOW, 9 * DAY)}) <= 5
        ),
    ),
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "file", files("taobao.csv", "taobao_user_behavior/user_behavior_sample.csv.gz")
)
def test_every_question_is_answered_as_by_hand(open_warehouse, monkeypatch, file: Path) -> None:
    house, it = imported(file, "taobao", "Asia/Shanghai")

    done = list(rows(file))
    is_all_in(house, done)
    assert (it.rows_in, it.rows_bad) == (it.rows_read, 0)
    is_answered(monkeypatch, house, QUESTIONS, done, at=NOW.isoformat(), identity="buyer_id:taobao")
