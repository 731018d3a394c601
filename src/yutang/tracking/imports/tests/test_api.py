"""The wire: a file is uploaded, looked at, previewed, started; strangers see nothing of it."""

import pytest

from yutang.tracking.imports import service as imports
from yutang.tracking.imports.tests.builders import clock, counted, drained
from yutang.tracking.models import Import
from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]

ROWS = (
    "手机号,下单时间,实付金额,商品名称\n"
    "13800138000,2026-02-01 10:00:00,¥12.50,龙井\n"
    "13800138001,2026-02-31 10:00:00,¥9.00,=HYPERLINK(1)\n"
)


def upload(asker, content: str = ROWS, name: str = "订单.csv"):
    return asker._ask(
        "POST",
        "/imports",
        body=content.encode(),
        content_type="application/octet-stream",
        query_params={"name": name},
    )


def test_a_file_goes_in_over_the_wire_and_its_bad_rows_come_back() -> None:
    house = a_workspace()
    asker = as_member(a_member(house))

    uploaded = upload(asker).json()
    seen = asker.post(f"/imports/{uploaded['id']}/inspect", {}).json()
    previewed = asker.post(f"/imports/{uploaded['id']}/preview", seen["proposal"]).json()
    started = asker.post(f"/imports/{uploaded['id']}/start", {"mapping": seen["proposal"]})
    imports.run(uploaded["id"], clock=clock)
    drained()

    assert [each["role"] for each in seen["columns"]] == [
        "phone",
        "occurred_at",
        "amount",
        "item_name",
    ]
    assert previewed["rows"][0]["amount"] == 1250
    assert previewed["rows"][1]["problems"] == ["“下单时间”里是“2026-02-31 10:00:00”，应为时间"]
    assert (started.status_code, started.json()["state"]) == (202, "running")
    shown = asker.get(f"/imports/{uploaded['id']}").json()
    assert (shown["state"], shown["rows_in"], shown["rows_bad"], shown["share"]) == (
        "done",
        1,
        1,
        1.0,
    )
    assert counted(house) == 1
    listed = asker.get(f"/imports/{uploaded['id']}/bad-rows").json()["items"]
    assert listed == [
        {
            "line": 3,
            "reason": "“下单时间”里是“2026-02-31 10:00:00”，应为时间",
            "content": "13800138001,2026-02-31 10:00:00,¥9.00,=HYPERLINK(1)",
        }
    ]
    file = b"".join(asker.get(f"/imports/{uploaded['id']}/bad-rows.csv")).decode("utf-8-sig")
    assert file.splitlines()[0] == "行号,原因,内容"


def test_a_preview_leaves_nothing_behind() -> None:
    house = a_workspace()
    asker = as_member(a_member(house))
    uploaded = upload(asker).json()
    proposal = asker.post(f"/imports/{uploaded['id']}/inspect", {}).json()["proposal"]

    asker.post(f"/imports/{uploaded['id']}/preview", proposal)
    drained()

    assert counted(house) == 0
    assert asker.get(f"/imports/{uploaded['id']}").json()["rows_read"] == 0


def test_an_incomplete_mapping_is_refused_field_by_field() -> None:
    asker = as_member(a_member(a_workspace()))
    uploaded = upload(asker).json()
    mapping = {"kind": "events", "occurred_at": {"column": "时间"}}

    response = asker.post(f"/imports/{uploaded['id']}/preview", mapping)

    assert response.status_code == 422
    assert response.json()["code"] == "tracking.mapping_incomplete"
    assert [(each["field"], each["message"]) for each in response.json()["errors"]] == [
        ("occurred_at", "文件里没有“时间”这一列"),
        ("identities", "选一列能认出客户的，例如手机号、会员号"),
        ("type", "选一种事件，或选一列说明每行是什么事件"),
        ("occurred_at", "发生时间要按时间来读"),
    ]


def test_a_file_beyond_the_limit_is_refused_and_not_kept(settings) -> None:
    settings.YUTANG_MAX_UPLOAD_MB = 0
    asker = as_member(a_member(a_workspace()), language="en")

    response = upload(asker)

    assert response.status_code == 413
    assert response.json()["detail"] == (
        "“订单.csv” is larger than 0 MB. Split it, or import it on the server with `yutang import`."
    )
    assert Import.objects.filter(name="订单.csv", workspace__name="none").count() == 0


def test_an_empty_file_is_refused() -> None:
    response = upload(as_member(a_member(a_workspace())), "")

    assert (response.status_code, response.json()["code"]) == (422, "tracking.empty_file")


def test_a_guide_may_not_import() -> None:
    assert upload(as_member(a_member(a_workspace(), Role.GUIDE))).status_code == 403


def test_the_rival_cannot_tell_that_it_exists() -> None:
    uploaded = upload(as_member(a_member(a_workspace()))).json()["id"]
    rival = as_member(a_member(a_workspace("Coffee House")))

    answers = [
        rival.get(f"/imports/{uploaded}"),
        rival.get(f"/imports/{uploaded}/bad-rows"),
        rival.get(f"/imports/{uploaded}/bad-rows.csv"),
        rival.post(f"/imports/{uploaded}/inspect", {}),
        rival.post(f"/imports/{uploaded}/start", {}),
        rival.post(f"/imports/{uploaded}/stop"),
        rival.post(f"/imports/{uploaded}/resume"),
        rival.delete(f"/imports/{uploaded}"),
    ]

    assert {each.status_code for each in answers} == {404}
    assert rival.get("/imports").json()["items"] == []


def test_recipes_are_listed_in_both_languages() -> None:
    asker = as_member(a_member(a_workspace()), language="en")

    names = {each["name"]: each["label"] for each in asker.get("/imports/recipes").json()["items"]}

    assert names["taobao"] == "Taobao user behaviour"
    assert set(names) == {"taobao", "online-retail", "cdnow", "cdnow-sample"}
