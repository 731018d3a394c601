"""The wire: exact answers, refusals in both languages, who may, and what a rival finds."""

from datetime import UTC, datetime, timedelta

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.tests.builders import favourites, happened, known
from yutang.customers.tests.builders import who
from yutang.kit.clock import now
from yutang.tags.tests.builders import a_tag
from yutang.workspaces.models import Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def member() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def hua(member: Member) -> Asker:
    return as_member(member)


def some_people(member: Member) -> list[int]:
    """Three customers; the first two favourited something yesterday."""
    people = [who(member.workspace, phone=f"1380013800{each}") for each in range(3)]
    known(member.workspace, *people)
    for each in people[:2]:
        happened(member.workspace, each, at=now() - timedelta(days=1))
    return people


def made(hua: Asker, name: str = "近期收藏", **more: object) -> int:
    response = hua.post("/audiences", {"name": name, "condition": favourites(), **more})
    assert response.status_code == 201, response.content
    return response.json()["id"]


def test_an_audience_is_previewed_made_refreshed_and_read(hua: Asker, member: Member) -> None:
    people = some_people(member)

    preview = hua.post("/audiences/preview", {"condition": favourites(), "key": "builder-1"})
    assert preview.status_code == 200, preview.content
    assert preview.json()["count"] == 2
    assert sorted(preview.json()["sample"]) == people[:2]

    audience = made(hua, note="近一个月")
    assert hua.post(f"/audiences/{audience}/refresh").status_code == 202
    audiences.refresh_due(now=now())

    read = hua.get(f"/audiences/{audience}").json()
    assert (read["count"], read["kind"], read["schedule"]) == (2, "live", "on_time")
    assert (read["is_refreshing"], read["trouble"]) == (False, "")
    members = hua.get(f"/audiences/{audience}/members?limit=1").json()
    further = hua.get(f"/audiences/{audience}/members?cursor={members['next']}").json()
    assert [each["customer_id"] for each in members["items"] + further["items"]] == people[1::-1]
    assert further["next"] is None
    at = datetime.now(UTC).isoformat().replace("+", "%2B")
    assert hua.get(f"/audiences/{audience}/count?at={at}").json()["count"] == 2
    assert hua.get(f"/audiences/{audience}/count").json()["count"] == 2
    then = hua.get(f"/audiences/{audience}/members?at={at}").json()["items"]
    assert [(each["customer_id"], each["left_at"]) for each in then] == [
        (each, None) for each in people[:2]
    ]
    (stay,) = hua.get(f"/audiences/{audience}/members/{people[0]}").json()
    assert stay["left_at"] is None
    assert [each["name"] for each in hua.get(f"/audiences/of/{people[0]}").json()] == ["近期收藏"]
    today = now().date().isoformat()
    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    days = hua.get(f"/audiences/{audience}/growth?first={today}&last={tomorrow}").json()
    assert days[-1]["count"] == 2


@pytest.mark.parametrize("path", ["members", "count"])
def test_an_instant_to_come_or_without_an_offset_is_refused(hua: Asker, path: str) -> None:
    audience = made(hua)

    def asked(at: datetime) -> tuple[int, str]:
        refused = hua.get(f"/audiences/{audience}/{path}", {"at": at.isoformat()})
        return refused.status_code, refused.json()["code"]

    assert asked(now() + timedelta(days=1)) == (422, "audiences.instant_ahead")
    assert asked(now() - timedelta(days=1)) == (409, "audiences.not_kept_yet")
    assert asked(now().replace(tzinfo=None)) == (422, "config.not_as_expected")


def test_the_list_is_paged_searched_and_asked_in_few_statements(
    hua: Asker, django_assert_max_num_queries
) -> None:
    for name in ("甲", "乙", "丙"):
        made(hua, name)

    with django_assert_max_num_queries(8):
        first = hua.get("/audiences?limit=2").json()
    second = hua.get(f"/audiences?limit=2&cursor={first['next']}").json()

    assert [each["name"] for each in first["items"] + second["items"]] == ["丙", "乙", "甲"]
    assert [each["name"] for each in hua.get("/audiences?search=乙").json()["items"]] == ["乙"]


def test_an_unreadable_condition_is_refused_by_its_place(hua: Asker) -> None:
    wrong = {"kind": "all", "of": [favourites(), {"kind": "attribute", "attribute": "moon"}]}

    response = hua.post("/audiences/preview", {"condition": wrong})

    assert response.status_code == 422
    assert response.json()["code"] == "audiences.condition_unreadable"
    assert response.json()["errors"][0]["field"].startswith("of[1]") or response.json()["errors"]


def test_a_static_list_takes_and_gives_back_customers(hua: Asker, member: Member) -> None:
    people = some_people(member)
    guests = hua.post("/audiences", {"name": "名单"}).json()["id"]

    put = hua.post(f"/audiences/{guests}/members", {"customers": people})
    taken = hua.post(f"/audiences/{guests}/members/remove", {"customers": people[:1]})
    filled = hua.post(f"/audiences/{guests}/members/snapshot", {"condition": favourites()})

    assert put.json() == {"changed": 3, "unchanged": 0, "unknown": 0, "count": 3}
    assert taken.json()["count"] == 2
    assert filled.json()["count"] == 2
    live = made(hua)
    refused = hua.post(f"/audiences/{live}/members", {"customers": people})
    assert (refused.status_code, refused.json()["code"]) == (409, "audiences.not_static")


