"""A ready journey made a brand's own: asked for little, refused with a reason, it only has to be activated."""

from typing import Any

import pytest

from yutang.audiences.tests.builders import a_live, favourites
from yutang.journeys.library import READY
from yutang.journeys.models import Journey
from yutang.reach.models import Message, MessageVersion
from yutang.reach.tests.builders import an_account
from yutang.reach.tests.message_builders import a_message
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member


def use(owner: Member, ready: str, **more: Any) -> Any:
    given = {"title": "我们的", "account": an_account(owner.workspace).pk, **more}
    return as_member(owner).post(f"/journeys/library/{ready}", given)


def sends(graph: dict[str, Any]) -> list[int]:
    return [
        node["with"]["message"]
        for node in graph["nodes"].values()
        if node.get("do") == "reach.send"
    ]


@pytest.mark.parametrize("ready", READY)
def test_every_ready_journey_becomes_a_draft_that_can_be_activated(
    owner: Member, ready: str
) -> None:
    api = as_member(owner)

    made = use(owner, ready)

    assert made.status_code == 201, made.json()
    at = f"/journeys/{made.json()['id']}"
    assert api.post(f"{at}/validate", {}).json() == {"problems": []}
    assert made.json()["holdout_percent"] == READY[ready].holdout
    assert len(set(sends(made.json()["graph"]))) == len(READY[ready].copies)
    assert api.post(f"{at}/activate", {}).json()["state"] == "active"


def test_her_own_words_and_messages_take_the_place_of_what_is_proposed(owner: Member) -> None:
    own = a_message(owner, channel="paper", name="老消息")

    made = use(owner, "trial", messages={"thanks": own.pk}, words={"how": "用得惯吗？"})

    assert own.pk in sends(made.json()["graph"])
    written = MessageVersion.objects.within(owner.workspace).exclude(message_id=own.pk)
    said = [each.parts[0]["text"] for each in written]
    assert len(said) == len(READY["trial"].copies) - 1
    assert "用得惯吗？" in said


def test_the_members_of_an_audience_enter_instead_of_those_proposed(owner: Member) -> None:
    audience = a_live(owner.workspace, favourites()).pk

    entry = use(owner, "dormant_group", audience=audience).json()["graph"]["entry"]

    assert entry == {"kind": "schedule", "weekdays": [0], "time": "12:00", "audience": audience}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"words": {"hug": "抱抱"}}, "journeys.no_such_copy"),
        ({"messages": {"thanks": 999_999}}, "reach.message_not_found"),
        ({"account": 999_999}, "reach.account_not_found"),
        ({"words": {"how": "{{ customer.nmae }}"}}, "reach.message_not_sound"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(
    owner: Member, given: dict[str, Any], code: str
) -> None:
    assert use(owner, "trial", **given).json()["code"] == code

    assert not Journey.objects.within(owner.workspace).exists()
    assert not Message.objects.within(owner.workspace).exists()


def test_the_library_shows_each_journey_as_it_would_be(owner: Member) -> None:
    listed = {
        each["name"]: each for each in as_member(owner).get("/journeys/library").json()["items"]
    }

    trial = listed["trial"]
    named = [
        node["with"]["message"]["copy"]
        for node in trial["graph"]["nodes"].values()
        if node.get("do") == "reach.send"
    ]
    assert listed.keys() == READY.keys()
    assert set(named) == {each["key"] for each in trial["copies"]}
    assert (trial["is_for_many"], listed["dormant_group"]["is_for_many"]) == (False, True)
