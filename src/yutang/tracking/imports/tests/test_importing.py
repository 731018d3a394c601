"""Good rows are in, exactly once, whatever happens on the way; bad rows are named by line."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.engines import warehouse
from yutang.events.models import Receipt
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import SharedRow
from yutang.tracking.imports.tests.builders import (
    NOON,
    a_file,
    a_workspace,
    clock,
    counted,
    drained,
    later,
    run_file,
)
from yutang.tracking.models import Import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]

HEADER = "phone,at,type,paid,sku\n"


def mapped(**more: object) -> ImportMapping:
    return ImportMapping(
        **{
            "kind": "events",
            "identities": [{"kind": "phone", "value": {"column": "phone"}}],
            "type": {"column": "type", "values": {"买": "order", "看": "view"}},
            "occurred_at": {"column": "at", "read_as": "time"},
            "amount": {"column": "paid", "read_as": "yuan"},
            "properties": [{"name": "sku", "value": {"column": "sku"}}],
        }
        | more
    )


def reasons(house, it: Import) -> dict[int, str]:
    return dict(imports.bad_rows(house, it.pk).values_list("line", "zh"))


def test_a_row_becomes_an_event_as_it_was_mapped(tmp_path: Path) -> None:
    house = a_workspace()

    run_file(
        house, a_file(tmp_path, f"{HEADER}138 0013 8000,2026-02-01 08:00,买,12.5,A1\n"), mapped()
    )

    sql = (
        "SELECT type, toString(ts), amount, texts, source FROM events"
        " WHERE workspace = {workspace:UInt32}"
    )
    (row,) = warehouse().rows(sql, {"workspace": house.pk})
    assert row[:4] == ("order", "2026-02-01 00:00:00.000", 1250, {"sku": "A1"})
    assert row[4] == "import"


def test_bad_rows_are_named_and_the_others_are_in(tmp_path: Path) -> None:
    house = a_workspace()
    lines = [
        "13800138000,2026-02-01,看,,A1",
        "12345,2026-02-01,看,,A1",
        ",2026-02-01,看,,A1",
        "13800138000,2026-13-01,看,,A1",
        "13800138000,,看,,A1",
        "13800138000,2026-02-01,猜,,A1",
        "13800138000,2026-02-01,买,many,A1",
        "13800138000,2027-02-01,看,,A1",
        "13800138000,2026-02-01,看,,A\x001",
        "13800138000,2026-02-01",
        "13800138001,2026-02-02,看,,🍵𠮷",
    ]

    it = run_file(house, a_file(tmp_path, HEADER + "\n".join(lines)), mapped())

    assert (it.state, it.rows_read, it.rows_in, it.rows_bad) == ("done", 11, 2, 9)
    said = reasons(house, it)
    assert said.pop(3).startswith("手机号“12345”：应为手机号")
    assert said == {
        4: "“phone”是空的",
        5: "“at”里是“2026-13-01”，应为时间",
        6: "“at”是空的",
        7: "“type”里的“猜”没有对应的事件",
        8: "“paid”里是“many”，应为金额（元）",
        9: "“at”里的时间 2027-02-01 还没到",
        10: "这一行含有 NUL 字符",
        11: "这一行有 2 列，表头有 5 列",
    }
    assert counted(house) == 2


def test_the_file_of_bad_rows_is_safe_to_open(tmp_path: Path) -> None:
    house = a_workspace()
    it = run_file(house, a_file(tmp_path, f'{HEADER}"=1+1",2026-02-01,看,,x\n'), mapped())

    text = "".join(imports.bad_rows_csv(house, it.pk, actor="user:1", now=NOON))

    assert text.splitlines()[0] == "\ufeff行号,原因,内容"
    assert text.splitlines()[1].endswith('"\'=1+1,2026-02-01,看,,x"')


def test_the_same_rows_in_another_file_count_once_when_identical_rows_are_the_same(
    tmp_path: Path,
) -> None:
    house = a_workspace()
    row, other = "13800138000,2026-02-01,看,,A1\n", "13800138001,2026-02-01,看,,A2\n"
    same = mapped(identical_rows="same")

    first = run_file(house, a_file(tmp_path, HEADER + row + row, "1.csv"), same)
    second = run_file(house, a_file(tmp_path, HEADER + other + row, "2.csv"), same)

    assert (first.rows_in, first.rows_known) == (1, 1)
    assert (second.rows_in, second.rows_known) == (1, 1)
    assert counted(house) == 2


def test_identical_rows_are_distinct_unless_said_otherwise(tmp_path: Path) -> None:
    house = a_workspace()
    row = "13800138000,2026-02-01,看,,A1\n"

    it = run_file(house, a_file(tmp_path, HEADER + row + row), mapped())

    assert (it.rows_in, counted(house)) == (2, 2)


def test_a_column_may_give_the_id_and_another_content_under_it_is_a_bad_row(tmp_path: Path) -> None:
    house = a_workspace()
    mapping = mapped(event_id={"column": "sku"})
    rows = "13800138000,2026-02-01,看,,N1\n13800138000,2026-02-01,看,,N1\n13800138000,2026-02-02,看,,N1\n"

    it = run_file(house, a_file(tmp_path, HEADER + rows), mapping)

    assert (it.rows_in, it.rows_known, it.rows_bad) == (1, 1, 1)
    assert reasons(house, it) == {4: "这个编号的事件已经记录过，内容和这一行不同"}


def test_the_same_file_is_refused_unless_it_is_wanted_and_then_counts_nothing_twice(
    tmp_path: Path,
) -> None:
    house = a_workspace()
    path = a_file(tmp_path, f"{HEADER}13800138000,2026-02-01,看,,A1\n")
    run_file(house, path, mapped())

    with pytest.raises(
        imports.FileImportedBefore, match=r"2026-03-01 导入过的“rows\.csv”内容完全相同"
    ):
        run_file(house, path, mapped(), now=later(1))
    it = run_file(house, path, mapped(), again=True, now=later(1))

    assert (it.rows_in, it.rows_known, counted(house)) == (0, 1, 1)


def test_a_file_whose_receipts_are_forgotten_may_come_again_and_counts_nothing_twice(
    tmp_path: Path,
) -> None:
    house = a_workspace()
    row = "13800138000,2026-02-01,看,,A1\n"
    path = a_file(tmp_path, HEADER + row + row + "13800138001,2026-02-02,买,1,A2\n")
    run_file(house, path, mapped())
    Receipt.objects.within(house).delete()

    with pytest.raises(imports.FileImportedBefore):
        run_file(house, path, mapped(), now=later(60))
    it = run_file(house, path, mapped(), again=True, now=later(60))

    assert (it.rows_in, it.rows_known, it.rows_bad, counted(house)) == (0, 3, 0, 3)


def test_rows_with_ids_of_their_own_are_known_by_the_warehouse_when_receipts_are_forgotten(
    tmp_path: Path,
) -> None:
    house = a_workspace()
    mapping = mapped(event_id={"column": "sku"})
    path = a_file(tmp_path, f"{HEADER}13800138000,2026-02-01,看,,N1\n")
    run_file(house, path, mapping)
    Receipt.objects.within(house).delete()

    it = run_file(house, path, mapping, again=True, now=later(60))

    assert (it.rows_in, it.rows_known, it.rows_bad, counted(house)) == (0, 1, 0, 1)


def test_a_row_is_the_same_event_wherever_a_later_export_has_it(tmp_path: Path) -> None:
    house = a_workspace()
    rows = [f"1380013800{n},2026-02-01,看,,A{n}\n" for n in range(5)]
    run_file(house, a_file(tmp_path, HEADER + "".join(rows), "monday.csv"), mapped())
    newer = "13900139000,2026-02-02,看,,A9\n"

    it = run_file(
        house, a_file(tmp_path, HEADER + newer + "".join(reversed(rows)), "tuesday.csv"), mapped()
    )

    assert (it.rows_in, it.rows_known, counted(house)) == (1, 5, 6)


def test_a_row_read_by_another_mapping_contradicts_the_first(tmp_path: Path) -> None:
    house = a_workspace()
    path = a_file(tmp_path, f"{HEADER}13800138000,2026-02-01,看,,A1\n")
    run_file(house, path, mapped())

    it = run_file(house, path, mapped(content={"column": "sku"}, properties=[]), again=True)

    assert (it.rows_in, it.rows_known, it.rows_bad) == (0, 0, 1)
    assert reasons(house, it) == {2: "这个编号的事件已经记录过，内容和这一行不同"}


def test_of_a_row_that_stands_once_more_than_before_one_is_new(tmp_path: Path) -> None:
    house = a_workspace()
    row, other = "13800138000,2026-02-01,看,,A1\n", "13800138001,2026-02-01,看,,A2\n"
    run_file(house, a_file(tmp_path, HEADER + row * 2, "1.csv"), mapped())

    more = run_file(house, a_file(tmp_path, HEADER + row + other + row * 2, "2.csv"), mapped())
    fewer = run_file(house, a_file(tmp_path, HEADER + other + row, "3.csv"), mapped())

    assert (more.rows_in, more.rows_known) == (2, 2)
    assert (fewer.rows_in, fewer.rows_known, counted(house)) == (0, 2, 4)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(st.sampled_from("abc"), max_size=12), min_size=1, max_size=4),
    st.integers(1, 4),
)
@pytest.mark.timeout(300)
def test_files_together_have_of_each_row_as_many_as_the_file_with_most_of_it(
    files: list[list[str]], block_rows: int
) -> None:
    house = a_workspace()
    with TemporaryDirectory() as folder:
        for number, names in enumerate(files):
            lines = "".join(f"13800138000,2026-02-01,看,,{name}\n" for name in names)
            if not lines:
                continue
            path = a_file(Path(folder), HEADER + lines, f"{number}.csv")
            it = imports.adopt(house, "user:1", path, now=NOON)
            imports.start(
                house, "user:1", it.pk, mapped(), again=True, in_background=False, now=NOON
            )
            imports.run(it.pk, clock=clock, block_rows=block_rows)
    drained()

    found = warehouse().rows(
        "SELECT texts['sku'], count() FROM events WHERE workspace = {workspace:UInt32} GROUP BY 1",
        {"workspace": house.pk},
    )
    most = {name: max(names.count(name) for names in files) for name in "abc"}
    assert dict(found) == {name: count for name, count in most.items() if count}


def test_one_file_may_say_who_people_are_and_what_they_did(tmp_path: Path) -> None:
    house = a_workspace()
    path = a_file(tmp_path, f"{HEADER}13800138000,2026-02-01 08:00,买,12.5,A1\n")
    name = {"name": "name", "value": {"column": "sku"}}

    with pytest.raises(imports.MappingIncomplete) as refused:
        run_file(house, path, mapped(attributes=[name]))
    as_events = run_file(house, path, mapped())
    as_customers = run_file(
        house,
        path,
        ImportMapping(kind="customers", identities=mapped().identities, attributes=[name]),
    )

    assert [each.field for each in refused.value.errors] == ["attributes"]
    assert (as_events.rows_in, as_customers.rows_in) == (1, 1)


def test_the_rival_may_import_the_same_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"{HEADER}13800138000,2026-02-01,看,,A1\n")
    house, rival = a_workspace(), a_workspace("Coffee House")

    run_file(house, path, mapped())
    run_file(rival, path, mapped())

    assert (counted(house), counted(rival)) == (1, 1)


def test_gb18030_and_bom_files_are_imported_as_what_they_say(tmp_path: Path) -> None:
    house = a_workspace()
    text = "手机号,下单时间,商品名称\n１３８００１３８０００,2026年2月1日 8:00,铁观音𠮷\n"

    run_file(house, a_file(tmp_path, text.encode("gb18030"), "gb.csv"))
    run_file(
        house, a_file(tmp_path, text.replace("2月1日", "2月2日").encode("utf-8-sig"), "bom.csv")
    )

    sql = "SELECT uniqExact(customer), groupUniqArray(texts['item_name']), min(type) FROM events WHERE workspace = {workspace:UInt32}"
    assert warehouse().rows(sql, {"workspace": house.pk}) == [(1, ["铁观音𠮷"], "order")]


def test_an_uploaded_import_runs_as_a_job_and_its_file_goes_once_it_is_in() -> None:
    house = a_workspace()
    pieces = [HEADER.encode(), "13800138000,2026-02-01,看,,A1\n".encode()]
    it = imports.upload(house, "user:1", "../../evil/名单.csv", iter(pieces), now=NOON)
    kept = Path(it.path)
    imports.start(house, "user:1", it.pk, mapped(), now=NOON)
    it.refresh_from_db()

    imports.run_import_job(it.pk, it.job_id, clock=clock)

    it.refresh_from_db()
    assert (it.name, it.state, it.rows_in) == ("名单.csv", "done", 1)
    assert (it.path, kept.exists()) == ("", False)


def test_a_property_of_another_kind_than_the_catalogue_has_is_a_bad_row(tmp_path: Path) -> None:
    house = a_workspace()
    header, first = "phone,at,type,paid,sku\n", "13800138000,2026-02-01,看,,7\n"
    number = mapped(properties=[{"name": "size", "value": {"column": "sku", "read_as": "number"}}])
    run_file(house, a_file(tmp_path, header + first, "1.csv"), number)
    text = mapped(properties=[{"name": "size", "value": {"column": "sku"}}])

    it = run_file(
        house, a_file(tmp_path, f"{header}13800138000,2026-02-02,看,,\n{first}", "2.csv"), text
    )

    assert (it.rows_in, it.rows_bad) == (1, 1)
    (row,) = imports.bad_rows(house, it.pk)
    assert (row.line, row.zh) == (3, "size“7”：应为数字")
    assert row.en == "size “7”: expected a number"


def test_two_imports_at_the_same_time_count_every_row_once(tmp_path: Path) -> None:
    tea = a_workspace()
    cup, other = "13800138000,2026-02-01,看,,A1\n", "13800138001,2026-02-01,看,,A2\n"
    begun = []

    def started(name: str, cups: int) -> Import:
        path = a_file(tmp_path, HEADER + cup * cups + other, name)
        it = imports.adopt(tea, "user:1", path, now=NOON)
        imports.start(tea, "user:1", it.pk, mapped(), in_background=False, now=NOON)
        return it

    def beside(_: Import) -> None:
        if not begun:
            begun.append(imports.run(started("b.csv", 4).pk, clock=clock, block_rows=1))

    first = imports.run(started("a.csv", 5).pk, clock=clock, block_rows=2, progress=beside)
    (second,) = begun
    third = run_file(tea, a_file(tmp_path, HEADER + cup * 6, "c.csv"), mapped())
    drained()

    # Two were in when the second began, which had two more; the first then had one more, the third another.
    assert (second.rows_in, second.rows_known) == (3, 2)
    assert (first.rows_in, first.rows_known) == (3, 3)
    assert (third.rows_in, third.rows_known) == (1, 5)
    assert counted(tea) == 7
    assert not SharedRow.objects.exists()
