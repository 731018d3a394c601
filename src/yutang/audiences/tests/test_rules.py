"""A tag rule keeps one tag on exactly those who match, and takes back only what it gave."""

from typing import Any

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience, TagRule
from yutang.audiences.tests.builders import (
    NOON,
    SECOND,
    customers_in,
    did,
    favourites,
    happened,
    known,
    told,
)
from yutang.events.models import Arrival
from yutang.tags import service as tags
from yutang.tags.models import Tag, TagChange, Tagging
from yutang.tags.tests.builders import a_tag, applied, having, some_customers
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def three(hua: Member) -> list[int]:
    """Three customers; the first favourited something."""
    people = some_customers(hua.workspace, 3)
    known(hua.workspace, *people)
    happened(hua.workspace, people[0], at=NOON)
    return people


def a_rule(hua: Member, tag: Tag, condition: dict[str, Any] | None = None) -> TagRule:
    draft = audiences.RuleDraft("爱收藏", tag.pk, condition or favourites())
    rule = audiences.make_rule(hua.workspace, draft, owner=hua.user, actor=hua.actor, now=NOON)
    beat(NOON)
    rule.refresh_from_db()
    return rule


def beat(now: Any) -> None:
    """What the background does in a moment."""
    while audiences.refresh_due(now=now):
        pass
    while audiences.consume(now=now):
        pass
    audiences.judge_waiting(now=now, budget=5)
    audiences.apply_rules(now=now)


def test_those_who_match_have_the_tag_and_it_says_who_gave_it_and_why(
    hua: Member, three: list[int]
) -> None:
    tag = a_tag(hua)

    rule = a_rule(hua, tag)

    assert having(tag) == three[:1]
    change = TagChange.objects.get(tag=tag)
    assert (change.actor, change.source, change.reason) == (
        f"rule:{rule.pk}",
        f"rule:{rule.pk}",
        "爱收藏",
    )


def test_an_event_gives_the_tag_in_the_next_beat(hua: Member, three: list[int]) -> None:
    tag = a_tag(hua)
    a_rule(hua, tag)
    did(hua.workspace, three[1], at=NOON + SECOND)

    beat(NOON + SECOND)

    assert having(tag) == three[:2]


def test_whoever_matches_no_longer_loses_it_unless_somebody_gave_it_too(
    hua: Member, three: list[int]
) -> None:
    tag = a_tag(hua)
    did(hua.workspace, three[1], at=NOON)
    rule = a_rule(hua, tag)
    applied(tag, add=[three[0], three[2]])

    nobody = {**favourites(), "value": 1000}
    audiences.change_rule(
        hua.workspace, rule.pk, {"condition": nobody}, actor=hua.actor, now=NOON + SECOND
    )
    beat(NOON + SECOND)

    assert having(tag) == [three[0], three[2]]
    assert all(row.sources == ["manual"] for row in Tagging.objects.filter(tag=tag))


def test_a_rules_audience_is_nobody_elses_and_tells_nothing(hua: Member, three: list[int]) -> None:
    rule = a_rule(hua, a_tag(hua))

    assert not audiences.listed(hua.workspace).exists()
    assert customers_in(rule.audience) == three[:1]
    assert told(rule.audience) == []
    with pytest.raises(audiences.NotFound):
        audiences.found(hua.workspace, rule.audience_id)


def test_a_preview_says_how_many_would_gain_and_lose(hua: Member, three: list[int]) -> None:
    tag = a_tag(hua)
    rule = a_rule(hua, tag)
    tags.mirror_marked()
    everybody = {"kind": "all", "of": []}
    nobody = {"kind": "not", "of": everybody}

    assert audiences.preview_rule(
        hua.workspace, tag.pk, everybody, rule_id=rule.pk, now=NOON
    ) == audiences.RulePreview(matching=3, gaining=2, losing=0)
    assert audiences.preview_rule(
        hua.workspace, tag.pk, nobody, rule_id=rule.pk, now=NOON
    ) == audiences.RulePreview(matching=0, gaining=0, losing=1)


def test_a_disabled_rule_leaves_the_tags_and_catches_up_when_enabled(
    hua: Member, three: list[int]
) -> None:
    tag = a_tag(hua)
    rule = a_rule(hua, tag)
    change = {"is_enabled": False}
    audiences.change_rule(hua.workspace, rule.pk, change, actor=hua.actor, now=NOON)
    did(hua.workspace, three[1], at=NOON + SECOND)
    beat(NOON + SECOND)
    assert having(tag) == three[:1]

    change = {"is_enabled": True}
    audiences.change_rule(hua.workspace, rule.pk, change, actor=hua.actor, now=NOON + 2 * SECOND)
    beat(NOON + 2 * SECOND)

    assert having(tag) == three[:2]


@pytest.mark.parametrize(("keep_tags", "left"), [(False, 0), (True, 1)])
def test_deleting_a_rule_takes_the_tags_back_or_leaves_them_to_people(
    hua: Member, three: list[int], keep_tags: bool, left: int
) -> None:
    tag = a_tag(hua)
    rule = a_rule(hua, tag)

    audiences.delete_rule(
        hua.workspace, rule.pk, keep_tags=keep_tags, actor=hua.actor, now=NOON + SECOND
    )

    assert having(tag) == three[:left]
    assert [row.sources for row in Tagging.objects.filter(tag=tag)] == [["manual"]] * left
    assert not Audience.objects.within(hua.workspace).exists()


def test_an_archived_tag_holds_the_rule_up_and_the_rule_says_so(
    hua: Member, three: list[int]
) -> None:
    tag = a_tag(hua)
    rule = a_rule(hua, tag)
    tags.archive_tag(hua, tag.pk, now=NOON)
    did(hua.workspace, three[1], at=NOON + SECOND)

    beat(NOON + SECOND)

    rule.refresh_from_db()
    assert rule.trouble == "tags.tag_archived"
    assert having(tag) == three[:1]


def test_a_crash_between_judging_and_tagging_is_made_good(hua: Member, three: list[int]) -> None:
    tag = a_tag(hua)
    rule = a_rule(hua, tag)
    did(hua.workspace, three[1], at=NOON + SECOND)
    audiences.consume(now=NOON + SECOND)
    audiences.judge_waiting(now=NOON + SECOND, budget=5)
    Arrival.objects.all().delete()
    assert having(tag) == three[:1]

    audiences.apply_rules(now=NOON + 2 * SECOND)
    TagRule.objects.filter(pk=rule.pk).update(applied=0)
    audiences.apply_rules(now=NOON + 3 * SECOND)

    assert having(tag) == three[:2]
    assert TagChange.objects.filter(tag=tag).count() == 2


def test_a_rivals_rule_is_not_there(hua: Member) -> None:
    rule = a_rule(hua, a_tag(hua))
    rival = a_workspace("Coffee House")

    assert not audiences.rules_of(rival).exists()
    with pytest.raises(audiences.RuleNotFound):
        audiences.found_rule(rival, rule.pk)
    with pytest.raises(tags.NotFound):
        draft = audiences.RuleDraft("偷", rule.tag_id, favourites())
        audiences.make_rule(rival, draft, owner=None, actor="user:9", now=NOON)
