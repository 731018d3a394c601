"""The team: figures of those one oversees, losses with who ended it, goals with how far they are."""

from datetime import date

import pytest

from yutang.events.service import NewEvent
from yutang.guides import service as guides
from yutang.guides.models import Measure, WordRule
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
from yutang.workspaces.models import Role
from yutang.workspaces.service import Member, NoSuchStaff, Scope, ScopeKind
from yutang.workspaces.tests.builders import as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def a_manager(workspace, *guides_: Member) -> Member:
    staff = frozenset(staff_of(each).pk for each in guides_)
    return a_member(workspace, Role.STORE_MANAGER, Scope(ScopeKind.STORE, staff), name="店长")


def happened(customer: int, staff: int, *types: str, **more: object) -> list[NewEvent]:
    return [NewEvent(each, customer, occurred_at=NOON, staff=staff, **more) for each in types]


def test_figures_stand_by_member_of_staff_the_best_first(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    one, other = looked_after(owner, lin), looked_after(owner, zhou)
    did(
        owner.workspace,
        [
            *happened(one, staff_of(lin).pk, "add_friend", "message"),
            *happened(other, staff_of(zhou).pk, "pay", amount=20_000),
            *happened(other, staff_of(zhou).pk, "refund", amount=5_000),
            *happened(other, staff_of(zhou).pk, "delete_friend", texts={"by": "staff"}),
            *happened(one, staff_of(lin).pk, "delete_friend", texts={"by": "customer"}),
            NewEvent("pay", one, occurred_at=NOON - 5 * DAY, staff=staff_of(lin).pk, amount=90_000),
        ],
    )

    found = guides.team_figures(owner, FIRST, LAST, now=NOON)

    assert [
        (each.staff.name, each.sales_fen, each.new_friends, each.talked_with) for each in found
    ] == [("小周", 15_000, 0, 0), ("小林", 0, 1, 1)]
    assert [each.zh for each in found[0].alerts] == ["删了 1 位客户"]
    losses = guides.losses_of(owner, FIRST, LAST)
    assert {(each.staff_name, each.by) for each in losses} == {
        ("小周", "staff"),
        ("小林", "customer"),
    }


def test_a_manager_oversees_her_own_staff_only(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    manager = a_manager(owner.workspace, lin)
    other = looked_after(owner, zhou)
    did(owner.workspace, happened(other, staff_of(zhou).pk, "delete_friend", texts={"by": "staff"}))

    figures = guides.team_figures(manager, FIRST, LAST, now=NOON)

    assert [each.staff.name for each in figures] == ["小林"]
    assert guides.losses_of(manager, FIRST, LAST) == []
    with pytest.raises(NoSuchStaff):
        guides.set_goal(
            manager,
            staff_id=staff_of(zhou).pk,
            measure=Measure.ORDERS,
            month=FIRST,
            target=3,
            now=NOON,
        )
    assert as_member(lin).get("/guides/team", {"first": FIRST, "last": LAST}).status_code == 403


def test_a_goal_says_how_far_it_is_and_where_a_steady_pace_would_be(owner: Member) -> None:
    lin = a_guide(owner.workspace)
    hers = looked_after(owner, lin)
    did(owner.workspace, happened(hers, staff_of(lin).pk, "pay", amount=20_000))
    for staff in (0, staff_of(lin).pk):
        guides.set_goal(
            owner, staff_id=staff, measure=Measure.SALES, month=LAST, target=300_000, now=NOON
        )

    figures = guides.team_figures(owner, FIRST, LAST, now=NOON)
    goals = guides.goals_of(owner, FIRST, figures=figures, now=NOON)

    assert [(each.staff_name, each.reached, each.expected) for each in goals] == [
        ("", 20_000, 20_000),
        ("小林", 20_000, 20_000),
    ]
    again = {"measure": "sales", "month": "2026-11-01", "target": 500_000}
    assert as_member(owner).put("/guides/goals", again).json()["target"] == 500_000
    assert len(as_member(owner).get("/guides/goals", {"month": FIRST}).json()["items"]) == 2


def test_messages_that_say_a_sensitive_word_are_shown_with_it(owner: Member) -> None:
    lin = a_guide(owner.workspace)
    hers = looked_after(owner, lin, name="小明")
    guides.add_word(owner, "微信转账", WordRule.WARN, now=NOON)
    did(
        owner.workspace,
        [
            *happened(hers, staff_of(lin).pk, "message", content="加我微信转账便宜点"),
            *happened(hers, staff_of(lin).pk, "message", content="到货了"),
        ],
    )

    (heard,) = guides.heard_words(owner, now=NOON + DAY)

    assert (heard.customer_name, heard.staff_name, heard.words) == ("小明", "小林", ["微信转账"])
