"""Live codes over HTTP: made, read aloud, counted, printed; channels and what a friend cost."""

from datetime import date, timedelta

import pytest

from yutang.acquisition import service as acquisition
from yutang.acquisition.tests.builders import NOON, a_code, a_corp, a_staff, came
from yutang.kit import clock
from yutang.wecom.models import Corp
from yutang.workspaces.models import Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

SHIFT = [{"days": [1, 2, 3, 4, 5], "begin": "09:00", "end": "18:00"}]


@pytest.fixture
def member(db: None, open_warehouse: object) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def corp(member: Member) -> Corp:
    return a_corp(member)


@pytest.fixture
def asker(member: Member, corp: Corp) -> Asker:
    return as_member(member)


def test_a_code_is_read_aloud_before_it_is_made_and_shown_after(corp: Corp, asker: Asker) -> None:
    lin, chen = a_staff(corp, "小林"), a_staff(corp, "陈波")
    rules = {
        "members": [{"staff": lin, "windows": SHIFT, "weight": 3, "cap": 50}],
        "remark": "{name}·抖音",
    }

    read = asker.post("/acquisition/codes/preview", rules | {"backups": []}).json()
    made = asker.post(
        "/acquisition/codes", {"name": "抖音", "rules": rules | {"backups": [chen]}}
    ).json()

    assert read["sentence"] == (
        "工作日 09:00–18:00 由小林接待，每天最多 50 位。加好友不用验证。来的人备注为“昵称·抖音”。"
    )
    assert read["uncovered_hours"] == 7 * 24 - 5 * 9
    assert (made["state"], made["people"], made["cover"]) == ("waiting", 2, None)
    assert "没人能接待时转给陈波" in made["sentence"]
    assert made["address"].endswith(f"/c/{made['key']}")
    listed = asker.get("/acquisition/codes").json()["items"]
    assert [(each["id"], each["today"]) for each in listed] == [(made["id"], 0)]


def test_a_refusal_says_what_is_missing(corp: Corp, asker: Asker) -> None:
    nobody = asker.post("/acquisition/codes", {"name": "抖音", "rules": {}})
    twice = {"members": [{"staff": a_staff(corp, "小林")}] * 2}
    doubled = asker.post("/acquisition/codes", {"name": "抖音", "rules": twice})

    assert (nobody.status_code, nobody.json()["code"]) == (422, "acquisition.nobody_behind_it")
    assert doubled.json()["detail"] == "规则要改一处：同一位员工只能出现一次。"


def test_figures_are_by_the_brands_clock_and_a_friend_has_a_price(
    member: Member, corp: Corp, asker: Asker
) -> None:
    channel = asker.post("/acquisition/channels", {"name": "抖音"}).json()["id"]
    code = a_code(member, a_staff(corp, "小林"), channel_id=channel)
    for n, at in enumerate((NOON, NOON + timedelta(minutes=1), NOON + timedelta(hours=13))):
        came(corp, code, "小林", f"wm{n}", at=at)
    at_channel = f"/acquisition/channels/{channel}/costs"
    for_code = {"spent_on": "2026-03-02", "amount_fen": 900, "code_id": code.pk}
    kept = asker.post(at_channel, for_code).json()["id"]
    asker.post(at_channel, {"spent_on": "2026-03-02", "amount_fen": 300})

    span = {"first": "2026-03-02", "last": "2026-03-03"}
    found = asker.get(f"/acquisition/codes/{code.pk}/statistics", span).json()
    priced = asker.get(f"/acquisition/codes/{code.pk}").json()
    whole = asker.get("/acquisition/channels").json()["items"][0]
    asker.delete(f"{at_channel}/{kept}")
    after = asker.get("/acquisition/channels").json()["items"][0]

    assert [each["friends"] for each in found["by_day"]] == [2, 1]
    assert {hour: n for hour, n in enumerate(found["by_hour"]) if n} == {12: 2, 1: 1}
    assert [(each["name"], each["friends"]) for each in found["by_staff"]] == [("小林", 3)]
    assert (priced["each_fen"], priced["total"]) == (300, 3)
    assert (whole["spent_fen"], whole["each_fen"]) == (1200, 400)
    assert (after["spent_fen"], after["each_fen"]) == (300, 100)
    assert len(asker.get(at_channel).json()["items"]) == 2


def test_what_is_printed_leads_to_the_platforms_code_and_says_when_it_is_over(
    member: Member, corp: Corp, asker: Asker
) -> None:
    code = a_code(member, a_staff(corp, "小林"))
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 100
    logo = f"/acquisition/codes/{code.pk}/logo"
    from django.core.files.uploadedfile import SimpleUploadedFile

    refused = asker.upload(logo, {"file": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert refused.json()["code"] == "acquisition.logo_not_usable"
    assert asker.upload(logo, {"file": SimpleUploadedFile("a.png", png)}).status_code == 200
    drawn = asker.get(f"/acquisition/codes/{code.pk}/picture")
    plain = asker.get(f"/acquisition/codes/{code.pk}/picture", {"kind": "png"})

    assert drawn.content.startswith(b"<svg")
    assert b"data:image/png;base64," in drawn.content
    assert plain.content.startswith(b"\x89PNG")
    soon = asker.client.get(f"/c/{code.key}")
    assert "二维码正在生成" in soon.content.decode()
    type(code).objects.filter(pk=code.pk).update(picture="https://wework.qpic.cn/a/0")
    shown = asker.client.get(f"/c/{code.key}")
    assert 'src="https://wework.qpic.cn/a/0"' in shown.content.decode()
    assert asker.delete(f"/acquisition/codes/{code.pk}").status_code == 204
    assert asker.client.get(f"/c/{code.key}").status_code == 410
    assert asker.client.get("/c/nothing").status_code == 404


def test_a_guide_does_not_see_codes_and_a_manager_does_not_change_them(member: Member) -> None:
    guide = as_member(a_member(member.workspace, Role.GUIDE))
    manager = as_member(a_member(member.workspace, Role.STORE_MANAGER))

    assert guide.get("/acquisition/codes").status_code == 403
    assert manager.get("/acquisition/codes").status_code == 200
    assert manager.post("/acquisition/channels", {"name": "抖音"}).status_code == 403


def test_somebody_set_offline_is_shown_as_such_and_full_accounts_over_all_codes(
    member: Member, corp: Corp, asker: Asker
) -> None:
    lin, chen = a_staff(corp, "LinYue"), a_staff(corp, "ChenBo")
    code = a_code(member, lin, chen)
    came(corp, a_code(member, chen), "ChenBo", "wm1", at=clock.now())
    asker.put(f"/acquisition/standings/{lin}", {"is_online": False})
    asker.put(f"/acquisition/standings/{chen}", {"is_online": True, "most": 1})

    staff = asker.get(f"/acquisition/codes/{code.pk}").json()["staff"]

    assert {each["staff_id"]: each["why"] for each in staff} == {
        lin: "offline",
        chen: "account_capped",
    }


def test_a_span_runs_forward(member: Member, corp: Corp) -> None:
    code = a_code(member, a_staff(corp, "LinYue"))

    with pytest.raises(acquisition.SpanTooLong):
        acquisition.statistics(code, date(2026, 3, 2), date(2026, 3, 1))
