"""Bad input: every refusal names the field, what came and what was expected, in the reader's language."""

from collections.abc import Callable

import pytest

from yutang.workspaces.models import Store
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member, nobody

pytestmark = pytest.mark.django_db


def asker(language: str = "zh") -> Asker:
    return as_member(a_member(a_workspace()), language=language)


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b"{", 1, 2),
        (b'{"name": }', 1, 10),
        (b'{\n"name" "x"}', 2, 8),
        (b"[NaN]", 1, 1),
        (b"\xff\xfe", 1, 1),
        (b"[" * 100_000, 1, 1),
        (b"[" + b"9" * 5000 + b"]", 1, 1),
    ],
)
def test_what_is_not_json_is_refused_with_the_place(body: bytes, line: int, column: int) -> None:
    response = asker("en").post("/stores", body=body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "config.body_not_json"
    assert response.json()["params"] == {"line": line, "column": column}


def test_it_is_said_in_the_readers_language() -> None:
    response = asker("zh").post("/stores", body=b"{")

    assert response.json()["detail"] == "请求体不是 JSON：第 1 行第 2 个字符处读不下去。"


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, [("name", "缺少这个字段。", None)]),
        ({"name": 7}, [("name", "应为文字。", "7")]),
        ({"name": ""}, [("name", "至少 1 个字。", "")]),
        ({"name": "茶" * 101}, [("name", "最多 100 个字。", "茶" * 79 + "…")]),
        (
            {"name": {"a": 1}, "department_id": "x"},
            [("name", "应为文字。", "{'a': 1}"), ("department_id", "应为整数。", "x")],
        ),
        ([], [("", "应为对象。", "[]")]),
        ("name", [("", "应为对象。", "name")]),
    ],
)
def test_each_field_is_named_with_what_came_and_what_was_expected(
    body: object, errors: list[tuple[str, str, str | None]]
) -> None:
    response = asker().post("/stores", body)

    assert response.status_code == 422
    assert response.json()["code"] == "config.not_as_expected"
    assert [tuple(each.values()) for each in response.json()["errors"]] == errors


def test_in_english_as_well() -> None:
    response = asker("en").post("/members", {"email": "nobody", "name": "x", "role": "queen"})

    assert [each["message"] for each in response.json()["errors"]] == [
        "Expected an e-mail address such as ahua@example.com.",
        "Expected one of 'owner', 'operator', 'analyst', 'guide', 'store_manager', 'developer'.",
    ]


def test_a_time_is_shown_as_it_should_be_written() -> None:
    response = asker("en").get("/audit", {"since": "yesterday", "until": "2026-03-01T12:00:00"})

    assert [(each["field"], each["message"]) for each in response.json()["errors"]] == [
        ("since", "Expected a time such as 2026-03-01T12:00:00+08:00."),
        ("until", "Expected a time with its UTC offset, such as 2026-03-01T12:00:00+08:00."),
    ]


def test_a_place_inside_a_list_is_counted() -> None:
    response = asker().post("/staff", {"name": "小林", "store_ids": [1, "x"]})

    assert response.json()["errors"][0]["field"] == "store_ids[1]"


def test_a_secret_is_never_said_back() -> None:
    response = nobody().post("/auth/sign-in", {"email": "a@b", "password": ["hunter2"]})

    assert response.json()["errors"] == [
        {"field": "password", "message": "应为文字。", "came": None}
    ]
    assert b"hunter2" not in response.content


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"name": "a\\u0000b"}', "name"),
        (b'{"name": "\\ud83d"}', "name"),
        (b'{"name": "x", "na\\u0000me": 1}', "na\\x00me"),
        (b'{"name": "x", "tags": [{"a": "\\udc00"}]}', "tags[0].a"),
        (b'"\\u0000"', ""),
    ],
)
def test_a_nul_or_half_a_character_is_refused_with_its_place(body: bytes, field: str) -> None:
    response = asker("en").post("/stores", body=body)

    assert response.status_code == 422
    assert response.json()["code"] == "config.text_not_storable"
    assert response.json()["errors"][0]["field"].replace("\0", "\\x00") == field
    assert Store.objects.count() == 0


def test_a_nul_in_a_query_or_an_address_is_refused() -> None:
    signed_in = asker()

    assert signed_in.get("/stores?q=a%00b").status_code == 422
    assert signed_in.get("/stores/1%00").status_code == 404


@pytest.mark.parametrize("name", ["🍵店", "𠮷野家", "𪚥", "a\u200d👩‍👩‍👧", "店\u0301"])
def test_emoji_and_rare_hanzi_are_kept_as_they_came(name: str) -> None:
    response = asker().post("/stores", {"name": name})

    assert (response.status_code, response.json()["name"]) == (201, name)


def test_a_large_body_is_refused_before_it_is_read() -> None:
    response = asker("en").post("/stores", body=b'"' + b"x" * (100 << 20) + b'"')

    assert response.status_code == 413
    assert response.json()["detail"] == ("The body is larger than 20 MB. Send it in several parts.")


def test_an_address_of_a_thousand_values_is_refused() -> None:
    response = asker("en").get("/customers?" + "&".join(["tag=1"] * 1001))

    assert (response.status_code, response.json()["code"]) == (400, "config.too_many_values")
    assert response.json()["detail"] == (
        "The address has more than 1000 values. Ask in several requests."
    )


def test_an_unknown_address_outside_the_version_is_a_problem_too() -> None:
    for path in ("/api/", "/api/v2/stores", "/api/v1/stores/x/y"):
        response = nobody().get(path)
        assert (response.status_code, response.json()["code"]) == (404, "config.not_there")


def test_a_number_no_table_holds_finds_nothing() -> None:
    assert asker().get(f"/stores/{10**30}").status_code in {404, 422}
    assert asker().get("/stores/-1").status_code == 404


def test_a_cursor_of_another_list_is_refused() -> None:
    response = asker("en").get("/stores", {"cursor": "made-up"})

    assert (response.status_code, response.json()["code"]) == (422, "kit.cursor_unknown")


def test_what_nobody_expected_is_a_problem_with_the_number_of_its_log(
    monkeypatch: pytest.MonkeyPatch, logged: Callable[[], str]
) -> None:
    from yutang.workspaces import service

    signed_in = asker("en")
    signed_in.client.raise_request_exception = False
    monkeypatch.setattr(service, "org_tree", lambda _: int("13800138000x"))

    response = signed_in.get("/org/tree")

    request_id = response["X-Request-Id"]
    assert response.status_code == 500
    assert response.json()["detail"] == (
        f"Something unexpected happened here; it was recorded as {request_id}."
    )
    lines = logged()
    assert lines.count('"event": "unexpected"') == 1
    assert request_id in lines
    assert "builtins.ValueError" in lines
    assert "13800138000" not in lines


def test_an_object_inside_is_an_object_too() -> None:
    response = asker("en").post(
        "/members", {"email": "a@b.c", "name": "x", "role": "guide", "scope": []}
    )

    assert response.json()["errors"] == [
        {"field": "scope", "message": "Expected an object.", "came": "[]"}
    ]
