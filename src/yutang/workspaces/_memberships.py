"""Who works in a workspace, as what, and whose customers they see."""

from yutang.kit.pages import PageIn, PageOf, page_of
from yutang.workspaces.models import Membership, Workspace

__all__ = ["members_of"]


def members_of(workspace: Workspace, page: PageIn) -> PageOf[Membership]:
    """Return the workspace's members, those who came first at the top."""
    rows = Membership.objects.within(workspace).select_related("user")
    return page_of(rows, page, order=("id",))
