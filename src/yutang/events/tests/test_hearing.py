"""What somebody waits for is kept in the transaction that records it, once, until he has seen to it."""

from datetime import timedelta

import polars as pl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from yutang.events import service as events
from yutang.events.models import Heard, Spool
from yutang.events.tests.builders import NOON, an_event, record
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace


@pytest.fixture
def house(db: None) -> Workspace:
    return a_workspace()


def heard(workspace: Workspace) -> list[tuple[str, int]]:
    rows = [each for each in events.heard(100) if each.workspace_id == workspace.pk]
    return [(each.type, each.customer) for each in rows]


def test_only_what_is_waited_for_is_kept_and_only_here(house: Workspace) -> None:
    rival = a_workspace("Coffee House")
    events.hear(house, "journey:1", {"order"})

    record(house, an_event("order", 7), an_event("view", 8))
    record(rival, an_event("order", 9))

    assert heard(house) == [("order", 7)]
    assert heard(rival) == []


def test_what_was_said_is_kept_with_it(house: Workspace) -> None:
    events.hear(house, "journey:1", {"order"})
    record(house, an_event("order", 7, amount=12_800, content="p1", texts={"size": "L"}))

    (kept,) = events.heard(100)

    assert (kept.occurred_at, kept.said.of("amount"), kept.said.of("size")) == (NOON, 12_800, "L")
    assert kept.said.of("colour") is None


def test_an_event_sent_twice_is_heard_once(house: Workspace) -> None:
    events.hear(house, "journey:1", {"order"})
    same = {"id": "0198c0de-0000-7000-8000-000000000001"}

    record(house, an_event("order", 7, **same))
    record(house, an_event("order", 7, **same))

    assert heard(house) == [("order", 7)]


def test_what_is_not_recorded_after_all_is_not_heard(house: Workspace) -> None:
    events.hear(house, "journey:1", {"order"})

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(house, an_event("order", 7))
        raise ZeroDivisionError

    assert heard(house) == []
    assert not Spool.objects.within(house).exists()


def test_imports_are_heard_too_but_not_history(house: Workspace) -> None:
    events.hear(house, "journey:1", {"order"})
    stamps = [NOON - timedelta(days=2), NOON - timedelta(days=90), NOON]
    frame = pl.DataFrame(
        {
            "type": ["order", "order", "view"],
            "ts": [int(each.timestamp() * 1000) for each in stamps],
            "customer": [7, 8, 9],
            "amount": [100, 200, 0],
        }
    )

    events.record_columns(house, frame, now=NOON)

    (kept,) = events.heard(100)
    assert (kept.customer, kept.said.amount) == (7, 100)


def test_two_listeners_do_not_stop_each_other(house: Workspace) -> None:
    events.hear(house, "journey:1", {"order", "pay"})
    events.hear(house, "journey:2", {"order"})
    events.hear(house, "journey:1", ())

    record(house, an_event("order", 7), an_event("pay", 7))

    assert heard(house) == [("order", 7)]


def test_what_was_seen_to_is_gone_or_kept_an_hour_for_those_who_come_later(
    house: Workspace,
) -> None:
    events.hear(house, "journey:1", {"order"})
    record(house, an_event("order", 7), an_event("order", 8))
    first, second = events.heard(100)

    events.cross_off_heard([first.number, second.number], keeping=[second.number], now=NOON)

    assert events.heard(100) == []
    assert [each.customer for each in events.heard_of(house, {"order"}, [7, 8])] == [8]
    events.cross_off_heard([], now=NOON + timedelta(minutes=61))
    assert Heard.objects.within(house).count() == 0


def test_where_nobody_waits_for_anything_recording_asks_nothing_more(
    house: Workspace,
) -> None:
    record(house, an_event("order", 7))  # looked up once, for half a second

    with CaptureQueriesContext(connection) as asked:
        record(house, an_event("order", 7))

    assert [each["sql"] for each in asked if "events_listening" in each["sql"]] == []
    assert Heard.objects.within(house).count() == 0
