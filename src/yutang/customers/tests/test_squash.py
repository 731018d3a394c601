"""Events follow a merge at once, while the warehouse is rewritten, after it, and back again."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from yutang.customers import service as customers
from yutang.customers.models import Merge, Override
from yutang.customers.tests.builders import NOON, a_workspace, resolve, who
from yutang.engines import warehouse
from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.kit.pulse import beat_all_once

pytestmark = pytest.mark.usefixtures("open_warehouse")


def sees(workspace, identities, kind: str = "view") -> None:
    """Record one event of whoever has these identities, as the way in does."""
    (person,) = resolve(workspace, identities)
    events.record(
        workspace,
        [
            NewEvent(
                type=kind,
                customer=person.customer_id,
                origin=person.origin_id,
                occurred_at=NOON - timedelta(hours=1),
            )
        ],
        now=NOON,
    )


def counted(workspace) -> dict[int, int]:
    """Count events by customer as every reader does: by the column, unless an override says other."""
    overrides = customers.pending_overrides(workspace)
    sql = (
        "SELECT transform(origin, {origins:Array(UInt32)}, {customers:Array(UInt32)}, customer) AS who,"
        " count() FROM events WHERE workspace = {workspace:UInt32} AND type = 'view' GROUP BY who"
    )
    bound = {
        "workspace": workspace.pk,
        "origins": list(overrides),
        "customers": list(overrides.values()),
    }
    return dict(warehouse().rows(sql, bound))


def rewritten(workspace) -> dict[int, int]:
    sql = "SELECT customer, count() FROM events WHERE workspace = {workspace:UInt32} AND type = 'view' GROUP BY customer"
    return dict(warehouse().rows(sql, {"workspace": workspace.pk}))


def undo(workspace) -> None:
    from yutang.customers._merging import divide

    with transaction.atomic():
        divide(workspace, Merge.objects.within(workspace).latest("pk"), now=NOON)


def test_events_follow_a_merge_and_its_undoing_at_every_instant(transactional_db) -> None:
    tea = a_workspace()
    old, young = who(tea, phone="13800138000"), who(tea, unionid="u1")
    sees(tea, {"phone": "13800138000"})
    sees(tea, {"unionid": "u1"})
    beat_all_once("events.drain")
    assert counted(tea) == {old: 1, young: 1}

    resolve(tea, {"phone": "13800138000", "unionid": "u1"})
    assert counted(tea) == {old: 2}
    assert rewritten(tea) == {old: 1, young: 1}

    beat_all_once("events.drain", "customers.squash")
    assert customers.pending_overrides(tea) == {}
    assert counted(tea) == rewritten(tea) == {old: 2}

    sees(tea, {"unionid": "u1"})
    beat_all_once("events.drain")
    assert counted(tea) == {old: 3}

    undo(tea)
    assert counted(tea) == {old: 1, young: 2}
    beat_all_once("events.drain", "customers.squash")
    assert counted(tea) == rewritten(tea) == {old: 1, young: 2}


def test_an_event_recorded_by_who_did_not_know_of_the_merge_is_found(transactional_db) -> None:
    tea = a_workspace()
    old, young = who(tea, phone="13800138000"), who(tea, unionid="u1")
    stale = NewEvent(type="view", customer=young, origin=young, occurred_at=NOON)
    resolve(tea, {"phone": "13800138000", "unionid": "u1"})

    other = connection.copy()
    try:
        with other.cursor() as cursor:  # a request that resolved before the merge, still open
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1")
            customers.squash()
            assert customers.pending_overrides(tea) == {young: old}
            events.record(tea, [stale], now=NOON)
            cursor.execute("COMMIT")
        customers.squash()
        assert customers.pending_overrides(tea) == {young: old}  # spooled, not yet there
        beat_all_once("events.drain")
        assert counted(tea) == {old: 1}
        beat_all_once("events.drain", "customers.squash")
    finally:
        other.close()

    assert customers.pending_overrides(tea) == {}
    assert rewritten(tea) == {old: 1}


def test_what_changes_while_events_are_rewritten_is_rewritten_again(
    transactional_db, monkeypatch
) -> None:
    tea = a_workspace()
    old, young = who(tea, phone="13800138000"), who(tea, unionid="u1")
    sees(tea, {"unionid": "u1"})
    beat_all_once("events.drain")
    resolve(tea, {"phone": "13800138000", "unionid": "u1"})
    command = type(warehouse()).command

    def and_meanwhile_undone(self, *args, **kwargs) -> None:
        command(self, *args, **kwargs)
        if Merge.objects.within(tea).filter(undone_at=None).exists() and not done:
            done.append(True)
            undo(tea)

    done: list[bool] = []
    monkeypatch.setattr(type(warehouse()), "command", and_meanwhile_undone)
    beat_all_once("events.drain", "customers.squash")

    assert done == [True]
    assert customers.pending_overrides(tea) == {young: young}
    beat_all_once("events.drain", "customers.squash")
    assert Override.objects.within(tea).count() == 0
    assert counted(tea) == rewritten(tea) == {young: 1}
    assert old
