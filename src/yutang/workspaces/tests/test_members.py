"""Members: invited with a role and a scope, changed, deactivated; there is always an owner."""

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import AuditRecord, Membership, Role, ScopeKind, User, Workspace
from yutang.workspaces.service import Invitation, MemberPatch, ScopeOf
from yutang.workspaces.tests.builders import (
    NOON,
    a_member,
    a_user,
    a_workspace,
    as_member,
    nobody,
)

pytestmark = pytest.mark.django_db


def invite(
    workspace: Workspace,
    email: str = "xiaolin@tea.example",
    role: Role = Role.OPERATOR,
    scope: ScopeOf | None = None,
) -> Invitation:
    return workspaces.invite_member(
        workspace,
        email=email,
        name="小林",
        role=role,
        scope=scope or ScopeOf(),
        actor="user:1",
        now=NOON,
    )


def change(membership: Membership, **patch: object) -> Membership:
    return workspaces.change_member(
        membership.workspace, membership.pk, MemberPatch(**patch), actor="user:1", now=NOON
    )


def membership_of(member: workspaces.Member) -> Membership:
    return Membership.objects.get(workspace=member.workspace, user=member.user)


def test_a_new_member_gets_a_password_to_be_changed_at_once() -> None:
    invited = invite(a_workspace())

    user = invited.membership.user
    assert user.must_change_password
    assert user.check_password(invited.one_time_password)
    assert len(invited.one_time_password) == 14


def test_somebody_with_an_account_keeps_her_password() -> None:
    user = a_user(password="longjing-before-rain")

    invited = invite(a_workspace(), user.email.upper())

    assert invited.membership.user == user
    assert invited.one_time_password is None
    assert User.objects.get(pk=user.pk).check_password("longjing-before-rain")


def test_nobody_is_a_member_twice() -> None:
    tea = a_workspace()
    invite(tea)

    with pytest.raises(workspaces.AlreadyAMember):
        invite(tea, "XiaoLin@tea.example")


def test_a_scope_names_a_department_or_store_of_the_same_workspace() -> None:
    tea, coffee = a_workspace(), a_workspace("Coffee House")
    store = workspaces.create_store(coffee, name="One", actor="user:1", now=NOON)
    department = workspaces.create_department(coffee, name="East", actor="user:1", now=NOON)

    with pytest.raises(workspaces.NoSuchStore):
        invite(tea, scope=ScopeOf(ScopeKind.STORE, store_id=store.pk))
    with pytest.raises(workspaces.NoSuchDepartment):
        invite(tea, scope=ScopeOf(ScopeKind.DEPARTMENT, department_id=department.pk))

    assert Membership.objects.within(tea).count() == 0


def test_a_scope_keeps_only_what_its_kind_uses() -> None:
    tea = a_workspace()
    store = workspaces.create_store(tea, name="One", actor="user:1", now=NOON)
    department = workspaces.create_department(tea, name="East", actor="user:1", now=NOON)

    def kept(kind: ScopeKind) -> tuple[int | None, int | None]:
        scope = ScopeOf(kind, department.pk, store.pk)
        membership = invite(tea, f"{kind}@tea.example", scope=scope).membership
        return membership.scope_department_id, membership.scope_store_id

    assert kept(ScopeKind.ALL) == (None, None)
    assert kept(ScopeKind.STORE) == (None, store.pk)
    assert kept(ScopeKind.DEPARTMENT) == (department.pk, None)


def test_the_last_owner_stays() -> None:
    owner = membership_of(a_member(a_workspace()))

    for patch in ({"role": Role.ANALYST}, {"is_active": False}):
        with pytest.raises(workspaces.LastOwner):
            change(owner, **patch)

    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == (Role.OWNER, True)


def test_an_owner_may_go_when_there_is_another() -> None:
    tea = a_workspace()
    owner, other = membership_of(a_member(tea)), membership_of(a_member(tea))

    assert change(owner, role=Role.ANALYST).role == Role.ANALYST
    with pytest.raises(workspaces.LastOwner):
        change(other, is_active=False)


def test_an_owner_who_was_deactivated_does_not_count() -> None:
    tea = a_workspace()
    owner, other = membership_of(a_member(tea)), membership_of(a_member(tea))
    change(other, is_active=False)

    with pytest.raises(workspaces.LastOwner):
        change(owner, is_active=False)


