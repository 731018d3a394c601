"""The cast with a guide: 小林 looks after 小明; 小周 after somebody else."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.customers.tests.builders import a_customer
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.guides.models import ChatHit
from yutang.wecom.models import ArchivedMessage
from yutang.wecom.tests.corps import her_corp
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Role, Staff, Workspace
from yutang.workspaces.service import Member, Scope, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_user, a_workspace

__all__ = [
    "DAY",
    "NOON",
    "a_chat_hit",
    "a_guide",
    "a_member",
    "a_workspace",
    "did",
    "looked_after",
    "staff_of",
]

NOON = datetime(2026, 11, 2, 4, tzinfo=UTC)  # noon in Shanghai
DAY = timedelta(days=1)


def a_guide(workspace: Workspace, name: str = "小林") -> Member:
    """Make a guide who signs in, and sees her own customers only."""
    user = a_user(name)
    member = a_member(workspace, Role.GUIDE, ScopeKind.OWN, user=user)
    staff = workspaces.create_staff(workspace, name=name, user_id=user.pk, actor="user:1", now=NOON)
    scope = Scope(ScopeKind.OWN, frozenset([staff.pk]))
    return Member(workspace, Role.GUIDE, member.permissions, scope, user)


def staff_of(guide: Member) -> Staff:
    found = workspaces.own_staff(guide)
    assert found is not None
    return found


def looked_after(
    owner: Member, guide: Member, *, status: str = "following", **values: object
) -> int:
    """Enter a customer whom this guide looks after."""
    customer = a_customer(owner, now=NOON - 400 * DAY, **values).pk
    customers.relate(
        owner,
        customer,
        RelationKind.STAFF,
        staff_of(guide).pk,
        status=status,
        since=NOON - DAY,
        now=NOON,
    )
    return customer


def did(workspace: Workspace, given: Sequence[NewEvent], *, now: datetime = NOON) -> None:
    """Have these happened, and be in the warehouse."""
    events.record(workspace, given, now=now)
    while events.drain():
        pass


def a_chat_hit(owner: Member) -> ChatHit:
    """Let something have been found in a chat, made for the purpose unless it is there."""
    found = ChatHit.objects.within(owner.workspace).first()
    if found is not None:
        return found
    said = ArchivedMessage(workspace=owner.workspace, corp_id=her_corp(owner), seq=1, msgid="m1")
    said.at, said.by_staff, said.kind, said.text = NOON, True, "text", "最低价给你"
    said.save()
    return ChatHit.objects.create(
        workspace=owner.workspace,
        message=said,
        words=["最低价"],
        severity=2,
        staff=0,
        home=0,
        at=NOON,
    )
