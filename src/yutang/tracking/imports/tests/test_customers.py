"""A file of customers: who they are, what is said of them, their tags, guide, store and group."""

from pathlib import Path

import pytest

from yutang.customers import service as customers
from yutang.customers.models import Customer, Identity, Relation
from yutang.kit.pulse import beat_all_once
from yutang.tags import service as tags
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.tests.builders import NOON, a_file, a_workspace, run_file
from yutang.workspaces import service as workspaces
from yutang.workspaces.tests.builders import a_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]

HEADER = "姓名,手机,性别,生日,城市,入会时间,标签,导购,门店\n"


def a_staffed_workspace():
    house = a_workspace()
    workspaces.create_staff(house, name="小林", code="G001", actor="user:1", now=NOON)
    workspaces.create_store(house, name="湖滨店", code="HZ01", actor="user:1", now=NOON)
    return house


def test_a_row_becomes_a_customer_with_tags_guide_and_store(tmp_path: Path) -> None:
    house = a_staffed_workspace()
    row = "张三,138 0013 8000,女,1990年1月2日,北京,2025-01-02 10:00,高价值;爱绿茶,G001,HZ01\n"
    path = a_file(tmp_path, HEADER + row)
    it = imports.adopt(house, "user:1", path, now=NOON)
    proposal = imports.inspect(house, it.pk).proposal
    proposal.tags[0].value.separator = ";"

    ended = run_file(house, path, proposal)

    assert (ended.state, ended.rows_in, ended.rows_bad) == ("done", 1, 0)
    person = Customer.objects.within(house).get()
    assert (person.name, person.gender, str(person.birthday), person.city) == (
        "张三",
        "female",
        "1990-01-02",
        "北京",
    )
    assert person.joined_at.isoformat() == "2025-01-02T02:00:00+00:00"
    assert Identity.objects.within(house).get().value == "+8613800138000"
    kinds = Relation.objects.within(house).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["staff", "store"]
    names = {tag.name: tag.customers for tag in tags.list_tags(house)}
    assert names == {"高价值": 1, "爱绿茶": 1}
    assert [group.name for group in tags.list_groups(house)] == ["导入"]


def test_bad_rows_are_named_in_both_languages_and_change_nothing(tmp_path: Path) -> None:
    house = a_staffed_workspace()
    rows = (
        "张三,12345,女,,北京,,,,\n"
        "李四,13800138001,猫,,上海,,,,\n"
        "王五,13800138002,男,,广州,,,G999,\n"
        "赵六,,男,,广州,,,,\n"
        "钱七,13800138003,男,,广州,,,,\n"
    )

    it = run_file(house, a_file(tmp_path, HEADER + rows))

    assert (it.rows_in, it.rows_bad) == (1, 4)
    said = {row.line: (row.zh, row.en) for row in imports.bad_rows(house, it.pk)}
    assert said[2][0].startswith("手机号“12345”：应为手机号")
    assert said[2][1].startswith("Phone “12345”: expected a phone number")
    assert said[3] == (
        "“性别”里是“猫”，应为性别（男/女）",
        "“性别” holds “猫”; expected a gender (male/female)",
    )
    assert said[4] == (
        "没有编号为“G999”的员工",
        "there is no member of staff with the code “G999”",
    )
    assert said[5] == ("“手机”是空的", "“手机” is empty")
    assert [each.name for each in Customer.objects.within(house)] == ["钱七"]


def test_the_same_people_again_are_the_same_people(tmp_path: Path) -> None:
    house = a_staffed_workspace()
    run_file(house, a_file(tmp_path, f"{HEADER}张三,13800138000,女,,北京,,新客,,\n", "1.csv"))

    run_file(house, a_file(tmp_path, f"{HEADER}张三丰,13800138000,,,杭州,,新客,,\n", "2.csv"))
    beat_all_once("customers.mirror")

    (person,) = Customer.objects.within(house)
    assert (person.name, person.city, person.gender) == ("张三丰", "杭州", "female")
    assert [tag.customers for tag in tags.list_tags(house)] == [1]


def test_an_excel_file_with_a_merged_header_is_imported_from_the_right_row(tmp_path: Path) -> None:
    from openpyxl import Workbook

    house = a_workspace()
    book = Workbook()
    book.active.append(["会员资料", None, None])
    book.active.merge_cells("A1:C1")
    book.active.append(["姓名", "手机号", "性别"])
    book.active.append(["张三", 13800138000, "男"])
    book.save(tmp_path / "members.xlsx")

    it = run_file(house, tmp_path / "members.xlsx")

    assert (it.rows_in, it.rows_bad) == (1, 0)
    assert Customer.objects.within(house).get().name == "张三"


def test_a_group_is_named_by_its_name(tmp_path: Path) -> None:
    house = a_workspace()
    group = customers.create_group(a_member(house), name="品鉴群", now=NOON)
    mapping = imports.ImportMapping(
        kind="customers",
        identities=[{"kind": "phone", "value": {"column": "手机"}}],
        group={"column": "群"},
    )

    run_file(house, a_file(tmp_path, "手机,群\n13800138000,品鉴群\n"), mapping)

    assert customers.group_sizes(house, [group.pk]) == {group.pk: 1}
