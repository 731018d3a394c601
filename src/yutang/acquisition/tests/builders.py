"""A corp of the sandbox's, connected, with staff of ours behind its members; codes of theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from yutang.acquisition import service as acquisition
from yutang.acquisition.models import CodeFriend, LiveCode
from yutang.acquisition.service import CodeSpec, MemberRule, Rules
from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.models import Corp, CorpState, StaffAccount
from yutang.workspaces.models import Staff
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox.testing import KEY, TOKEN, Running
from yutang_sandbox.testing import Corp as SandboxCorp

__all__ = [
    "NOON",
    "Town",
    "a_code",
    "a_corp",
    "a_live_code",
    "a_staff",
    "a_town",
    "came",
    "friends",
]

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # a Monday, noon in Shanghai


def a_corp(member: Member, **given: Any) -> Corp:
    """Connect a corp that nobody speaks to."""
    entered: dict[str, Any] = {
        "corp_id": "ww0a1b2c3d4e5f6071",
        "agent_id": 1000002,
        "secret": "secret-of-the-tea-house-1",
        "name": "茶馆",
        "callback_token": TOKEN,
        "callback_key": KEY,
        "now": NOON,
    }
    corp = wecom.add_corp(member, **(entered | given))
    return wecom.change_corp(member, corp.pk, state=CorpState.ACTIVE, now=NOON)


def a_staff(corp: Corp, userid: str) -> int:
    """Let one of the staff be a member of the corp."""
    staff = Staff.objects.create(workspace=corp.workspace, name=userid)
    StaffAccount.objects.create(
        workspace=corp.workspace,
        corp=corp,
        userid=userid.lower(),
        spelling=userid,
        staff=staff,
        can_contact=True,
        seen_at=NOON,
    )
    return staff.pk


@dataclass
class Town:
    """A workspace, its corp, the corp in the sandbox, and our staff by the members' ids."""

    sandbox: Running
    member: Member
    corp: Corp
    theirs: SandboxCorp
    staff: dict[str, int] = field(default_factory=dict)

    def way(self, code: LiveCode) -> dict[str, Any]:
        """Return the contact way as the platform has it."""
        told = self.sandbox.call(
            self.theirs, "externalcontact/get_contact_way", {"config_id": code.config}
        )
        return dict(told["contact_way"])

    def told(self, *, at: datetime) -> None:
        """Let our door take in what the platform has to tell."""
        for each in self.sandbox.take_callbacks(self.theirs):
            wecom.receive(self.corp.door, each["query"], each["body"].encode(), now=at)


@contextmanager
def a_town(sandbox: Running, *, staff: int = 3) -> Iterator[Town]:
    """Run against a corp of the sandbox with so many members."""
    theirs = sandbox.make_corp(staff=staff, customers=0)
    before, settings.YUTANG_WECOM_BASES = settings.YUTANG_WECOM_BASES, sandbox.base
    tokens._known.clear()
    try:
        member = a_member(a_workspace())
        corp = a_corp(
            member,
            corp_id=theirs.id,
            agent_id=theirs.agent,
            secret=theirs.secret,
            base=sandbox.base,
        )
        town = Town(sandbox, member, corp, theirs)
        told = sandbox.call(theirs, "externalcontact/get_follow_user_list")["follow_user"]
        town.staff = {userid: a_staff(corp, userid) for userid in told}
        yield town
    finally:
        settings.YUTANG_WECOM_BASES = before
        wire._connections.cache_clear()


def a_code(member: Member, *staff: int, rules: Rules | None = None, **given: Any) -> LiveCode:
    """Make a code with these behind it, at all hours."""
    rules = rules or Rules([MemberRule(each) for each in staff])
    spec = CodeSpec(name=given.pop("name", "抖音"), rules=rules, **given)
    return acquisition.create_code(member, spec, now=NOON)


def a_live_code(member: Member) -> LiveCode:
    """Make a code of somebody's, with whatever it takes."""
    corp = wecom.corps_of(member.workspace).first() or a_corp(member)
    return a_code(member, a_staff(corp, f"userid{LiveCode.objects.count()}"))


def came(
    corp: Corp, code: LiveCode, userid: str, external: str, *, at: datetime = NOON, **more: Any
) -> None:
    """Somebody came by a code."""
    told = acquisition.Came(1, code.key, userid, external, at, **more)
    assert acquisition.attribute(corp, [told], now=at) == {}


def friends(code: LiveCode) -> list[CodeFriend]:
    return list(CodeFriend.objects.filter(code=code).order_by("pk"))
