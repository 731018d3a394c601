"""POST /api/v1/events: one event or many, in JSON or NDJSON, packed or not; 202 means durable."""

import gzip
import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from yutang.events.models import Spool
from yutang.tracking import _ingest
from yutang.tracking.tests.builders import shown_in
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_key, a_workspace, nobody, with_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def event(**more: Any) -> dict[str, Any]:
    return {"type": "favorite", "customer": {"phone": "13800138000"}} | more


def send(
    house: Workspace,
    body: object,
    *,
    kind: str = "application/json",
    encoding: str = "",
    language: str = "zh",
) -> HttpResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return with_key(a_key(house, ["events.write"]), language=language).post(
        "/events",
        body=raw,
        content_type=kind,
        headers={"Content-Encoding": encoding} if encoding else {},
    )


def answer(accepted: int, duplicates: int = 0, refused: Any = ()) -> dict[str, Any]:
    return {"accepted": accepted, "duplicates": duplicates, "refused": list(refused), "unproven": 0}


@pytest.mark.parametrize(
    ("body", "kind", "count"),
    [
        (event(), "application/json", 1),
        ([event(), event(type="view")], "application/json", 2),
        ({"events": [event(), event(), event()]}, "application/json", 3),
        (b'{"events": []}', "application/json", 0),
        (b"[]", "application/json", 0),
        (
            b"\n".join(json.dumps(event()).encode() for _ in range(4)) + b"\n\n",
            "application/x-ndjson; charset=utf-8",
            4,
        ),
    ],
)
def test_every_shape_of_body_is_read(body: object, kind: str, count: int) -> None:
    house = a_workspace()

    response = send(house, body, kind=kind)

    assert (response.status_code, response.json()) == (202, answer(count))
    assert len(shown_in(house)) == count


def test_a_packed_body_is_unpacked() -> None:
    house = a_workspace()

    response = send(house, gzip.compress(json.dumps([event()] * 3).encode()), encoding="gzip")

    assert response.json() == answer(3)


@pytest.mark.parametrize(
    ("body", "encoding", "status", "code"),
    [
        (b"", "", 400, "tracking.body_not_events"),
        (b"{", "", 400, "tracking.body_not_events"),
        (b'[{"type": "view"', "", 400, "tracking.body_not_events"),
        (b"17", "", 400, "tracking.body_not_events"),
        (b'"\xff"', "", 400, "tracking.body_not_events"),
        (b'{"type": "\xff\xfe"}', "", 400, "tracking.body_not_events"),
        (b"[" * 100_000, "", 400, "tracking.body_not_events"),
        (b'{"a":' * 100_000, "", 400, "tracking.body_not_events"),
        (b"no", "gzip", 400, "tracking.body_not_gzip"),
        (gzip.compress(b"[]", mtime=0)[:-4], "gzip", 400, "tracking.body_not_gzip"),
        (gzip.compress(b" " * 30_000_000, mtime=0), "gzip", 413, "tracking.body_unpacks_too_large"),
        (b"[]", "br", 415, "tracking.encoding_unknown"),
        (b"[" + b"{}," * 10_000 + b"{}]", "", 413, "tracking.too_many_events"),
        (b"[" + b" " * 21_000_000 + b"]", "", 413, "config.body_too_large"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_whole(
    body: bytes, encoding: str, status: int, code: str
) -> None:
    house = a_workspace()

    response = send(house, body, encoding=encoding)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not Spool.objects.within(house).exists()


def test_only_the_events_at_fault_are_refused_each_with_its_field() -> None:
    house = a_workspace()

    response = send(
        house,
        [
            event(),
            event(type=7),
            event(customer={"phone": ["1"]}),
            event(occurred_at="yesterday"),
            event(colour="red"),
            {"type": "view"},
            event(properties={"note": "a\u0000b"}),
            17,
            event(type="view", occurred_at=1_700_000_000_000),
        ],
    )

    assert response.status_code == 202
    refused = {each["index"]: each["errors"][0] for each in response.json()["refused"]}
    assert {n: (each["field"], each["came"]) for n, each in refused.items()} == {
        1: ("type", "7"),
        2: ("customer.phone", '["1"]'),
        3: ("occurred_at", "yesterday"),
        4: ("colour", None),
        5: ("customer", None),
        6: ("properties.note", "a\\u0000b"),
        7: ("", "17"),
    }
    assert refused[1]["message"] == "应为文字，如 favorite"
    assert refused[5]["message"] == "缺少这个字段"
    assert shown_in(house) == ["view", "favorite"]


def test_a_line_that_is_no_json_does_not_hold_up_the_others() -> None:
    house = a_workspace()
    body = json.dumps(event()).encode() + b"\nnonsense\n" + json.dumps(event()).encode()

    response = send(house, body, kind="application/x-ndjson", language="en")

    assert response.json() == answer(
        2,
        0,
        [
            {
                "index": 1,
                "errors": [{"field": "", "message": "this line is not JSON", "came": "nonsense"}],
            }
        ],
    )


def test_a_single_event_at_fault_is_a_problem_with_its_field() -> None:
    response = send(a_workspace(), event(id="17"))

    assert response.status_code == 422
    assert response.json()["code"] == "tracking.events_not_as_expected"
    assert response.json()["errors"] == [{"field": "id", "message": "应为 UUID", "came": "17"}]


def test_where_all_are_at_fault_each_is_named_by_its_place() -> None:
    response = send(a_workspace(), [event(id="17"), event(amount="free")])

    assert response.status_code == 422
    assert [each["field"] for each in response.json()["errors"]] == ["[0].id", "[1].amount"]


def test_sending_again_is_harmless_and_other_content_is_refused() -> None:
    house = a_workspace()
    known = event(id=str(uuid4()))
    send(house, [known])

    response = send(house, [known, event(), known | {"content": "B2"}])

    assert (response.json()["accepted"], response.json()["duplicates"]) == (1, 1)
    assert [each["index"] for each in response.json()["refused"]] == [2]


def test_emoji_and_rare_characters_pass() -> None:
    house = a_workspace()

    send(house, event(content="𠮷野家🍜", properties={"备注": "👩‍👧 㐂"}))

    assert shown_in(house, "content, texts['备注']") == [("𠮷野家🍜", "👩‍👧 㐂")]


def test_a_key_needs_the_permission_and_nobody_gets_in_without_one() -> None:
    house = a_workspace()

    refused = with_key(a_key(house, ["events.read"])).post("/events", event())

    assert refused.status_code == 403
    assert nobody().post("/events", event()).status_code == 401


def test_events_stay_in_the_workspace_of_their_key() -> None:
    house, rival = a_workspace(), a_workspace("Coffee House")

    send(house, event())

    assert shown_in(rival) == []


def test_a_full_spool_asks_to_wait(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_workspace()
    send(house, [event(), event()])
    settings.YUTANG_MOST_SPOOLED = 1
    monkeypatch.setattr(_ingest, "_depth", (0.0, 0))

    response = send(house, event())

    assert (response.status_code, response["Retry-After"]) == (429, "5")
    monkeypatch.setattr(_ingest, "_depth", (0.0, 0))
