"""Events as columns, for those who compute with millions of them."""

from datetime import UTC, datetime, timedelta

import pytest

from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def happened(workspace: Workspace, *given: NewEvent) -> None:
    events.record(workspace, list(given), now=NOON)
    events.drain()


def test_it_holds_what_happened_after_one_instant_and_up_to_another() -> None:
    house = a_workspace()
    times = [NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - HOUR]
    happened(house, *(NewEvent("pay", customer=7, occurred_at=each) for each in times))
    happened(a_workspace("Coffee House"), NewEvent("pay", customer=9, occurred_at=times[1]))

    found = events.past(house, ["view", "pay"], after=times[0], upto=times[2]).sort("at")

    assert found["customer"].to_list() == [7, 7]
    assert found["kind"].to_list() == [1, 1]
    assert found["at"].to_list() == [round(each.timestamp() * 1000) for each in times[1:]]


def test_it_says_what_events_say_in_their_kinds() -> None:
    house = a_workspace()
    said = {"category": "茶", "quantity": 3}
    order = NewEvent("order", customer=7, occurred_at=NOON - HOUR, amount=900, properties=said)
    happened(house, order, NewEvent("order", customer=8, occurred_at=NOON - HOUR))
    names = ["category", "quantity", "amount"]

    found = events.past(house, ["order"], after=NOON - 2 * HOUR, upto=NOON, properties=names)
    rows = found.sort("customer").to_dicts()

    assert (rows[0]["p0_text"], rows[0]["p1_number"], rows[0]["p2_number"]) == ("茶", 3, 900)
    assert (rows[1]["p0_text"], rows[1]["p1_number"], rows[1]["p2_number"]) == (None, None, None)


def test_it_is_of_whom_people_are_today_and_of_some_only_where_asked() -> None:
    house = a_workspace()
    happened(house, *(NewEvent("pay", customer=each, occurred_at=NOON) for each in (7, 8, 9)))
    since = NOON - HOUR

    merged = events.past(house, ["pay"], after=since, upto=NOON, overrides={8: 9}, only=[9])

    assert merged["customer"].to_list() == [9, 9]
