"""The person in front: everything in one answer, only for whoever looks after her."""

from typing import Any

import pytest

from yutang.customers.tests.builders import who
from yutang.events.service import NewEvent
from yutang.guides import service as guides
from yutang.guides.tests.builders import (
    DAY,
    NOON,
    a_guide,
    a_member,
    a_workspace,
    did,
    looked_after,
    staff_of,
)
from yutang.journeys import service as journeys
from yutang.journeys.models import StaffTask
from yutang.journeys.tests.builders import a_journey, wait
from yutang.loop import Doing
from yutang.tags.tests.builders import a_tag
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("yutang.guides.api.person", "yutang.guides.api.day"):
        monkeypatch.setattr(f"{place}.now", lambda: NOON)


def buys(customer: int, *days_ago: int, staff: int = 0) -> list[NewEvent]:
    return [
        NewEvent("pay", customer, occurred_at=NOON - each * DAY, amount=12_800, staff=staff)
        for each in days_ago
    ]


def a_task(owner: Member, customer: int, staff: int = 0, key: str = "t1") -> StaffTask:
    journey = a_journey(owner, {"n1": wait()}, name=key)
    journeys.give_tasks(
        owner.workspace,
        journey.pk,
        [Doing(customer, key)],
        title="回访",
        note="问问口味",
        staff=staff,
        due_at=NOON,
        now=NOON,
    )
    return StaffTask.objects.within(owner.workspace).get(key=key)


def test_one_answer_holds_the_person_and_why_now(owner: Member, noon: None) -> None:
    guide = a_guide(owner.workspace)
    hers = looked_after(owner, guide, name="小明", city="杭州")
    did(
        owner.workspace,
        [
            *buys(hers, 90, 60, 30),
            NewEvent("favorite", hers, occurred_at=NOON - 2 * DAY, content="龙井"),
        ],
    )
    a_task(owner, hers)
    tag = a_tag(owner, name="爱喝绿茶")
    assert as_member(guide).post(f"/tags/customers/{hers}", {"tag_id": tag.pk}).status_code < 300

    got: dict[str, Any] = as_member(guide).get(f"/guides/people/{hers}").json()

    assert (got["name"], got["place"], got["mine"]["status"]) == ("小明", "杭州", "following")
    assert [each["said"] for each in got["reasons"]] == [
        "任务等你做：回访",
        "该复购了：通常 30 天买一次，上次是 30 天前",
        "收藏了“龙井”，还没下单",
    ]
    assert got["reasons"][1]["facts"][0]["said"] == "2026-10-03 买过"
    assert got["buying"] == {
        "orders": 3,
        "spent_fen": 38_400,
        "last_at": "2026-10-03T04:00:00Z",
        "rhythm_days": 30,
    }
    assert [each["type"] for each in got["timeline"]] == ["favorite", "pay", "pay", "pay"]
    assert [each["name"] for each in got["tags"]] == ["爱喝绿茶"]
    assert [(each["kind"], each["name"]) for each in got["relations"]] == [("staff", "小林")]
    assert [each["title"] for each in got["tasks"]] == ["回访"]


def test_a_guide_meets_only_her_own_customers(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    hers = looked_after(owner, lin)
    known = who(owner.workspace, external_userid="wmABC")

    assert as_member(lin).get(f"/guides/people/{hers}").status_code == 200
    assert as_member(zhou).get(f"/guides/people/{hers}").status_code == 404
    assert as_member(zhou).get(f"/guides/people/{hers}/phrases").status_code == 404
    met = {"external_userid": "wmABC"}
    assert as_member(owner).get("/guides/met", met).json() == {"customer_id": known}
    assert as_member(zhou).get("/guides/met", met).status_code == 404


def test_the_day_holds_ones_own_tasks_and_nobody_elses(owner: Member, noon: None) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    mine, other = looked_after(owner, lin, name="小明"), looked_after(owner, zhou)
    task = a_task(owner, mine, key="unassigned")
    a_task(owner, other, key="of a customer of 小周's")
    a_task(owner, mine, staff_of(zhou).pk, key="for 小周")

    day = as_member(lin).get("/guides/day").json()

    assert [(each["id"], each["customer_name"]) for each in day["tasks"]] == [(task.pk, "小明")]
    as_member(lin).post(f"/journeys/tasks/{task.pk}/done")
    assert as_member(lin).get("/guides/day").json()["tasks"] == []


def test_those_who_are_due_stand_in_the_order_of_need(owner: Member, noon: None) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    due, quiet = looked_after(owner, lin, name="小明"), looked_after(owner, lin, name="小红")
    birthday = looked_after(owner, lin, name="小芳", birthday="1990-11-04")
    looked_after(owner, zhou, birthday="1990-11-04")
    did(owner.workspace, [*buys(due, 90, 60, 30), *buys(quiet, 90, 60, 5)])

    items = as_member(lin).get("/guides/due").json()["items"]

    assert [each["customer_id"] for each in items] == [birthday, due]
    assert items[0]["reasons"][0]["said"] == "2 天后生日"


def test_my_numbers_are_what_happened_through_me(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    hers, staff = looked_after(owner, lin), staff_of(lin).pk
    did(
        owner.workspace,
        [
            *buys(hers, 0, staff=staff),
            *buys(hers, 0, staff=staff_of(zhou).pk),
            NewEvent("add_friend", hers, occurred_at=NOON, staff=staff),
        ],
    )
    today = NOON.date()

    mine = guides.my_figures(lin, today, today, now=NOON)

    assert mine is not None
    assert (mine.sales_fen, mine.orders, mine.new_friends, mine.friends) == (12_800, 1, 1, 1)
    assert guides.my_figures(owner, today, today, now=NOON) is None
