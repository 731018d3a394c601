"""The ready journeys: each is a sound graph with copy that a good operator would send."""

import json
import re

import pytest

from yutang.audiences import service as audiences
from yutang.journeys.graph import from_json, listens_to
from yutang.journeys.graph.nodes import ActionNode, BranchNode, ScheduleEntry
from yutang.journeys.library import READY, Ready, filled
from yutang.kit.i18n import LANGUAGES, Language
from yutang.loop import attributes, event_types
from yutang.workspaces.tests.builders import a_workspace

ALL = [pytest.param(each, id=each.name) for each in READY.values()]


def messages_of(ready: Ready) -> dict[str, int]:
    return {name: number for number, name in enumerate(ready.copies, 1)}


def test_there_is_one_for_every_part_of_a_customers_life() -> None:
    assert set(READY) >= {
        "newcomer_week", "at_payment", "repurchase", "win_back", "birthday", "child_months", "trial",
        "cart", "large_coupon", "member_renewal", "dormant_group", "review", "referral",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ready", ALL)
def test_its_graph_is_sound(ready: Ready, language: Language) -> None:
    written = filled(ready, messages_of(ready), account=1, language=language)
    graph = from_json(written)

    assert json.loads(json.dumps(written)) == written

    assert graph.goal is not None
    assert listens_to(graph) <= set(event_types)


@pytest.mark.parametrize("ready", ALL)
def test_every_message_is_sent_and_every_send_has_its_message(ready: Ready) -> None:
    graph = from_json(filled(ready, messages_of(ready), account=7))
    sends = [
        node.parameters
        for node in graph.nodes.values()
        if isinstance(node, ActionNode) and node.action == "reach.send"
    ]

    assert {each["message"] for each in sends} == set(messages_of(ready).values())
    assert {each["account"] for each in sends} == {7}


@pytest.mark.django_db
@pytest.mark.parametrize("ready", ALL)
def test_its_conditions_are_read_by_audiences(ready: Ready) -> None:
    workspace = a_workspace()
    graph = from_json(filled(ready, messages_of(ready), account=1))
    conditions = [graph.entry.condition] if isinstance(graph.entry, ScheduleEntry) else []
    for node in graph.nodes.values():
        if isinstance(node, BranchNode):
            conditions += [arm.when for arm in node.arms]

    for each in conditions:
        assert audiences.said(workspace, each).zh


@pytest.mark.parametrize("ready", ALL)
def test_its_copy_is_short_warm_and_quiet(ready: Ready) -> None:
    for copy in ready.copies.values():
        for words in copy.words:
            assert not re.search(r"[!！]|您|亲们|宝子", words)
            assert 15 <= len(re.sub(r"\{\{.*?\}\}", "", words)) <= 230
        assert len(re.sub(r"\{\{.*?\}\}", "", copy.words.zh)) <= 70
        names = [set(re.findall(r"\{\{ (\S+)", words)) for words in copy.words]
        assert names[0] == names[1]
        for name in names[0]:
            group, _, rest = name.partition(".")
            assert group in {"customer", "staff", "brand", "event"}
            assert group != "customer" or rest in attributes


@pytest.mark.parametrize("ready", ALL)
def test_whatever_may_be_unknown_has_words_in_its_place(ready: Ready) -> None:
    for copy in ready.copies.values():
        for words in copy.words:
            for inside in re.findall(r"\{\{(.*?)\}\}", words):
                assert "brand." in inside or "default:" in inside


@pytest.mark.parametrize("ready", ALL)
def test_it_says_in_both_languages_what_it_does_and_for_whom(ready: Ready) -> None:
    for text in (ready.title, ready.about, ready.when):
        assert re.search(r"[一-鿿]", text.zh)
        assert not re.search(r"[一-鿿]", text.en)
