"""The cast with tags: customers of a tea house, groups, tags, and who has what."""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from yutang.customers import service as customers
from yutang.tags import service as tags
from yutang.tags.models import Tag, Tagging, TagGroup
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

__all__ = [
    "DAY",
    "NOON",
    "a_group",
    "a_member",
    "a_tag",
    "a_workspace",
    "applied",
    "having",
    "some_customers",
    "tags_on",
]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
_count = itertools.count(1)


def some_customers(workspace: Workspace, how_many: int = 1) -> list[int]:
    people = [{"member_no": f"M{next(_count)}"} for _ in range(how_many)]
    with transaction.atomic():
        found = customers.resolve(workspace, people, source="test", now=NOON)
    return [each.customer_id for each in found]


def a_group(member: Member, *, name: str = "", **said: object) -> TagGroup:
    return tags.create_group(member, now=NOON, name=name or f"组 {next(_count)}", **said)


def a_tag(member: Member, group: TagGroup | None = None, *, name: str = "", **said: object) -> Tag:
    group = group or a_group(member)
    return tags.create_tag(
        member, now=NOON, group_id=group.pk, name=name or f"标签 {next(_count)}", **said
    )


def applied(
    tag: Tag,
    *,
    add: Sequence[int] = (),
    remove: Sequence[int] = (),
    source: str = "manual",
    now: datetime = NOON,
    **more: object,
) -> tags.Applied:
    return tags.apply(
        tag.workspace,
        tag.pk,
        add=add,
        remove=remove,
        actor="user:1",
        reason="",
        source=source,
        now=now,
        **more,
    )


def having(tag: Tag) -> list[int]:
    rows = Tagging.objects.within(tag.workspace).filter(tag=tag)
    return sorted(rows.values_list("customer", flat=True))


def tags_on(workspace: Workspace, customer: int) -> list[int]:
    rows = Tagging.objects.within(workspace).filter(customer=customer)
    return sorted(rows.values_list("tag_id", flat=True))
