"""The first start of an installation: one workspace, one owner."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yutang.workspaces._audit import record_audit
from yutang.workspaces.models import Membership, Role, User, Workspace

__all__ = ["Founded", "found_installation"]

_ONE_AT_A_TIME = 7_204_137  # an advisory lock: two processes may start at once


@dataclass(frozen=True)
class Founded:
    """The first owner; `password` only if it was made just now and must be told to somebody."""

    email: str
    password: str | None


def found_installation(email: str, password: str, *, now: datetime) -> Founded | None:
    """Make the first workspace and its owner; None where there is anybody already.

    Without a password a one-time one is made, to be changed at the first sign-in.
    """
    with transaction.atomic():
        _wait_for_our_turn()
        if User.objects.exists():
            return None
        made = "" if password else secrets.token_urlsafe(12)
        owner = User(
            email=(email or "owner@yutang.local").lower(),
            name="店主",
            must_change_password=bool(made),
        )
        owner.set_password(password or made)
        owner.save()
        brand = Workspace.objects.create(name="我的品牌", slug="brand")
        Membership.objects.create(workspace=brand, user=owner, role=Role.OWNER)
        record_audit(brand, "system:founding", "workspaces.founded", f"user:{owner.pk}", now=now)
    return Founded(owner.email, made or None)


def _wait_for_our_turn() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
