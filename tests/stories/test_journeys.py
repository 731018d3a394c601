"""Journeys written by those who do not draw graphs: a ready one, a table, a plan, a welcome.

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
    """Return a brand with one way out, that only notes down, and an audience."""
    it = Brand(house)
    it.ask("POST", "/channels", {"adapter": "paper", "name": "试发", "channel": "paper"})
    it.ask("POST", "/audiences", {"name": "老客", "kind": "static"})
    return it


def pick(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.locator(".ant-select-item-option", has_text=option).last.click()


def write(page: Page, label: str, words: str) -> None:
    """Write a new message where one is to be chosen."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("button", name="写一条新消息").last.click()
    page.get_by_role("dialog").get_by_label("说什么").fill(words)
    page.get_by_role("dialog").get_by_role("button", name="写好，用它").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def activate(page: Page) -> None:
    page.get_by_role("button", name="启用", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="启用").click()
    expect(page.get_by_text("现在有 0 人在里面")).to_be_visible()


def test_a_ready_journey_is_made_ones_own(brand: Brand, sit: Callable[..., Page]) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("journeys"))
    page.get_by_role("link", name="从现成的挑").click()
    page.get_by_role("link", name="试用 → 反馈 → 感谢").click()
    form = page.get_by_role("region", name="变成我们的")
    form.get_by_label("名称", exact=True).fill("新茶试饮")
    form.get_by_role("textbox", name="试用·感谢").fill("谢谢告诉我，{{ customer.nmae }}")
    form.get_by_role("button", name="建成草稿").click()
    expect(form.get_by_role("alert")).to_contain_text("customer.nmae")
    form.get_by_role("textbox", name="试用·感谢").fill("谢谢告诉我，下次多送你一泡。")
    form.get_by_role("button", name="建成草稿").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("新茶试饮")
    expect(page.locator(".step-node", has_text="新茶试饮 · 试用·感谢")).to_be_visible()
    activate(page)
    written = brand.ask("GET", "/messages?q=新茶试饮")["items"]
    assert "下次多送你一泡" in str([each["parts"] for each in written])


def test_a_table_of_steps_is_written_runs_and_asks_a_colleague(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("journeys/new/sop"))
    page.get_by_role("textbox", name="名称").fill("新友三天")
    page.get_by_role("button", name="建成草稿").click()
    expect(page.get_by_text("还没选用哪个渠道发")).to_be_visible()
    pick(page, "从哪个渠道发", "试发")
    write(page, "第 1 步 消息", "你好，我是小林。")
    page.get_by_role("button", name="加一步").click()
    page.get_by_role("radiogroup", name="第 2 步 做什么").get_by_text("派任务").click()
    page.get_by_role("textbox", name="第 2 步 任务").fill("打电话问问")
    page.get_by_role("spinbutton", name="第 2 步 第几天").fill("0")
    page.keyboard.press("Tab")
    reading = page.get_by_role("region", name="读一遍")
    expect(reading.get_by_role("listitem")).to_have_text(
        ["当天，马上发“新友三天 · 第 0 天”", "同时请同事“打电话问问”"]
    )
    page.get_by_role("button", name="建成草稿").click()
    activate(page)

    brand.customer("王芳", "13800001111")
    brand.happened({"type": "add_friend", "customer": {"phone": "13800001111"}})
    page.goto(brand.at("journeys/tasks"))
    task = page.get_by_role("row").filter(has_text="打电话问问")
    expect(task).to_contain_text("王芳")
    task.get_by_role("button", name="做完了").click()
    expect(page.get_by_text("没有要做的")).to_be_visible()


def test_a_welcome_is_a_face_until_more_is_drawn_than_it_can_show(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("journeys/new/welcome"))
    page.get_by_role("textbox", name="名称").fill("门店欢迎")
    pick(page, "从哪个渠道发", "试发")
    write(page, "大家听到", "欢迎来喝茶。")
    page.get_by_role("button", name="建成草稿").click()
    expect(page.get_by_role("heading", name="门店欢迎", exact=True)).to_be_visible()
    page.get_by_role("checkbox", name="没回话，过一阵再说一句").click()
    write(page, "就说", "还在吗？")
    expect(page.get_by_role("region", name="读一遍")).to_contain_text(
        "24 小时没回话，再发“门店欢迎 · 再说一句”"
    )
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()

    page.get_by_role("link", name="看画布").click()
    expect(page.locator(".step-node.until")).to_contain_text("等发消息，最多 24 小时")
    page.get_by_role("link", name="看欢迎语").click()
    page.get_by_role("link", name="看画布").click()
    page.locator(".step-node", has_text="门店欢迎 · 再说一句").click()
    page.get_by_role("button", name="在这里加一步").click()
    page.get_by_role("menuitem", name="等一段时间").click()
    expect(page.locator(".step-node.wait")).to_be_visible()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    expect(page.get_by_role("link", name="看欢迎语")).to_have_count(0)


def test_a_moments_plan_posts_week_after_week(brand: Brand, sit: Callable[..., Page]) -> None:
    page = sit(brand.house, brand.owner)

    page.goto(brand.at("journeys/new/moments"))
    page.get_by_role("textbox", name="名称").fill("一周朋友圈")
    pick(page, "人群", "老客")
    pick(page, "从哪个渠道发", "试发")
    write(page, "周一 10:00 消息", "周一新茶到店。")
    page.get_by_role("button", name="周五加一条").click()
    pick(page, "周五 10:00 消息", "一周朋友圈")
    page.get_by_role("button", name="建成草稿").click()
    activate(page)

    page.goto(brand.at("journeys"))
    row = page.get_by_role("row").filter(has_text="一周朋友圈")
    expect(row).to_contain_text("朋友圈计划")
    expect(row).to_contain_text("运行中")


def test_the_rules_of_a_journey_are_set_beside_the_canvas(
    brand: Brand, sit: Callable[..., Page]
) -> None:
    graph = {
        "entry": {"kind": "event", "types": ["pay"]},
        "start": "n1",
        "nodes": {"n1": {"kind": "wait", "for": {"amount": 1, "unit": "day"}}},
    }
    journey = brand.ask("POST", "/journeys", {"name": "付款关怀", "graph": graph})["id"]
    page = sit(brand.house, brand.owner)

    page.goto(brand.at(f"journeys/{journey}?node=entry"))
    page.get_by_role("button", name="加一个退出条件").click()
    leaving = page.get_by_role("group", name="退出条件 1")
    expect(leaving.get_by_role("alert")).to_have_text("还没选是哪件事")
    expect(page.get_by_role("button", name="启用", exact=True)).to_be_disabled()
    leaving.get_by_role("combobox", name="做了什么").fill("投诉")
    page.locator(".ant-select-item-option", has_text="投诉").last.click()
    page.keyboard.press("Escape")
    expect(leaving.get_by_role("alert")).to_have_count(0)
    page.get_by_role("checkbox", name="限制进来的人数").click()
    page.get_by_role("spinbutton", name="留多少人不触达（%）").fill("20")
    page.keyboard.press("Tab")

    entry = page.locator(".step-node.entry")
    expect(entry).to_contain_text("1 个随时退出的条件 · 1 天最多 1,000 人 · 留 20% 不触达")
    activate(page)
    kept = brand.ask("GET", f"/journeys/{journey}")
    assert kept["holdout_percent"] == 20
    assert kept["graph"]["exits"] == [{"event": {"types": ["complaint"]}}]
    assert kept["graph"]["entry_cap"] == {"most": 1000, "per": {"amount": 1, "unit": "day"}}
