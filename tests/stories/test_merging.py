"""Two customers who may be one: a person says that they are, and may think better of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def doubtful(house: Running) -> Brand:
    """Return a brand where one till knew two people by the telephone of one and the WeChat of the other."""
    it = Brand(house)
    for name, phone, unionid in [("王芳", "13800000001", "oA1"), ("王小芳", "13800000002", "oB2")]:
        it.ask(
            "POST",
            "/customers",
            {"identities": {"phone": phone, "unionid": unionid}, "attributes": {"name": name}},
        )
    it.happened({"type": "scan", "customer": {"phone": "13800000001", "unionid": "oB2"}})
    return it


def test_two_become_one_and_two_again_from_the_list_of_what_was_reviewed(
    doubtful: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(doubtful.house, doubtful.owner)
    page.goto(doubtful.at("merges"))
    expect(page.get_by_role("link", name="王小芳")).to_be_visible()

    page.get_by_role("button", name="是同一个人").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("合并后共有")).to_be_visible()
    dialog.get_by_role("button", name="是同一个人").click()
    expect(page.get_by_text("没有要定的")).to_be_visible()

    page.get_by_text("已合并", exact=True).click()
    page.get_by_role("button", name="撤销合并").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销，分回两位客户").click()

    expect(page.get_by_text("还没有判断为同一个人的")).to_be_visible()
    page.get_by_text("已分开", exact=True).click()
    expect(page.get_by_role("link", name="王小芳")).to_have_count(1)
    page.goto(doubtful.at("customers"))
    customers = page.get_by_role("table", name="客户")
    expect(customers.get_by_role("link")).to_have_count(2)


def test_a_guide_may_merge_nobody_by_hand_but_an_operator_may(
    doubtful: Brand, sit: Callable[..., Page]
) -> None:
    operator = doubtful.colleague("小林", "operator")
    page = sit(doubtful.house, operator.http)
    page.goto(doubtful.at("customers?q=0001"))
    page.get_by_role("link", name="王芳").click()
    merges = page.get_by_role("region", name="合并记录")
    merges.get_by_role("button", name="和另一位合并").click()
    page.get_by_label("搜另一位客户").fill("王小芳")
    expect(page.locator(".ant-select-item-option-active")).to_contain_text("138****0002")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="并入王芳").click()

    expect(page.get_by_text("由 2 个客户合并而成")).to_be_visible()
    expect(merges).to_contain_text("手动合并")
    guide = doubtful.colleague("小周", "guide")
    hers = sit(doubtful.house, guide.http)
    hers.goto(page.url)
    expect(hers.get_by_role("region", name="合并记录")).to_contain_text("手动合并")
    expect(hers.get_by_role("button", name="撤销合并")).to_have_count(0)
    expect(hers.get_by_role("button", name="和另一位合并")).to_have_count(0)
