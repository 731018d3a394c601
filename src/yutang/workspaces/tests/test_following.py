"""A tree of staff that is kept elsewhere is followed: found by what it was, by name, by code; or made."""

import pytest

from yutang.kit.facts import on
from yutang.workspaces import service as workspaces
from yutang.workspaces.facts import StaffDeactivated
from yutang.workspaces.models import Department, Staff, Workspace
from yutang.workspaces.service import ToldDepartment, ToldStaff
from yutang.workspaces.tests.builders import NOON, a_workspace

pytestmark = pytest.mark.django_db(transaction=True)


def tree(workspace: Workspace) -> set[tuple[str, str]]:
    rows = Department.objects.within(workspace).values_list("name", "parent__name")
    return {(name, parent or "") for name, parent in rows}


def follow(workspace: Workspace, *told: ToldDepartment) -> dict[int, int]:
    return dict(workspaces.follow_departments(workspace, told, actor="system:wecom", now=NOON))


def test_departments_are_where_they_are_told_to_be_whatever_the_order() -> None:
    tea = a_workspace()
    by_hand = workspaces.create_department(tea, name="茶馆", actor="user:1", now=NOON)

    known = follow(
        tea,
        ToldDepartment(3, 2, "静安店"),
        ToldDepartment(2, 1, "华东"),
        ToldDepartment(1, None, "茶馆"),
    )
    moved = follow(
        tea,
        ToldDepartment(1, None, "茶馆", known[1]),
        ToldDepartment(2, 1, "静安店", known[2]),
        ToldDepartment(3, 1, "华东", known[3]),
    )

    assert known[1] == by_hand.pk
    assert moved == known
    assert tree(tea) == {("茶馆", ""), ("静安店", "茶馆"), ("华东", "茶馆")}


def test_staff_are_found_by_their_code_and_who_left_is_announced() -> None:
    tea, left = a_workspace(), []
    on(StaffDeactivated)(left.append)
    there = workspaces.create_staff(tea, name="林", code="lin.yue", actor="user:1", now=NOON)

    first = workspaces.follow_staff(
        tea, [ToldStaff("林月", "lin.yue"), ToldStaff("陈博", "chen.bo")], actor="x:y", now=NOON
    )
    again = workspaces.follow_staff(
        tea,
        [ToldStaff("林月", "lin.yue", is_active=False, known_as=first[0])],
        actor="x:y",
        now=NOON,
    )

    assert first[0] == again[0] == there.pk
    assert list(Staff.objects.within(tea).order_by("pk").values_list("name", "is_active")) == [
        ("林月", False),
        ("陈博", True),
    ]
    assert left == [StaffDeactivated(tea.pk, there.pk)]
