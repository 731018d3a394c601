"""The sandbox's phone, held by a customer and then by her guide, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stories.browsing import Screen, chromium, sit_down
from yutang_sandbox.testing import Corp, Running, running

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with running() as handle:
        yield handle


def hold(page: Page, name: str) -> None:
    """Take the phone of somebody found by name."""
    page.locator("#who").click()
    page.locator("#search").fill(name)
    page.get_by_role("button", name=name).first.click()
    expect(page.locator("#who")).to_contain_text(name)


def made(sandbox: Running) -> tuple[Corp, str]:
    corp = sandbox.make_corp(staff=2, customers=3)
    someone = sandbox.person(corp, name="周末去爬山")
    body = {"type": 1, "scene": 2, "user": ["lin.yue"], "remark": "西湖店海报"}
    sandbox.call(corp, "externalcontact/add_contact_way", body)
    return corp, someone


def test_a_scan_a_chat_and_a_task_done(browser: Browser, sandbox: Running) -> None:
    corp, someone = made(sandbox)
    screen = Screen(width=390, height=780)
    with sit_down(browser, sandbox.base, screen=screen) as page:
        page.goto(f"/sandbox/#{corp.id}/{someone}")
        page.get_by_role("button", name="扫一扫").click()
        page.get_by_role("button", name="扫码").click()
        page.get_by_role("button", name="林月").click()
        page.get_by_label("说点什么").fill("明前龙井还有吗")
        page.get_by_role("button", name="发送").click()
        expect(page.locator(".said.mine")).to_contain_text("明前龙井还有吗")
        message = {"sender": "lin.yue", "text": {"content": "今天到店：https://shop.example/tea"}}
        sandbox.call(corp, "externalcontact/add_msg_template", message)

        page.get_by_label("back").click()
        hold(page, "林月")
        expect(page.get_by_role("button", name="周末去爬山")).to_contain_text("明前龙井还有吗")
        page.get_by_role("button", name="待办").click()
        page.get_by_role("button", name="发给").click()
        expect(page.get_by_text("已完成")).to_be_visible()

        hold(page, "周末去爬山")
        page.get_by_role("button", name="林月").click()
        link = page.get_by_role("link", name="https://shop.example/tea")
        expect(link).to_have_attribute("href", "https://shop.example/tea")
        page.get_by_role("button", name="EN").click()
        page.get_by_role("button", name="Delete friend").click()
        expect(page.get_by_role("button", name="Chats")).to_be_visible()

    assert screen.complaints == []
    assert [one["event"]["ChangeType"] for one in sandbox.events(corp)][-1] == "del_follow_user"
