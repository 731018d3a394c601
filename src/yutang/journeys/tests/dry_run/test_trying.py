"""Trying a journey before it runs, by its faces and from the library, over HTTP."""

from yutang.customers.tests.builders import who
from yutang.journeys import service as journeys
from yutang.journeys.tests.builders import (
    HOUR,
    action,
    did,
    event,
    graph,
    note,
    some_people,
    until,
    wait,
)
from yutang.kit import clock
from yutang.reach import service as reach
from yutang.reach.policy import Cap
from yutang.reach.tests.builders import under
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member


def test_a_draft_says_who_would_have_entered_and_where_they_would_be(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    begin = clock.now() - 48 * HOUR
    for each in (mei, lan):
        did(owner.workspace, each, "add_friend", now=begin)
    did(owner.workspace, mei, "message", now=begin + HOUR)
    tree = graph(
        {"n1": until("message", to="n2", late="n3"), "n2": note("hi"), "n3": note("bye")},
        entry={"kind": "event", **event("add_friend")},
    )
    draft = journeys.JourneyDraft(name="试跑", graph=tree)
    journey = journeys.make(owner, draft, now=clock.now())
    api = as_member(owner)

    tried = api.post(f"/journeys/{journey.pk}/dry-run", {"days": 7}).json()
    (alone,) = api.get(f"/journeys/{journey.pk}/dry-run/{mei}").json()["items"]

    places = {(each["node"], each["what"]): each for each in tried["places"]}
    assert tried["entered"] == 2
    assert places["n1", "next"]["people"] == [mei]
    assert places["n1", "timeout"]["people"] == [lan]
    assert [(each["node"], each["outcome"]) for each in alone["steps"]] == [
        ("n1", "next"),
        ("n2", "next"),
    ]


def test_a_draft_that_is_unfinished_cannot_be_tried(owner: Member) -> None:
    journey = journeys.make(owner, journeys.JourneyDraft(name="空"), now=clock.now())

    answer = as_member(owner).post(f"/journeys/{journey.pk}/dry-run", {"days": 7})

    assert answer.status_code == 422
    assert answer.json()["code"] == "journeys.graph_unreadable"


def test_a_journey_is_made_by_its_face_and_shown_by_it(owner: Member) -> None:
    api = as_member(owner)
    welcome = {"account": 1, "message": 2, "follow_up": 3, "follow_up_hours": 5}

    made = api.post("/journeys/faces", {"name": "欢迎语", "welcome": welcome})
    at = f"/journeys/{made.json()['id']}"
    shown = api.get(f"{at}/face").json()
    both = api.put(f"{at}/face", {"welcome": welcome, "sop": None, "campaign": None})
    neither = api.put(f"{at}/face", {})

    assert made.status_code == 201
    assert made.json()["view"] == "welcome"
    assert shown["face"] == "welcome"
    assert shown["welcome"]["follow_up_hours"] == 5
    assert both.status_code == 200
    assert neither.json()["code"] == "journeys.not_one_face"


def test_the_library_is_listed_in_the_readers_language(owner: Member) -> None:
    found = as_member(owner, language="en").get("/journeys/library").json()["items"]

    assert len(found) >= 12
    assert "A newcomer’s first week" in {each["title"] for each in found}
    assert (
        as_member(owner).post("/journeys/library/none", {"title": "x", "account": 1}).json()["code"]
        == "journeys.no_such_ready"
    )


def test_it_says_what_the_gate_would_have_said(owner: Member) -> None:
    begin = (clock.now() - 72 * HOUR).replace(hour=2, minute=0)  # ten in the morning in Shanghai
    people = some_people(owner, 3)
    account = reach.add_account(
        owner, adapter="paper", name="短信", settings={}, channel="sms", now=begin
    )
    message = reach.create_message(
        owner,
        name="提醒",
        channel="sms",
        purpose="marketing",
        parts=[{"kind": "template", "code": "SMS_1", "values": {}}],
        now=begin,
    )
    under(owner, caps=(Cap(1, days=7),))
    known = [who(owner.workspace, phone=f"1380013800{each}") for each in (1, 2)]
    for each in (*known, people[0]):
        did(owner.workspace, each, "add_friend", now=begin)
    send = {"message": message.pk, "account": account.pk}
    tree = graph(
        {
            "n1": action("reach.send", "n2", **send),
            "n2": wait(1, "n3"),
            "n3": action("reach.send", **send),
        },
        entry={"kind": "event", **event("add_friend")},
    )
    journey = journeys.make(owner, journeys.JourneyDraft(name="提醒", graph=tree), now=begin)

    tried = journeys.dry_run(owner, journey.pk, days=7, now=clock.now())

    assert tried.judged == 6
    assert tried.gate["n1"] == {"": 2, "no_address": 1}
    assert tried.gate["n3"] == {"capped": 2, "no_address": 1}
    assert tried.gate_samples["n3", "capped"] == known

    at = f"/journeys/{journey.pk}/dry-run"
    answer = as_member(owner).post(at, {"days": 7}).json()
    assert answer["people"] == {"before": [], "capped": [], "held_out": [], "reached": []}
    told = answer["gate"]["n1"]
    assert [(each["reason"], each["people"]) for each in told] == [
        ("", known), ("no_address", people[:1]),
    ]  # fmt: skip
    (entry,) = as_member(owner).get(f"{at}/{known[0]}", {"days": 7}).json()["items"]
    assert [(each["node"], each["gate"], each["gate_sentence"]) for each in entry["steps"]] == [
        ("n1", "", ""), ("n2", None, ""), ("n3", "capped", "超出频次上限"),
    ]  # fmt: skip
