"""One customer is found by what one remembers of her, told more of, tagged, and read in full on record."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def brand(house: Running) -> Brand:
    it = Brand(house)
    it.customer("王芳", "13800000001", city="北京")
    it.customer("李娜", "13800000002", city="上海")
    return it


@pytest.mark.parametrize("remembered", ["wangfang", "0001", "王芳"])
def test_she_is_found_by_what_one_remembers(
    brand: Brand, sit: Callable[..., Page], remembered: str
) -> None:
    page = sit(brand.house, brand.owner)
    page.goto(brand.at("customers"))
    list_of_all = page.get_by_role("table", name="客户")
    expect(list_of_all.get_by_role("link")).to_have_count(2)

    page.get_by_label("姓名、拼音、手机尾号、会员号").fill(remembered)

    expect(list_of_all.get_by_role("link")).to_have_count(1)
    expect(list_of_all).to_contain_text("王芳")


def test_what_a_colleague_says_of_her_stays_and_says_who_said_it(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    kind = {"name": "usual_tea", "zh": "常喝的茶", "en": "Usual tea", "kind": "text"}
    brand.ask("POST", "/customers/fields", kind)
    group = brand.ask("POST", "/tags/groups", {"name": "口味偏好"})
    brand.ask("POST", "/tags", {"name": "爱绿茶", "group_id": group["id"]})
    page = sit(brand.house, brand.owner)
    page.goto(brand.at("customers?q=wangfang"))
    page.get_by_role("link", name="王芳").click()

    facts = page.get_by_role("region", name="资料", exact=True)
    facts.get_by_role("button", name="编辑").click()
    page.get_by_role("dialog").get_by_label("常喝的茶").fill("明前龙井")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).not_to_have_css("overflow-y", "hidden")  # it scrolls again
    page.get_by_label("选一个标签").fill("爱绿茶")
    expect(page.locator(".ant-select-item-option-active")).to_contain_text("爱绿茶")
    page.keyboard.press("Enter")

    expect(facts).to_contain_text("明前龙井")
    expect(page.get_by_role("link", name="爱绿茶")).to_be_visible()
    expect(page.get_by_role("region", name="标签记录")).to_contain_text("打上“爱绿茶”")
    page.reload()
    expect(facts).to_contain_text("明前龙井")
    expect(page.get_by_role("region", name="标签记录")).to_contain_text("店主")
    page.goto(brand.at("customers"))
    expect(page.get_by_role("table", name="客户")).to_contain_text("爱绿茶")


def test_reading_her_telephone_in_full_leaves_a_record(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)
    page.goto(brand.at("customers?q=wangfang"))
    page.get_by_role("link", name="王芳").click()
    expect(page.get_by_text("138****0001").first).to_be_visible()

    page.get_by_role("button", name="显示完整").click()
    page.get_by_role("button", name="显示，并留下记录").click()

    expect(page.get_by_text("13800000001").first).to_be_visible()
    page.goto(brand.at("settings/audit?action=customers.revealed"))
    expect(page.get_by_role("row").filter(has_text="customers.revealed")).to_have_count(1)
