"""The cast: 茶馆 Tea House, and people who come in with identities."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from yutang.customers import service as customers
from yutang.workspaces.models import Workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_count = itertools.count(1)


def a_workspace(name: str = "Tea House") -> Workspace:
    return Workspace.objects.create(
        name=name, slug=f"{name.lower().replace(' ', '-')}-{next(_count)}"
    )


def resolve(
    workspace: Workspace, *people: Mapping[str, str], source: str = "test"
) -> list[customers.Resolved]:
    with transaction.atomic():
        return customers.resolve(workspace, people, source=source, now=NOON)


def who(workspace: Workspace, **identities: str) -> int:
    """Return the customer of one identity map; `openid__wx1` stands for `openid:wx1`."""
    named = {name.replace("__", ":"): value for name, value in identities.items()}
    (found,) = resolve(workspace, named)
    return found.customer_id
