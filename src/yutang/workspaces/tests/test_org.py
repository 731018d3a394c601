"""The tree: departments in departments, stores in departments, staff in both."""

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import AuditRecord, Department, Staff, Store, Workspace
from yutang.workspaces.service import StaffPatch, StorePatch
from yutang.workspaces.tests.builders import NOON, a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db
BY = {"actor": "user:1", "now": NOON}


def department(workspace: Workspace, name: str, parent: Department | None = None) -> Department:
    parent_id = parent.pk if parent else None
    return workspaces.create_department(workspace, name=name, parent_id=parent_id, **BY)


def store(workspace: Workspace, name: str = "静安店", **options: object) -> Store:
    return workspaces.create_store(workspace, name=name, **options, **BY)


def staff(workspace: Workspace, name: str = "小林", **options: object) -> Staff:
    return workspaces.create_staff(workspace, name=name, **options, **BY)


def move(one: Department, parent: Department | None) -> Department:
    parent_id = parent.pk if parent else 0
    return workspaces.change_department(one.workspace, one.pk, parent_id=parent_id, **BY)


def test_a_department_moves_with_all_below_it() -> None:
    tea = a_workspace()
    east, west = department(tea, "East"), department(tea, "West")
    shanghai = department(tea, "Shanghai", east)
    staff(tea, department_id=shanghai.pk)

    move(east, west)

    tree = workspaces.org_tree(tea)
    assert [each.name for each in tree.departments] == ["West"]
    assert tree.departments[0].departments[0].departments[0].name == "Shanghai"
    assert tree.departments[0].staff_count_below == 1


def test_a_department_moves_to_the_top() -> None:
    tea = a_workspace()
    shanghai = department(tea, "Shanghai", department(tea, "East"))

    assert move(shanghai, None).parent is None


def test_a_department_does_not_stand_below_itself() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    shanghai = department(tea, "Shanghai", east)

    for target in (east, shanghai):
        with pytest.raises(workspaces.UnderItself) as refusal:
            move(east, target)

    assert refusal.value.sentence("zh") == (
        "“East”不能放到自己或自己的下级部门下面。请选别的上级。"
    )
    assert Department.objects.get(pk=east.pk).parent is None


def test_there_are_twenty_levels_at_most() -> None:
    tea = a_workspace()
    deepest = department(tea, "0")
    for level in range(1, 20):
        deepest = department(tea, str(level), deepest)
    other = department(tea, "other")
    department(tea, "below", other)

    with pytest.raises(workspaces.TooDeep):
        department(tea, "20", deepest)
    with pytest.raises(workspaces.TooDeep):
        move(other, deepest.parent)


def test_a_name_is_taken_among_siblings_only() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    department(tea, "East", east)

    with pytest.raises(workspaces.NameTaken):
        department(tea, "East")
    renamed = workspaces.change_department(tea, east.pk, name="华东", **BY)
    assert (renamed.name, renamed.parent) == ("华东", None)


def test_a_department_that_holds_something_stays() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    department(tea, "Shanghai", east)
    store(tea, department_id=east.pk)
    staff(tea, department_id=east.pk)

    with pytest.raises(workspaces.DepartmentInUse) as refusal:
        workspaces.remove_department(tea, east.pk, **BY)

    assert refusal.value.sentence("en") == (
        "“East” still holds 1 departments, 1 stores and 1 staff. Move them first."
    )


def test_an_empty_department_goes() -> None:
    tea = a_workspace()
    east = department(tea, "East")

    workspaces.remove_department(tea, east.pk, **BY)

    assert Department.objects.within(tea).count() == 0
    assert AuditRecord.objects.get(action="workspaces.department_removed").detail == {
        "name": "East"
    }


