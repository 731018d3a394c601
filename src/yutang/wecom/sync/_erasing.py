"""What the sync keeps of one person: told when she asks, forgotten when she wishes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import F

from yutang.wecom.models import ChatMember, Failure, FollowRelation, Gap, Subject, TagMark
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person"]


def export_person(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return whose friend a person is or was in WeCom, and which groups she is in."""
    relations = FollowRelation.objects.within(workspace).filter(home__in=numbers)
    chats = ChatMember.objects.within(workspace).filter(home__in=numbers)
    return {
        "wecom_relations": list(
            relations.order_by("since", "pk").values(
                "external",
                "add_way",
                "state",
                "since",
                "ended",
                "ended_at",
                member=F("account__spelling"),
            )
        ),
        "wecom_groups": list(
            chats.order_by("joined_at", "pk").values(
                "joined_at", "scene", "state", group=F("chat__name")
            )
        ),
    }


def erase_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget a person. The next sync is told of her again, and leaves her out."""
    relations = FollowRelation.objects.within(workspace).filter(home__in=numbers)
    named = set(relations.values_list("external", flat=True))
    gone = {"wecom_failures_named": _forget_failures(workspace, named)}
    for name, model in (
        ("wecom_relations", FollowRelation),
        ("wecom_groups", ChatMember),
        ("wecom_marks", TagMark),
        ("wecom_failures", Failure),
        ("wecom_gaps", Gap),
    ):
        gone[name], _ = model.objects.within(workspace).filter(home__in=numbers).delete()
    return gone


def _forget_failures(workspace: Workspace, externals: Collection[str]) -> int:
    """Forget what did not go of contacts: it is kept by their ids alone."""
    mine = Failure.objects.within(workspace).filter(subject=Subject.CONTACTS)
    return mine.filter(key__in=externals).delete()[0]
