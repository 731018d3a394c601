"""Said to many at once: to groups, as a post, out of the library; and the platform's limits as the brand has them.

In a brand of its own whose corp lives in a sandbox, in a real browser.
"""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.browsing import PATIENCE, Screen
from tests.stories.running import Running
from yutang_sandbox import testing

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def brand(house: Running, sandbox: testing.Running) -> Brand:
    """Return a brand whose corp has three members and two groups, all brought over."""
    it = Brand(house)
    there = sandbox.make_corp(staff=3, customers=12, groups=2)
    corp = {"corp_id": there.id, "agent_id": there.agent, "secret": there.secret, "name": "茶馆"}
    number = it.ask("POST", "/wecom/corps", {**corp, "base": sandbox.base})["id"]
    it.ask("PATCH", f"/wecom/corps/{number}", {"state": "active"})
    begun = it.ask("POST", f"/wecom/corps/{number}/syncs", {"anew": True})["id"]
    deadline = time.monotonic() + PATIENCE / 1000
    while it.ask("GET", f"/wecom/corps/{number}/syncs/{begun}")["state"] != "done":
        assert time.monotonic() < deadline, "the sync does not end"
        time.sleep(0.2)
    return it


def later(page: Page, label: str) -> None:
    """Plan it for a day that no machine is too slow for."""
    page.get_by_text("定时", exact=True).click()
    page.get_by_role("textbox", name=label).fill("2036-05-01 10:00")
    page.get_by_role("textbox", name=label).press("Enter")


def sure(page: Page, act: str) -> None:
    """Press it, and again where it is asked once more."""
    page.get_by_role("button", name=act, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()


def test_groups_are_written_to_out_of_the_library_and_a_post_is_planned_and_stopped(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("materials"))
    page.get_by_role("button", name="建文件夹").click()
    page.get_by_role("dialog").get_by_label("名称").fill("上新")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    page.get_by_role("button", name="新建素材").click()
    page.get_by_label("标题，只给自己人看").fill("新茶上市")
    page.get_by_role("textbox", name="内容").fill("明前龙井到店了")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    page.get_by_role("searchbox", name="找素材").fill("xcss")
    expect(page.get_by_role("button", name="新茶上市")).to_be_visible()

    page.goto(brand.at("mass/groups/new"))
    ahead = page.get_by_role("region", name="发出之前")
    expect(ahead.get_by_role("region", name="每位群主还能发多少")).to_contain_text("今天 0/1")
    page.get_by_role("button", name="从素材库选").click()
    page.get_by_role("dialog").get_by_role("button", name="新茶上市").click()
    expect(page.get_by_role("textbox", name="文字")).to_have_value("明前龙井到店了")
    later(page, "什么时候发")
    expect(page.get_by_role("button", name="发给 2 个群")).to_be_enabled()
    sure(page, "发给 2 个群")
    expect(page.get_by_text("定在 2036-05-01 10:00 下发给")).to_be_visible()
    expect(page.get_by_text("发到 2 个群")).to_be_visible()
    sure(page, "停掉没发的")
    expect(page.get_by_text("已停。停之前 0 个群已发出。")).to_be_visible()

    page.goto(brand.at("mass/moments/new"))
    page.get_by_role("textbox", name="文字").fill("新茶到了")
    later(page, "什么时候发")
    expect(page.get_by_role("button", name="让 3 位员工发表")).to_be_enabled()
    sure(page, "让 3 位员工发表")
    expect(page.get_by_text("定在 2036-05-01 10:00 提交给企业微信。")).to_be_visible()
    sure(page, "停掉没发表的")
    expect(page.get_by_text("已停。停之前 0 位客户看得到。")).to_be_visible()

    page.goto(brand.at("materials"))
    expect(page.get_by_text("写进消息 1 次")).to_be_visible()


def test_a_limit_is_changed_from_a_day_on_and_the_default_holds_again(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner, Screen("en", "dark", 390, 844))

    page.goto(brand.at("wecom/limits"))
    page.get_by_role("searchbox", name="Find a limit").fill("Tags of the corp")
    page.get_by_role("button", name="Change Tags of the corp").click()
    page.get_by_role("spinbutton", name="Change to").fill("0")
    page.get_by_role("button", name="Count with it from then on").click()
    expect(page.get_by_role("alert")).to_contain_text("has to be between 1 and")
    page.get_by_role("spinbutton", name="Change to").fill("3000")
    page.get_by_role("button", name="Count with it from then on").click()
    expect(page.get_by_text("changed to 3,000")).to_be_visible()
    held = {each["name"]: each["value"] for each in brand.ask("GET", "/wecom/limits")}
    assert held["corp_tags"] == 3000

    page.get_by_role("button", name="Restore Tags of the corp").click()
    page.get_by_role("dialog").get_by_role("button", name="Restore").click()
    expect(page.get_by_text("changed to 3,000")).to_have_count(0)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
