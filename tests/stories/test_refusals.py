"""What cannot be done is said where it was tried, in words, with the way on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.running import PASSWORD, Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def brand(house: Running) -> Brand:
    return Brand(house)


def test_a_file_that_is_no_table_is_called_by_its_name_and_refused(
    brand: Brand, sit: Callable[..., Page], tmp_path: Path
) -> None:
    picture = tmp_path / "海报.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4096))
    page = sit(brand.house, brand.owner)
    page.goto(brand.at("imports"))

    page.get_by_label("把文件拖到这里，或点击选择").set_input_files(picture)

    expect(page.get_by_role("alert")).to_contain_text("海报.png")


def test_who_was_signed_out_comes_back_to_where_she_was(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    operator = brand.colleague("小林", "operator")
    page = sit(brand.house, operator.http)
    page.goto(brand.at("customers"))
    expect(page.get_by_role("heading", name="客户", exact=True)).to_be_visible()
    brand.ask("POST", "/auth/sign-out", who=operator.http)

    # The page asks by itself now and then: it may have found out before she clicks.
    email = page.get_by_label("邮箱")
    page.get_by_role("link", name="标签", exact=True).or_(email).first.click()

    email.fill(operator.email)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="小林的账号")).to_be_visible()
    assert brand.at("") in page.url


def test_a_wrong_password_is_said_and_the_form_stays(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    operator = brand.colleague("小林", "operator")
    page = sit(brand.house)
    page.goto("/sign-in")
    page.get_by_label("邮箱").fill(operator.email)
    page.get_by_label("密码", exact=True).fill("not-her-password")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("邮箱")).to_have_value(operator.email)


def test_another_brands_customer_is_not_there_and_its_address_leads_home(
    brand: Brand, house: Running, sit: Callable[..., Page]
) -> None:
    rival = Brand(house, "咖啡馆")
    theirs = rival.customer("孙悦", "13800000009")
    operator = brand.colleague("小林", "operator")
    page = sit(brand.house, operator.http)

    page.goto(brand.at(f"customers/{theirs}"))
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("孙悦")).to_have_count(0)

    page.goto(brand.at("no-such-screen"))
    expect(page.get_by_text("这里没有东西")).to_be_visible()
    page.goto(rival.at("customers"))
    expect(page.get_by_text(f"你不在工作区“{rival.slug}”里")).to_be_visible()
