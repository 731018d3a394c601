"""The contact policy: which holds, what it says, and what other rules would have made of the last month."""

from datetime import datetime, timedelta

import pytest

from yutang.kit.i18n import Text
from yutang.reach import service as reach
from yutang.reach.models import Delivery, DeliveryState
from yutang.reach.policy import (
    DEFAULT,
    PURPOSES,
    Cap,
    PlatformChange,
    Quiet,
    Rules,
    caps_for,
    sentences_of,
)
from yutang.reach.policy.platform import platform_rules
from yutang.reach.tests.builders import NOON, a_guest, a_sending, guests, reasons, send, under
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")
DAY = timedelta(days=1)


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def said(rules: Rules) -> dict[str, Text]:
    return dict(sentences_of(rules))


def test_the_built_in_rules_hold_until_the_brand_decides(owner: Member) -> None:
    assert reach.policy_of(owner.workspace) == reach.Policy(0, DEFAULT)


def test_every_policy_is_kept_under_its_number(owner: Member) -> None:
    first = reach.set_policy(owner, Rules(approval_over=10), now=NOON)
    second = reach.set_policy(owner, Rules(approval_over=20), now=NOON)
    same = reach.set_policy(owner, Rules(approval_over=20), now=NOON)

    assert (first.number, second.number, same.number) == (1, 2, 2)
    assert reach.policy_numbered(owner.workspace, 1).rules.approval_over == 10


def test_the_policy_explains_itself_in_both_languages() -> None:
    rules = said(
        Rules(
            quiet=(Quiet("21:00", "09:00"),),
            caps=(Cap(3, days=7), Cap(1, per="day", purposes=tuple(PURPOSES))),
        )
    )

    assert rules["quiet:0"] == Text(
        "21:00 到 09:00 不打扰：营销推广消息推迟到之后再发",
        "Between 21:00 and 09:00 marketing waits until after",
    )
    assert rules["cap:0"] == Text(
        "每人每 7 天最多收到 3 条营销推广消息（其他消息也计数）",
        "Nobody gets more than 3 marketing messages within any 7 days (others count, too)",
    )
    assert rules["cap:1"] == Text(
        "每人每天最多收到 1 条消息", "Nobody gets more than 1 any message a day"
    )


def test_a_verdict_names_the_rule_as_it_stood_then(owner: Member) -> None:
    under(owner, caps=(Cap(0, days=7),))
    sending, person = a_sending(owner.workspace), a_guest(owner.workspace)
    send(sending, [person])
    under(owner)
    row = Delivery.objects.within(owner.workspace).get()

    why = reach.reason_said(owner.workspace, row.reason, row.detail)

    assert why.zh.startswith("超出频次上限：每人每 7 天最多收到 0 条")


def test_a_platforms_limit_holds_from_its_day_to_its_last(owner: Member) -> None:
    old = {each.name for each in platform_rules((NOON - 200 * DAY).date())}
    new = {each.name for each in platform_rules(NOON.date())}

    assert "wecom.mass_old" in old - new
    assert "wecom.mass" in new - old


def test_a_brand_may_tighten_a_platforms_limit_or_put_it_away(owner: Member) -> None:
    person = a_guest(owner.workspace)
    under(owner, platform={"sms.number_day": PlatformChange(most=1)})
    first, second = (a_sending(owner.workspace, "sms", purpose="service") for _ in range(2))
    send(first, [person])
    send(second, [person])
    under(owner, platform={"sms.number_day": PlatformChange(off=True)})
    third = a_sending(owner.workspace, "sms", purpose="service")
    send(third, [person])

    assert [reasons(each)[person] for each in (first, second, third)] == ["", "channel_rule", ""]


def test_other_rules_are_tried_on_the_last_month(owner: Member) -> None:
    under(owner)
    often, seldom = guests(owner.workspace, 2)
    for day in (1, 2, 3, 20):
        send(a_sending(owner.workspace), [often], now=NOON - day * DAY)
    send(a_sending(owner.workspace), [seldom], now=NOON - DAY)
    Delivery.objects.within(owner.workspace).update(state=DeliveryState.SENT)

    found = reach.what_if(
        owner.workspace, Rules(caps=(Cap(2, days=7),), quiet=(Quiet("11:00", "13:00"),)), now=NOON
    )

    assert (found.messages, found.held, found.people) == (5, 1, 1)
    assert found.deferred == 5
    assert found.by_rule == {"cap:0": 1}


def test_what_was_held_back_then_counts_when_other_rules_are_tried(owner: Member) -> None:
    under(owner, caps=(Cap(1, days=7),))
    person = a_guest(owner.workspace)
    for day in (3, 2, 1):
        send(a_sending(owner.workspace), [person], now=NOON - day * DAY)

    as_it_was = reach.what_if(owner.workspace, Rules(caps=(Cap(1, days=7),)), now=NOON)
    looser = reach.what_if(owner.workspace, Rules(caps=(Cap(2, days=7),)), now=NOON)

    assert (as_it_was.messages, as_it_was.held, looser.held) == (3, 2, 1)


def test_over_http_a_policy_is_read_tried_and_changed(owner: Member) -> None:
    ask = as_member(owner)
    rules = ask.get("/reach/policy").json()["rules"]
    rules["caps"] = [{"most": 2, "per": "rolling", "days": 7}]

    tried = ask.post("/reach/policy/preview", rules)
    changed = ask.put("/reach/policy", rules)

    assert tried.status_code == 200, tried.content
    assert tried.json()["messages"] == 0
    assert changed.json()["number"] == 1
    assert changed.json()["rules"]["caps"][0]["most"] == 2
    assert "每人每 7 天最多收到 2 条" in str(changed.json()["sentences"])


def test_a_rule_that_cannot_be_is_refused_by_its_field(owner: Member) -> None:
    response = as_member(owner).put(
        "/reach/policy", {"quiet": [{"start": "25:00", "end": "09:00"}], "caps": [{"most": -1}]}
    )

    assert response.status_code == 422
    fields = {each["field"] for each in response.json()["errors"]}
    assert fields == {"quiet[0].start", "caps[0].most"}


def test_days_of_a_platforms_limit_begin_where_the_platform_is(owner: Member) -> None:
    evening, midnight = NOON.replace(hour=15), NOON.replace(hour=16)  # 23:00 and 00:00 in China
    change = PlatformChange(most=9, since=NOON.date() + timedelta(days=1), before=2)
    rules = Rules(platform={"wecom.mass": change})

    def most(now: datetime) -> int | None:
        caps = caps_for(rules, channel="wecom", purpose="marketing", has_journey=False, now=now)
        return next(each.most for each in caps if each.name == "wecom.mass")

    assert (most(evening), most(midnight)) == (2, 9)
