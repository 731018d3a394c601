"""What is spooled reaches the warehouse exactly once, in both of its orders, whatever broke off before."""

from collections.abc import Callable
from typing import Any

import pytest

from yutang.engines import warehouse
from yutang.events import _draining
from yutang.events import service as events
from yutang.events.models import Spool
from yutang.events.tests.builders import an_event, in_warehouse, record
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


class PowerCut(Exception):
    pass


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Break off one drain before or after it did the named thing."""

    def break_off(name: str, *, after: bool) -> None:
        owner: Any = _draining if name == "_cross_off" else type(warehouse())
        do = getattr(owner, name)

        def broken(*given: Any, **named: Any) -> None:
            if after:
                do(*given, **named)
            raise PowerCut

        monkeypatch.setattr(owner, name, broken)
        with pytest.raises(PowerCut):
            events.drain()
        monkeypatch.setattr(owner, name, do)

    return break_off


def spooled(house: Workspace, count: int = 30) -> list[tuple[str, str]]:
    given = [an_event(customer=n + 1) for n in range(count)]
    record(house, *given[:10])
    record(house, *given[10:])
    return sorted((each.id, each.type) for each in given)


@pytest.mark.parametrize("name", ["insert_lines", "_cross_off"])
@pytest.mark.parametrize("after", [False, True])
def test_a_drain_that_broke_off_is_completed_by_the_next(
    cut: Callable[..., None], name: str, after: bool
) -> None:
    house = a_workspace()
    given = spooled(house)

    cut(name, after=after)
    events.drain()
    events.drain()

    assert sorted(in_warehouse(house)) == given
    assert sorted(in_warehouse(house, "timeline")) == given
    assert not Spool.objects.within(house).exists()


def test_what_cannot_be_completed_does_not_hold_up_what_is_new(
    cut: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = a_workspace()
    spooled(house)
    cut("insert_lines", after=False)
    fresh = an_event("pay")
    record(house, fresh)

    def broken(*_given: Any) -> None:
        raise PowerCut

    with monkeypatch.context() as broken_completion, pytest.raises(PowerCut):
        broken_completion.setattr(_draining, "_finish", broken)
        events.drain()

    assert in_warehouse(house) == [(fresh.id, "pay")]
    events.drain()
    assert len(in_warehouse(house)) == 31


@pytest.mark.parametrize("table", ["events", "timeline"])
def test_what_only_one_of_the_tables_has_is_put_right(cut: Callable[..., None], table: str) -> None:
    house = a_workspace()
    given = spooled(house)
    cut("insert_lines", after=True)
    gone = [id_ for id_, _ in given[::3]]
    warehouse().command(
        f"ALTER TABLE {table} DELETE WHERE id IN {{ids:Array(UUID)}}",
        {"ids": gone},
        settings={"mutations_sync": 2},
    )

    events.drain()

    assert sorted(in_warehouse(house)) == given
    assert sorted(in_warehouse(house, "timeline")) == given


def test_a_token_whose_rows_never_came_does_not_swallow_them(cut: Callable[..., None]) -> None:
    house = a_workspace()
    given = spooled(house)
    cut("insert_lines", after=True)
    for table in ("events", "timeline"):
        warehouse().command(
            f"ALTER TABLE {table} DELETE WHERE workspace = {{workspace:UInt32}}",
            {"workspace": house.pk},
            settings={"mutations_sync": 2},
        )

    events.drain()

    assert sorted(in_warehouse(house)) == given


def test_a_broken_off_batch_of_many_workspaces_and_types_is_completed(
    cut: Callable[..., None],
) -> None:
    houses = [a_workspace() for _ in range(3)]
    for house in houses:
        record(house, *(an_event(f"type_{n % 7}", customer=n + 1) for n in range(2_000)))

    cut("_cross_off", after=False)
    events.drain()

    assert [len(in_warehouse(house)) for house in houses] == [2_000] * 3
    assert [len(in_warehouse(house, "timeline")) for house in houses] == [2_000] * 3


def test_more_than_one_batch_is_drained_one_after_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_draining, "EVENTS_AT_ONCE", 25)
    house = a_workspace()
    for _ in range(4):
        record(house, *(an_event() for _ in range(10)))

    more = [events.drain() for _ in range(3)]

    assert more == [True, False, False]
    assert len(in_warehouse(house)) == 40


def test_a_mark_is_passed_once_everything_before_it_is_shown() -> None:
    house = a_workspace()
    record(house, an_event())
    mark = events.spool_mark()

    assert not events.is_drained(mark)
    events.drain()
    record(house, an_event())
    assert events.is_drained(mark)