def test_a_rule_is_previewed_made_changed_and_deleted(hua: Asker, member: Member) -> None:
    some_people(member)
    tag = a_tag(member, name="爱收藏").pk
    body = {"tag_id": tag, "condition": favourites()}

    preview = hua.post("/audiences/rules/preview", body).json()
    rule = hua.post("/audiences/rules", {"name": "收藏的人", **body})

    assert preview == {"matching": 2, "gaining": 2, "losing": 0}
    assert rule.status_code == 201, rule.content
    assert (rule.json()["tag_name"], rule.json()["is_in_step"]) == ("爱收藏", True)
    path = f"/audiences/rules/{rule.json()['id']}"
    assert hua.patch(path, {"is_enabled": False}).json()["is_enabled"] is False
    assert hua.get(f"/audiences/rules?tag_id={tag}").json()["items"][0]["name"] == "收藏的人"
    assert hua.delete(path).status_code == 204
    assert hua.get(path).json()["code"] == "audiences.rule_not_found"


@pytest.mark.parametrize(
    ("role", "path", "body", "status"),
    [
        (Role.GUIDE, "/audiences/preview", {"condition": {"kind": "all", "of": []}}, 403),
        (Role.ANALYST, "/audiences/preview", {"condition": {"kind": "all", "of": []}}, 200),
        (Role.STORE_MANAGER, "/audiences", {"name": "名单"}, 403),
        (Role.ANALYST, "/audiences", {"name": "名单"}, 201),
        (Role.ANALYST, "/audiences/rules", {"name": "x", "tag_id": 1, "condition": {}}, 403),
        (Role.STORE_MANAGER, "/audiences/rules", {"name": "x", "tag_id": 1, "condition": {}}, 403),
    ],
)
def test_who_may(member: Member, role: Role, path: str, body: dict, status: int) -> None:
    somebody = as_member(a_member(member.workspace, role))

    assert somebody.post(path, body).status_code == status


def test_a_rival_finds_nothing_under_any_address(hua: Asker, member: Member) -> None:
    people = some_people(member)
    audience = made(hua)
    tag = a_tag(member).pk
    rule = hua.post(
        "/audiences/rules", {"name": "规则", "tag_id": tag, "condition": favourites()}
    ).json()["id"]
    rival = as_member(a_member(a_workspace("Coffee House")))
    at = now().isoformat().replace("+", "%2B")

    for path in (
        f"/audiences/{audience}",
        f"/audiences/{audience}/users",
        f"/audiences/{audience}/members",
        f"/audiences/{audience}/members?at={at}",
        f"/audiences/{audience}/members/{people[0]}",
        f"/audiences/{audience}/count?at={at}",
        f"/audiences/{audience}/growth?first=2026-01-01&last=2026-01-02",
        f"/audiences/of/{people[0]}",
        f"/audiences/rules/{rule}",
    ):
        assert rival.get(path).status_code == 404, path
    for path in ("refresh", "archive", "restore", "members/snapshot"):
        body = {"condition": favourites()}
        assert rival.post(f"/audiences/{audience}/{path}", body).status_code == 404, path
    assert rival.get("/audiences").json()["items"] == []
    assert rival.get("/audiences/rules").json()["items"] == []
    assert rival.post("/audiences/preview", {"condition": favourites()}).json()["count"] == 0


def test_refusals_speak_the_readers_language(member: Member) -> None:
    english = as_member(member, language="en")

    refused = english.get("/audiences/4000000").json()

    assert refused["detail"] == "There is no such audience; it may have been deleted."


CANONICAL = "近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年"


def test_a_sentence_is_read_said_and_counted(hua: Asker, member: Member) -> None:
    some_people(member)

    read = hua.post("/audiences/read", {"sentence": CANONICAL}).json()
    said = hua.post("/audiences/say", {"condition": read["condition"]}).json()
    count = hua.post("/audiences/preview", {"sentence": "近30天收藏≥1次"}).json()

    assert len(read["condition"]["of"]) == 5
    assert said["zh"] == read["zh"]
    assert said["sentence"] == said["zh"] != said["en"]
    assert count["count"] == 2
    unread = hua.post("/audiences/preview", {"sentence": "近30天收藏≥1次 且 月亮很圆"})
    assert (unread.status_code, unread.json()["code"]) == (422, "audiences.sentence_unreadable")
    neither = hua.post("/audiences/preview", {})
    assert neither.status_code == 422


def test_an_audience_says_its_condition_in_the_readers_language(member: Member) -> None:
    audience = made(as_member(member))

    zh = as_member(member).get(f"/audiences/{audience}").json()["sentence"]
    en = as_member(member, language="en").get(f"/audiences/{audience}").json()["sentence"]

    assert "收藏" in zh
    assert "favour" in en.lower()
