"""Tracked links: each person's own, leading nowhere else; people told apart from programs; the way out."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from yutang.customers import service as customers
from yutang.customers.tests.builders import who
from yutang.reach import _links
from yutang.reach import service as reach
from yutang.reach.models import Delivery, LinkClick, LinkTarget, PaperMessage
from yutang.reach.tests.sending import (
    NOON,
    a_member,
    a_sending,
    a_workspace,
    an_account,
    beat,
    later,
    queued,
    states,
)
from yutang.workspaces.service import Member

PHONE_BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.40"
PARTS = [
    {
        "kind": "text",
        "text": "新茶：https://tea.example/new?a=1。还有 https://tea.example/{{ x }}/b ，好",
    },
    {"kind": "link", "title": "龙井", "url": "https://tea.example/longjing"},
    {"kind": "image", "url": "https://tea.example/a.png"},
]


@pytest.fixture
def owner(db: None, settings: Any) -> Member:
    settings.YUTANG_PUBLIC_URL = "https://house.example"
    return a_member(a_workspace())


def sent(owner: Member, customer: int = 7, parts: Any = PARTS) -> Delivery:
    sending = a_sending(an_account(owner, channel="email"), parts=parts)
    queued(sending, [customer])
    beat()
    return Delivery.objects.get(sending=sending)


def said(delivery: Delivery) -> list[Any]:
    return PaperMessage.objects.get(token=delivery.token).parts


def codes(delivery: Delivery) -> list[str]:
    targets = LinkTarget.objects.filter(version=delivery.sending.version).order_by("number")
    return [_links.link_code(delivery.pk, each.pk) for each in targets]


def follow(code: str, at: Any, agent: str = PHONE_BROWSER, **headers: str) -> str | None:
    asked = {":method": "GET", "user-agent": agent} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return reach.follow_link(code, asked, now=at)


def judged(delivery: Delivery) -> list[str]:
    reach.judge_clicks(now=later(hours=2))
    return list(
        LinkClick.objects.filter(delivery=delivery.pk)
        .order_by("at", "pk")
        .values_list("bot", flat=True)
    )


def test_addresses_that_are_the_same_for_everybody_become_this_persons_own(owner: Member) -> None:
    delivery = sent(owner)
    first, second = codes(delivery)
    text, link, image = said(delivery)

    assert text["text"] == (
        f"新茶：https://house.example/l/{first}。还有 https://tea.example/{{{{ x }}}}/b ，好"
    )
    assert link["url"] == f"https://house.example/l/{second}"
    assert image["url"] == "https://tea.example/a.png"
    assert len(first) <= 20


def test_without_an_address_customers_can_reach_links_stay_as_they_are(
    owner: Member, settings: Any
) -> None:
    settings.YUTANG_PUBLIC_URL = "http://127.0.0.1:8000"

    assert said(sent(owner))[1]["url"] == "https://tea.example/longjing"


def test_a_link_leads_where_it_was_written_to_lead_and_nowhere_else(owner: Member) -> None:
    delivery = sent(owner)
    code = codes(delivery)[1]
    browser = Client(headers={"user-agent": PHONE_BROWSER})

    response = browser.get(f"/l/{code}?url=https://evil.example&next=//evil.example")
    wrong = [
        code[:-1],
        code[:-1] + ("A" if code[-1] != "A" else "B"),
        "x",
        "A" * 90,
        code + "AA",
        "%00",
    ]

    assert (response.status_code, response["Location"]) == (302, "https://tea.example/longjing")
    assert response["Cache-Control"] == "no-store"
    assert {browser.get(f"/l/{each}").status_code for each in wrong} == {404}
    assert LinkClick.objects.count() == 1


@given(some.integers(0, 2**63), some.integers(0, 2**40), some.binary(min_size=1, max_size=3))
def test_a_code_is_read_as_it_was_made_and_no_other_is_read(
    delivery: int, target: int, noise: bytes
) -> None:
    code = _links.link_code(delivery, target)

    assert _links.read_link(code) == (delivery, target)
    assert _links.read_leave(code) is None
    assert _links.read_link(_links.leave_code(delivery)) is None
    assert _links.read_link(noise.hex() + code) is None


def test_a_person_who_clicks_is_noted_and_her_click_is_what_happened_to_her(
    owner: Member, open_warehouse: Any
) -> None:
    from yutang.kit.pulse import beat_all_once

    guest = who(owner.workspace, phone="+8613800000001")
    delivery = sent(owner, guest)
    follow(codes(delivery)[1], later(minutes=5))
    follow(codes(delivery)[1], later(minutes=6))

    assert judged(delivery) == ["", ""]
    assert states(delivery.sending) == ["clicked"]
    beat_all_once("events.drain")
    found = open_warehouse.rows(
        "SELECT customer, content, texts['url'] FROM events"
        " WHERE workspace = {workspace:UInt32} AND type = 'click'",
        {"workspace": owner.workspace.pk},
    )
    url = "https://tea.example/longjing"
    assert [tuple(each) for each in found] == [(guest, url, url)] * 2


@pytest.mark.parametrize(
    "headers",
    [
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"agent": "Slackbot-LinkExpanding 1.0"},
        {"agent": "python-requests/2.31"},
        {"agent": ""},
        {"agent": PHONE_BROWSER, "sec_purpose": "prefetch;prerender"},
        {"agent": PHONE_BROWSER, "x_purpose": "preview"},
        {"agent": PHONE_BROWSER, "purpose": "prefetch"},
    ],
)
def test_who_says_that_it_is_a_program_is_one(owner: Member, headers: dict[str, str]) -> None:
    delivery = sent(owner)
    follow(codes(delivery)[0], later(minutes=5), **headers)

    assert judged(delivery) == ["scanner"]
    assert states(delivery.sending) == ["sent"]


def test_what_follows_at_once_or_follows_several_links_together_is_no_person(
    owner: Member,
) -> None:
    at_once, burst, calm = sent(owner, 1), sent(owner, 2), sent(owner, 3)
    follow(codes(at_once)[0], NOON + timedelta(seconds=1))
    for n, code in enumerate(codes(burst)):
        follow(code, later(minutes=5) + timedelta(milliseconds=300 * n))
    for n, code in enumerate(codes(calm)):
        follow(code, later(minutes=5 + n))

    assert [judged(each) for each in (at_once, burst, calm)] == [
        ["instant"],
        ["burst", "burst"],
        ["", ""],
    ]


def test_a_look_ahead_without_a_page_is_not_kept(owner: Member) -> None:
    delivery = sent(owner)

    assert Client().head(f"/l/{codes(delivery)[0]}").status_code == 302
    assert Client().post(f"/l/{codes(delivery)[0]}").status_code == 405
    assert not LinkClick.objects.exists()


def test_the_way_out_asks_on_get_and_acts_on_post_without_signing_in(owner: Member) -> None:
    guest = who(owner.workspace, phone="+8613800000001")
    delivery = sent(owner, guest)
    path = f"/u/{_links.leave_code(delivery.pk)}"
    agrees = {"workspace": owner.workspace, "customer_ids": [guest], "purpose": "marketing"}

    asked = Client(headers={"accept-language": "en"}).get(path)
    after_a_scanner = customers.consent_now(**agrees, channel="email")
    left = [
        Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
        for _ in range(2)
    ]

    assert b"Unsubscribe" in asked.content
    assert "script" not in asked.content.decode()
    assert after_a_scanner == {}
    assert [each.status_code for each in left] == [200, 200]
    assert "已退订" in left[0].content.decode()
    assert customers.consent_now(**agrees, channel="email") == {guest: False}
    assert customers.consent_history(owner, guest).count() == 1
    assert Client().get("/u/nonsense").status_code == 404


def test_a_brand_cannot_write_into_the_page(owner: Member) -> None:
    owner.workspace.name = "<script>alert(1)</script>"
    owner.workspace.save()
    delivery = sent(owner)

    page = Client().get(f"/u/{_links.leave_code(delivery.pk)}").content.decode()

    assert "<script>" not in page


def test_marketing_has_a_way_out_and_service_has_none(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yutang.reach.channels.registry import channel_named

    seen: list[str] = []
    paper: Any = channel_named("paper")
    sends = paper.send
    monkeypatch.setattr(
        paper,
        "send",
        lambda account, batch: (
            seen.extend(each.leave_url for each in batch) or sends(account, batch)
        ),
    )
    for purpose in ("marketing", "service"):
        queued(a_sending(an_account(owner), purpose=purpose), [1])
        beat()

    assert seen[0].startswith("https://house.example/u/")
    assert seen[1] == ""


APPLE = "Mozilla/5.0"
GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"


@pytest.mark.parametrize(
    ("agent", "seconds", "state"),
    [
        (PHONE_BROWSER, 60, "opened"),
        (GMAIL, 60, "opened"),
        (GMAIL, 3, "sent"),
        (APPLE, 60, "sent"),
        ("Mimecast scan", 60, "sent"),
    ],
    ids=["a person", "her proxy", "a proxy ahead of her", "Apple’s privacy", "a scanner"],
)
def test_who_opens_a_mail_is_told_from_what_fetches_every_picture(
    owner: Member, agent: str, seconds: int, state: str
) -> None:
    delivery = sent(owner)
    assert delivery.sent_at is not None
    code = _links.open_url(delivery.pk).removeprefix("https://house.example/o/")

    at = delivery.sent_at + timedelta(seconds=seconds)
    ours = reach.note_open(code, {"user-agent": agent}, now=at)
    stranger = Client().get("/o/nobodys")

    delivery.refresh_from_db()
    assert (ours, delivery.state) == (True, state)
    assert (stranger.status_code, stranger["Content-Type"]) == (200, "image/gif")
