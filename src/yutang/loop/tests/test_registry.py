"""A module declares what it brings; a name means one thing."""

import pytest

from yutang.kit.i18n import Text
from yutang.loop import EventType, declare, event_types
from yutang.loop.registry import _event_types


@pytest.fixture(autouse=True)
def _as_it_was():
    before = dict(_event_types)
    yield
    _event_types.clear()
    _event_types.update(before)


def test_what_is_declared_is_found_by_its_name() -> None:
    brewed = EventType("tea_brewed", Text("泡茶", "Tea brewed"))

    declare(brewed)
    declare(brewed)

    assert event_types["tea_brewed"] is brewed


def test_a_taken_name_cannot_mean_something_else() -> None:
    declare(EventType("tea_brewed", Text("泡茶", "Tea brewed")))

    with pytest.raises(ValueError, match="declared twice, differently"):
        declare(EventType("tea_brewed", Text("喝茶", "Tea drunk")))


@pytest.mark.parametrize("name", ["", "Tea", "tea brewed", "tea-brewed", "1tea", "tea.brewed.hot"])
def test_a_name_is_lower_snake_case(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        declare(EventType(name, Text("泡茶", "Tea brewed")))
