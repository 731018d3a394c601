"""Coming in through WeCom: the platform says who it is; a page of ours is signed for the JS-SDK."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client as Browser

from yutang.guides import service as guides
from yutang.guides.tests.builders import DAY, NOON, a_member, a_workspace
from yutang.kit import clock
from yutang.wecom import service as wecom
from yutang.wecom.client import wire
from yutang.wecom.models import Corp, CorpState, StaffAccount
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Membership, Role, ScopeKind, Staff
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member
from yutang_sandbox.testing import Corp as SandboxCorp
from yutang_sandbox.testing import Running, running

INSIDE = {"User-Agent": "Mozilla/5.0 wxwork/4.1.10 MicroMessenger/7.0.1"}


@pytest.mark.parametrize(
    ("ticket", "nonce", "stamp", "url", "expected"),
    [
        (
            "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg",
            "Wm3WZYTPz0wzccnW",
            1414587457,
            "http://mp.weixin.qq.com?params=value",
            "0f9de62fce790f9a083d5c99e95740ceb90c27ed",
        ),
        (
            "SANDBOX_TICKET_0001",
            "n0nceABC",
            1767225600,
            "https://h5.example.com/sidebar/index.html?corp=1&p=2#here",
            "1f12f28c756f62ddd3872e7fc34a2693862fa1e2",
        ),
    ],
)
def test_signatures_are_those_of_the_platforms_examples(
    ticket: str, nonce: str, stamp: int, url: str, expected: str
) -> None:
    assert guides.signature(ticket, nonce, stamp, url) == expected


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with running() as found:
        before, settings.YUTANG_WECOM_BASES = settings.YUTANG_WECOM_BASES, found.base
        yield found
        settings.YUTANG_WECOM_BASES = before
        wire._connections(found.base).close()
        wire._connections.cache_clear()


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def theirs(sandbox: Running) -> SandboxCorp:
    made = sandbox.make_corp(staff=2)
    sandbox.change_app(made, domain=urlsplit(settings.YUTANG_PUBLIC_URL).netloc)
    return made


@pytest.fixture
def corp(owner: Member, sandbox: Running, theirs: SandboxCorp) -> Corp:
    made = wecom.add_corp(
        owner,
        corp_id=theirs.id,
        agent_id=theirs.agent,
        secret=theirs.secret,
        name="茶馆",
        base=sandbox.base,
        now=clock.now(),
    )
    return wecom.change_corp(owner, made.pk, state=CorpState.ACTIVE, now=clock.now())


def an_account(corp: Corp, userid: str = "lin.yue") -> Staff:
    staff = workspaces.create_staff(corp.workspace, name="林月", actor="user:1", now=NOON)
    StaffAccount.objects.create(
        workspace=corp.workspace,
        corp=corp,
        userid=userid,
        spelling=userid,
        staff=staff,
        seen_at=NOON,
    )
    return staff


def comes(corp: Corp, sandbox: Running, browser: Browser, userid: str = "lin.yue"):
    """Set out from here, be recognised by the platform, and come back."""
    out = browser.get(f"/wecom/oauth/{corp.door}", headers=INSIDE)
    target = urlsplit(out["location"])
    asked = {name: each for name, (each,) in parse_qs(target.query).items()}
    back = sandbox.http.get(target.path, params=asked | {"as": userid}).headers["location"]
    return browser.get(back.removeprefix(settings.YUTANG_PUBLIC_URL.rstrip("/")), headers=INSIDE)


def test_a_member_without_an_account_comes_in_as_a_guide_of_her_own_customers(
    corp: Corp, sandbox: Running
) -> None:
    staff = an_account(corp)
    browser = Browser()

    came = comes(corp, sandbox, browser)

    assert (came.status_code, came["location"]) == (302, f"/w/{corp.workspace.slug}/sidebar")
    me = browser.get("/api/v1/me").json()
    assert (me["user"]["name"], me["current"]["role"]) == ("林月", "guide")
    membership = Membership.objects.within(corp.workspace).get(role=Role.GUIDE)
    assert (membership.scope, membership.user_id) == (
        ScopeKind.OWN,
        Staff.objects.get(pk=staff.pk).user_id,
    )
    assert comes(corp, sandbox, Browser()).status_code == 302  # the same person, not another
    assert Membership.objects.within(corp.workspace).filter(role=Role.GUIDE).count() == 1


def test_whoever_is_not_of_the_staff_or_has_left_stays_outside(
    corp: Corp, sandbox: Running
) -> None:
    stranger = comes(corp, sandbox, Browser())
    staff = an_account(corp)
    Staff.objects.filter(pk=staff.pk).update(is_active=False)
    left = comes(corp, sandbox, Browser())

    assert (stranger.status_code, left.status_code) == (403, 403)
    assert "员工名单" in stranger.content.decode()
    assert workspaces.SESSION_COOKIE not in left.cookies


def test_a_second_factor_is_not_gone_round(corp: Corp, sandbox: Running, owner: Member) -> None:
    staff = an_account(corp)
    Staff.objects.filter(pk=staff.pk).update(user=owner.user)
    owner.user.totp_confirmed_at = NOON
    owner.user.save()

    refused = comes(corp, sandbox, Browser())

    assert refused.status_code == 403
    assert "两步验证" in refused.content.decode()


def test_a_code_comes_back_only_to_the_browser_that_set_out(corp: Corp, sandbox: Running) -> None:
    an_account(corp)
    browser = Browser()
    browser.get(f"/wecom/oauth/{corp.door}", headers=INSIDE)

    for other in (browser, Browser()):
        back = other.get(f"/wecom/oauth/{corp.door}/back", {"code": "c", "state": "x" * 32})
        assert back.status_code == 403


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example", "x"])
def test_nobody_is_led_elsewhere(corp: Corp, sandbox: Running, path: str) -> None:
    an_account(corp)
    browser = Browser()
    browser.get(f"/wecom/oauth/{corp.door}", {"next": path}, headers=INSIDE)

    kept = browser.cookies["yutang_wecom"].value

    from django.core import signing

    assert signing.loads(kept, salt="guides.oauth")["next"] == f"/w/{corp.workspace.slug}/sidebar"


def test_a_page_of_ours_is_signed_with_shared_tickets_and_no_other(
    corp: Corp, owner: Member
) -> None:
    asker = as_member(owner)
    url = "http://testserver/w/tea/sidebar"

    first, again = (asker.get("/guides/page-signature", {"url": url}).json() for _ in range(2))

    assert (first["corp_id"], first["agent_id"]) == (corp.corp_id, corp.agent_id)
    tickets = [
        wecom.Client(corp).ticket(kind)
        for kind in (wecom.TokenKind.CORP_TICKET, wecom.TokenKind.AGENT_TICKET)
    ]
    for got in (first, again):
        signed = [guides.signature(each, got["nonce"], got["timestamp"], url) for each in tickets]
        assert [got["config"], got["agent"]] == signed
    elsewhere = asker.get("/guides/page-signature", {"url": "https://elsewhere.example/"})
    assert elsewhere.json()["code"] == "guides.page_elsewhere"


@pytest.mark.usefixtures("open_warehouse")
def test_how_staff_answered_is_read_once_a_day_is_over(
    corp: Corp, sandbox: Running, theirs: SandboxCorp, owner: Member
) -> None:
    staff = an_account(corp)
    StaffAccount.objects.filter(staff=staff).update(can_contact=True)
    someone = sandbox.person(theirs)
    sandbox.act(theirs, "customer.adds", customer=someone, staff="lin.yue")
    sandbox.act(theirs, "customer.says", customer=someone, staff="lin.yue", text="在吗")
    sandbox.act(theirs, "staff.says", customer=someone, staff="lin.yue", text="在")
    then = datetime.fromtimestamp(sandbox.get("/clock")["now"], UTC)
    sandbox.advance(86_400)

    assert guides.read_chats(now=then + DAY) is False
    assert guides.read_chats(now=then + DAY) is False  # nothing is asked twice

    day = then.astimezone(ZoneInfo("Asia/Shanghai")).date()
    found = guides.answering_of(owner.workspace, [staff.pk], day, day)
    assert found == {staff.pk: guides.Answering(1, 100.0, 3.0)}
    figures = guides.team_figures(owner, day, day, now=then + DAY)
    assert [each.answering.minutes for each in figures] == [3.0]
