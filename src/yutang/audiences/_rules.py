"""Tag rules: one tag on exactly those for whom a condition holds.

A rule owns a live audience that nobody else sees; whoever enters it gets the tag, whoever leaves it
loses the tag, unless somebody else gave it too. Which changes of the audience the tags have followed
is a version, so that a crash repeats a step and never skips one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, QuerySet

from yutang.audiences import _conditions, _saving
from yutang.audiences._forgetting import forget_membership
from yutang.audiences.models import Audience, AudienceKind, RefreshSchedule, TagRule
from yutang.engines import WarehouseTooBusy, named_sql, warehouse
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.tags import service as tags
from yutang.workspaces.models import User, Workspace
from yutang.workspaces.service import record_audit

__all__ = [
    "RuleDraft",
    "RuleNameTaken",
    "RuleNotFound",
    "RulePreview",
    "apply_rules",
    "change_rule",
    "delete_rule",
    "found_rule",
    "make_rule",
    "preview_rule",
    "rules_of",
]

log = structlog.get_logger(__name__)
SQL = named_sql("yutang.audiences", "rules")
_AT_ONCE = 20_000


class RuleNotFound(DomainError):
    """There is no such tag rule in this workspace."""

    status = 404
    zh = "没有这条标签规则，它可能已被删除。"
    en = "There is no such tag rule; it may have been deleted."


class RuleNameTaken(DomainError):
    """Two tag rules may not bear one name."""

    zh = "已经有一条标签规则叫“{name}”。请换一个名字。"
    en = "There is already a tag rule called “{name}”. Choose another name."


@dataclass(frozen=True)
class RuleDraft:
    """What a person says of a rule. By default it works at once, through what arrives."""

    name: str
    tag_id: int
    condition: Mapping[str, Any]
    schedule: RefreshSchedule = RefreshSchedule.ON_TIME
    refresh_hour: int = 3
    refresh_weekday: int = 0


@dataclass(frozen=True)
class RulePreview:
    """What a rule would do now: how many match, gain the tag, and lose it."""

    matching: int
    gaining: int
    losing: int


def rules_of(workspace: Workspace, *, tag_id: int | None = None) -> QuerySet[TagRule]:
    """Return the workspace's tag rules, or those of one tag."""
    rows = TagRule.objects.within(workspace).select_related("tag", "audience", "owner")
    return rows if tag_id is None else rows.filter(tag=tag_id)


def found_rule(workspace: Workspace, rule_id: int) -> TagRule:
    """Return a tag rule.

    :raises RuleNotFound:
    """
    try:
        return rules_of(workspace).get(pk=rule_id)
    except TagRule.DoesNotExist:
        raise RuleNotFound from None


def preview_rule(
    workspace: Workspace,
    tag_id: int,
    written: Mapping[str, Any],
    *,
    rule_id: int | None = None,
    now: datetime,
) -> RulePreview:
    """Return what a new rule, or a changed one, would do to the tag.

    :raises RuleNotFound, ConditionUnreadable, tags.NotFound:
    """
    audience_id = found_rule(workspace, rule_id).audience_id if rule_id else 0
    tags.find_tag(workspace, tag_id)
    condition = _conditions.read(workspace, written)
    judged = _conditions.members(condition, _conditions.frame(workspace, now=now))
    ((matching, gaining, losing),) = warehouse().rows(
        SQL["preview"].replace("/*condition*/", judged.sql),
        {**judged.parameters, "workspace": workspace.pk, "tag": tag_id, "audience": audience_id},
    )
    return RulePreview(matching, gaining, losing)


@transaction.atomic
def make_rule(
    workspace: Workspace, draft: RuleDraft, *, owner: User | None, actor: str, now: datetime
) -> TagRule:
    """Save a tag rule; it begins to work at once.

    :raises RuleNameTaken, ConditionUnreadable, UsesItself, tags.NotFound, tags.TagArchived:
    """
    _refuse_taken_name(workspace, draft.name)
    tag = tags.find_tag(workspace, draft.tag_id)
    if tag.archived_at:
        raise tags.TagArchived(name=tag.name)
    audience = Audience(
        workspace=workspace,
        name=draft.name,
        kind=AudienceKind.LIVE,
        owner=owner,
        is_of_rule=True,
        schedule=draft.schedule,
        refresh_hour=draft.refresh_hour,
        refresh_weekday=draft.refresh_weekday,
        created_at=now,
        changed_at=now,
    )
    _saving.give_condition(audience, draft.condition, now=now)
    rule = TagRule.objects.create(
        workspace=workspace,
        name=draft.name,
        tag=tag,
        audience=audience,
        owner=owner,
        created_at=now,
        changed_at=now,
    )
    _audit(rule, "tag_rule_made", actor, {"tag": tag.name, "condition": draft.condition}, now=now)
    return rule


