"""Questions about Online Retail, as of noon on 15 November 2011 in London."""

import csv
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
    of,
    opened,
    within,
)
from yutang.engines import warehouse
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.models import Import
from yutang.workspaces.models import Workspace

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2011, 11, 15, 12, tzinfo=LONDON)


def rows(path: Path) -> Iterator[tuple[str, Did]]:
    with opened(path) as lines:
        for row in csv.DictReader(lines):
            if not row["CustomerID"]:
                continue
            value = abs(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]))
            yield (
                row["CustomerID"],
                Did.then(
                    "refund" if row["InvoiceNo"].startswith("C") else "order",
                    datetime.fromisoformat(row["InvoiceDate"]).replace(tzinfo=LONDON),
                    item=row["StockCode"],
                    invoice=row["InvoiceNo"],
                    country=row["Country"],
                    value=value,
                ),
            )


def spent(life: Life) -> Decimal:
    return sum((each.value for each in life), Decimal(0))


QUESTIONS = (
    Question(
        "近90天下单的value合计≥1000",
        "for ordered in the last 90 days the total value is at least 1000",
        lambda life: spent(within(life, "order", NOW, 90 * DAY)) >= 1000,
    ),
    Question(
        "近180天下单的商品种数≥5",
        "for ordered in the last 180 days the number of different item is at least 5",
        lambda life: len({each.item for each in within(life, "order", NOW, 180 * DAY)}) >= 5,
    ),
    Question(
        "首次下单满180天 且 近60天没有下单",
        "the first ordered is at least 180 days ago and not ordered in the last 60 days",
        lambda life: (
            bool(of(life, "order"))
            and of(life, "order")[0].at + 180 * DAY <= NOW
            and not within(life, "order", NOW, 60 * DAY)
        ),
    ),
    Question(
        "曾依次下单→退款（每步30天内）",
        "ever in order ordered then refunded (each within 30 days)",
        lambda life: bool(after(life, "order", "refund", 30 * DAY)),
    ),
    Question(
        "上月下单的invoice种数≥2",
        "for ordered last month the number of different invoice is at least 2",
        lambda life: (
            len({each.invoice for each in during(life, "order", "2011-10-01", "2011-10-31")}) >= 2
        ),
    ),
    Question(
        "本季度下单 且 上季度没有下单",
        "ordered this quarter and not ordered last quarter",
        lambda life: (
            bool(during(life, "order", "2011-10-01", "2011-12-31"))
            and not during(life, "order", "2011-07-01", "2011-09-30")
        ),
    ),
    Question(
        "今年下单（country=Germany；value≥50）≥3次",
        "ordered (country is Germany; value is at least 50) at least 3 times this year",
        lambda life: (
            len(
                [
                    each
                    for each in during(life, "order", "2011-01-01", "2011-12-31")
                    if each.country == "Germany" and each.value >= 50
                ]
            )
            >= 3
        ),
    ),
    Question(
        "最近一次下单不满7天 且 今年下单的天数≥5天",
        "the last ordered is less than 7 days ago and ordered on at least 5 days this year",
        lambda life: (
            bool(within(life, "order", NOW, 7 * DAY))
            and len({each.day for each in during(life, "order", "2011-01-01", "2011-12-31")}) >= 5
        ),
    ),
    Question(
        "近30天下单的value最大≥300",
        "for ordered in the last 30 days the largest value is at least 300",
        lambda life: any(each.value >= 300 for each in within(life, "order", NOW, 30 * DAY)),
    ),
    Question(
        "近90天退款的value合计≥100 且 近90天下单的value合计≥500",
        "for refunded in the last 90 days the total value is at least 100"
        " and for ordered in the last 90 days the total value is at least 500",
        lambda life: (
            spent(within(life, "refund", NOW, 90 * DAY)) >= 100
            and spent(within(life, "order", NOW, 90 * DAY)) >= 500
        ),
    ),
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "file", files("online_retail.csv", "online_retail/online_retail_2010_2011.csv.gz")
)
def test_every_question_is_answered_as_by_hand(open_warehouse, monkeypatch, file: Path) -> None:
    house, it = imported(file, "online-retail", "Europe/London")

    done = list(rows(file))
    is_all_in(house, done)
    keeps_its_refunds_and_reports_rows_without_a_customer(house, it, file)
    is_answered(
        monkeypatch,
        house,
        QUESTIONS,
        done,
        at=NOW.isoformat(),
        identity="buyer_id:online_retail",
    )


def keeps_its_refunds_and_reports_rows_without_a_customer(
    house: Workspace, it: Import, file: Path
) -> None:
    with opened(file) as lines:
        bought = list(csv.DictReader(lines))
    known = [row for row in bought if row["CustomerID"]]
    assert (it.rows_read, it.rows_bad) == (len(bought), len(bought) - len(known))
    assert it.rows_in == len(known)  # identical lines are separate items
    sums: dict[str, float] = {"order": 0, "refund": 0}
    for row in known:
        value = float(row["Quantity"]) * float(row["UnitPrice"])
        if row["InvoiceNo"].startswith("C"):
            sums["refund"] -= value
        else:
            sums["order"] += value
    found = (
        "SELECT type, round(sum(numbers['value']), 2) FROM events"
        " WHERE workspace = {workspace:UInt32} GROUP BY type ORDER BY type"
    )
    assert warehouse().rows(found, {"workspace": house.pk}) == [
        (kind, round(total, 2)) for kind, total in sums.items()
    ]
    first = imports.bad_rows(house, it.pk).order_by("line").first()
    assert (first.zh, first.en) == ("“CustomerID”是空的", "“CustomerID” is empty")
