"""Everything the world sends by mistake, by every door, in both languages: the field, what came, what was expected.

One line for each thing the promise names; the doors' own tests hold the finer cases. Whatever is refused
leaves nothing half-done.
"""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from yutang.customers.models import Customer, Identity
from yutang.events.models import Receipt, Spool
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.tests.builders import a_file, run_file
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_key, a_workspace, with_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

ID = "0b0d6cde-3f1c-4b7e-9a54-6a2f3c1d8e90"
PHONE = {"phone": "13800138000"}


def send(house: Workspace, body: bytes, language: str, **headers: str) -> Any:
    return with_key(a_key(house), language=language).post("/events", body=body, headers=headers)


def event(**more: object) -> bytes:
    return json.dumps({"type": "favorite", "customer": PHONE, **more}, ensure_ascii=False).encode()


def assert_nothing_is_in(house: Workspace) -> None:
    assert not Spool.objects.within(house).exists()
    assert not Receipt.objects.within(house).exists()
    assert not Identity.objects.within(house).exists()
    assert not Customer.objects.within(house).exists()


AT_FAULT = {
    "a wrong type of a field": (
        event(amount="12元"),
        ("amount", "12元", "应为以分为单位的整数", "expected an amount in whole fen"),
    ),
    "a wrong type of a property": (
        event(type="cart", properties={"quantity": "两个"}),
        ("properties.quantity", "两个", "应为数字", "expected a number"),
    ),
    "a wrong type of the customer": (
        event(customer={"phone": ["13800138000"]}),
        ("customer.phone", '["13800138000"]', "应为文字", "expected text"),
    ),
    "a clock far in the future": (
        event(occurred_at="2206-11-01T04:00:00Z"),
        (
            "occurred_at",
            "2206-11-01T04:00:00+00:00",
            "比现在晚 5 分钟以上，请检查发送方的时钟",
            "more than 5 minutes ahead; check the sender's clock",
        ),
    ),
    "a NUL in a value": (
        event(content="a\0b"),
        ("content", "a\\u0000b", "不能含有 NUL 字符", "must not contain a NUL character"),
    ),
    "a NUL in an identity": (
        event(customer={"unionid": "o\0x"}),
        (
            "customer.unionid",
            "o\\0x",
            "含有 NUL 等控制字符，请去掉",
            "contains a control character such as NUL; leave it out",
        ),
    ),
    "a telephone that is none": (
        event(customer={"phone": "12345"}),
        (
            "customer.phone",
            "12345",
            "应为手机号或带区号的电话，如 138 0013 8000、+1 415 555 2671",
            "expected a phone number, such as 138 0013 8000 or +1 415 555 2671",
        ),
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("what", AT_FAULT)
def test_an_event_at_fault_is_refused_with_its_field_what_came_and_what_was_expected(
    what: str, language: str
) -> None:
    house = a_workspace()
    body, (field, came, zh, en) = AT_FAULT[what]

    response = send(house, body, language)

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"field": field, "message": zh if language == "zh" else en, "came": came}
    ]
    assert_nothing_is_in(house)


@pytest.mark.parametrize(
    ("body", "zh", "en"),
    [
        (
            b'{"type": "view",\n "customer": }',
            "第 2 行第 14 个字符处读不下去",
            "it makes no sense in line 2 at character 14",
        ),
        (b'[{"type": "view"}', "第 1 行第 18 个字符处读不下去", "in line 1 at character 18"),
        (b'{"type": "vi\xffew"}', "第 13 个字节不是 UTF-8", "byte 13 is not UTF-8"),
        (b'[{"amount": NaN}]', "JSON 里没有 NaN 这个值", "JSON has no value NaN"),
        (b"[" * 100_000, "嵌套太深", "it is nested too deeply"),
    ],
)
def test_malformed_json_is_refused_with_the_place_in_both_languages(
    body: bytes, zh: str, en: str
) -> None:
    house = a_workspace()

    for language, said in (("zh", zh), ("en", en)):
        response = send(house, body, language)
        assert (response.status_code, response.json()["code"]) == (400, "tracking.body_not_events")
        assert said in response.json()["detail"]
    assert_nothing_is_in(house)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "请求体超过 20 MB。请分成几次发送。"),
        ("en", "The body is larger than 20 MB. Send it in several parts."),
    ],
)
def test_a_body_of_a_hundred_megabytes_is_refused_as_it_is_and_packed(
    language: str, said: str
) -> None:
    house = a_workspace()
    large = b'{"type": "' + b"x" * (100 << 20) + b'"}'

    plain = send(house, large, language)
    packed = send(house, gzip.compress(large, 1), language, **{"Content-Encoding": "gzip"})

    assert (plain.status_code, plain.json()["detail"]) == (413, said)
    assert (packed.status_code, packed.json()["code"]) == (413, "tracking.body_unpacks_too_large")
    assert "20 MB" in packed.json()["detail"]
    assert_nothing_is_in(house)


