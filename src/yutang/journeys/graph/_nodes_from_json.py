"""The nodes of a graph from JSON, one function for each kind."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, cast

from yutang.journeys.graph._parts_from_json import (
    checks,
    condition,
    days,
    named,
    optional_span,
    pattern,
    span,
    time_of_day,
    weekdays,
)
from yutang.journeys.graph.nodes import (
    ActionNode,
    Arm,
    BranchNode,
    ExitNode,
    GoalNode,
    MergeNode,
    Node,
    OnError,
    RateNode,
    SplitNode,
    UntilAudienceNode,
    UntilEventNode,
    WaitDateNode,
    WaitForNode,
    WaitTimeNode,
    Way,
)
from yutang.journeys.graph.spans import Span
from yutang.kit.tree import Place

__all__ = ["KINDS", "node"]

_PLACED = ("kind", "name", "position")
_MOST_ARMS = 20


def node(id_: str, place: Place) -> Node:
    """Return the node an object describes."""
    kind = place["kind"].one_of(*KINDS)
    placed = {"id": id_, "name": named(place), "position": _position(place["position"])}
    return KINDS[kind](place, placed)


def _position(place: Place) -> tuple[float, float] | None:
    if place.value in (None, ...):
        return None
    place.only("x", "y")
    return place["x"].number(), place["y"].number()


def _next(place: Place, key: str = "next") -> str | None:
    """Return where a way leads; nothing there is the end."""
    return place[key].text() if place.has(key) else None


def _wait(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "for", "attribute", "rhythm", "next")
    if place.has("attribute") and place.has("rhythm"):
        raise place.mistake("attribute 或 rhythm，二选一", "attribute or rhythm, one of the two")
    return WaitForNode(
        **placed,
        span=span(place["for"]),
        attribute=place["attribute"].text() if place.has("attribute") else None,
        rhythm=tuple(each.text() for each in place["rhythm"].items(most=20))
        if place.has("rhythm")
        else (),
        next=_next(place),
    )


def _wait_time(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "at", "weekdays", "days", "after", "next")
    return WaitTimeNode(
        **placed,
        at=time_of_day(place["at"]),
        weekdays=weekdays(place["weekdays"]),
        days=days(place["days"]),
        after=optional_span(place["after"]),
        next=_next(place),
    )


def _wait_date(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "attribute", "of", "offset", "at", "every", "lunar", "next", "otherwise")
    return WaitDateNode(
        **placed,
        attribute=place["attribute"].text(),
        of=cast("Any", _word(place, "of", "customer", "child", "entry")),
        offset=optional_span(place["offset"], least=-1) if place.has("offset") else None,
        at=time_of_day(place["at"]) if place.has("at") else time(10),
        every=cast("Any", place["every"].one_of("year", "month") if place.has("every") else None),
        lunar=place["lunar"].boolean() if place.has("lunar") else False,
        next=_next(place),
        otherwise=_next(place, "otherwise"),
    )


def _word(place: Place, key: str, *words: str) -> str:
    return place[key].one_of(*words) if place.has(key) else words[0]


def _until(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "event", "timeout", "next", "on_timeout")
    return UntilEventNode(
        **placed,
        event=pattern(place["event"]),
        timeout=span(place["timeout"]),
        next=_next(place),
        on_timeout=_next(place, "on_timeout"),
    )


def _until_audience(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "audience", "inside", "timeout", "next", "on_timeout")
    return UntilAudienceNode(
        **placed,
        audience=place["audience"].integer(1, 2**32 - 1),
        inside=place["inside"].boolean() if place.has("inside") else True,
        timeout=span(place["timeout"]),
        next=_next(place),
        on_timeout=_next(place, "on_timeout"),
    )


def _branch(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "arms", "otherwise")
    arms = tuple(_arm(each) for each in place["arms"].items(most=_MOST_ARMS))
    return BranchNode(**placed, arms=arms, otherwise=_next(place, "otherwise"))


def _arm(place: Place) -> Arm:
    place.only("when", "where", "next", "name")
    if place.has("when") == place.has("where"):
        raise place.mistake("when 或 where，二选一", "when or where, one of the two")
    return Arm(
        _next(place),
        condition(place["when"]) if place.has("when") else None,
        checks(place["where"]),
        named(place),
    )


def _split(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "arms", "salt", "best")
    ways = tuple(_way(each) for each in place["arms"].items(least=2, most=_MOST_ARMS))
    if len({way.name for way in ways}) < len(ways):
        raise place["arms"].mistake("名称各不相同的分支", "arms of different names")
    if not sum(way.weight for way in ways):
        raise place["arms"].mistake("权重之和大于 0", "weights that sum to more than 0")
    return SplitNode(
        **placed,
        ways=ways,
        salt=place["salt"].text()[:40] if place.has("salt") else "",
        best=place["best"].boolean() if place.has("best") else False,
    )


def _way(place: Place) -> Way:
    place.only("name", "weight", "next")
    name = place["name"].text()
    if len(name) > 40:
        raise place["name"].mistake("最多 40 个字符的名称", "a name of 40 characters at most")
    return Way(name, place["weight"].integer(0, 10_000), _next(place))


def _action(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "do", "with", "on_error", "tries", "next")
    return ActionNode(
        **placed,
        action=place["do"].text(),
        parameters=place["with"].object() if place.has("with") else {},
        on_error=OnError(
            cast("Any", _word(place, "on_error", "retry", "skip", "hold")),
            place["tries"].integer(1, 20) if place.has("tries") else 5,
        ),
        next=_next(place),
    )


def _goal(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "next")
    return GoalNode(**placed, next=_next(place))


def _exit(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "outcome")
    outcome = place["outcome"].text()[:60] if place.has("outcome") else "done"
    return ExitNode(**placed, outcome=outcome)


def _merge(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "next")
    return MergeNode(**placed, next=_next(place))


def _rate(place: Place, placed: Mapping[str, Any]) -> Node:
    place.only(*_PLACED, "most", "per", "next")
    per = optional_span(place["per"], longest=31 * 86_400) or Span(1, "minute")
    return RateNode(**placed, most=place["most"].integer(1, 10_000_000), per=per, next=_next(place))


KINDS: Mapping[str, Callable[[Place, Mapping[str, Any]], Node]] = {
    "wait": _wait,
    "wait_time": _wait_time,
    "wait_date": _wait_date,
    "until": _until,
    "until_audience": _until_audience,
    "branch": _branch,
    "split": _split,
    "action": _action,
    "goal": _goal,
    "exit": _exit,
    "merge": _merge,
    "rate": _rate,
}
