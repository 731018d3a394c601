"""From a text to a delivery: a message written, a way out set up, a campaign sent, and why somebody got none.

In a brand of its own, in a real browser.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.browsing import PATIENCE, Screen
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def brand(house: Running) -> Brand:
    """Return a brand where 王芳 has a name and 李娜 wants to be left in peace."""
    it = Brand(house)
    people = [a_friend(it, name) for name in ("王芳", "李娜")]
    listed = it.ask("POST", "/audiences", {"name": "老客", "kind": "static"})
    it.ask("POST", f"/audiences/{listed['id']}/members", {"customers": people})
    policy = it.ask("GET", "/reach/policy")["rules"]
    it.ask("PUT", "/reach/policy", policy | {"quiet": [], "holdout_percent": 0, "opt_in": []})
    suppressed = {"customer_ids": people[1:], "reason": "opt_out"}
    it.ask("POST", "/reach/suppressions", suppressed)
    return it


def a_friend(brand: Brand, name: str) -> int:
    known = {"identities": {"external_userid": f"wm-{name}"}, "attributes": {"name": name}}
    return int(brand.ask("POST", "/customers", known)["id"])


def pick(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.locator(".ant-select-item-option", has_text=option).last.click()


def test_a_message_is_written_sent_and_accounted_for(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("channels"))
    page.get_by_role("button", name="开一个渠道").first.click()
    dialog = page.get_by_role("dialog")
    pick(page, "用什么发", "纸上演练")
    dialog.get_by_label("名称").fill("试发")
    dialog.get_by_role("button", name="保存").click()
    expect(page.get_by_role("table", name="渠道")).to_contain_text("在用")

    page.goto(brand.at("messages/new"))
    page.get_by_label("名称").fill("到店")
    page.get_by_role("textbox", name="文字").fill("{{ customer.nmae }}，新茶到店了")
    expect(page.get_by_role("alert")).to_contain_text("没有“customer.nmae”这个变量")
    page.get_by_role("textbox", name="文字").fill("{{ customer.name }}，新茶到店了")
    expect(page.locator(".bubble")).to_have_text("〔姓名〕，新茶到店了")
    page.get_by_role("button", name="保存消息").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("到店")

    page.goto(brand.at("campaigns/new"))
    pick(page, "发给谁", "老客")
    pick(page, "发什么", "到店")
    expect(page.get_by_text("2 人里，能发 1 人。")).to_be_visible()
    expect(page.get_by_text("在免打扰名单里")).to_be_visible()
    page.get_by_role("button", name="发给 1 人").click()
    page.get_by_role("dialog").get_by_role("button", name="发给 1 人").click()
    expect(page.get_by_text("发完了：1 人收到，1 人被闸口拦下。")).to_be_visible()
    expect(page.get_by_role("region", name="为什么没发到")).to_contain_text("在免打扰名单里")
    expect(page.get_by_role("region", name="一步步走到哪")).to_contain_text(
        "目标：进来后 7 天内支付"
    )

    page.goto(brand.at("deliveries"))
    rows = page.get_by_role("table", name="送达记录")
    expect(rows.get_by_role("row").filter(has_text="王芳")).to_contain_text("已发出")
    expect(rows.get_by_role("row").filter(has_text="李娜")).to_contain_text("在免打扰名单里")


def test_a_journey_is_drawn_activated_and_paused(brand: Brand, sit: Callable[..., Page]) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("journeys"))
    page.get_by_role("button", name="新建旅程").first.click()
    page.get_by_role("menuitem", name="空白画布").click()
    page.get_by_role("dialog").get_by_label("名称").fill("等一天")
    page.get_by_role("dialog").get_by_role("button", name="去画流程").click()
    expect(page.get_by_text("从“进入”接出第一步").first).to_be_visible()
    page.locator(".step-node.entry").click()
    page.get_by_role("button", name="在这里加一步").click()
    page.get_by_role("menuitem", name="等一段时间").click()
    expect(page.locator(".step-node.wait")).to_contain_text("等 1 天")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".step-node.wait")).to_have_count(0)
    page.get_by_role("button", name="重做").click()

    page.get_by_role("button", name="启用", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="启用").click()
    expect(page.get_by_text("现在有 0 人在里面")).to_be_visible()
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("暂停着")).to_be_visible()


def test_a_campaign_for_tomorrow_is_paused_and_cancelled_and_a_colleagues_clock_is_not_the_brands(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    paper = {"adapter": "paper", "name": "试发", "channel": "wecom", "settings": {}}
    brand.ask("POST", "/channels", paper)
    parts = [{"kind": "text", "text": "新茶到店了"}]
    message = brand.ask("POST", "/messages", {"name": "到店", "channel": "wecom", "parts": parts})
    audience = brand.ask("GET", "/audiences")["items"][0]["id"]
    page = sit(brand.house, brand.owner, Screen(time_zone="America/New_York"))

    page.goto(brand.at(f"campaigns/new?audience={audience}&message={message['id']}"))
    page.get_by_text("定个时间").click()
    expect(page.get_by_text("按品牌时区 Asia/Shanghai")).to_be_visible()
    page.get_by_role("textbox", name="什么时候").fill("2036-05-01 10:00")
    page.get_by_role("textbox", name="什么时候").press("Enter")
    page.get_by_role("button", name="发给 1 人").click()
    page.get_by_role("dialog").get_by_role("button", name="发给 1 人").click()

    expect(page.get_by_text("定在 2036-05-01 10:00 发")).to_be_visible()
    made = brand.ask("GET", "/journeys?view=campaign")["items"][0]
    assert made["next_entry_at"] == "2036-05-01T02:00:00Z"
    expect(page.get_by_text("2 人里，能发 1 人。")).to_be_visible()
    page.get_by_role("button", name="先停住").click()
    expect(page.get_by_text("如果到 2036-05-01 10:00 还没继续，这次就不会发。")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    page.get_by_role("dialog").get_by_role("button", name="取消这次群发").click()
    expect(page.get_by_text("已取消：取消前发出 0 条。")).to_be_visible()
    page.get_by_role("link", name="全部群发").click()
    expect(page.get_by_role("table", name="群发")).to_contain_text("已取消")


def test_a_journey_is_tried_on_the_past_before_it_runs(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    fang = brand.ask("GET", "/customers?q=王芳")["items"][0]["id"]
    five_days_ago = (datetime.now(UTC) - timedelta(days=5)).isoformat()
    brand.happened(
        {
            "type": "add_friend",
            "customer": {"external_userid": "wm-王芳"},
            "occurred_at": five_days_ago,
        }
    )
    draft = {
        "entry": {"kind": "event", "types": ["add_friend"]},
        "start": "n1",
        "nodes": {
            "n1": {"kind": "wait", "for": {"amount": 1, "unit": "day"}, "next": "n2"},
            "n2": {"kind": "wait", "for": {"amount": 60, "unit": "day"}},
        },
    }
    journey = brand.ask("POST", "/journeys", {"name": "新客", "graph": draft})["id"]
    deadline = time.monotonic() + PATIENCE / 1000
    while brand.ask("POST", f"/journeys/{journey}/dry-run", {"days": 30})["entered"] == 0:
        assert time.monotonic() < deadline, "what happened is never seen"
        time.sleep(0.2)
    page = sit(brand.house, brand.owner)

    page.goto(brand.at(f"journeys/{journey}/dry-run"))
    expect(page.get_by_text("要是过去 30 天就开着它：会进来 1 人。")).to_be_visible()
    expect(page.locator(".step-node.wait").last).to_contain_text("来过 1 人")
    page.get_by_role("button", name="会进来 1").click()
    expect(page.get_by_role("dialog")).to_contain_text("王芳")
    page.keyboard.press("Escape")
    page.get_by_text("清单", exact=True).click()
    last = page.get_by_role("table", name="清单").get_by_role("row").last
    expect(last).to_contain_text("等 60 天")

    phone = Screen("en", "dark", 390, 844)
    page = sit(brand.house, brand.owner, phone)
    page.goto(brand.at(f"journeys/{journey}/dry-run?view=person&person={fang}"))
    expect(page.get_by_text("Wait 60 days")).to_be_visible()
    expect(page.get_by_text("Still here")).to_be_visible()
    for address in ("dry-run", "dry-run?view=list", "effect"):
        page.goto(brand.at(f"journeys/{journey}/{address}"))
        expect(page.locator(".bone")).to_have_count(0)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
    assert phone.complaints == []
