"""From the first sign-in to a list of whom to write to: what a brand does on its first day."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stories.running import OWNER, PASSWORD, Running, running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SENTENCE = "近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年"
# Who came so many days ago; the last telephone cannot be read.
MEMBERS = [
    ("王芳", "13800000001", "女", "北京", 500),
    ("赵丽", "13800000002", "女", "北京市", 400),
    ("李娜", "13800000003", "女", "上海", 500),
    ("张强", "13800000004", "男", "北京", 500),
    ("陈静", "13800000005", "女", "北京", 100),
    ("刘敏", "13800000006", "女", "北京", 500),
    ("杨雪", "13800000007", "女", "北京", 500),
    ("孙悦", "1380000", "女", "北京", 500),
]
# What they did so many days ago: of the last five each lacks something of the sentence.
DEEDS = [
    ("13800000001", "收藏", 3),
    ("13800000002", "收藏", 20),
    ("13800000002", "浏览", 2),
    ("13800000003", "收藏", 3),
    ("13800000004", "收藏", 3),
    ("13800000005", "收藏", 3),
    ("13800000006", "收藏", 40),
    ("13800000007", "收藏", 20),
]


@pytest.fixture(scope="module")
def fresh(new_home: Callable[[], Path]) -> Iterator[Running]:
    """Run a Yutang nobody has signed in to; its owner's password is the printed one."""
    with running(new_home(), password="") as it:
        yield it


def days_ago(days: int) -> str:
    """Return an instant as a till writes it."""
    return f"{datetime.now(UTC) + timedelta(hours=8) - timedelta(days=days, hours=1):%Y-%m-%d %H:%M:%S}"


@pytest.fixture
def sheets(tmp_path: Path) -> tuple[Path, Path]:
    """Return a list of members and a list of what they did, as a shop's tills export them."""
    members = ["姓名,手机号,性别,城市,入会时间"]
    members += [",".join([*who, days_ago(joined)]) for *who, joined in MEMBERS]
    deeds = ["手机号,行为,发生时间,商品编号"]
    deeds += [f"{phone},{did},{days_ago(ago)},QS001" for phone, did, ago in DEEDS]
    first, second = tmp_path / "会员.csv", tmp_path / "行为.csv"
    first.write_text("\n".join(members), encoding="utf-8-sig")
    second.write_text("\n".join(deeds), encoding="gb18030")
    return first, second


def sign_in_and_choose_a_password(page: Page, given: str) -> None:
    page.goto("/")
    page.get_by_label("邮箱").fill(OWNER)
    page.get_by_label("密码", exact=True).fill(given)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="设置自己的密码")).to_be_visible()
    page.get_by_label("当前密码").fill(given)
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_role("button", name="改用新密码").click()


def upload(page: Page, sheet: Path, *becomes: tuple[str, str]) -> None:
    """Upload a file; see that its columns were understood."""
    page.get_by_label("把文件拖到这里，或点击选择").set_input_files(sheet)
    for column, role in becomes:
        row = page.get_by_role("row").filter(has=page.get_by_text(column, exact=True)).first
        expect(row).to_contain_text(role)


def import_members_and_deeds(page: Page, sheets: tuple[Path, Path], kept_at: Path) -> None:
    page.get_by_role("link", name="导入数据").click()
    upload(page, sheets[0], ("手机号", "手机号"), ("城市", "城市"), ("入会时间", "入会时间"))
    expect(page.get_by_text("看过的 8 行里有 1 行会留下")).to_be_visible()
    page.get_by_role("button", name="导入这个文件").click()
    expect(page.get_by_text("1 行留下了，原因在下面")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载坏行").click()
    download.value.save_as(kept_at)

    page.get_by_role("link", name="导入", exact=True).first.click()
    upload(page, sheets[1], ("行为", "行为类型"), ("发生时间", "发生时间"))
    expect(page.get_by_text("看过的 8 行都能导")).to_be_visible()
    page.get_by_role("button", name="导入这个文件").click()
    expect(page.get_by_text("没有坏行")).to_be_visible()


def test_a_new_owner_goes_from_a_printed_password_to_a_list_of_whom_to_write_to(
    fresh: Running, sit: Callable[..., Page], sheets: tuple[Path, Path], tmp_path: Path
) -> None:
    page = sit(fresh)
    sign_in_and_choose_a_password(page, fresh.one_time_password())
    expect(page.get_by_role("heading", name="先让数据进来")).to_be_visible()

    import_members_and_deeds(page, sheets, tmp_path / "bad.csv")
    bad = (tmp_path / "bad.csv").read_text("utf-8-sig").splitlines()
    assert len(bad) == 2
    assert all(each in bad[1] for each in ("孙悦", "1380000", "9"))

    page.get_by_role("link", name="客户", exact=True).click()
    page.get_by_role("link", name="王芳").click()
    expect(page.get_by_role("heading", name="王芳")).to_be_visible()
    expect(page.get_by_role("region", name="动态")).to_contain_text("收藏")

    page.get_by_role("link", name="人群", exact=True).click()
    page.get_by_role("button", name="新建人群").first.click()
    sentence = page.get_by_role("textbox", name="一句话")
    expect(sentence).to_have_value("所有客户")
    sentence.fill(SENTENCE)
    expect(page.get_by_role("button", name="存为人群（2 人）")).to_be_visible()
    page.get_by_role("button", name="存为人群（2 人）").click()
    page.get_by_label("名称").fill("近期收藏的北京女会员")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="近期收藏的北京女会员")).to_be_visible()
    members = page.get_by_role("table", name="现在在里面")
    expect(members.get_by_role("link")).to_have_count(2)
    expect(members).to_contain_text("王芳")
    expect(members).to_contain_text("赵丽")
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 2 人").click()
    download.value.save_as(tmp_path / "members.csv")
    taken = (tmp_path / "members.csv").read_text("utf-8-sig").splitlines()
    assert len(taken) == 3
    assert sum("138****000" in line for line in taken) == 2