@transaction.atomic
def change_rule(
    workspace: Workspace, rule_id: int, changes: Mapping[str, Any], *, actor: str, now: datetime
) -> TagRule:
    """Change some of name, condition, schedule, refresh_hour, refresh_weekday, is_enabled.

    A disabled rule leaves the tags as they are; enabled again, it catches up.

    :raises RuleNotFound, RuleNameTaken, ConditionUnreadable, UsesItself:
    """
    rule = _locked_rule(workspace, rule_id)
    audience = rule.audience
    if changes.get("name", rule.name) != rule.name:
        _refuse_taken_name(workspace, changes["name"], other_than=rule)
        rule.name = audience.name = changes["name"]
    for key in changes.keys() & {"schedule", "refresh_hour", "refresh_weekday"}:
        setattr(audience, key, changes[key])
    rule.is_enabled = changes.get("is_enabled", rule.is_enabled)
    rule.changed_at = audience.changed_at = now
    rule.trouble = ""
    audience.is_paused = not rule.is_enabled
    rule.save(update_fields=["name", "is_enabled", "changed_at", "trouble"])
    _saving.give_condition(audience, changes.get("condition", audience.condition), now=now)
    if audience.is_paused:
        Audience.objects.within(workspace).filter(pk=audience.pk).update(next_refresh_at=None)
    _audit(rule, "tag_rule_changed", actor, {"after": dict(changes)}, now=now)
    return rule


def delete_rule(
    workspace: Workspace, rule_id: int, *, keep_tags: bool, actor: str, now: datetime
) -> None:
    """Delete a rule; what it gave is taken back, or handed over to the hand that deletes it.

    :raises RuleNotFound:
    """
    with transaction.atomic():
        rule = _locked_rule(workspace, rule_id)
        audience_id = rule.audience_id
        _let_go(rule, keep_tags=keep_tags, actor=actor, now=now)
        detail = {"tag": rule.tag.name, "keep_tags": keep_tags}
        _audit(rule, "tag_rule_deleted", actor, detail, now=now)
        rule.delete()
        Audience.objects.within(workspace).filter(pk=audience_id).delete()
    forget_membership(workspace.pk, audience_id)


def _let_go(rule: TagRule, *, keep_tags: bool, actor: str, now: datetime) -> None:
    """Take back what the rule holds; what is to be kept is first given by hand."""
    bound = {"workspace": rule.workspace_id, "audience": rule.audience_id}
    if keep_tags:
        rows = warehouse().rows(SQL["members_now"], bound, lane="background")
        for some in _some([row[0] for row in rows]):
            _give(rule, add=some, remove=[], actor=actor, source="manual", now=now)
    rows = warehouse().rows(SQL["everybody_ever"], bound, lane="background")
    for some in _some([row[0] for row in rows]):
        _give(rule, add=[], remove=some, actor=actor, source=f"rule:{rule.pk}", now=now)


def apply_rules(*, now: datetime) -> bool:
    """Let the tags follow what their rules' audiences became; True when one did something."""
    behind = TagRule.objects.filter(
        is_enabled=True, trouble="", applied__lt=F("audience__version")
    ).select_related("workspace", "audience", "tag")
    did = False
    for rule in behind.order_by("pk"):
        try:
            _follow(rule, now=now)
            did = True
        except WarehouseTooBusy:
            continue  # the next beat tries again
        except DomainError as refusal:
            log.info("a tag rule is held up", rule=rule.pk, code=refusal.code())
            TagRule.objects.within(rule.workspace_id).filter(pk=rule.pk).update(
                trouble=refusal.code()
            )
    return did


def _follow(rule: TagRule, *, now: datetime) -> None:
    """Give and take the tag for everybody whose membership changed since the rule looked last."""
    version = rule.audience.version
    after = 0
    while True:
        rows = warehouse().rows(
            SQL["changed_between"],
            {
                "workspace": rule.workspace_id,
                "audience": rule.audience_id,
                "applied": rule.applied,
                "version": version,
                "after": after,
                "limit": _AT_ONCE,
            },
            lane="background",
        )
        add = [customer for customer, step in rows if step == 1]
        remove = [customer for customer, step in rows if step == -1]
        if rows:
            source = f"rule:{rule.pk}"
            _give(rule, add=add, remove=remove, actor=source, source=source, now=now)
        if len(rows) < _AT_ONCE:
            break
        after = rows[-1][0]
    TagRule.objects.within(rule.workspace_id).filter(pk=rule.pk).update(applied=version)


def _give(
    rule: TagRule,
    *,
    add: Sequence[int],
    remove: Sequence[int],
    actor: str,
    source: str,
    now: datetime,
) -> None:
    tag_id = tags.resolved(rule.workspace, [rule.tag_id]).get(rule.tag_id, rule.tag_id)
    tags.apply(
        rule.workspace,
        tag_id,
        add=add,
        remove=remove,
        actor=actor,
        reason=rule.name,
        source=source,
        now=now,
    )


def _some(everybody: Sequence[int]) -> Sequence[Sequence[int]]:
    return [everybody[start : start + _AT_ONCE] for start in range(0, len(everybody), _AT_ONCE)]


def _locked_rule(workspace: Workspace, rule_id: int) -> TagRule:
    try:
        return (
            TagRule.objects.within(workspace)
            .select_for_update(of=("self",))
            .select_related("workspace", "tag", "audience")
            .get(pk=rule_id)
        )
    except TagRule.DoesNotExist:
        raise RuleNotFound from None


def _refuse_taken_name(
    workspace: Workspace, name: str, *, other_than: TagRule | None = None
) -> None:
    others = TagRule.objects.within(workspace).filter(name__iexact=name)
    if other_than:
        others = others.exclude(pk=other_than.pk)
    if others.exists():
        raise RuleNameTaken(name=name)


def _audit(
    rule: TagRule, did: str, actor: str, detail: Mapping[str, object], *, now: datetime
) -> None:
    record_audit(
        rule.workspace,
        actor,
        f"audiences.{did}",
        f"tag_rule:{rule.pk}",
        detail={"name": rule.name, **detail},
        now=now,
    )
    transaction.on_commit(lambda: wake("audiences.tick"))
