"""A graph is read whole or refused, and a refusal points at every node that is wrong."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from yutang.journeys.graph import GraphUnreadable, Span, exits_of, from_json, listens_to
from yutang.journeys.graph.cron import CronUnreadable, next_cron, read_cron
from yutang.journeys.graph.nodes import Pattern, PropertyCheck, UntilEventNode, WaitForNode
from yutang.journeys.tests.builders import action, days, event, graph, wait
from yutang.kit.i18n import speaking

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def places(tree: object) -> dict[str, str]:
    with pytest.raises(GraphUnreadable) as refused, speaking("en"):
        from_json(tree)
    return {each.field: each.message for each in refused.value.errors}


def test_a_graph_is_read_into_what_it_says() -> None:
    tree = graph(
        {
            "n1": wait(2, "n2"),
            "n2": {"kind": "until", "event": event("pay"), "timeout": days(3), "next": "n3"},
            "n3": action(tag=7),
        },
        entry={"kind": "event", **event("order", where=[{"property": "amount", "op": "ge", "value": 100}])},
        goal={"event": event("pay"), "within": days(7)},
    )  # fmt: skip

    read = from_json(tree)

    assert read.start == "n1"
    assert read.nodes["n1"] == WaitForNode(id="n1", span=Span(2, "day"), next="n2")
    assert isinstance(read.nodes["n2"], UntilEventNode)
    assert read.entry.pattern == Pattern(("order",), (PropertyCheck("amount", "ge", 100.0),))
    assert list(exits_of(read.nodes["n2"])) == [("next", "n3"), ("timeout", None)]
    assert listens_to(read) == {"order", "pay"}


@pytest.mark.parametrize("tree", [None, 3, [], "x", {}, {"nodes": None}, {"nodes": []}])
def test_what_is_no_graph_is_refused(tree: object) -> None:
    assert places(tree)


def test_a_graph_without_an_entry_is_refused() -> None:
    tree = graph({"n1": wait()})
    del tree["entry"]

    assert list(places(tree)) == ["entry"]


def test_a_node_that_no_way_leads_to_is_refused() -> None:
    found = places(graph({"n1": wait(), "n2": wait()}))

    assert found == {"nodes.n2": "no way leads to this node: connect or remove it"}


def test_a_circle_without_a_wait_is_refused_and_shown() -> None:
    circle = {"n1": action(to="n2", tag=1), "n2": {"kind": "merge", "next": "n1"}}

    assert places(graph(circle)) == {
        "nodes.n1": "nobody waits in this circle, so it would turn for ever: put a wait into it"
    }
    from_json(graph({"n1": action(to="n2", tag=1), "n2": wait(1, "n1")}))


def test_a_way_to_nowhere_is_refused_by_its_place_and_a_near_name_is_suggested() -> None:
    split = {"kind": "split", "arms": [
        {"name": "A", "weight": 1, "next": "later"}, {"name": "B", "weight": 1, "next": "latter"},
    ]}  # fmt: skip

    found = places(graph({"n1": split, "later": wait()}))

    assert found == {"nodes.n1.arms[1].next": "there is no such node, perhaps later"}


@pytest.mark.parametrize(
    ("node", "place"),
    [
        ({"kind": "dance"}, "nodes.n1.kind"),
        ({"kind": "wait"}, "nodes.n1.for"),
        ({"kind": "wait", "for": {"amount": 2, "unit": "year"}}, "nodes.n1.for"),
        ({"kind": "wait", "for": {"amount": 0, "unit": "day"}}, "nodes.n1.for"),
        ({"kind": "wait", "for": days(1), "nxt": "n1"}, "nodes.n1.nxt"),
        ({"kind": "wait_time", "at": "25:00"}, "nodes.n1.at"),
        ({"kind": "until", "event": {"types": []}, "timeout": days(1)}, "nodes.n1.event.types"),
        ({"kind": "branch", "arms": [{}]}, "nodes.n1.arms[0]"),
        ({"kind": "split", "arms": [{"name": "A", "weight": 1}]}, "nodes.n1.arms"),
        ({"kind": "action", "with": {}}, "nodes.n1.do"),
        ({"kind": "rate", "most": 0}, "nodes.n1.most"),
        (7, "nodes.n1"),
    ],
)
def test_a_node_that_is_wrong_is_refused_by_its_place(node: object, place: str) -> None:
    assert place in places(graph({"n1": node}))  # type: ignore[dict-item]


def test_every_mistake_is_named_in_both_languages_at_once() -> None:
    tree = graph({"n1": {"kind": "dance"}, "n2": {"kind": "wait"}}, exits=[{}])

    with pytest.raises(GraphUnreadable) as refused:
        from_json(tree)

    assert len(refused.value.errors) == 3
    assert refused.value.sentence("zh").startswith("流程里有 3 处要改。")
    assert refused.value.sentence("en").startswith("3 part(s) of the journey")


def test_a_day_is_a_step_of_the_calendar_and_an_hour_is_exact() -> None:
    before = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)  # the night after, Berlin loses an hour

    assert Span(1, "day").after(before, BERLIN) == datetime(2026, 3, 29, 10, 0, tzinfo=UTC)
    assert Span(24, "hour").after(before, BERLIN) == datetime(2026, 3, 29, 11, 0, tzinfo=UTC)


def test_the_end_of_a_month_is_kept_within_the_next_one() -> None:
    last = datetime(2026, 1, 31, 2, 0, tzinfo=UTC)

    assert Span(1, "month").after(last, SHANGHAI) == datetime(2026, 2, 28, 2, 0, tzinfo=UTC)


def test_cron_finds_its_next_instant_on_the_local_clock() -> None:
    monday = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai

    assert next_cron(read_cron("0 10 * * 1"), monday, SHANGHAI) == datetime(
        2026, 11, 30, 2, 0, tzinfo=UTC
    )
    assert next_cron(read_cron("*/15 9-17 * * *"), monday, SHANGHAI) == datetime(
        2026, 11, 23, 2, 15, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "written", ["", "* * * *", "60 * * * *", "0 0 31 2 *", "a * * * *", "0 5-3 * * *"]
)
def test_cron_that_never_comes_is_refused(written: str) -> None:
    with pytest.raises(CronUnreadable):
        read_cron(written)
