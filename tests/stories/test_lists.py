"""Whom a condition met at an earlier instant, those of today kept as a list, and the list filled anew.

By mouse throughout: menus and lists of choices open where they are seen, also where nothing may move.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TODAY = datetime.now(UTC)


@pytest.fixture
def brand(house: Running) -> Brand:
    """Return a brand where 王芳 favourited something 40 days ago and 李娜 did yesterday."""
    it = Brand(house)
    for name, phone, days in [("王芳", "13800000001", 40), ("李娜", "13800000002", 1)]:
        it.customer(name, phone, city="北京")
        at = (TODAY - timedelta(days=days)).isoformat()
        it.happened({"type": "favorite", "customer": {"phone": phone}, "occurred_at": at})
    return it


def keep_an_audience(page: Page, brand: Brand, name: str) -> None:
    page.goto(brand.at("audiences/new"))
    page.get_by_role("textbox", name="一句话").fill("近30天收藏≥1次")
    page.get_by_role("button", name="存为人群（1 人）").click()
    page.get_by_label("名称").fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("table", name="现在在里面")).to_contain_text("李娜")


def choose(page: Page, what: str) -> None:
    page.get_by_role("button", name="操作").click()
    page.get_by_role("menuitem", name=what).click()


def test_a_draft_is_counted_as_of_an_earlier_instant(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    then = TODAY + timedelta(hours=8) - timedelta(days=20)
    page = sit(brand.house, brand.owner)
    page.goto(brand.at("audiences/new"))
    page.get_by_role("textbox", name="一句话").fill("近30天收藏≥1次")
    expect(page.get_by_role("button", name="存为人群（1 人）")).to_be_visible()

    page.get_by_label("按哪个时刻数").fill(f"{then:%Y-%m-%d %H:%M}")
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{then:%Y-%m-%d %H:%M} 符合的人")).to_be_visible()
    page.get_by_role("button", name="看看是谁").click()
    people = page.get_by_role("dialog")
    expect(people).to_contain_text("王芳")
    expect(people).not_to_contain_text("李娜")
    people.get_by_role("button", name="为什么").click()
    expect(page.get_by_role("status").filter(has_text="王芳符合")).to_be_visible()

    page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    page.get_by_label("按哪个时刻数").click()
    page.get_by_text("7 天前").click()
    expect(page.locator(".count-number")).to_have_text("0")
    page.get_by_role("button", name="回到现在").click()
    expect(page.get_by_role("button", name="存为人群（1 人）")).to_be_visible()


def test_those_of_an_audience_are_kept_as_a_list_and_the_list_is_filled_anew(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)
    keep_an_audience(page, brand, "近期收藏")

    choose(page, "把现在的人留作名单")
    page.get_by_label("名称").fill("留下的人")
    page.get_by_role("button", name="把 1 人留作名单").click()
    expect(page.get_by_role("heading", name="留下的人", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="现在在里面")).to_contain_text("李娜")

    choose(page, "按人群或条件重新填")
    page.get_by_label("选一个人群或名单").click()
    page.get_by_title("近期收藏").click()
    expect(page.get_by_text("名单上正好是这 1 人，不用改。")).to_be_visible()

    page.get_by_role("link", name="或者搭一个条件").click()
    page.get_by_role("textbox", name="一句话").fill("城市=北京")
    expect(page.locator(".count-number")).to_have_text("2")
    page.get_by_role("button", name="用这些人填名单").click()
    expect(page.get_by_text("2 人符合：放进 1 人，移出 0 人，1 人本来就在。")).to_be_visible()
    page.get_by_role("button", name="名单换成这 2 人").click()
    expect(page.get_by_role("heading", name="留下的人", level=1)).to_be_visible()
    expect(page.get_by_role("table", name="现在在里面").get_by_role("link")).to_have_count(2)
