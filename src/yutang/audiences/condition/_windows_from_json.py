"""Windows of time from JSON."""

from yutang.audiences.condition._tests_from_json import calendar, span
from yutang.audiences.condition.nodes import Absolute, Around, Ever, Rolling, Span, Window
from yutang.kit.tree import Place

__all__ = ["moving_window", "window"]


def window(place: Place) -> Window:
    """Return a window; nothing there means ever."""
    if place.value is None or place.value is ...:
        return Ever()
    match place["kind"].one_of("ever", "rolling", "absolute", "calendar", "anniversary"):
        case "ever":
            place.only("kind")
            return Ever()
        case "rolling":
            place.only("kind", "amount", "unit")
            rest = {key: value for key, value in place.object().items() if key != "kind"}
            length: Span = span(Place(rest, place.path))
            return Rolling(length)
        case "absolute":
            return _absolute(place)
        case "calendar":
            return calendar(place)
    place.only("kind", "years", "before", "after")
    return Around(
        place["years"].integer(1, 50),
        place["before"].integer(0, 180) if place.has("before") else 0,
        place["after"].integer(0, 180) if place.has("after") else 0,
    )


def moving_window(place: Place) -> Window:
    """Return a window of a relation or a tag: every kind but the anniversary."""
    found = window(place)
    if isinstance(found, Around):
        raise place["kind"].mistake(
            " ever、rolling、absolute、calendar 之一", "one of ever, rolling, absolute, calendar"
        )
    return found


def _absolute(place: Place) -> Absolute:
    place.only("kind", "from", "to")
    start = place["from"].moment() if place.has("from") else None
    end = place["to"].moment() if place.has("to") else None
    if start is None and end is None:
        raise place["from"].mistake(
            "日期或时刻，from 和 to 至少一个", "a date or an instant; from or to must stand"
        )
    if start is not None and type(start) is type(end) and start > end:
        raise place["to"].mistake("不早于 from 的时间", "no earlier than from")
    return Absolute(start, end)
