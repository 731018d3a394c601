"""The API of journeys: only what goes over the wire; the rules have tests of their own."""

from datetime import timedelta

from yutang.journeys import service as journeys
from yutang.journeys.tests.builders import graph, note, some_people, wait
from yutang.kit import clock
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member


def test_a_journey_is_made_looked_over_activated_and_entered(owner: Member) -> None:
    mei, lan = some_people(owner, 2)
    api = as_member(owner)
    made = api.post("/journeys", {"name": "新客关怀", "graph": graph({"n1": {"kind": "dance"}})})
    assert made.status_code == 201
    at = f"/journeys/{made.json()['id']}"

    looked = api.post(f"{at}/validate", {}).json()["problems"]
    assert [each["field"] for each in looked] == ["nodes.n1.kind"]
    refused = api.post(f"{at}/activate", {})
    assert refused.status_code == 422
    assert refused.json()["code"] == "journeys.graph_unreadable"

    tree = graph({"n1": note("hello", "n2"), "n2": wait()})
    assert api.patch(at, {"graph": tree}).json()["is_changed"] is True
    active = api.post(f"{at}/activate", {}).json()
    assert (active["state"], active["version"], active["is_changed"]) == ("active", 1, False)

    entered = api.post(f"{at}/entries", {"customers": [mei, lan, 999_999], "key": "list-1"})
    assert entered.json() == {
        "entered": 2, "held_out": 0, "before": 0, "capped": 0, "unknown": 1,
    }  # fmt: skip
    while journeys.advance(clock.now):
        pass

    counts = {each["node"]: each for each in api.get(f"{at}/counts").json()["items"]}
    assert counts["n2"]["here"] == 2
    assert counts["n1"] == {
        "version": 1, "node": "n1", "came": 2, "here": 0, "held": 0, "left": {"next": 2},
    }  # fmt: skip
    there = api.get(f"{at}/people", {"node": "n2"}).json()["items"]
    assert sorted(each["subject"] for each in there) == [mei, lan]
    (passage,) = api.get(f"{at}/people/{mei}").json()["items"]
    assert [each["node"] for each in passage["steps"]] == ["n1"]
    assert api.delete(f"{at}/people/{mei}").status_code == 204
    assert api.get(f"{at}/health").json()["inside"] == 1


def test_versions_are_compared_and_people_are_moved_over_with_a_preview(owner: Member) -> None:
    (mei,) = some_people(owner)
    api = as_member(owner)
    tree = graph({"n1": wait(3, "n2"), "n2": note("old")})
    at = f"/journeys/{api.post('/journeys', {'name': '换版', 'graph': tree}).json()['id']}"
    api.post(f"{at}/activate", {})
    api.post(f"{at}/entries", {"customers": [mei], "key": "a"})
    while journeys.advance(clock.now):
        pass
    api.patch(at, {"graph": graph({"m1": wait(1, "m2"), "m2": note("new")})})
    api.post(f"{at}/activate", {})

    changed = api.get(f"{at}/versions/1/diff", {"to": 2}).json()["items"]
    assert [(each["place"], each["how"]) for each in changed] == [
        ("start", "changed"), ("nodes.m1", "added"), ("nodes.m2", "added"),
        ("nodes.n1", "removed"), ("nodes.n2", "removed"),
    ]  # fmt: skip

    (move,) = api.post(f"{at}/moves/preview", {}).json()["items"]
    assert (move["node"], move["people"], move["how"]) == ("n1", 1, "unknown")
    assert api.post(f"{at}/moves", {}).json()["code"] == "journeys.redirect_incomplete"
    assert api.post(f"{at}/moves", {"redirect": {"n1": "m2"}}).json() == {"moved": 1}
    while journeys.advance(clock.now):
        pass

    (passage,) = api.get(f"{at}/people/{mei}").json()["items"]
    assert passage["run"]["version"] == 2
    assert [(each["node"], each["outcome"]) for each in passage["steps"]] == [
        ("n1", "moved"), ("m2", "next"),
    ]  # fmt: skip


def test_overdue_people_are_seen_and_a_paused_journey_says_how_many_wait_for_it(
    owner: Member,
) -> None:
    """What does not move must not do so silently."""
    people = some_people(owner, 3)
    api = as_member(owner)
    tree = graph({"n1": wait(1, "n2"), "n2": note("hello")})
    at = f"/journeys/{api.post('/journeys', {'name': '没人推', 'graph': tree}).json()['id']}"
    api.post(f"{at}/activate", {})
    number = int(at.rpartition("/")[2])
    before = clock.now() - timedelta(days=3)
    journeys.enter(number, [journeys.Candidate(each, "a", before) for each in people], now=before)

    assert api.get(f"{at}/health").json()["overdue"] == 3
    stuck = api.get("/journeys/stuck").json()["items"]
    assert stuck == [{"journey_id": number, "overdue": 3, "held": 0}]

    api.post(f"{at}/pause", {})
    paused = api.get(f"{at}/health").json()
    assert (paused["overdue"], paused["waiting_for_pause"]) == (0, 3)


def test_actions_are_listed_with_words_for_people(owner: Member) -> None:
    listed = {
        each["name"]: each for each in as_member(owner).get("/journeys/actions").json()["items"]
    }

    assert {"tags.tag", "tags.untag", "customers.set", "journeys.task"} <= listed.keys()
    assert listed["tags.tag"]["zh"] == "打标签"
    assert [each["name"] for each in listed["tags.tag"]["parameters"]] == ["tag", "days"]