def test_what_is_left_out_stays() -> None:
    tea = a_workspace()
    membership = invite(tea, scope=ScopeOf(ScopeKind.OWN)).membership

    changed = change(membership, scope=ScopeOf(ScopeKind.STORE))

    assert (changed.role, changed.scope, changed.is_active) == (Role.OPERATOR, "store", True)


def test_a_change_is_audited_with_before_and_after() -> None:
    membership = invite(a_workspace()).membership

    change(membership, role=Role.GUIDE)

    record = AuditRecord.objects.get(action="workspaces.member_changed")
    assert record.detail["before"]["role"] == "operator"
    assert record.detail["after"]["role"] == "guide"
    assert (record.actor, record.target) == ("user:1", f"member:{membership.pk}")


def test_a_name_is_changed_by_an_owner_only_where_she_works_nowhere_else() -> None:
    user = a_user("小林")
    here = membership_of(a_member(a_workspace(), Role.GUIDE, user=user))

    assert change(here, name="林").user.name == "林"
    a_member(a_workspace("Coffee House"), user=user)
    with pytest.raises(workspaces.WorksElsewhereToo):
        change(here, name="木")
    assert change(here, name="林").user.name == "林"


def test_who_forgot_her_password_gets_another_and_is_signed_out() -> None:
    tea = a_workspace()
    guide = a_member(tea, Role.GUIDE)
    browser = as_member(guide)
    User.objects.filter(pk=guide.user.pk).update(totp_secret="S", totp_confirmed_at=NOON)

    reset = workspaces.reset_password(
        tea, membership_of(guide).pk, also_second_factor=False, actor="user:1", now=NOON
    )

    user = User.objects.get(pk=guide.user.pk)
    assert user.check_password(reset.one_time_password)
    assert (user.must_change_password, user.totp_confirmed_at) == (True, NOON)
    assert browser.get("/me").status_code == 401


def test_who_lost_her_telephone_too_gets_rid_of_the_second_factor() -> None:
    tea = a_workspace()
    guide = a_member(tea, Role.GUIDE)
    User.objects.filter(pk=guide.user.pk).update(totp_secret="S", totp_confirmed_at=NOON)

    workspaces.reset_password(
        tea, membership_of(guide).pk, also_second_factor=True, actor="user:1", now=NOON
    )

    assert User.objects.get(pk=guide.user.pk).totp_confirmed_at is None


def test_no_owner_resets_the_password_of_another_workspaces_member() -> None:
    user = a_user(password="longjing-before-rain")
    here = membership_of(a_member(a_workspace(), user=user))
    a_member(a_workspace("Coffee House"), user=user)

    with pytest.raises(workspaces.WorksElsewhereToo):
        workspaces.reset_password(
            here.workspace, here.pk, also_second_factor=False, actor="user:1", now=NOON
        )

    assert User.objects.get(pk=user.pk).check_password("longjing-before-rain")


def test_the_rival_cannot_tell_that_a_member_exists() -> None:
    membership = invite(a_workspace()).membership
    rival = a_workspace("Coffee House")

    with pytest.raises(workspaces.NoSuchMember):
        workspaces.get_member(rival, membership.pk)
    with pytest.raises(workspaces.NoSuchMember):
        workspaces.change_member(
            rival, membership.pk, MemberPatch(is_active=False), actor="user:1", now=NOON
        )


def test_a_deactivated_member_is_let_in_nowhere() -> None:
    tea = a_workspace()
    guide = a_member(tea, Role.GUIDE)
    change(membership_of(guide), is_active=False)

    assert as_member(guide).get("/staff").status_code == 404


def test_from_invitation_to_first_page_over_http() -> None:
    owner = as_member(a_member(a_workspace()))

    invited = owner.post("/members", {"email": "lin@tea.example", "name": "小林", "role": "guide"})
    member = invited.json()["member"]
    shown = owner.get(f"/members/{member['id']}").json()
    changed = owner.patch(f"/members/{member['id']}", {"scope": {"kind": "own"}}).json()
    reset = owner.post(f"/members/{member['id']}/password", {}).json()
    browser = nobody()
    signed_in = browser.post(
        "/auth/sign-in", {"email": "lin@tea.example", "password": reset["one_time_password"]}
    )

    assert (invited.status_code, invited["Cache-Control"]) == (201, "no-store")
    assert shown == member
    assert changed == member | {"scope": "own"}
    assert signed_in.json()["must_change_password"] is True
    assert [each["id"] for each in owner.get("/members", {"q": "小林"}).json()["items"]] == [
        member["id"]
    ]
