"""The three public data sets are imported from their files as they are."""

import csv
import gzip

import pytest

from yutang.engines import warehouse
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.tests.builders import NOON, PUBLIC, a_workspace, counted, run_file

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(PUBLIC is None, reason="the public data are not beside the project"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_warehouse"),
]


def per_type(workspace) -> dict[str, int]:
    sql = "SELECT type, count() FROM events WHERE workspace = {workspace:UInt32} GROUP BY type"
    return dict(warehouse().rows(sql, {"workspace": workspace.pk}))


def people(workspace) -> int:
    sql = "SELECT uniqExact(customer) FROM events WHERE workspace = {workspace:UInt32}"
    return warehouse().value(sql, {"workspace": workspace.pk})


def test_taobao_behaviour_is_in_to_the_last_row() -> None:
    house = a_workspace()
    file = PUBLIC / "taobao_user_behavior" / "user_behavior_sample.csv.gz"

    it = run_file(house, file)

    assert (it.state, it.rows_read, it.rows_in, it.rows_bad) == ("done", 84_475, 84_475, 0)
    with gzip.open(file, "rt") as lines:
        rows = list(csv.DictReader(lines))
    names = {"pv": "view", "fav": "favorite", "cart": "cart", "buy": "order"}
    expected: dict[str, int] = {}
    for row in rows:
        name = names[row["behavior_type"]]
        expected[name] = expected.get(name, 0) + 1
    assert per_type(house) == expected
    assert people(house) == 815
    edges = "SELECT toUnixTimestamp(min(ts)), toUnixTimestamp(max(ts)) FROM events WHERE workspace = {workspace:UInt32}"
    stamps = [int(row["timestamp"]) for row in rows]
    assert warehouse().rows(edges, {"workspace": house.pk}) == [(min(stamps), max(stamps))]


def test_online_retail_is_known_by_its_columns() -> None:
    """Its rows are counted where questions are asked of them: `config/tests/questions`."""
    house = a_workspace()
    file = PUBLIC / "online_retail" / "online_retail_2010_2011.csv.gz"
    it = imports.adopt(house, "user:1", file, now=NOON)

    assert imports.inspect(house, it.pk).proposal == imports.recipe("online-retail").mapping


def test_cdnow_is_in_with_several_rows_a_day() -> None:
    house = a_workspace()
    file = PUBLIC / "cdnow" / "CDNOW_sample.txt.gz"

    it = run_file(house, file, imports.recipe("cdnow-sample").mapping)

    assert (it.state, it.rows_in, it.rows_bad) == ("done", 6_919, 0)
    assert (counted(house), people(house)) == (6_919, 2_357)


def test_the_same_public_file_again_counts_nothing_twice() -> None:
    house = a_workspace()
    file = PUBLIC / "cdnow" / "CDNOW_sample.txt.gz"
    mapping = imports.recipe("cdnow-sample").mapping
    run_file(house, file, mapping)

    with pytest.raises(imports.FileImportedBefore):
        run_file(house, file, mapping)
    it = run_file(house, file, mapping, again=True)

    assert (it.rows_in, it.rows_known, counted(house)) == (0, 6_919, 6_919)
