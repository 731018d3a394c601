"""The words of one workspace's conditions, gathered from the registries and the apps below."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from yutang.audiences.condition import Stage, TagEntry, Vocabulary
from yutang.audiences.models import Audience
from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, event_types
from yutang.tags import service as tags
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["forget", "lasting_words", "words"]

_BEFORE_BIRTH, _OLDEST = -12, 200 * 12  # months of age
_FRESH_FOR = 5.0  # seconds the background may judge by what it read


def words(workspace: Workspace) -> Vocabulary:
    """Return what a condition that is being written can name."""
    return _gathered(workspace, archived=False)


def lasting_words(workspace: Workspace) -> Vocabulary:
    """Return what a condition that was saved can name: also what was archived since.

    At most a few seconds old: a thousand audiences judged in a row read it once.
    """
    held = _held.get(workspace.pk)
    if held is None or held.until < time.monotonic():
        held = _held[workspace.pk] = _Held(_gathered(workspace, archived=True))
    return held.vocabulary


def forget(workspace: Workspace) -> None:
    """Read the workspace's words anew when next asked."""
    _held.pop(workspace.pk, None)


@dataclass
class _Held:
    vocabulary: Vocabulary
    until: float = field(default_factory=lambda: time.monotonic() + _FRESH_FOR)


_held: dict[int, _Held] = {}


def _gathered(workspace: Workspace, *, archived: bool) -> Vocabulary:
    groups, entries = _tags(workspace, archived=archived)
    saved = Audience.objects.within(workspace).listed()
    return Vocabulary(
        time_zone=workspace.time_zone,
        attributes=customers.attributes_of(workspace, archived=archived),
        event_types=_event_types(workspace),
        tag_groups=groups,
        tags=entries,
        audiences=dict((saved if archived else saved.in_use()).values_list("pk", "name")),
        staff=dict(workspaces.staff_of(workspace).values_list("pk", "name")),
        stores=dict(workspaces.stores_of(workspace).values_list("pk", "name")),
        groups=_groups(workspace, archived=archived),
        statuses=customers.follow_statuses(workspace),
        dependants=customers.DEPENDANT_KINDS,
        stages=_stages(workspace),
    )


def _tags(
    workspace: Workspace, *, archived: bool
) -> tuple[Mapping[int, str], Mapping[int, TagEntry]]:
    which = (False, True) if archived else (False,)
    groups = {
        pk: name
        for each in which
        for pk, name in tags.list_groups(workspace, archived=each).values_list("pk", "name")
    }
    entries = {
        pk: TagEntry(name, group)
        for each in which
        for pk, name, group in tags.list_tags(workspace, archived=each).values_list(
            "pk", "name", "group_id"
        )
    }
    return groups, entries


def _groups(workspace: Workspace, *, archived: bool) -> Mapping[int, str]:
    which = (False, True) if archived else (False,)
    return {
        pk: name
        for each in which
        for pk, name in customers.groups_of(workspace, archived=each).values_list("pk", "name")
    }


def _stages(workspace: Workspace) -> Mapping[str, Stage]:
    """Return the stages of life, each from where the one before it ended; the first before birth."""
    found = {}
    begin = _BEFORE_BIRTH
    for stage in customers.stages_of(workspace):
        end = _OLDEST if stage.to_months is None else stage.to_months
        found[stage.name] = Stage(stage.label, begin, end)
        begin = end
    return found


def _event_types(workspace: Workspace) -> Mapping[str, EventType]:
    """Return the declared types and the discovered ones, with the properties of both."""
    found = dict(event_types)
    for name, kinds in events.known(workspace).kinds.items():
        declared = found.get(name, EventType(name, Text(name, name)))
        named = {each.name for each in declared.properties}
        further = tuple(
            Property(each, kind, Text(each, each))
            for each, kind in kinds.items()
            if each not in named
        )
        found[name] = EventType(
            declared.name, declared.label, declared.properties + further, declared.activity
        )
    return MappingProxyType(found)
