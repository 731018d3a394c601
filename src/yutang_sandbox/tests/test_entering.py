"""People who are known elsewhere already, entered into a corp and living on from what they did."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yutang_sandbox.testing import Corp, Refusal, Running, running

NAMES = ["沈一", "沈二", "沈三", "沈四"]
BRAND = {
    "departments": [{"id": 7, "name": "华东", "parent": 1}],
    "staff": [{"userid": "G001", "name": "沈清和", "departments": [7]}],
    "groups": [{"name": "春茶群", "owner": "G001"}],
    "tags": {"意向": ["高", "低"]},
}


def told(**changed: Any) -> dict[str, Any]:
    people = {
        "name": NAMES,
        "gender": [2, 1, 2, 2],
        "staff": ["G001", "G001", "G001", ""],
        "since": [1_767_225_600] * 4,
        "way": [1, 4, 1, 1],
        "left": [False, False, True, False],
        "tag": ["高", "", "低", ""],
        "group": ["春茶群"] * 4,
        "joined": [1_767_300_000] * 4,
    }
    return people | changed


@pytest.fixture
def empty(make_corp: Callable[..., Corp], sandbox: Running) -> Corp:
    corp = make_corp(staff=0, customers=0, tags=False)
    sandbox.act(corp, "corp.opens", **BRAND)
    sandbox.post(f"/corps/{corp.id}/limits", group_people=3)
    return corp


def test_they_enter_once_under_ids_that_were_known_before(sandbox: Running, empty: Corp) -> None:
    marks = sandbox.get(f"/corps/{empty.id}/marks", first=0, count=4)
    for _ in range(2):  # whoever was cut off tells it again
        sandbox.act(empty, "corp.opens", **BRAND)
        sandbox.act(empty, "corp.enters", first=0, people=told())

    shown = sandbox.get(f"/corps/{empty.id}")
    assert [shown[name] for name in ("staff", "customers", "relations", "tags", "groups")] == [
        1,
        4,
        3,
        2,
        2,
    ]
    asked = {"userid_list": ["G001"], "limit": 100}
    rows = sandbox.call(empty, "externalcontact/batch/get_by_user", asked)["external_contact_list"]
    found = {row["external_contact"]["external_userid"]: row for row in rows}
    assert [*found] == marks["external_userid"][:3]
    first = found[marks["external_userid"][0]]
    assert first["external_contact"]["name"] == NAMES[0]
    assert first["external_contact"]["unionid"] == marks["unionid"][0]
    assert first["follow_info"]["createtime"] == 1_767_225_600
    assert len(first["follow_info"]["tag_id"]) == 1
    assert sandbox.events(empty) == []


def test_a_full_group_is_followed_by_the_next_of_its_name(sandbox: Running, empty: Corp) -> None:
    sandbox.act(empty, "corp.enters", first=0, people=told())

    listed = sandbox.call(empty, "externalcontact/groupchat/list", {"limit": 10})
    groups = [
        sandbox.call(empty, "externalcontact/groupchat/get", {"chat_id": one["chat_id"]})
        for one in listed["group_chat_list"]
    ]
    inside = {one["group_chat"]["name"]: len(one["group_chat"]["member_list"]) for one in groups}
    assert inside == {"春茶群": 3, "春茶群 · 2": 3}


def test_nobody_enters_over_somebody_else(sandbox: Running, empty: Corp) -> None:
    with pytest.raises(Refusal, match="nobody can be number 2"):
        sandbox.act(empty, "corp.enters", first=2, people=told())
    with pytest.raises(Refusal, match="not of one length"):
        sandbox.act(empty, "corp.enters", first=0, people=told(name=["沈一"]))


def test_they_live_at_a_speed_of_their_own_and_go_on_where_they_were(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox:
        corp = sandbox.make_corp(staff=2, customers=400, relations=0.9)
        sandbox.post(f"/corps/{corp.id}/population", outflow=0.2, inflow=0.2, familiar=1.0)
        day = {"cycle_days": [1.0] * 400, "ago_days": [0.99] * 400, "taste": [2] * 400}
        sandbox.post(f"/corps/{corp.id}/population/recalls", first=0, **day)
        before = sandbox.get("/clock")["now"]
        sandbox.post(
            f"/corps/{corp.id}/population", speed=30.0, goods=[[], [], ["乌龙", "大红袍"], []]
        )
        orders = _until_bought(sandbox, corp, 60)
        sandbox.post("/keep")
        after = sandbox.get("/clock")["now"]

    assert {(one["category"], one["content"]) for one in orders} == {("乌龙", "大红袍")}
    assert all(before <= one["at"] <= after for one in orders)
    with running(tmp_path) as sandbox:
        figures = sandbox.get(f"/corps/{corp.id}/population")
        assert figures["people"] == 400  # who came had been there before
        assert figures["friends"] < 400
        assert _until_bought(sandbox, corp, len(orders) + 1)[: len(orders)] == orders


def _until_bought(sandbox: Running, corp: Corp, count: int) -> list[dict[str, Any]]:
    """Let them live until so much is bought."""
    while True:
        orders: list[dict[str, Any]] = sandbox.get(f"/corps/{corp.id}/population/orders")["orders"]
        if len(orders) >= count:
            return orders
