"""Whose word counts more when customers become one is for the workspace to say."""

import pytest

from yutang.customers import service as customers
from yutang.customers.models import CustomerMark
from yutang.customers.tests.builders import NOON, a_customer, a_member, a_workspace, shown
from yutang.kit.pulse import beat_all_once
from yutang.workspaces.models import AuditRecord, Role
from yutang.workspaces.tests.builders import as_member

pytestmark = pytest.mark.django_db


def two_words(hua) -> tuple[int, int]:
    """Enter one customer by hand in 上海 and one from a file in 北京."""
    by_hand = a_customer(hua, city="上海").pk
    row = customers.ProfileRow({"email": f"f{by_hand}@tea.example"}, {"city": "北京"})
    listed = customers.upsert_many(hua.workspace, [row], source="import:1", now=NOON)
    return by_hand, listed.customers[0]


def test_staff_count_more_than_files_unless_the_workspace_says_otherwise() -> None:
    hua = a_member(a_workspace())
    one, other = two_words(hua)

    customers.merge(hua, one, other, now=NOON)
    built_in = shown(one)["city"]
    customers.set_source_ranks(hua, {"import": 110}, now=NOON)
    third, fourth = two_words(hua)
    customers.merge(hua, third, fourth, now=NOON)

    assert (built_in, shown(third)["city"]) == ("上海", "北京")
    assert [(each.source, each.rank) for each in customers.source_ranks(hua.workspace)] == [
        ("import", 110),
        ("user", 100),
        ("key", 60),
        ("other", 40),
    ]


def test_who_was_merged_before_is_shown_by_the_new_ranks_and_by_the_old_ones_again() -> None:
    hua = a_member(a_workspace())
    pairs = [two_words(hua) for _ in range(3)]
    for one, other in pairs:
        customers.merge(hua, one, other, now=NOON)
    CustomerMark.objects.all().delete()

    customers.set_source_ranks(hua, {"import": 110}, now=NOON)
    beat_all_once("customers.rank")
    changed = {shown(one)["city"] for one, _ in pairs}
    told = {
        number for mark in CustomerMark.objects.filter(what="profile") for number in mark.customers
    }
    customers.set_source_ranks(hua, None, now=NOON)
    beat_all_once("customers.rank")

    assert (changed, {shown(one)["city"] for one, _ in pairs}) == ({"北京"}, {"上海"})
    assert told == {one for one, _ in pairs}


def test_it_goes_on_record_with_what_was_before() -> None:
    hua = a_member(a_workspace())

    customers.set_source_ranks(hua, {"import": 110}, now=NOON)
    customers.set_source_ranks(hua, {"import": 110}, now=NOON)

    (record,) = AuditRecord.objects.within(hua.workspace)
    assert record.action == "customers.source_ranks_changed"
    assert (record.detail["before"]["import"], record.detail["after"]["import"]) == (50, 110)


def test_the_wire_says_what_they_are_and_what_they_were() -> None:
    hua = a_member(a_workspace())
    asker = as_member(hua, language="en")

    asker.put("/customers/source-ranks", {"ranks": {"key": 10}})
    answer = asker.get("/customers/source-ranks").json()["items"]

    assert answer[-1] == {
        "source": "key",
        "label": "Systems (API keys)",
        "rank": 10,
        "built_in": 60,
    }
    assert asker.put("/customers/source-ranks", {"ranks": None}).json()["items"][1]["rank"] == 60


def test_a_source_that_is_none_is_refused_with_those_there_are() -> None:
    answer = as_member(a_member(a_workspace()), language="en").put(
        "/customers/source-ranks", {"ranks": {"friends": 1, "user": 1001}}
    )

    assert answer.status_code == 422
    assert "'user', 'key', 'import'" in answer.json()["errors"][0]["message"]


def test_an_operator_may_read_them_and_no_more_and_the_rival_has_her_own() -> None:
    house = a_workspace()
    customers.set_source_ranks(a_member(house), {"import": 110}, now=NOON)
    operator = as_member(a_member(house, Role.OPERATOR))
    rival = a_workspace("Coffee House")

    assert operator.get("/customers/source-ranks").status_code == 200
    assert operator.put("/customers/source-ranks", {"ranks": None}).status_code == 403
    assert [each.rank for each in customers.source_ranks(rival)] == [100, 60, 50, 40]
