"""From a text to a delivery: a message written, a way out set up, a campaign sent, and why somebody got none.

In a brand of its own, in a real browser.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
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
    expect(page.locator(".step-node.action")).to_contain_text("发“到店”")

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
