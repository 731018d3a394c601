"""A person who asks is told everything; one who asks to be forgotten is gone from every store."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers._contributions import contributions
from yutang.customers.models import ErasureState, RelationKind
from yutang.customers.tests.builders import (
    NOON,
    a_customer,
    a_guide,
    a_member,
    a_workspace,
    resolve,
    who,
)
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.kit.pulse import beat_all_once
from yutang.workspaces.models import AuditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
CANARY = "王金丝雀"
PHONE = "13800138000"


def a_known_person(hua) -> int:
    number = who(hua.workspace, phone=PHONE, unionid="u-canary")
    customers.change(hua, number, {"name": CANARY, "city": "北京"}, now=NOON)
    (lin,) = a_guide(hua.workspace).scope.staff_ids
    customers.relate(hua, number, RelationKind.STAFF, lin, remark=CANARY, now=NOON)
    customers.add_dependant(hua, number, kind="child", name=CANARY, now=NOON)
    customers.record_consent(
        hua, number, purpose="marketing", channel="sms", state="granted", proof=CANARY, now=NOON
    )
    event = events.NewEvent(
        type="search",
        customer=number,
        origin=number,
        occurred_at=NOON - timedelta(hours=1),
        texts={"words": CANARY},
    )
    events.record(hua.workspace, [event], now=NOON)
    return number


def everywhere(workspace) -> dict[str, int]:
    """Count the rows of every table of both stores that belong to the workspace and hold the canary."""
    from django.apps import apps
    from django.db import connection

    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{CANARY}%"])
            (found[table],) = cursor.fetchone()
    for table in ("events", "timeline", "profiles", "fields", "dependants"):
        sql = f"SELECT * FROM {table} WHERE workspace = {{workspace:UInt32}}"
        rows = warehouse().rows(sql, {"workspace": workspace.pk})
        found[table] = sum(CANARY in str(row) for row in rows)
    return {table: count for table, count in found.items() if count}


def test_an_export_tells_everything_in_both_stores(transactional_db) -> None:
    hua = a_member(a_workspace())
    number = a_known_person(hua)
    contributions.pop("tests", None)
    customers.contributes(
        "tests", export=lambda workspace, numbers: {"seen": list(numbers)}, erase=lambda *_: None
    )
    beat_all_once("events.drain")

    told = customers.export(hua, number, now=NOON)
    contributions.pop("tests")

    assert told["profiles"][0]["name"] == CANARY
    assert {each["value"] for each in told["identities"]} == {"+8613800138000", "u-canary"}
    assert told["relations"][0]["remark"] == CANARY
    assert told["dependants"][0]["name"] == CANARY
    assert told["consent"][0]["proof"] == CANARY
    assert told["events"][0]["texts"] == {"words": CANARY}
    assert told["tests"] == {"seen": [number]}
    last = AuditRecord.objects.within(hua.workspace).latest("pk")
    assert (last.action, last.target) == ("customers.exported", f"customer:{number}")


def test_an_erased_person_is_gone_from_every_store_and_the_proof_says_so(transactional_db) -> None:
    hua = a_member(a_workspace())
    number = a_known_person(hua)
    other = a_customer(hua, name="别人")
    beat_all_once("events.drain", "customers.mirror")
    assert everywhere(hua.workspace).keys() >= {"events", "timeline", "profiles"}
    late = events.NewEvent(
        type="view", customer=number, origin=number, occurred_at=NOON, texts={"page": CANARY}
    )
    events.record(hua.workspace, [late], now=NOON)

    made = customers.erase(hua, number, reason="本人要求", now=NOON)
    with pytest.raises(customers.NotFound):
        customers.export(hua, number, now=NOON)
    beat_all_once("customers.erase")
    assert customers.erasure_of(hua.workspace, made.pk).state == ErasureState.RUNNING
    beat_all_once("events.drain", "customers.mirror", "customers.erase")

    proof = customers.erasure_of(hua.workspace, made.pk)
    assert proof.state == ErasureState.DONE
    assert proof.removed["postgresql"]["customers_identity"] == 2
    assert proof.removed["warehouse"]["events"] == 2
    assert everywhere(hua.workspace) == {}
    assert customers.present(hua.workspace, [number, other.pk]) == [other.pk]


def test_an_old_list_does_not_bring_her_back_but_she_herself_may_come(transactional_db) -> None:
    hua = a_member(a_workspace())
    number = a_known_person(hua)
    customers.erase(hua, number, reason="", now=NOON)

    rows = [
        customers.ProfileRow({"phone": PHONE, "device": "d1"}, {"name": CANARY}),
        customers.ProfileRow({"phone": "13900139000"}, {"name": "别人"}),
    ]
    outcome = customers.upsert_many(hua.workspace, rows, source="import:1", now=NOON)

    assert (outcome.customers[0], outcome.created, outcome.erased) == (0, 1, [0])
    assert resolve(hua.workspace, {"unionid": "u-canary"}) == [customers.ERASED]
    with pytest.raises(customers.WasErased):
        customers.create(hua, {"phone": PHONE}, {}, now=NOON)
    back = customers.create(hua, {"phone": PHONE}, {}, welcome_back=True, now=NOON)
    assert who(hua.workspace, phone=PHONE) == back.pk


def test_nobody_erases_or_exports_whom_she_may_not_see() -> None:
    hua = a_member(a_workspace())
    fang = a_customer(hua)

    for stranger in (a_guide(hua.workspace), a_member(a_workspace("Coffee House"))):
        with pytest.raises(customers.NotFound):
            customers.erase(stranger, fang.pk, reason="", now=NOON)
        with pytest.raises(customers.NotFound):
            customers.export(stranger, fang.pk, now=NOON)

    assert customers.present(hua.workspace, [fang.pk]) == [fang.pk]
