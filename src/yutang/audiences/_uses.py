"""Who asks about whom: audiences in conditions of other audiences, of tag rules, of apps above."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db import connection

from yutang.audiences.models import Audience, AudienceUse, TagRule
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace

__all__ = [
    "InUse",
    "UsesItself",
    "asked_by",
    "one_change_at_a_time",
    "refuse_cycle",
    "refuse_used",
    "use",
    "users_of",
]

_NAMED_AT_MOST = 5


class InUse(DomainError):
    """Others ask who is in this audience."""

    zh = "人群“{audience}”正被{users}使用。先改掉它们，再归档。"
    en = "The audience “{audience}” is used by {users}. Change those first, then archive it."


class UsesItself(DomainError):
    """The condition would, through other audiences, ask about the audience itself."""

    zh = "人群“{audience}”会绕回自己：{path}。请去掉其中一环。"
    en = "The audience “{audience}” would depend on itself: {path}. Remove one of these links."


def refuse_used(audience: Audience) -> None:
    """Refuse to put away what others ask about.

    :raises InUse:
    """
    users = users_of(audience)
    if users:
        raise InUse(audience=audience.name, users=_quoted(users))


def use(audience: Audience, used: Iterable[int]) -> None:
    mine = AudienceUse.objects.within(audience.workspace_id)
    mine.filter(audience=audience).delete()
    AudienceUse.objects.bulk_create(
        AudienceUse(workspace_id=audience.workspace_id, audience=audience, used_id=each)
        for each in sorted(set(used))
    )


def refuse_cycle(audience: Audience, used: Iterable[int]) -> None:
    """Refuse when one of the used audiences leads back to this one.

    :raises UsesItself:
    """
    edges: dict[int, list[int]] = {}
    uses = AudienceUse.objects.within(audience.workspace_id)
    for user, of in uses.values_list("audience_id", "used_id"):
        edges.setdefault(user, []).append(of)
    came_from: dict[int, int] = dict.fromkeys(used, audience.pk)
    waiting = list(came_from)
    while waiting:
        each = waiting.pop()
        if each == audience.pk:
            raise UsesItself(audience=audience.name, path=_path(audience, came_from))
        for further in edges.get(each, []):
            if further not in came_from:
                came_from[further] = each
                waiting.append(further)


def _path(audience: Audience, came_from: Mapping[int, int]) -> str:
    steps = [audience.pk, came_from[audience.pk]]
    while steps[-1] != audience.pk:
        steps.append(came_from[steps[-1]])
    names = dict(
        Audience.objects.within(audience.workspace_id)
        .filter(pk__in=steps)
        .values_list("pk", "name")
    )
    return " → ".join(names[each] for each in reversed(steps))


def users_of(audience: Audience) -> list[str]:
    """Return the names of what asks about this audience: audiences, tag rules, journeys."""
    uses = AudienceUse.objects.within(audience.workspace_id).filter(used=audience)
    ids = list(uses.values_list("audience_id", flat=True))
    using = Audience.objects.within(audience.workspace_id).filter(pk__in=ids)
    named = list(using.in_use().listed().order_by("name").values_list("name", flat=True))
    rules = TagRule.objects.within(audience.workspace_id).filter(audience__in=ids)
    named += rules.order_by("name").values_list("name", flat=True)
    return named + [
        name for asking in _askers for name in asking(audience.workspace_id, audience.pk)
    ]


_askers: list[Callable[[int, int], Sequence[str]]] = []


def asked_by(names: Callable[[int, int], Sequence[str]]) -> None:
    """Let an app above say which of its things ask who is in an audience: (workspace, audience) → names.

    Called once, from the app's `apps.py`. What is asked about is not archived or deleted.
    """
    _askers.append(names)


def _quoted(names: Sequence[str]) -> Text:
    shown = [f"“{name}”" for name in names[:_NAMED_AT_MOST]]
    further = len(names) - len(shown)
    return Text(
        "、".join(shown) + (f"等 {len(names)} 处" if further else ""),
        ", ".join(shown) + (f" and {further} more" if further else ""),
    )


def one_change_at_a_time(workspace: Workspace) -> None:
    """Let nobody else of the workspace change who uses whom until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [0x59544157, workspace.pk])
