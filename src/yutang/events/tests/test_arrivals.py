"""Whoever makes something visible in the warehouse says so, in the transaction that crosses it off."""

import pytest

from yutang.events import service as events
from yutang.events.tests.builders import an_event, record
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def arrived(workspace: Workspace) -> list[tuple[str, list[int] | None]]:
    return [
        (each.what, each.customers)
        for each in events.arrivals()
        if each.workspace_id == workspace.pk
    ]


def test_drained_events_arrive_by_type_with_their_customers() -> None:
    house = a_workspace()
    record(house, an_event(customer=9), an_event(customer=7), an_event("pay", customer=9))

    assert arrived(house) == []
    events.drain()

    assert arrived(house) == [("favorite", [7, 9]), ("pay", [9])]


def test_too_many_to_name_are_many() -> None:
    house = a_workspace()

    events.announce(house.pk, "@profile", range(50_000))
    events.announce(house.pk, "@tags", range(50_001))
    events.announce(house.pk, "@fields", None)
    events.announce(house.pk, "@relations", [])

    assert [(what, who and len(who)) for what, who in arrived(house)] == [
        ("@profile", 50_000),
        ("@tags", None),
        ("@fields", None),
    ]


def test_what_was_seen_to_is_crossed_off_and_nothing_else() -> None:
    house = a_workspace()
    events.announce(house.pk, "@tags", [1])
    events.announce(house.pk, "@profile", [2])

    events.cross_off(each for each in events.arrivals() if each.what == "@tags")

    assert arrived(house) == [("@profile", [2])]
