"""A second pair of eyes: what goes to many at once is seen by somebody besides its author first."""

from datetime import datetime

from yutang.audiences import service as audiences
from yutang.journeys.graph import Graph
from yutang.journeys.graph.nodes import ActionNode, AudienceEntry, ScheduleEntry
from yutang.kit.errors import DomainError
from yutang.reach import service as reach
from yutang.workspaces.service import Member

__all__ = ["NeedsApproval", "require_approval"]


class NeedsApproval(DomainError):
    """So many would get a message that nobody but its author has seen."""

    zh = (
        "这次会发给 {count} 人，超过 {over} 人要另一位同事先审批消息：{messages}。"
        "在消息页提交审批，通过后再启用。"
    )
    en = (
        "This goes to {count} people. For more than {over}, a colleague has to approve its messages first:"
        " {messages}. Ask for approval on the message’s page, then activate it."
    )


def require_approval(member: Member, graph: Graph, *, now: datetime) -> None:
    """Refuse to let many in at once while a message of theirs waits for approval.

    How many the contact policy says. Who comes one by one, by what she does, is not counted.

    :raises NeedsApproval:
    """
    unseen = reach.unapproved(member.workspace, _messages(graph))
    if not unseen:
        return
    over = reach.policy_of(member.workspace).rules.approval_over
    count = _at_once(member, graph, now)
    if count > over:
        names = "、".join(f"“{name}”" for name in unseen)
        raise NeedsApproval(count=count, over=over, messages=names)


def _messages(graph: Graph) -> list[int]:
    return [
        int(node.parameters["message"])
        for node in graph.nodes.values()
        if isinstance(node, ActionNode) and isinstance(node.parameters.get("message"), int)
    ]


def _at_once(member: Member, graph: Graph, now: datetime) -> int:
    """Return how many the entry lets in together, as of now."""
    entry = graph.entry
    if isinstance(entry, ScheduleEntry) and entry.condition is not None:
        return audiences.preview(member, entry.condition, sample=0, now=now).count
    if isinstance(entry, ScheduleEntry) or (isinstance(entry, AudienceEntry) and entry.existing):
        return audiences.found(member.workspace, int(entry.audience or 0)).count
    return 0
