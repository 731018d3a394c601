"""Customers are found by what people type, among those they may see, page by page."""

import pytest

from yutang.customers import service as customers
from yutang.customers._search_keys import keys_of
from yutang.customers.models import RelationKind
from yutang.customers.service import Looking, ProfileRow
from yutang.customers.tests.builders import (
    NOON,
    a_customer,
    a_guide,
    a_member,
    a_workspace,
)
from yutang.kit.pages import CursorUnknown, PageIn

pytestmark = pytest.mark.django_db


def names(member, text: str = "", limit: int = 50, **more) -> list[str]:
    """Return the names on all pages of a search."""
    found, cursor = [], None
    while True:
        page = PageIn(cursor=cursor, limit=limit)
        answer = customers.list_customers(member, Looking(text=text, **more), page)
        assert len(answer.items) <= limit
        found += [each.customer.name for each in answer.items]
        cursor = answer.next
        if cursor is None:
            return found


@pytest.fixture
def hua():
    member = a_member(a_workspace())
    people = [("王小明", "13800138000"), ("王芳", "13911118000"), ("单雄信", "13600001234"), ("A00建材王哥", "13700005678"), ("Emily Chen", "13500009999")]  # fmt: skip
    rows = [
        ProfileRow({"phone": phone, "member_no": f"VIP-{place}"}, {"name": name})
        for place, (name, phone) in enumerate(people)
    ]
    customers.upsert_many(member.workspace, rows, source="import:1", now=NOON)
    return member


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("王", ["王小明", "王芳", "A00建材王哥"]),
        ("小明", ["王小明"]),
        ("王 小明", ["王小明"]),
        ("wang", ["王芳", "A00建材王哥", "王小明"]),
        ("xiaoming", ["王小明"]),
        ("WXM", ["王小明"]),
        ("wf", ["王芳"]),
        ("shan", ["单雄信"]),
        ("王哥", ["A00建材王哥"]),
        ("emily", ["Emily Chen"]),
        ("chen", ["Emily Chen"]),
        ("ｅｍｉｌｙ", ["Emily Chen"]),
        ("8000", ["王小明", "王芳"]),
        ("138 0013 8000", ["王小明"]),
        ("+86 138-0013-8000", ["王小明"]),
        ("VIP-3", ["A00建材王哥"]),
        ("nobody", []),
        ("%", []),
        ("'; DROP TABLE", []),
    ],
)
def test_customers_are_found_as_people_type(hua, typed: str, found: list[str]) -> None:
    assert sorted(names(hua, typed)) == sorted(found)


@pytest.mark.parametrize("text", ["", "王", "wang", "8000", "1"])
def test_pages_show_everybody_once(hua, text: str) -> None:
    whole = names(hua, text)

    assert names(hua, text, limit=1) == whole
    assert len(set(whole)) == len(whole)


def test_a_renamed_customer_is_found_by_the_new_name_only(hua) -> None:
    ming = customers.list_customers(hua, Looking(text="小明"), PageIn()).items[0].customer

    customers.change(hua, ming.pk, {"name": "李大明"}, now=NOON)

    assert names(hua, "小明") == []
    assert names(hua, "daming") == ["李大明"]


def test_exactly_one_identity_is_asked_by_kind(hua) -> None:
    assert names(hua, identity="member_no:VIP-1") == ["王芳"]
    assert names(hua, identity="phone:139 1111 8000") == ["王芳"]
    assert names(hua, identity="member_no:VIP-9") == []
    assert names(hua, identity="nonsense") == []


def test_a_guide_finds_whom_she_looks_after_and_nobody_else(hua) -> None:
    lin = a_guide(hua.workspace)
    (staff,) = lin.scope.staff_ids
    fang = customers.list_customers(hua, Looking(text="王芳"), PageIn()).items[0].customer
    customers.relate(hua, fang.pk, RelationKind.STAFF, staff, now=NOON)

    for text in ("", "王", "wang", "8000", "VIP-1"):
        assert names(lin, text) == ["王芳"]
    assert names(lin, identity="member_no:VIP-0") == []
    assert names(hua, staff=staff) == names(hua, "王", staff=staff) == ["王芳"]


def test_the_rival_finds_nobody(hua) -> None:
    rival = a_member(a_workspace("Coffee House"))

    assert [names(rival, text) for text in ("", "王", "8000", "VIP-1")] == [[], [], [], []]


def test_a_merged_customer_is_found_as_who_she_is_today(hua) -> None:
    ming, fang = (
        customers.list_customers(hua, Looking(text=text), PageIn()).items[0].customer
        for text in ("小明", "王芳")
    )
    merge = customers.merge(hua, ming.pk, fang.pk, now=NOON)

    assert names(hua, "13911118000") == names(hua, "8000") == ["王小明"]
    assert names(hua, "王芳") == []
    customers.undo_merge(hua, merge.pk, now=NOON)
    assert names(hua, "王芳") == ["王芳"]


def test_a_cursor_of_another_list_is_refused(hua) -> None:
    cursor = customers.list_customers(hua, Looking(), PageIn(limit=1)).next

    with pytest.raises(CursorUnknown):
        customers.list_customers(hua, Looking(text="王"), PageIn(cursor=cursor))


def test_the_list_takes_few_statements(hua, django_assert_max_num_queries) -> None:
    for place in range(20):
        a_customer(hua, name=f"客{place}")

    with django_assert_max_num_queries(6):
        assert len(customers.list_customers(hua, Looking(), PageIn()).items) == 25


def test_a_name_is_found_by_its_ends_in_three_scripts() -> None:
    assert keys_of("王小明") == {"王小明", "小明", "wangxiaoming", "xiaoming", "wxm", "xm"}
