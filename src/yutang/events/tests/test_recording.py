"""An accepted event is in the spool when its transaction commits, and its id never counts twice."""

from datetime import UTC, timedelta

import pytest
from django.db import transaction

from yutang.events import service as events
from yutang.events.models import CataloguedType, Receipt, Spool
from yutang.events.tests.builders import NOON, an_event, in_warehouse, record
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def test_a_recorded_event_reaches_the_warehouse_and_both_of_its_orders() -> None:
    house = a_workspace()
    event = an_event(properties={"sku": "A1", "price": 12.5, "gift": True, "tags": ["red"]})

    assert record(house, event).accepted == 1
    events.drain()

    assert in_warehouse(house) == in_warehouse(house, "timeline") == [(event.id, "favorite")]
    assert events.spooled() == 0


def test_the_same_event_sent_again_counts_once() -> None:
    house = a_workspace()
    event = an_event()

    again = [record(house, an_event(id=event.id)) for _ in range(3)]
    events.drain()

    assert [(each.accepted, list(each.duplicates)) for each in again] == [
        (1, []),
        (0, [0]),
        (0, [0]),
    ]
    assert len(in_warehouse(house)) == 1


def test_an_id_used_for_other_content_is_refused_and_changes_nothing() -> None:
    house = a_workspace()
    first = an_event(amount=100)
    record(house, first)

    other = record(house, an_event(), an_event(id=first.id, amount=200))
    events.drain()

    assert (other.accepted, list(other.conflicts)) == (1, [1])
    assert len(in_warehouse(house)) == 2


def test_within_one_batch_the_first_of_an_id_counts() -> None:
    house = a_workspace()
    first = an_event()

    recorded = record(house, first, an_event(id=first.id), an_event("view", id=first.id))

    assert recorded == events.Recorded(1, [1], [2])


def test_the_same_id_in_another_workspace_is_another_event() -> None:
    house, rival = a_workspace(), a_workspace("Coffee House")
    event = an_event()

    assert record(house, event).accepted == 1
    assert record(rival, an_event(id=event.id)).accepted == 1
    events.drain()

    assert len(in_warehouse(house)) == len(in_warehouse(rival)) == 1


def test_events_fall_with_the_transaction_that_caused_them() -> None:
    house = a_workspace()

    with pytest.raises(RuntimeError), transaction.atomic():
        record(house, an_event())
        raise RuntimeError

    assert not Spool.objects.within(house).exists()
    assert not Receipt.objects.within(house).exists()


def test_an_event_without_an_id_is_given_one() -> None:
    house = a_workspace()

    record(house, *(an_event(id="") for _ in range(3)))
    events.drain()

    assert len({id_ for id_, _ in in_warehouse(house)}) == 3


def test_a_clock_that_runs_ahead_a_little_is_taken_as_now() -> None:
    from yutang.engines import warehouse

    house = a_workspace()

    record(house, an_event(occurred_at=NOON + timedelta(minutes=4)))
    events.drain()

    sql = "SELECT ts FROM events WHERE workspace = {workspace:UInt32}"
    assert warehouse().value(sql, {"workspace": house.pk}).replace(tzinfo=UTC) == NOON


def test_the_catalogue_counts_what_became_visible() -> None:
    house = a_workspace()

    record(house, an_event(), an_event(), an_event("pay", amount=5))
    events.drain()

    counted = CataloguedType.objects.within(house).values_list("name", "events", "last_seen_at")
    assert sorted(counted) == [("favorite", 2, NOON), ("pay", 1, NOON)]


def test_receipts_are_forgotten_after_their_time() -> None:
    house = a_workspace()
    event = an_event()
    record(house, event)

    assert events.forget_receipts(NOON) == 0
    assert events.forget_receipts(NOON + timedelta(days=1)) >= 1
    assert record(house, an_event(id=event.id)).accepted == 1
