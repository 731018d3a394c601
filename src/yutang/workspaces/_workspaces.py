"""Workspaces themselves: made, renamed, entered."""

import re
import secrets
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import QuerySet

from yutang.kit.errors import DomainError
from yutang.workspaces._audit import record_audit
from yutang.workspaces._authentication import NoSuchWorkspace
from yutang.workspaces.models import Membership, Role, ScopeKind, User, Workspace

__all__ = [
    "NoSuchTimeZone",
    "change_workspace",
    "create_workspace",
    "enter_workspace",
    "my_memberships",
    "workspace_by_slug",
    "workspaces_of_everyone",
]


class NoSuchTimeZone(DomainError):
    """Not a name of the time zone database."""

    status = 422
    zh = "没有“{time_zone}”这个时区。请用 Asia/Shanghai 这样的名字。"
    en = "There is no time zone “{time_zone}”. Use a name such as Asia/Shanghai."


@transaction.atomic
def create_workspace(
    owner: User,
    *,
    name: str,
    time_zone: str = "Asia/Shanghai",
    slug: str = "",
    is_demo: bool = False,
    now: datetime,
) -> Workspace:
    """Make a workspace, with its owner as the first member.

    Without a slug one is made of the name; a taken one gets a suffix.

    :raises NoSuchTimeZone:
    """
    workspace = Workspace.objects.create(
        name=name,
        slug=_free_slug(slug or name),
        time_zone=_time_zone(time_zone),
        is_demo=is_demo,
    )
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER, scope=ScopeKind.ALL)
    record_audit(
        workspace,
        f"user:{owner.pk}",
        "workspaces.workspace_created",
        f"workspace:{workspace.pk}",
        detail={"name": name, "time_zone": time_zone},
        now=now,
    )
    return workspace


@transaction.atomic
def change_workspace(
    workspace: Workspace,
    *,
    name: str | None = None,
    time_zone: str | None = None,
    actor: str,
    now: datetime,
) -> Workspace:
    """Rename it, or move it to another time zone (calendar windows are cut there from now on).

    :raises NoSuchTimeZone:
    """
    before = {"name": workspace.name, "time_zone": workspace.time_zone}
    workspace.name = workspace.name if name is None else name
    workspace.time_zone = _time_zone(time_zone or workspace.time_zone)
    workspace.save(update_fields=["name", "time_zone"])
    record_audit(
        workspace,
        actor,
        "workspaces.workspace_changed",
        f"workspace:{workspace.pk}",
        detail={
            "before": before,
            "after": {"name": workspace.name, "time_zone": workspace.time_zone},
        },
        now=now,
    )
    return workspace


def my_memberships(user: User) -> QuerySet[Membership]:
    """Return where the user works."""
    mine = Membership.objects.filter(user=user, is_active=True)
    return mine.select_related("workspace").order_by("pk")


def enter_workspace(user: User, workspace_id: int) -> Membership:
    """Make it the workspace the user is shown when she names none.

    :raises NoSuchWorkspace:
    """
    membership = my_memberships(user).filter(workspace=workspace_id).first()
    if membership is None:
        raise NoSuchWorkspace
    user.last_workspace = membership.workspace
    user.save(update_fields=["last_workspace"])
    return membership


def workspace_by_slug(slug: str) -> Workspace:
    """Return the workspace of this slug, for commands.

    :raises NoSuchWorkspace:
    """
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise NoSuchWorkspace
    return found


def workspaces_of_everyone() -> QuerySet[Workspace]:
    """Return every workspace, for pulses and commands that serve all of them."""
    return Workspace.objects.order_by("pk")


def _free_slug(wanted: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:50] or "workspace"
    taken = Workspace.objects.filter(slug=slug).exists()
    return f"{slug}-{secrets.token_hex(4)}" if taken else slug


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise NoSuchTimeZone(time_zone=name)
    return name
