"""Signing in whom somebody else has recognised: the platform says which member of staff it is."""

import secrets
from datetime import datetime

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.workspaces._audit import record_audit
from yutang.workspaces._sessions import open_session
from yutang.workspaces._sign_in import SignedInUser
from yutang.workspaces._staff import NoSuchStaff
from yutang.workspaces.models import Membership, Role, ScopeKind, Staff, User, Workspace

__all__ = ["NeedsPassword", "StaffHasLeft", "sign_in_staff"]


class StaffHasLeft(DomainError):
    """She, or her account, was deactivated."""

    status = 403
    zh = "你在这里的账号已停用。需要的话，请找管理员恢复。"
    en = "Your account here was deactivated. Ask an administrator if you need it back."


class NeedsPassword(DomainError):
    """Her account asks for more than being recognised."""

    status = 403
    zh = "你的账号开了两步验证或还没有设自己的密码，请用邮箱和密码登录。"
    en = (
        "Your account asks for a second factor, or has a one-time password. Sign in with your"
        " address and password."
    )


@transaction.atomic
def sign_in_staff(
    workspace: Workspace, staff_id: int, *, address: str, browser: str, now: datetime
) -> SignedInUser:
    """Sign a browser in as a member of staff. Who has no account yet gets one, as a guide who sees her own.

    :raises NoSuchStaff, StaffHasLeft, NeedsPassword:
    """
    rows = Staff.objects.within(workspace).select_for_update(of=["self"]).select_related("user")
    staff = rows.filter(pk=staff_id).first()
    if staff is None:
        raise NoSuchStaff
    if not staff.is_active:
        raise StaffHasLeft
    user = staff.user or _welcomed(staff, now)
    held = Membership.objects.within(workspace).filter(user=user, is_active=True)
    if not user.is_active or not held.exists():
        raise StaffHasLeft
    if user.totp_confirmed_at or user.must_change_password:
        raise NeedsPassword
    user.last_login, user.last_workspace = now, workspace
    user.save(update_fields=["last_login", "last_workspace"])
    return SignedInUser(user, open_session(user, address=address, browser=browser, now=now))


def _welcomed(staff: Staff, now: datetime) -> User:
    # An address nobody can write to, and no password: this account opens in no other way.
    user = User(name=staff.name, email=f"staff-{staff.pk}-{secrets.token_hex(8)}@staff.invalid")
    user.set_unusable_password()
    user.save()
    membership = Membership.objects.create(
        workspace=staff.workspace, user=user, role=Role.GUIDE, scope=ScopeKind.OWN
    )
    staff.user = user
    staff.save(update_fields=["user"])
    record_audit(
        staff.workspace,
        "system:wecom",
        "workspaces.staff_welcomed",
        f"member:{membership.pk}",
        detail={"staff": staff.pk, "user": user.pk},
        now=now,
    )
    return user
