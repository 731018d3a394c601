"""Questions about CDNOW, as of the end of March 1998 in New York."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yutang.config.tests.questions.asking import (
    DAY,
    Did,
    Life,
    Question,
    after,
    during,
    files,
    imported,
    is_all_in,
    is_answered,
    nothing_followed,
    opened,
    within,
)

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(1998, 3, 31, 23, 59, 59, 999_000, tzinfo=NEW_YORK)


def rows(path: Path) -> Iterator[tuple[str, Did]]:
    with opened(path) as lines:
        next(lines)
        for line in lines:
            who, day, quantity, dollars = line.split()
            at = datetime.fromisoformat(day).replace(tzinfo=NEW_YORK)
            yield who, Did.then("order", at, quantity=Decimal(quantity), value=Decimal(dollars))


def spent(life: Life) -> Decimal:
    return sum((each.value for each in life), Decimal(0))


QUESTIONS = (
    Question(
        "1997-01-01至1997-03-31下单的value合计≥100",
        "for ordered between 1997-01-01 and 1997-03-31 the total value is at least 100",
        lambda life: spent(during(life, "order", "1997-01-01", "1997-03-31")) >= 100,
    ),
    Question(
        "近90天没有下单 且 曾下单≥3次",
        "not ordered in the last 90 days and ordered at least 3 times ever",
        lambda life: len(life) >= 3 and not within(life, "order", NOW, 90 * DAY),
    ),
    Question(
        "曾依次下单→下单（每步30天内）",
        "ever in order ordered then ordered (each within 30 days)",
        lambda life: bool(after(life, "order", "order", 30 * DAY)),
    ),
    Question(
        "曾依次下单，之后180天内没有下单",
        "ever in order ordered, then not ordered within 180 days",
        lambda life: any(nothing_followed(life, each, "order", 180 * DAY, NOW) for each in life),
    ),
    Question(
        "最近一次下单满180天 且 首次下单满1年",
        "the last ordered is at least 180 days ago and the first ordered is at least 1 year ago",
        lambda life: bool(life) and life[-1].at + 180 * DAY <= NOW and life[0].day <= "1997-03-31",
    ),
    Question(
        "上月下单 且 本月没有下单",
        "ordered last month and not ordered this month",
        lambda life: (
            bool(during(life, "order", "1998-02-01", "1998-02-28"))
            and not during(life, "order", "1998-03-01", "1998-03-31")
        ),
    ),
    Question(
        "去年下单的天数≥3天",
        "ordered on at least 3 days last year",
        lambda life: (
            len({each.day for each in during(life, "order", "1997-01-01", "1997-12-31")}) >= 3
        ),
    ),
    Question(
        "近180天下单的数量合计≥10",
        "for ordered in the last 180 days the total quantity is at least 10",
        lambda life: sum(each.quantity for each in within(life, "order", NOW, 180 * DAY)) >= 10,
    ),
    Question(
        "曾下单的value最大≥100 且 最近一次下单在去年",
        "for ordered ever the largest value is at least 100 and the last ordered is in last year",
        lambda life: (
            any(each.value >= 100 for each in life) and "1997-01-01" <= life[-1].day <= "1997-12-31"
        ),
    ),
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("file", files("cdnow.txt", "cdnow/CDNOW_master.txt.gz"))
def test_every_question_is_answered_as_by_hand(open_warehouse, monkeypatch, file: Path) -> None:
    house, it = imported(file, "cdnow", "America/New_York")

    done = list(rows(file))
    is_all_in(house, done)  # several rows a day among them
    assert (it.rows_in, it.rows_bad) == (it.rows_read, 0)
    is_answered(
        monkeypatch,
        house,
        QUESTIONS,
        done,
        at="1998-03-31T23:59:59.999-05:00",
        identity="buyer_id:cdnow",
    )
