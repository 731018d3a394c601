"""A guide's ten seconds between two customers: who is due, why now, what to say, tagged, remembered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.stories.brand import Brand
from tests.stories.browsing import Screen
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PHONE = Screen(width=390, height=844)


def test_a_guide_is_told_whom_to_speak_to_and_speaks(
    house: Running, sit: Callable[..., Page]
) -> None:
    brand = Brand(house)
    soon = datetime.now(UTC) + timedelta(days=3)
    hers = brand.customer("王芳", "13800000001", birthday=f"1992-{soon:%m-%d}")
    brand.customer("李娜", "13800000002", birthday=f"1988-{soon:%m-%d}")
    guide = brand.colleague("小林", "guide", kind="own")
    staff = brand.ask("POST", "/staff", {"name": "小林", "user_id": guide.user_id})
    brand.ask("PUT", f"/customers/{hers}/relations/staff/{staff['id']}", {"status": "following"})
    group = brand.ask("POST", "/tags/groups", {"name": "口味", "kind": "other"})
    brand.ask("POST", "/tags", {"group_id": group["id"], "name": "爱喝绿茶"})
    drawer = brand.ask("POST", "/guides/phrase-groups", {"name": "生日", "is_shared": True})
    words = {"title": "祝福", "text": "{{ customer.name }}，生日快乐，{{ staff.name }}敬上"}
    brand.ask("POST", "/guides/phrases", {"group_id": drawer["id"], **words})
    page = sit(house, guide.http, PHONE)

    page.goto(brand.at("sidebar"))
    due = page.get_by_role("region", name="今天该联系的客户")
    expect(due.get_by_role("listitem")).to_have_count(1)
    due.get_by_role("link", name="王芳").click()

    expect(page.get_by_role("heading", name="王芳")).to_be_visible()
    expect(page.get_by_role("region", name="为什么是现在")).to_contain_text("天后生日")
    expect(page.get_by_text("王芳，生日快乐，小林敬上")).to_be_visible()
    page.get_by_role("button", name="打标签").click()
    page.get_by_role("dialog").get_by_role("button", name="爱喝绿茶").click()
    expect(page.get_by_role("button", name="去掉标签“爱喝绿茶”")).to_have_count(1)
    page.keyboard.press("Escape")
    remark = page.get_by_label("备注，只给跟进的人看")
    remark.fill("爱喝龙井")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="保存")).to_have_count(0)

    kept = brand.ask("GET", f"/guides/people/{hers}", who=guide.http)
    assert kept["mine"]["remark"] == "爱喝龙井"
    assert [each["name"] for each in kept["tags"]] == ["爱喝绿茶"]