@pytest.mark.parametrize("text", ["🍵", "𠮷野家", "👩‍👩‍👧", "店\u0301", "𪚥𰻞"])
def test_emoji_and_rare_hanzi_come_back_as_they_were_sent(text: str) -> None:
    house = a_workspace()
    asker = with_key(a_key(house))

    made = asker.post("/customers", {"identities": PHONE, "attributes": {"name": text}}).json()
    sent = send(house, event(content=text, properties={"words": text}), "zh")

    assert sent.status_code == 202
    assert asker.get(f"/customers/{made['id']}").json()["attributes"]["name"] == text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "这个 id 已经用在另一个内容不同的事件上。重发请保持内容不变，新事件请换一个 id"),
        (
            "en",
            (
                "this id was used for an event with other content; repeat an event unchanged,"
                " or give a new one a new id"
            ),
        ),
    ],
)
def test_the_same_id_with_other_content_is_refused_and_the_first_stands(
    language: str, said: str
) -> None:
    house = a_workspace()
    send(house, event(id=ID, content="A1"), language)

    again = send(house, event(id=ID, content="A1"), language)
    other = send(house, event(id=ID, content="A2"), language)

    assert (again.status_code, again.json()["duplicates"]) == (202, 1)
    assert other.json()["errors"] == [{"field": "id", "message": said, "came": ID}]
    assert Receipt.objects.within(house).count() == 1


def test_a_telephone_in_ten_spellings_is_one_customer() -> None:
    house = a_workspace()
    spellings = [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "8613800138000",
        "0086 13800138000",
        "(+86)138 0013 8000",
        "１３８００１３８０００",
        "\u200e138\u00a00013\u00a08000",
    ]

    answers = [send(house, event(customer={"phone": each}), "zh") for each in spellings]

    assert [each.status_code for each in answers] == [202] * 10
    assert list(Identity.objects.within(house).values_list("value", flat=True)) == [
        "+8613800138000"
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_file_of_any_encoding_has_its_bad_rows_in_both_languages(
    tmp_path: Path, encoding: str
) -> None:
    house = a_workspace()
    text = "手机号,下单时间,备注\n12345,2026-02-01,🍵𠮷\n138 0013 8000,2126-02-01,铁观音\n"
    mapping = imports.ImportMapping.model_validate(
        {
            "kind": "events",
            "identities": [{"kind": "phone", "value": {"column": "手机号"}}],
            "type": {"constant": "order"},
            "occurred_at": {"column": "下单时间", "read_as": "time"},
        }
    )

    it = run_file(
        house,
        a_file(tmp_path, text.encode(encoding)),
        mapping,
        now=datetime(2026, 3, 1, tzinfo=UTC),
    )

    assert [
        (row.line, row.zh, row.en) for row in imports.bad_rows(house, it.pk).order_by("line")
    ] == [
        (
            2,
            "手机号“12345”：应为手机号或带区号的电话，如 138 0013 8000、+1 415 555 2671",
            "Phone “12345”: expected a phone number, such as 138 0013 8000 or +1 415 555 2671",
        ),
        (
            3,
            "“下单时间”里的时间 2126-02-01 还没到",
            "the time 2126-02-01 in “下单时间” has not come yet",
        ),
    ]
    assert_nothing_is_in(house)


def test_a_sheet_with_merged_headers_says_so_and_offers_the_right_row(tmp_path: Path) -> None:
    from openpyxl import Workbook

    house = a_workspace()
    book = Workbook()
    sheet = book.active
    sheet.append(["会员资料", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["手机", "姓名", "城市"])
    sheet.append([13800138000, "王芳", "北京"])
    book.save(tmp_path / "members.xlsx")
    content = (tmp_path / "members.xlsx").read_bytes()
    said = {}

    for language in ("zh", "en"):
        asker = with_key(a_key(house), language=language)
        upload = {"body": content, "content_type": "application/octet-stream"}
        made = asker._ask("POST", "/imports", query_params={"name": "members.xlsx"}, **upload)
        seen = asker.post(f"/imports/{made.json()['id']}/inspect", {}).json()
        said[language] = [(each["message"], each["header_row"]) for each in seen["doubts"]]

    assert said == {
        "zh": [("第 1 行不像表头（A1:C1 是合并单元格），表头应是第 2 行", 2)],
        "en": [("Row 1 does not look like a header (A1:C1 is merged); row 2 does", 2)],
    }
