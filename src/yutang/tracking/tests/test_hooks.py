"""Another system's signed deliveries become events; forged and stale ones are refused, repeats count once."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from yutang.kit.clock import now
from yutang.tracking import service as tracking
from yutang.tracking.models import Hook, HookDelivery
from yutang.tracking.tests.builders import shown_in
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

MAPPING = {
    "when": {"path": "event", "in": ["order.paid", "order.refunded"]},
    "each": "data.orders",
    "type": {"path": "$.event", "map": {"order.paid": "pay", "order.refunded": "refund"}},
    "id": "no",
    "occurred_at": {"path": "at", "unit": "s"},
    "customer": {"phone": "buyer.mobile"},
    "amount": {"path": "total", "unit": "yuan"},
    "content": "items[0].sku",
    "properties": {"coupon": "discounts[1].code"},
}
PAID = {
    "event": "order.paid",
    "data": {
        "orders": [
            {
                "no": "E1",
                "at": 1_780_000_000,
                "buyer": {"mobile": "13800138000"},
                "total": "128.50",
                "items": [{"sku": "A1"}],
                "discounts": [{}, {"code": "NEW"}],
            }
        ]
    },
}


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def hook(owner: Member) -> Hook:
    return tracking.add_hook(owner, "有赞", MAPPING, now=now())


def headers(
    hook: Hook, body: bytes, *, id_: str = "msg_1", at: datetime | None = None, secret: str = ""
) -> dict[str, str]:
    stamp = str(int((at or now()).timestamp()))
    key = base64.b64decode((secret or tracking.hook_secrets(hook, now=now())[0])[6:])
    signature = hmac.new(key, f"{id_}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": id_,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,c3RhbGU= v1,{base64.b64encode(signature).decode()}",
    }


def deliver(hook: Hook, said: object = PAID, **signing: Any) -> Any:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return nobody(language="en").post(
        f"/hooks/{hook.token}", body=body, headers=headers(hook, body, **signing)
    )


def states(hook: Hook) -> list[str]:
    return list(
        HookDelivery.objects.filter(hook=hook).order_by("pk").values_list("state", flat=True)
    )


def test_a_signed_delivery_becomes_events(hook: Hook) -> None:
    response = deliver(hook)

    assert (response.status_code, response.json()["accepted"]) == (202, 1)
    assert shown_in(hook.workspace, "type, amount, content, texts, toUnixTimestamp(ts)") == [
        ("pay", 12_850, "A1", {"coupon": "NEW"}, 1_780_000_000)
    ]
    assert states(hook) == ["accepted"]


def test_a_delivery_that_comes_twice_counts_once(hook: Hook) -> None:
    deliver(hook)

    again = deliver(hook, id_="msg_2")

    assert (again.status_code, again.json()["duplicates"]) == (202, 1)
    assert len(shown_in(hook.workspace)) == 1


def test_what_happened_to_one_order_twice_is_two_events(hook: Hook) -> None:
    deliver(hook)
    deliver(hook, PAID | {"event": "order.refunded"}, id_="msg_2")

    assert sorted(shown_in(hook.workspace)) == ["pay", "refund"]


def test_what_the_mapping_leaves_out_is_ignored(hook: Hook) -> None:
    response = deliver(hook, {"event": "stock.changed"})

    assert (response.status_code, response.json()["state"]) == (202, "ignored")


@pytest.mark.parametrize(
    ("signing", "code"),
    [
        ({"secret": "whsec_" + base64.b64encode(b"guess").decode()}, "tracking.signature_wrong"),
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, "tracking.timestamp_off"),
        ({"at": datetime(2036, 1, 1, tzinfo=UTC)}, "tracking.timestamp_off"),
    ],
)
def test_forged_and_stale_deliveries_are_refused(
    hook: Hook, signing: dict[str, Any], code: str
) -> None:
    response = deliver(hook, **signing)

    assert (response.status_code, response.json()["code"]) == (401, code)
    assert shown_in(hook.workspace) == []
    assert states(hook) == ["forged"]


def test_an_unsigned_delivery_is_refused(hook: Hook) -> None:
    response = nobody().post(f"/hooks/{hook.token}", PAID)

    assert (response.status_code, response.json()["code"]) == (401, "tracking.not_signed")


def test_a_body_that_was_changed_on_its_way_is_refused(hook: Hook) -> None:
    response = nobody().post(
        f"/hooks/{hook.token}",
        body=json.dumps(PAID).encode(),
        headers=headers(hook, b"something else"),
    )

    assert response.json()["code"] == "tracking.signature_wrong"


def test_while_a_secret_is_replaced_both_are_good_for_a_day(owner: Member, hook: Hook) -> None:
    [old] = tracking.hook_secrets(hook, now=now())

    hook = tracking.change_hook(owner, hook.pk, new_secret=True, now=now())

    new, still_good = tracking.hook_secrets(hook, now=now())
    assert (still_good, new != old) == (old, True)
    assert deliver(hook, secret=old).status_code == 202
    assert deliver(hook, secret=new).status_code == 202
    assert tracking.hook_secrets(hook, now=now() + timedelta(days=2)) == [new]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"total": "free"}, "total", "no amount can be read from this"),
        ({"at": "soon"}, "at", "no instant can be read from this"),
        (
            {"buyer": {"mobile": "12"}},
            "customer.phone",
            "expected a phone number, such as 138 0013 8000 or +1 415 555 2671",
        ),
    ],
)
def test_what_cannot_be_recorded_is_named_and_logged_without_what_came(
    hook: Hook, change: dict[str, Any], field: str, message: str
) -> None:
    order = PAID["data"]["orders"][0] | change

    response = deliver(hook, PAID | {"data": {"orders": [order]}})

    assert response.status_code == 422
    assert [(each["field"], each["message"]) for each in response.json()["errors"]] == [
        (field, message)
    ]
    logged = HookDelivery.objects.get(hook=hook)
    assert (logged.state, logged.errors) == (
        "refused",
        [{"field": f"[0].{field}", "message": message}],
    )


def test_a_body_that_is_no_json_is_refused(hook: Hook) -> None:
    assert deliver(hook, b"order=1").json()["code"] == "tracking.delivery_not_json"
    assert states(hook) == ["refused"]


def test_a_hook_that_was_switched_off_is_not_there(owner: Member, hook: Hook) -> None:
    tracking.change_hook(owner, hook.pk, is_active=False, now=now())

    assert deliver(hook).status_code == 404


@pytest.mark.parametrize(
    ("mapping", "fields"),
    [
        ({}, ["type", "customer"]),
        ({"type": "pay", "customer": {"phone": "a..b"}}, ["customer"]),
        ({"type": {"path": "a"}, "customer": {"phone": "a"}}, ["type"]),
        ({"type": "pay", "customer": {"phone": "a"}, "colour": "b"}, ["colour"]),
        (
            {"type": "pay", "customer": {"phone": "a"}, "amount": {"path": "a", "unit": "usd"}},
            ["amount"],
        ),
    ],
)
def test_a_mapping_that_cannot_work_says_where(
    owner: Member, mapping: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(tracking.MappingNotAsExpected) as refused:
        tracking.add_hook(owner, "x", mapping, now=now())

    assert [each.field for each in refused.value.errors] == fields


def test_a_mapping_can_be_tried_before_it_is_used(owner: Member) -> None:
    response = as_member(owner).post("/webhooks/preview", {"mapping": MAPPING, "body": PAID})

    assert response.status_code == 200
    [event] = response.json()["events"]
    assert (event["type"], event["amount"], event["customer"]) == (
        "pay",
        12_850,
        {"phone": "13800138000"},
    )
    assert shown_in(owner.workspace) == []


def test_a_hook_is_managed_over_the_wire(owner: Member) -> None:
    asker = as_member(owner)

    made = asker.post("/webhooks", {"name": "有赞", "mapping": MAPPING}).json()
    asker.patch(f"/webhooks/{made['id']}", {"name": "微盟"})
    deliver(Hook.objects.get(pk=made["id"]))

    assert [each["name"] for each in asker.get("/webhooks").json()["items"]] == ["微盟"]
    assert asker.get(f"/webhooks/{made['id']}/secrets").json()["secrets"][0].startswith("whsec_")
    [delivery] = asker.get(f"/webhooks/{made['id']}/deliveries").json()["items"]
    assert (delivery["state"], delivery["accepted"], delivery["message_id"]) == (
        "accepted",
        1,
        "msg_1",
    )


def test_the_rival_sees_no_hook(hook: Hook) -> None:
    rival = as_member(a_member(a_workspace("Coffee House")))

    assert rival.get("/webhooks").json()["items"] == []
    assert rival.get(f"/webhooks/{hook.pk}/secrets").status_code == 404
    assert rival.get(f"/webhooks/{hook.pk}/deliveries").status_code == 404