def test_names_and_codes_of_stores_are_their_own() -> None:
    tea = a_workspace()
    first = store(tea, "One", code="001")
    store(tea, "Two")
    store(tea, "Three")

    with pytest.raises(workspaces.NameTaken):
        store(tea, "One")
    with pytest.raises(workspaces.CodeTaken):
        store(tea, "Four", code="001")
    assert workspaces.stores_by_code(tea, ["001", "", "nope"]) == {"001": first}
    assert store(a_workspace("Coffee House"), "One", code="001").code == "001"


def test_a_store_is_closed_moved_and_taken_out_of_departments() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    one = store(tea, department_id=east.pk)

    def change(**patch: object) -> Store:
        return workspaces.change_store(tea, one.pk, StorePatch(**patch), **BY)

    assert change(is_active=False).is_active is False
    assert change(name="外滩店", code="2").name == "外滩店"
    assert change(department_id=0).department is None
    assert change(department_id=east.pk).department == east
    assert AuditRecord.objects.filter(action="workspaces.store_changed").count() == 4


def test_staff_stand_in_a_department_and_in_stores() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    shanghai = department(tea, "Shanghai", east)
    one, two = store(tea, "One", department_id=shanghai.pk), store(tea, "Two")
    lin = staff(tea, code="L1", department_id=shanghai.pk, store_ids=[one.pk, two.pk])
    wang = staff(tea, "小王")

    def found(**only: object) -> set[int]:
        return set(workspaces.staff_of(tea, **only).values_list("pk", flat=True))

    assert found(department_id=east.pk) == found(store_id=two.pk) == found(q="l1") == {lin.pk}
    assert found(is_active=True) == found() == {lin.pk, wang.pk}
    assert workspaces.staff_by_code(tea, ["L1"]) == {"L1": lin}
    assert workspaces.staff_by_id(tea, [lin.pk, 0]) == {lin.pk: lin}
    assert list(workspaces.stores_of(tea, department_id=east.pk)) == [one]
    assert list(workspaces.stores_of(tea, q="tw")) == [two]


def test_staff_of_another_workspaces_stores_there_are_none() -> None:
    tea, coffee = a_workspace(), a_workspace("Coffee House")
    theirs = store(coffee)

    with pytest.raises(workspaces.NoSuchStore):
        staff(tea, store_ids=[theirs.pk])

    assert Staff.objects.within(tea).count() == 0


def test_a_code_belongs_to_one_member_of_staff() -> None:
    tea = a_workspace()
    staff(tea, code="L1")

    with pytest.raises(workspaces.CodeTaken):
        staff(tea, "小王", code="L1")


def test_a_user_is_one_member_of_staff() -> None:
    member = a_member(a_workspace())
    tea = member.workspace
    lin = staff(tea, user_id=member.user.pk)

    with pytest.raises(workspaces.UserLinkedAlready):
        staff(tea, "小王", user_id=member.user.pk)
    unlinked = workspaces.change_staff(tea, lin.pk, StaffPatch(user_id=0), **BY)
    assert unlinked.user is None


def test_only_members_of_the_workspace_are_linked() -> None:
    stranger = a_member(a_workspace("Coffee House"))

    with pytest.raises(workspaces.NoSuchMember):
        staff(a_workspace(), user_id=stranger.user.pk)


def test_who_leaves_is_announced_once(django_capture_on_commit_callbacks) -> None:
    from yutang.kit.facts import _listeners
    from yutang.workspaces.facts import StaffDeactivated

    heard: list[object] = []
    _listeners[StaffDeactivated].append(heard.append)
    tea = a_workspace()
    lin = staff(tea)

    with django_capture_on_commit_callbacks(execute=True):
        for is_active in (False, False, True):
            workspaces.change_staff(tea, lin.pk, StaffPatch(is_active=is_active), **BY)
    _listeners[StaffDeactivated].remove(heard.append)

    assert heard == [StaffDeactivated(tea.pk, lin.pk)]


