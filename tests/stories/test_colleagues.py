"""Who works for a brand sees her own customers, and is offered what she may do."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.running import PASSWORD, Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def brand(house: Running) -> Brand:
    it = Brand(house)
    it.hers = it.customer("王芳", "13800000001")  # type: ignore[attr-defined]
    it.other = it.customer("李娜", "13800000002")  # type: ignore[attr-defined]
    return it


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_a_guide_sees_her_own_customers_and_what_she_may_do(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    guide = brand.colleague("小林", "guide", kind="own")
    row = {"name": "小林", "user_id": guide.user_id}
    staff = brand.ask("POST", "/staff", row)
    brand.ask("PUT", f"/customers/{brand.hers}/relations/staff/{staff['id']}", {})
    page = sit(brand.house)

    sign_in(page, guide.email)
    page.get_by_role("link", name="客户", exact=True).click()

    customers = page.get_by_role("table", name="客户")
    expect(customers.get_by_role("link")).to_have_count(1)
    expect(customers).to_contain_text("王芳")
    for closed in ["人群", "导入", "合并待办"]:
        expect(page.get_by_role("link", name=closed, exact=True)).to_have_count(0)
    page.goto(brand.at(f"customers/{brand.other}"))
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("李娜")).to_have_count(0)


def test_who_only_analyses_is_offered_no_changes(brand: Brand, sit: Callable[..., Page]) -> None:
    analyst = brand.colleague("小周", "analyst")
    page = sit(brand.house, analyst.http)

    page.goto(brand.at(f"customers/{brand.hers}"))

    expect(page.get_by_role("heading", name="王芳")).to_be_visible()
    expect(page.get_by_role("region", name="身份")).to_contain_text("138****0001")
    for denied in ["编辑", "添加", "显示完整", "和另一位合并", "记录表态", "更多"]:
        expect(page.get_by_role("button", name=denied)).to_have_count(0)
    page.goto(brand.at("imports"))
    expect(page.get_by_role("heading", name="导入", exact=True)).to_be_visible()
    expect(page.get_by_label("把文件拖到这里，或点击选择")).to_have_count(0)


def code_of(secret: str, at: float) -> str:
    """Return the six digits an authenticator shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // 30), hashlib.sha1)
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_a_second_step_is_set_up_and_asked_for_from_then_on(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    operator = brand.colleague("小林", "operator")
    page = sit(brand.house, operator.http)
    page.goto(brand.at("settings/profile"))
    page.get_by_role("button", name="打开两步验证").click()
    step = page.get_by_role("region", name="两步验证")
    step.get_by_label("当前密码").fill(PASSWORD)
    step.get_by_role("button", name="打开两步验证").click()
    page.get_by_text("扫不了就手动输入密钥").click()
    secret = page.get_by_label("扫不了就手动输入密钥", exact=True).inner_text()

    step.get_by_role("textbox").fill(code_of(secret, time.time()))
    step.get_by_role("button", name="打开两步验证").click()
    expect(page.get_by_text("收好恢复码").first).to_be_visible()
    expect(page.locator(".recovery li")).to_have_count(10)
    page.get_by_role("button", name="我收好了").click()
    expect(page.get_by_text("已打开。登录时除了密码")).to_be_visible()

    again = sit(brand.house)
    sign_in(again, operator.email)
    again.get_by_label("验证码").fill("000000")
    again.get_by_role("button", name="继续").click()
    expect(again.get_by_role("alert")).to_be_visible()
    again.get_by_label("验证码").fill(code_of(secret, time.time() + 30))  # a code counts once
    again.get_by_role("button", name="继续").click()
    expect(again.get_by_role("heading", name="今天", exact=True)).to_be_visible()
