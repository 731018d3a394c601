"""Making, changing, archiving and deleting audiences; who uses whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yutang.audiences import _conditions
from yutang.audiences._forgetting import forget_membership
from yutang.audiences._uses import one_change_at_a_time, refuse_cycle, refuse_used, use
from yutang.audiences.models import (
    Audience,
    AudienceKind,
    AudienceTimer,
    AudienceTouch,
    RefreshSchedule,
)
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.workspaces.models import User, Workspace
from yutang.workspaces.service import record_audit

__all__ = [
    "Archived",
    "Draft",
    "NameTaken",
    "NotArchived",
    "NotFound",
    "NotLive",
    "archive",
    "change",
    "delete",
    "found",
    "give_condition",
    "listed",
    "locked",
    "make",
    "restore",
]


class NotFound(DomainError):
    """There is no such audience in this workspace."""

    status = 404
    zh = "没有这个人群，它可能已被删除。"
    en = "There is no such audience; it may have been deleted."


class NameTaken(DomainError):
    """Two audiences may not bear one name."""

    zh = "已经有一个人群叫“{name}”。请换一个名字。"
    en = "There is already an audience called “{name}”. Choose another name."


class Archived(DomainError):
    """An archived audience does not change."""

    zh = "人群“{audience}”已归档。先恢复它，再操作。"
    en = "The audience “{audience}” is archived. Restore it first."


class NotArchived(DomainError):
    """Only an archived audience can be deleted."""

    zh = "人群“{audience}”还在使用。先归档，再删除。"
    en = "The audience “{audience}” is not archived. Archive it before deleting it."


class NotLive(DomainError):
    """A static list has no condition and no refresh."""

    zh = "“{audience}”是静态名单，没有条件，也不用刷新。要改名单，请添加或移除客户。"
    en = "“{audience}” is a static list: it has no condition and no refresh. Add or remove customers instead."


@dataclass(frozen=True)
class Draft:
    """What a person says of an audience. Without a condition it is a static list."""

    name: str
    condition: Mapping[str, Any] | None = None
    note: str = ""
    schedule: RefreshSchedule = RefreshSchedule.ON_TIME
    refresh_hour: int = 3
    refresh_weekday: int = 0


def listed(workspace: Workspace, *, archived: bool = False, search: str = "") -> QuerySet[Audience]:
    """Return the audiences people made: those in use, or the archived ones."""
    rows = Audience.objects.within(workspace).listed().filter(archived_at__isnull=not archived)
    if search:
        rows = rows.filter(name__icontains=search)
    return rows.select_related("owner", "workspace")


def found(workspace: Workspace, audience_id: int) -> Audience:
    """Return an audience.

    :raises NotFound:
    """
    return _one(Audience.objects.select_related("owner", "workspace"), workspace, audience_id)


def locked(workspace: Workspace, audience_id: int) -> Audience:
    """Return an audience in use, locked until the transaction ends.

    :raises NotFound, Archived:
    """
    audience = _one(Audience.objects.select_for_update(of=("self",)), workspace, audience_id)
    if audience.archived_at:
        raise Archived(audience=audience.name)
    return audience


def _one(rows: QuerySet[Audience], workspace: Workspace, audience_id: int) -> Audience:
    try:
        return rows.get(workspace=workspace, is_of_rule=False, pk=audience_id)
    except Audience.DoesNotExist:
        raise NotFound from None


@transaction.atomic
def make(
    workspace: Workspace, draft: Draft, *, owner: User | None, actor: str, now: datetime
) -> Audience:
    """Save a new audience; its first refresh begins at once.

    :raises NameTaken, ConditionUnreadable, UsesItself:
    """
    one_change_at_a_time(workspace)
    _refuse_taken_name(workspace, draft.name)
    audience = Audience(
        workspace=workspace,
        name=draft.name,
        note=draft.note,
        kind=AudienceKind.STATIC if draft.condition is None else AudienceKind.LIVE,
        owner=owner,
        schedule=draft.schedule,
        refresh_hour=draft.refresh_hour,
        refresh_weekday=draft.refresh_weekday,
        created_at=now,
        changed_at=now,
    )
    if draft.condition is not None:
        give_condition(audience, draft.condition, now=now)
    else:
        audience.save()
    record_audit(
        workspace,
        actor,
        "audiences.made",
        f"audience:{audience.pk}",
        detail={"name": audience.name, "condition": draft.condition},
        now=now,
    )
    return audience


@transaction.atomic
def change(
    workspace: Workspace,
    audience_id: int,
    changes: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
) -> Audience:
    """Change some of name, note, condition, schedule, refresh_hour, refresh_weekday.

    :raises NotFound, Archived, NotLive, NameTaken, ConditionUnreadable, UsesItself:
    """
    one_change_at_a_time(workspace)
    audience = locked(workspace, audience_id)
    wanted = {key: value for key, value in changes.items() if getattr(audience, key) != value}
    if audience.kind == AudienceKind.STATIC and wanted.keys() - {"name", "note"}:
        raise NotLive(audience=audience.name)
    if "name" in wanted:
        _refuse_taken_name(workspace, wanted["name"], other_than=audience)
    before = {key: getattr(audience, key) for key in wanted}
    for key, value in wanted.items():
        if key != "condition":
            setattr(audience, key, value)
    audience.changed_at = now
    if "condition" in wanted:
        give_condition(audience, wanted["condition"], now=now)
    elif wanted.keys() & {"schedule", "refresh_hour", "refresh_weekday"}:
        give_condition(audience, audience.condition, now=now)
    else:
        audience.save(update_fields=["name", "note", "changed_at"])
    record_audit(
        workspace,
        actor,
        "audiences.changed",
        f"audience:{audience.pk}",
        detail={"before": before, "after": wanted},
        now=now,
    )
    return audience


def give_condition(audience: Audience, written: Mapping[str, Any] | None, *, now: datetime) -> None:
    """Save an audience with its condition, what it listens to and whom it uses; refresh it soon.

    :raises ConditionUnreadable, MineNeedsReader, UsesItself:
    """
    condition = _conditions.read(audience.workspace, written)
    _conditions.members(
        condition, _conditions.frame(audience.workspace, now=now)
    )  # it has no reader
    audience.condition = _conditions.written(condition)
    audience.listens = sorted(_conditions.listens(condition))
    audience.next_refresh_at = audience.to_cover = now
    used = _conditions.audiences_in(condition)
    if audience.pk:
        refuse_cycle(audience, used)
    audience.save()
    use(audience, used)
    transaction.on_commit(lambda: wake("audiences.refresh"))


@transaction.atomic
def archive(workspace: Workspace, audience_id: int, *, actor: str, now: datetime) -> Audience:
    """Put an audience away: it stays as it is, nothing refreshes it, nobody can choose it.

    :raises NotFound, Archived, InUse:
    """
    one_change_at_a_time(workspace)
    audience = locked(workspace, audience_id)
    refuse_used(audience)
    audience.archived_at = now
    audience.next_refresh_at = audience.next_change_at = None
    audience.save(update_fields=["archived_at", "next_refresh_at", "next_change_at"])
    _forget_waiting(audience)
    record_audit(
        workspace,
        actor,
        "audiences.archived",
        f"audience:{audience.pk}",
        detail={"name": audience.name},
        now=now,
    )
    return audience


@transaction.atomic
def restore(workspace: Workspace, audience_id: int, *, actor: str, now: datetime) -> Audience:
    """Take an archived audience back into use; a live one is refreshed at once.

    :raises NotFound, NameTaken, ConditionUnreadable, UsesItself:
    """
    one_change_at_a_time(workspace)
    audience = _one(Audience.objects.select_for_update(of=("self",)), workspace, audience_id)
    if audience.archived_at is None:
        return audience
    _refuse_taken_name(workspace, audience.name, other_than=audience)
    audience.archived_at = None
    if audience.kind == AudienceKind.LIVE:
        give_condition(audience, audience.condition, now=now)
    else:
        audience.save(update_fields=["archived_at"])
    record_audit(
        workspace,
        actor,
        "audiences.restored",
        f"audience:{audience.pk}",
        detail={"name": audience.name},
        now=now,
    )
    return audience


def delete(workspace: Workspace, audience_id: int, *, actor: str, now: datetime) -> None:
    """Delete an archived audience, who is in it and who ever was. Its events stay with the people.

    :raises NotFound, NotArchived, InUse:
    """
    with transaction.atomic():
        one_change_at_a_time(workspace)
        audience = _one(Audience.objects.select_for_update(of=("self",)), workspace, audience_id)
        if audience.archived_at is None or audience.busy:
            raise NotArchived(audience=audience.name)
        record_audit(
            workspace,
            actor,
            "audiences.deleted",
            f"audience:{audience.pk}",
            detail={"name": audience.name, "condition": audience.condition},
            now=now,
        )
        audience.delete()
    forget_membership(workspace.pk, audience_id)


def _forget_waiting(audience: Audience) -> None:
    for model in (AudienceTimer, AudienceTouch):
        model.objects.within(audience.workspace_id).filter(audience=audience).delete()


def _refuse_taken_name(
    workspace: Workspace, name: str, *, other_than: Audience | None = None
) -> None:
    others = Audience.objects.within(workspace).listed().in_use().filter(name__iexact=name)
    if other_than:
        others = others.exclude(pk=other_than.pk)
    if others.exists():
        raise NameTaken(name=name)