def test_an_audit_reader_learns_no_names() -> None:
    tea = a_workspace()
    lin = staff(tea, "小林")
    workspaces.change_staff(tea, lin.pk, StaffPatch(name="林小姐", department_id=0), **BY)

    written = str(list(AuditRecord.objects.within(tea).values_list("detail", flat=True)))

    assert "林" not in written


def test_the_tree_counts_active_staff_and_open_stores() -> None:
    tea = a_workspace()
    east = department(tea, "East")
    one = store(tea, "One", department_id=east.pk)
    closed = store(tea, "Closed", department_id=east.pk)
    store(tea, "Free")
    workspaces.change_store(tea, closed.pk, StorePatch(is_active=False), **BY)
    staff(tea, department_id=east.pk, store_ids=[one.pk])
    left = staff(tea, department_id=east.pk)
    workspaces.change_staff(tea, left.pk, StaffPatch(is_active=False), **BY)
    staff(tea)

    tree = workspaces.org_tree(tea)

    node = tree.departments[0]
    assert (node.staff_count, node.staff_count_below, node.store_count_below) == (1, 1, 1)
    assert [(each.name, each.staff_count) for each in node.stores] == [("Closed", 0), ("One", 1)]
    assert [each.name for each in tree.stores] == ["Free"]
    assert (tree.staff_count, tree.staff_without_department) == (2, 1)


def test_the_tree_takes_four_statements_whatever_its_size(django_assert_num_queries) -> None:
    tea = a_workspace()
    for number in range(5):
        store(tea, str(number), department_id=department(tea, str(number)).pk)

    with django_assert_num_queries(4):
        workspaces.org_tree(tea)


def test_the_rival_sees_none_of_it() -> None:
    tea, rival = a_workspace(), a_workspace("Coffee House")
    east, one, lin = department(tea, "East"), store(tea), staff(tea)

    for refusal, ask in [
        (workspaces.NoSuchDepartment, lambda: workspaces.get_department(rival, east.pk)),
        (workspaces.NoSuchStore, lambda: workspaces.get_store(rival, one.pk)),
        (workspaces.NoSuchStaff, lambda: workspaces.get_staff(rival, lin.pk)),
        (workspaces.NoSuchDepartment, lambda: department(rival, "x", east)),
    ]:
        with pytest.raises(refusal):
            ask()
    assert workspaces.org_tree(rival).departments == []


def test_the_whole_way_over_http() -> None:
    owner = as_member(a_member(a_workspace()))

    east = owner.post("/departments", {"name": "华东区"}).json()
    shanghai = owner.post("/departments", {"name": "上海", "parent_id": east["id"]}).json()
    one = owner.post("/stores", {"name": "静安店", "department_id": shanghai["id"]}).json()
    lin = owner.post("/staff", {"name": "小林", "store_ids": [one["id"]]}).json()
    owner.patch(f"/departments/{shanghai['id']}", {"name": "上海市"})
    owner.patch(f"/stores/{one['id']}", {"code": "SH-1"})
    owner.patch(f"/staff/{lin['id']}", {"department_id": shanghai["id"]})
    kept = owner.delete(f"/departments/{east['id']}")
    tree = owner.get("/org/tree").json()

    assert lin["store_ids"] == [one["id"]]
    assert owner.get(f"/stores/{one['id']}").json()["code"] == "SH-1"
    assert owner.get(f"/staff/{lin['id']}").json()["department_id"] == shanghai["id"]
    assert [each["name"] for each in owner.get("/departments").json()["items"]] == [
        "上海市",
        "华东区",
    ]
    assert owner.get("/stores", {"q": "sh"}).json()["items"][0]["id"] == one["id"]
    assert owner.get("/staff", {"store_id": one["id"]}).json()["items"][0]["id"] == lin["id"]
    assert (kept.status_code, kept.json()["code"]) == (409, "workspaces.department_in_use")
    assert tree["departments"][0]["staff_count_below"] == 1
    empty = owner.post("/departments", {"name": "空"}).json()["id"]
    assert owner.delete(f"/departments/{empty}").status_code == 204
