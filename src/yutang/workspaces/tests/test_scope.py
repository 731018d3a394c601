"""Whose customers a member sees follows from where she stands in the tree."""

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Department, Membership, Role, ScopeKind, Staff, Store
from yutang.workspaces.service import Member, Scope
from yutang.workspaces.tests.builders import NOON, a_member, a_workspace

pytestmark = pytest.mark.django_db
BY = {"actor": "user:1", "now": NOON}


class Chain:
    """East with Shanghai below it, a store in each; 小林 in Shanghai's, 小王 in East's."""

    def __init__(self) -> None:
        self.workspace = a_workspace()
        self.east = self.department("East")
        self.shanghai = self.department("Shanghai", self.east)
        self.bund = self.store("Bund", self.east)
        self.jingan = self.store("Jing'an", self.shanghai)
        self.wang = self.staff("小王", self.east, self.bund)
        self.lin = self.staff("小林", self.shanghai, self.jingan)

    def department(self, name: str, parent: Department | None = None) -> Department:
        parent_id = parent.pk if parent else None
        return workspaces.create_department(self.workspace, name=name, parent_id=parent_id, **BY)

    def store(self, name: str, department: Department) -> Store:
        return workspaces.create_store(self.workspace, name=name, department_id=department.pk, **BY)

    def staff(self, name: str, department: Department, store: Store) -> Staff:
        return workspaces.create_staff(
            self.workspace, name=name, department_id=department.pk, store_ids=[store.pk], **BY
        )

    def scope(self, kind: ScopeKind, is_staff: Staff | None = None, **named: int) -> Scope:
        member = a_member(self.workspace, Role.STORE_MANAGER, kind)
        Membership.objects.filter(user=member.user).update(**named)
        if is_staff:
            Staff.objects.filter(pk=is_staff.pk).update(user=member.user)
        return as_now(member).scope


def as_now(member: Member) -> Member:
    return workspaces.member_of_user(member.user, str(member.workspace.pk))


def test_all_is_everyones() -> None:
    assert Chain().scope(ScopeKind.ALL).is_everyone


def test_own_is_that_of_her_staff_row() -> None:
    chain = Chain()

    assert chain.scope(ScopeKind.OWN, chain.lin) == Scope(ScopeKind.OWN, frozenset([chain.lin.pk]))


@pytest.mark.parametrize("kind", [ScopeKind.OWN, ScopeKind.STORE, ScopeKind.DEPARTMENT])
def test_without_a_staff_row_she_sees_nobodys(kind: ScopeKind) -> None:
    assert Chain().scope(kind) == Scope(kind)


def test_a_stores_is_that_of_the_store_and_of_all_who_work_in_it() -> None:
    chain = Chain()

    assert chain.scope(ScopeKind.STORE, scope_store_id=chain.bund.pk) == Scope(
        ScopeKind.STORE, frozenset([chain.wang.pk]), frozenset([chain.bund.pk])
    )


def test_without_a_named_store_it_is_that_of_her_own() -> None:
    chain = Chain()

    assert chain.scope(ScopeKind.STORE, chain.lin) == Scope(
        ScopeKind.STORE, frozenset([chain.lin.pk]), frozenset([chain.jingan.pk])
    )


def test_a_departments_includes_those_below() -> None:
    chain = Chain()

    assert chain.scope(ScopeKind.DEPARTMENT, scope_department_id=chain.east.pk) == Scope(
        ScopeKind.DEPARTMENT,
        frozenset([chain.wang.pk, chain.lin.pk]),
        frozenset([chain.bund.pk, chain.jingan.pk]),
    )


def test_without_a_named_department_it_is_that_of_her_own() -> None:
    chain = Chain()

    assert chain.scope(ScopeKind.DEPARTMENT, chain.lin) == Scope(
        ScopeKind.DEPARTMENT, frozenset([chain.lin.pk]), frozenset([chain.jingan.pk])
    )


def test_her_own_customers_are_hers_wherever_her_scope_is() -> None:
    chain = Chain()

    scope = chain.scope(ScopeKind.STORE, chain.lin, scope_store_id=chain.bund.pk)

    assert scope.staff_ids == {chain.wang.pk, chain.lin.pk}


def test_it_is_worked_out_once_for_a_request() -> None:
    member = a_member(a_workspace(), Role.GUIDE, Scope(ScopeKind.OWN, frozenset([7])))

    assert member.scope.staff_ids == {7}
    assert not member.scope.is_everyone
