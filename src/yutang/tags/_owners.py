"""Who answers for a tag or a group of them: a member of the workspace."""

from django.db.models import QuerySet

from yutang.kit.errors import DomainError
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Membership, User, Workspace

__all__ = ["OwnerUnknown", "owners_of", "refuse_stranger"]


class OwnerUnknown(DomainError):
    status = 422
    zh = "负责人 {owner} 不是这个工作区的成员。请从成员里选一位。"
    en = "Owner {owner} is not a member of this workspace. Choose one of its members."


def owners_of(workspace: Workspace, *, search: str = "") -> QuerySet[Membership]:
    """Return the members who can answer for tags, or those with these words in name or address."""
    return workspaces.members_of(workspace, q=search).filter(is_active=True)


def refuse_stranger(workspace: Workspace, owner_id: int | None) -> None:
    """Refuse an owner who is not a member.

    :raises OwnerUnknown:
    """
    if owner_id is None:
        return
    try:
        workspaces.member_of_user(User(pk=owner_id), str(workspace.pk))
    except workspaces.NoSuchWorkspace:
        raise OwnerUnknown(owner=owner_id) from None
