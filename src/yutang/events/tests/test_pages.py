"""People who are asked for at once are read by one statement: each page is what it would be alone."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from yutang.engines import warehouse
from yutang.events import _pages
from yutang.events import service as events
from yutang.events.tests.builders import NOON, an_event, record
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
Asked = tuple[Workspace, int, int]  # where, whose, how many
_LONG_LIFE = """
    INSERT INTO timeline (workspace, origin, ts, type, id)
    SELECT {workspace:UInt32}, 9, {now:DateTime64(3, 'UTC')} - toIntervalSecond(number), 'view', generateUUIDv4(number)
    FROM numbers(200001)
"""


class Counted:
    """The warehouse, whose first statement waits until everybody else stands in line."""

    def __init__(self, waiting: int, *, fails: bool = False) -> None:
        self.statements: list[str] = []
        self._waiting, self._fails = waiting, fails

    def rows(self, sql: str, parameters: Any) -> Sequence[Sequence[Any]]:
        self.statements.append(next(name for name, it in _pages.SQL.items() if it == sql))
        if len(self.statements) == 1:
            while len(_pages._waiting) < self._waiting:
                time.sleep(0.001)
            if self._fails:
                raise RuntimeError("the engine is away")
        return warehouse().rows(sql, parameters)


@pytest.fixture
def house() -> Iterator[Workspace]:
    """A house of seven guests: one with nothing, the others with one event more each."""
    house = a_workspace()
    lives = [
        an_event(customer=guest, content=f"{n}") for guest in range(1, 7) for n in range(guest)
    ]
    record(house, *lives, now=NOON)
    events.drain()
    yield house
    assert (_pages._waiting, _pages._under_way) == ([], 0)


def read(asked: Sequence[Asked], through: Counted, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let all ask at once; return what each got, or what went wrong for her."""
    monkeypatch.setattr(_pages, "AT_ONCE", 1)
    monkeypatch.setattr(_pages, "warehouse", lambda: through)
    got: list[object] = [None] * len(asked)

    def ask(place: int, house: Workspace, origin: int, limit: int) -> None:
        try:
            got[place] = [tuple(row) for row in _pages.newest_page(house, [origin], limit)]
        except RuntimeError as problem:
            got[place] = problem

    threads = [threading.Thread(target=ask, args=(n, *each)) for n, each in enumerate(asked)]
    threads[0].start()
    while not through.statements:
        time.sleep(0.001)
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join(30)
    return got


def alone(asked: Sequence[Asked]) -> list[object]:
    return [
        warehouse().rows(
            _pages.SQL["newest"], {"workspace": house.pk, "origins": [origin], "limit": limit}
        )
        for house, origin, limit in asked
    ]


def test_whoever_comes_meanwhile_is_read_together(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(house, guest, 4) for guest in (1, 2, 3, 4, 5, 6, 7, 6)]
    through = Counted(len(asked) - 1)

    got = read(asked, through, monkeypatch)

    assert got == alone(asked)
    assert [len(page) for page in got] == [1, 2, 3, 4, 4, 4, 0, 4]  # type: ignore[arg-type]
    assert through.statements == ["newest", "newest_of_several"]


def test_no_more_than_a_few_are_read_together(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_pages, "TOGETHER", 3)
    asked = [(house, guest, 51) for guest in (1, 2, 3, 4, 5, 6)]
    through = Counted(len(asked) - 1)

    assert read(asked, through, monkeypatch) == alone(asked)
    assert through.statements == ["newest", *["newest_of_several"] * 2]


def test_another_house_and_another_length_are_read_apart(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_workspace("Coffee House")
    record(other, an_event(customer=3, content="espresso"), now=NOON)
    events.drain()
    asked = [(house, 3, 51), (other, 3, 51), (house, 3, 2), (other, 1, 51)]
    through = Counted(len(asked) - 1)

    got = read(asked, through, monkeypatch)

    assert got == alone(asked)
    assert [len(page) for page in got] == [3, 1, 2, 0]  # type: ignore[arg-type]
    assert through.statements == ["newest", "newest_of_several", "newest"]


def test_a_very_long_life_is_read_alone_and_so_are_those_beside_it(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse().command(_LONG_LIFE, {"workspace": house.pk, "now": NOON})
    asked = [(house, guest, 51) for guest in (1, 9, 6)]
    through = Counted(len(asked) - 1)

    got = read(asked, through, monkeypatch)

    assert got == alone(asked)
    assert [len(page) for page in got] == [1, 51, 6]  # type: ignore[arg-type]
    assert through.statements == ["newest", "newest_of_several", "newest", "newest"]


def test_what_goes_wrong_for_one_is_hers_alone(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(house, guest, 51) for guest in (1, 2, 3)]
    through = Counted(len(asked) - 1, fails=True)

    first, *others = read(asked, through, monkeypatch)

    assert isinstance(first, RuntimeError)
    assert others == alone(asked[1:])
