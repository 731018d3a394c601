"""Campaigns, tables of steps, Moments plans and welcomes: journeys with another face."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from yutang.journeys.graph import GraphUnreadable, from_json
from yutang.journeys.graph.nodes import SplitNode, WaitTimeNode
from yutang.journeys.views import (
    CampaignGoal,
    CampaignVariant,
    CampaignView,
    MomentsPost,
    MomentsView,
    SopStep,
    SopView,
    View,
    WelcomeArm,
    WelcomeView,
    graph_of,
    view_of,
)

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
numbers = st.integers(1, 10_000)
types = st.lists(st.sampled_from(["pay", "order", "share", "review"]), unique=True, max_size=3)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
whom = st.one_of(
    st.fixed_dictionaries({"audience": numbers}),
    st.just({"condition": {"kind": "all", "of": []}}),
)


@st.composite
def campaigns(draw: Any) -> CampaignView:
    goal = draw(
        st.none() | st.builds(CampaignGoal, types=types.filter(bool), days=st.integers(1, 90))
    )
    variants = draw(
        st.lists(
            st.builds(CampaignVariant, message=numbers, weight=st.integers(1, 9)),
            min_size=1,
            max_size=5,
        )
    )
    if len(variants) == 1:
        variants = [CampaignVariant(message=variants[0].message)]
    return CampaignView(
        **draw(whom),
        variants=variants,
        account=draw(numbers),
        at=NOON + timedelta(minutes=draw(st.integers(0, 99_999))),
        best=draw(st.booleans()) and len(variants) > 1,
        priority=draw(st.none() | st.integers(0, 100)),
        most_an_hour=draw(st.none() | numbers),
        goal=goal,
    )


@st.composite
def sops(draw: Any) -> SopView:
    does = st.one_of(
        st.fixed_dictionaries({"message": numbers}),
        st.fixed_dictionaries({"task": st.sampled_from(["打电话", "看看资料"])}),
    )
    today = [
        SopStep(day=0, minutes=minutes, **draw(does))
        for minutes in draw(st.lists(st.integers(0, 90), max_size=3))
    ]
    later = sorted(draw(st.sets(st.tuples(st.integers(1, 30), clocks), max_size=6)))
    steps = [*today, *(SopStep(day=day, at=at, **draw(does)) for day, at in later)]
    steps = steps or [SopStep(day=0, message=draw(numbers))]
    said = any(step.message for step in steps)
    waits = any(step.at for step in steps)
    goal = draw(types)
    return SopView(
        of=draw(st.sampled_from(["friend", "member", "group"])),
        account=draw(numbers) if said else 1,
        steps=steps,
        stop_on=draw(types),
        days=draw(st.sampled_from(["any", "working"])) if waits else "any",
        goal=goal,
        goal_days=draw(st.integers(1, 300)) if goal else 30,
    )


@st.composite
def plans(draw: Any) -> MomentsView:
    when = sorted(draw(st.sets(st.tuples(st.integers(0, 6), clocks), min_size=1, max_size=8)))
    posts = [MomentsPost(weekday=day, at=at, message=draw(numbers)) for day, at in when]
    return MomentsView(**draw(whom), account=draw(numbers), posts=posts)


@st.composite
def welcomes(draw: Any) -> WelcomeView:
    follow_up = draw(st.none() | numbers)
    sources = draw(st.lists(st.sampled_from(["门店", "包裹卡", "直播间"]), unique=True))
    return WelcomeView(
        account=draw(numbers),
        message=draw(numbers),
        by_source=[WelcomeArm(source=each, message=draw(numbers)) for each in sources],
        follow_up=follow_up,
        follow_up_hours=draw(st.integers(1, 168)) if follow_up else 24,
    )


@pytest.mark.parametrize(
    ("face", "views"),
    [("campaign", campaigns()), ("sop", sops()), ("moments", plans()), ("welcome", welcomes())],
)
def test_every_view_makes_a_sound_graph_and_comes_back_from_it(face: str, views: Any) -> None:
    @given(views)
    def holds(view: View) -> None:
        graph = graph_of(view)

        assert from_json(graph)
        assert view_of(face, graph) == view

    holds()


def test_a_node_moved_on_the_canvas_changes_nothing() -> None:
    view = WelcomeView(account=1, message=2)
    graph = graph_of(view)
    graph["nodes"]["hello"]["position"] = {"x": 7, "y": 7}

    assert view_of("welcome", graph) == view


def test_what_was_drawn_besides_is_not_shown_as_if_it_were_not_there() -> None:
    graph = graph_of(WelcomeView(account=1, message=2))
    graph["nodes"]["hello"]["next"] = "more"
    graph["nodes"]["more"] = {"kind": "exit", "outcome": "done"}

    assert view_of("welcome", graph) is None
    assert view_of("campaign", graph) is None
    assert view_of("sop", graph) is None


def test_a_campaign_without_a_time_is_not_ready_yet() -> None:
    view = CampaignView(audience=3, variants=[CampaignVariant(message=1)], account=1)

    assert view_of("campaign", graph_of(view)) == view
    with pytest.raises(GraphUnreadable):
        from_json(graph_of(view))


def test_several_messages_split_the_people_by_weight() -> None:
    view = CampaignView(
        audience=3,
        variants=[CampaignVariant(message=1, weight=9), CampaignVariant(message=2)],
        account=1,
        at=NOON,
    )
    split = from_json(graph_of(view)).nodes["which"]

    assert isinstance(split, SplitNode)
    assert [(way.name, way.weight) for way in split.ways] == [("A", 9), ("B", 1)]


def test_the_days_of_a_table_are_counted_from_the_day_she_came() -> None:
    view = SopView(
        of="friend",
        account=1,
        steps=[
            SopStep(day=0, message=1),
            SopStep(day=1, at=time(20), message=2),
            SopStep(day=3, at=time(9, 30), message=3),
        ],
    )
    nodes = from_json(graph_of(view)).nodes
    waits = [each for each in nodes.values() if isinstance(each, WaitTimeNode)]

    assert [(each.after and each.after.amount, each.at) for each in waits] == [
        (1, time(20)),
        (2, time(9, 30)),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": 0, "at": "10:00", "message": 1},
        {"day": 1, "message": 1},
        {"day": 1, "at": "10:00"},
        {"day": 1, "at": "10:00", "message": 1, "task": "打电话"},
        {"day": 1, "at": "10:00", "minutes": 5, "message": 1},
    ],
)
def test_a_step_says_when_and_one_thing_to_do(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SopStep(**wrong)


def test_steps_stand_in_their_order() -> None:
    steps = [SopStep(day=2, at=time(9), message=1), SopStep(day=1, at=time(9), message=1)]

    with pytest.raises(ValidationError, match="order"):
        SopView(of="friend", account=1, steps=steps)


def test_it_goes_to_an_audience_or_to_a_condition_not_to_both() -> None:
    one = [CampaignVariant(message=1)]

    with pytest.raises(ValidationError, match="one of the two"):
        CampaignView(audience=1, condition={}, variants=one, account=1)
    with pytest.raises(ValidationError, match="one of the two"):
        CampaignView(variants=one, account=1)
