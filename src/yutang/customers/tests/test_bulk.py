"""Profiles come in by the hundred thousand: good rows are in, each bad one says why."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import Customer, CustomerMark, Identity
from yutang.customers.service import ProfileRow
from yutang.customers.tests.builders import NOON, a_member, a_workspace, shown, who

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def take(workspace, *rows, **more):
    return customers.upsert_many(workspace, rows, source="import:1", now=LATER, **more)


def test_good_rows_are_in_and_bad_ones_say_why() -> None:
    tea = a_workspace()
    old = who(tea, phone="13800138000")

    outcome = take(
        tea,
        ProfileRow({"phone": "138 0013 8000"}, {"name": "王芳", "city": "北京市"}),
        ProfileRow({"phone": "12"}, {"name": "坏"}),
        ProfileRow({"member_no": "M1"}, {"birthday": "soon", "nonsense": 1}),
        ProfileRow({"member_no": "M2"}, {"name": "李明"}),
        ProfileRow({"member_no": "M2"}, {"gender": "男"}),
        ProfileRow({}, {"name": "谁"}),
    )

    assert outcome.customers[:4] == [old, 0, 0, outcome.customers[4]]
    assert outcome.created == 1
    assert {place: [each.field for each in found] for place, found in outcome.problems.items()} == {
        1: ["customer.phone"],
        2: ["birthday", "nonsense"],
        5: ["customer"],
    }
    assert shown(old) == {"name": "王芳", "city": "北京"}
    assert shown(outcome.customers[4]) == {"name": "李明", "gender": "male"}
    assert Customer.objects.within(tea).count() == 2


def test_only_filling_leaves_what_is_known() -> None:
    hua = a_member(a_workspace())
    fang = customers.create(hua, {"member_no": "M1"}, {"name": "王芳"}, now=NOON)
    row = ProfileRow({"member_no": "M1"}, {"name": "王小芳", "city": "北京"})

    take(hua.workspace, row, keep="existing")
    assert shown(fang) == {"name": "王芳", "city": "北京"}
    take(hua.workspace, row)
    assert shown(fang) == {"name": "王小芳", "city": "北京"}


def test_somebody_new_may_come_with_a_past_and_somebody_known_keeps_hers() -> None:
    tea = a_workspace()
    old = who(tea, phone="13800138000")
    last_year, in_june = NOON - timedelta(days=365), NOON - timedelta(days=150)

    outcome = take(
        tea,
        ProfileRow(
            {"member_no": "M1", "email": "f@tea.example"}, {"name": "王芳"}, last_year, in_june
        ),
        ProfileRow({"phone": "13800138000"}, {"name": "李明"}, last_year, last_year),
    )

    fang = Customer.objects.get(pk=outcome.customers[0])
    assert (fang.created_at, fang.updated_at) == (last_year, in_june)
    assert set(Identity.objects.filter(customer=fang).values_list("added_at", flat=True)) == {
        last_year
    }
    assert Customer.objects.get(pk=old).created_at == NOON


def test_the_same_rows_again_change_nothing() -> None:
    tea = a_workspace()
    rows = [ProfileRow({"member_no": f"M{i}"}, {"name": f"客{i}"}) for i in range(5)]
    first = take(tea, *rows)
    CustomerMark.objects.all().delete()

    again = take(tea, *rows)

    assert (again.customers, again.created) == (first.customers, 0)
    assert CustomerMark.objects.count() == 0


def test_rows_of_a_merged_customer_are_shown_on_the_one_who_stays() -> None:
    hua = a_member(a_workspace())
    one = customers.create(hua, {"member_no": "M1"}, {"city": "北京"}, now=NOON)
    other = customers.create(hua, {"member_no": "M2"}, {"city": "上海"}, now=NOON)
    merge = customers.merge(hua, one.pk, other.pk, now=NOON)

    take(hua.workspace, ProfileRow({"member_no": "M2"}, {"city": "广州", "name": "王芳"}))

    assert shown(one) == {"city": "广州", "name": "王芳"}
    customers.undo_merge(hua, merge.pk, now=LATER)
    assert shown(other) == {"city": "上海"}


def test_ten_thousand_rows_are_a_handful_of_statements(
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    tea = a_workspace()
    rows = [
        ProfileRow(
            {"phone": f"138{i:08d}", "member_no": f"M{i}"},
            {"name": f"客户{i}", "city": "北京市", "gender": "女", "joined_at": "2025-01-01"},
        )
        for i in range(10_000)
    ]
    with django_assert_max_num_queries(40):
        assert take(tea, *rows).created == 10_000
