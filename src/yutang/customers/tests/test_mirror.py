"""The warehouse knows of customers what PostgreSQL knows, moments later, and whose judges to call."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import CustomerMark, RelationKind
from yutang.customers.tests.builders import NOON, a_customer, a_guide, a_member, a_workspace, who
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.events.models import Arrival
from yutang.kit.i18n import Text
from yutang.kit.pulse import beat_all_once
from yutang.loop import AttributeKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def ask(workspace, sql: str) -> list[tuple[object, ...]]:
    where = f"{sql} FINAL WHERE workspace = {{workspace:UInt32}} ORDER BY ALL"
    return list(warehouse().rows(where, {"workspace": workspace.pk}))


def arrived(workspace) -> dict[str, list[int] | None]:
    return {row.what: row.customers for row in Arrival.objects.within(workspace)}


def test_profiles_fields_relations_and_household_arrive() -> None:
    hua = a_member(a_workspace())
    tea = hua.workspace
    for name, kind in (("size", "number"), ("vip", "bool"), ("spent", "money"), ("likes", "multi_choice"), ("met", "date"), ("seen", "time"), ("home", "region")):  # fmt: skip
        options = [customers.FieldOption(each, Text(each, each)) for each in ("tea", "cake")]
        customers.create_field(
            hua, name=name, kind=AttributeKind(kind), label=Text(name, name),
            options=options if kind == "multi_choice" else (), now=NOON,
        )  # fmt: skip
    fang = a_customer(
        hua, name="王芳", gender="女", birthday="1990-05-06", city="北京市", joined_at="2025-01-01",
        size=36.5, vip="是", spent="12.80", likes="tea,cake", met="2026/2/1",
        seen="2026-02-01T08:00:00+08:00", home="广东省/深圳市/南山区",
    )  # fmt: skip
    (lin,) = a_guide(tea).scope.staff_ids
    customers.relate(hua, fang.pk, RelationKind.STAFF, lin, source="scan", now=NOON)
    bean = customers.add_dependant(hua, fang.pk, kind="child", gender="female", now=NOON)

    beat_all_once("customers.mirror")

    columns = "name, gender, toString(birthday), city, toString(joined_at), identity_kinds"
    assert ask(tea, f"SELECT {columns} FROM profiles") == [
        ("王芳", "female", "1990-05-06", "北京", "2024-12-31 16:00:00.000", ["member_no"])
    ]
    values = "attribute, text, number, toString(date), toString(moment), list"
    assert ask(tea, f"SELECT {values} FROM fields") == [
        ("home", "广东/深圳/南山区", 0.0, None, None, []),
        ("likes", "", 0.0, None, None, ["cake", "tea"]),
        ("met", "", 0.0, "2026-02-01", None, []),
        ("seen", "", 0.0, None, "2026-02-01 00:00:00.000", []),
        ("size", "", 36.5, None, None, []),
        ("spent", "", 1280.0, None, None, []),
        ("vip", "", 1.0, None, None, []),
    ]
    assert ask(tea, "SELECT kind, target, customer, status, source FROM relations") == [
        ("staff", lin, fang.pk, "new", "scan")
    ]
    assert ask(tea, "SELECT customer, dependant, gender FROM dependants") == [
        (fang.pk, bean.pk, "female")
    ]
    told = {"@profile", "@fields", "@relations", "@dependants"}
    assert arrived(tea) == {what: [fang.pk] for what in told}
    assert CustomerMark.objects.count() == 0


def test_what_is_removed_leaves_the_warehouse() -> None:
    hua = a_member(a_workspace())
    fang = a_customer(hua, name="王芳")
    (lin,) = a_guide(hua.workspace).scope.staff_ids
    customers.create_field(
        hua, name="size", kind=AttributeKind.NUMBER, label=Text("码", "Size"), now=NOON
    )
    customers.change(hua, fang.pk, {"size": 36}, now=NOON)
    customers.relate(hua, fang.pk, RelationKind.STAFF, lin, now=NOON)
    beat_all_once("customers.mirror")

    customers.change(hua, fang.pk, {"size": None, "name": None}, now=NOON)
    customers.unrelate(hua, fang.pk, RelationKind.STAFF, lin, now=NOON)
    beat_all_once("customers.mirror")

    assert ask(hua.workspace, "SELECT name FROM profiles") == [("",)]
    assert ask(hua.workspace, "SELECT * FROM fields") == []
    assert ask(hua.workspace, "SELECT * FROM relations") == []


def test_a_merge_and_its_undoing_are_mirrored_and_call_every_judge(transactional_db) -> None:
    hua = a_member(a_workspace())
    tea = hua.workspace
    old, young = who(tea, phone="13800138000"), who(tea, unionid="u1")
    aunt = a_customer(hua)
    customers.relate(hua, aunt.pk, RelationKind.REFERRER, young, now=NOON)
    bought = events.NewEvent(
        type="order", customer=young, origin=young, occurred_at=NOON - timedelta(days=1)
    )
    events.record(tea, [bought], now=NOON)
    beat_all_once("events.drain", "customers.mirror")
    Arrival.objects.all().delete()

    merge = customers.merge(hua, old, young, now=NOON)
    beat_all_once("customers.mirror")

    assert ask(tea, "SELECT customer, identity_kinds FROM profiles") == [
        (old, ["phone", "unionid"]),
        (aunt.pk, ["member_no"]),
    ]
    assert ask(tea, "SELECT customer, target FROM relations") == [(aunt.pk, old)]
    assert arrived(tea)["order"] == [old, young]

    customers.undo_merge(hua, merge.pk, now=NOON)
    beat_all_once("customers.mirror")

    assert [row[0] for row in ask(tea, "SELECT customer FROM profiles")] == [old, young, aunt.pk]
    assert ask(tea, "SELECT customer, target FROM relations") == [(aunt.pk, young)]


def test_a_mirror_that_was_lost_is_rebuilt() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    fang, theirs = a_customer(hua, name="王芳"), a_customer(rival, name="对手")
    beat_all_once("customers.mirror")
    stale = b'{"workspace":%d,"customer":4000000,"name":"?","created_at":"2026-01-01","version":1}'
    warehouse().insert_lines("profiles", stale % hua.workspace.pk, token="stale")
    customers.change(hua, fang.pk, {"name": "王小芳"}, now=NOON)

    assert customers.rebuild_mirror(hua.workspace) == 1

    assert ask(hua.workspace, "SELECT customer, name FROM profiles") == [(fang.pk, "王小芳")]
    assert ask(rival.workspace, "SELECT customer, name FROM profiles") == [(theirs.pk, "对手")]
