"""Events from outside are in, or refused one by one with the field named, what came and what was expected."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from yutang.customers import service as customers
from yutang.events.models import Spool
from yutang.kit.i18n import speaking
from yutang.tracking.tests.builders import NOON, accept, an_item, shown_in
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def refusal(item: object, language: str = "en") -> list[tuple[str, str, str | None]]:
    """Return (field, message, came) of what is wrong with one item."""
    house = a_workspace()
    with speaking(language):
        judged = accept(house, item)
    assert judged.accepted == 0
    assert not Spool.objects.within(house).exists()
    return [(each.field, each.message, each.came) for each in judged.refusals[0]]


def test_ten_spellings_of_a_telephone_are_one_customer() -> None:
    house = a_workspace()
    spellings = [
        "13800138000",
        "+86 138 0013 8000",
        "138-0013-8000",
        "008613800138000",
        "１３８００１３８０００",
    ]

    assert accept(house, *(an_item(phone=each) for each in spellings)).accepted == 5

    assert len(set(shown_in(house, "customer"))) == 1


def test_an_event_keeps_its_columns_and_its_properties_by_kind() -> None:
    house = a_workspace()
    item = an_item(
        "order",
        properties={
            "amount": 12_800,
            "content": "A1",
            "sku": "红茶🍵𠮷",
            "rush": True,
            "size": {"cm": 30},
            "colours": ["red", 2],
            "lines": [{"sku": "A1"}],
            "nothing": None,
        },
    )

    assert accept(house, item).refusals == {}

    assert shown_in(house, "amount, content, texts, numbers, lists") == [
        (
            12_800,
            "A1",
            {"sku": "红茶🍵𠮷", "rush": "true", "lines": '[{"sku":"A1"}]'},
            {"size.cm": 30.0},
            {"colours": ["red", "2"]},
        )
    ]


def test_the_sound_part_of_a_batch_is_in() -> None:
    house = a_workspace()

    judged = accept(
        house,
        an_item(),
        an_item(phone="12"),
        an_item(id="17"),
        an_item("view", phone="13800138001"),
    )

    assert (judged.accepted, sorted(judged.refusals)) == (2, [1, 2])
    assert sorted(shown_in(house)) == ["favorite", "view"]


def test_a_repeated_event_counts_once_and_a_changed_one_is_refused() -> None:
    house = a_workspace()
    known = str(uuid4())
    accept(house, an_item(id=known))

    again = accept(house, an_item(id=known.upper()), an_item(id=known, content="B2"))

    assert (again.accepted, list(again.duplicates), sorted(again.refusals)) == (0, [0], [1])
    assert again.refusals[1][0].field == "id"
    assert len(shown_in(house)) == 1


def test_a_retry_after_identities_were_joined_is_the_same_event() -> None:
    house = a_workspace()
    item = {"customer": {"device": "d1", "phone": "13800138000"}, "id": str(uuid4())}
    accept(house, an_item(customer={"device": "d1"}))
    accept(house, an_item(**item))

    assert list(accept(house, an_item(**item)).duplicates) == [0]


@pytest.mark.parametrize(
    ("item", "field", "message", "came"),
    [
        (an_item(id="17"), "id", "expected a UUID", "17"),
        (
            an_item(occurred_at=NOON + timedelta(minutes=6)),
            "occurred_at",
            "more than 5 minutes ahead; check the sender's clock",
            "2026-11-01T04:06:00+00:00",
        ),
        (
            an_item(occurred_at=datetime(1969, 12, 31, tzinfo=UTC)),
            "occurred_at",
            "expected an instant after 1970",
            "1969-12-31T00:00:00+00:00",
        ),
        (
            an_item(occurred_at=NOON.replace(tzinfo=None)),
            "occurred_at",
            "expected a UTC offset, such as 2026-05-01T10:00:00+08:00",
            "2026-11-01T04:00:00",
        ),
        (
            an_item(occurred_at=-(10**17)),
            "occurred_at",
            "expected an instant after 1970",
            "1653-02-10T06:13:20+00:00",
        ),
        (an_item(staff=-1), "staff", "expected a whole number from 0 to 4294967295", "-1"),
        (an_item(amount=12.5), "amount", "expected an amount in whole fen", "12.5"),
        (an_item(content="a\0b"), "content", "must not contain a NUL character", "a\\u0000b"),
        (
            an_item(properties={"sku": "a\0"}),
            "properties.sku",
            "must not contain a NUL character",
            "a\\u0000",
        ),
        (
            an_item("cart", properties={"quantity": "two"}),
            "properties.quantity",
            "expected a number",
            "two",
        ),
        (
            an_item("order", properties={"amount": "12"}),
            "amount",
            "expected an amount in whole fen",
            "12",
        ),
        (
            an_item(properties={"big": 2**60}),
            "properties.big",
            "a number beyond 2⁵³ would lose digits; send it as text",
            str(2**60),
        ),
        (
            an_item("audience.entered"),
            "type",
            "event types with a dot are recorded by the system itself and cannot be sent",
            "audience.entered",
        ),
        (
            an_item("2nd"),
            "type",
            "an event type begins with a letter and holds letters, digits, _ and - only, 64 at most",
            "2nd",
        ),
    ],
)
def test_a_refusal_names_the_field_what_came_and_what_was_expected(
    item: object, field: str, message: str, came: str
) -> None:
    assert refusal(item) == [(field, message, came)]


def test_a_refusal_speaks_the_readers_language() -> None:
    assert refusal(an_item("cart", properties={"quantity": "两个"}), "zh") == [
        ("properties.quantity", "应为数字", "两个")
    ]


def test_an_unknown_type_is_discovered_and_what_it_first_held_binds_what_follows() -> None:
    house = a_workspace()

    first = accept(house, an_item("试穿", properties={"尺码": 38}))
    second = accept(house, an_item("试穿", properties={"尺码": "M"}))

    assert first.accepted == 1
    assert [(each.field, each.came) for each in second.refusals[0]] == [("properties.尺码", "M")]


def test_within_one_batch_the_first_value_decides_the_kind() -> None:
    house = a_workspace()

    judged = accept(
        house, an_item(properties={"size": "M"}), an_item(properties={"size": 38}), an_item()
    )

    assert (judged.accepted, sorted(judged.refusals)) == (2, [1])


def test_the_rival_discovers_for_itself() -> None:
    house, rival = a_workspace(), a_workspace("Coffee House")
    accept(house, an_item(properties={"size": "M"}))

    assert accept(rival, an_item(properties={"size": 38})).accepted == 1
    assert shown_in(rival, "numbers") == [{"size": 38.0}]


def test_the_device_that_signs_in_brings_its_past_along() -> None:
    house = a_workspace()
    accept(house, an_item("view", customer={"device": "d1"}))
    accept(house, an_item("sign_in", customer={"device": "d1", "phone": "13800138000"}))

    shown = shown_in(house, "customer")

    assert len(set(shown)) == 1
    assert customers.origins(house, shown[0]) == [shown[0]]
