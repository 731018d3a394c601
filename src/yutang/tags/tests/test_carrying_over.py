"""What another system tells of many tags at once comes to the same as telling it tag by tag."""

import random

import pytest

from yutang.customers import service as customers
from yutang.tags import service as tags
from yutang.tags.models import Tag, TagChange, Tagging, UnmirroredTagging
from yutang.tags.tests.builders import (
    NOON,
    a_group,
    a_member,
    a_tag,
    a_workspace,
    some_customers,
)
from yutang.workspaces.service import Member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]
SAID = {"actor": "system:wecom", "reason": "企业微信", "source": "wecom:1", "now": NOON}
Told = dict[int, list[int]]


def a_house() -> tuple[Member, list[Tag], list[int]]:
    """Return three plain tags (one ends after days), two of an exclusive group, one archived, one merged."""
    hua = a_member(a_workspace())
    stage = a_group(hua, is_exclusive=True)
    house = [
        a_tag(hua),
        a_tag(hua, default_days=30),
        a_tag(hua),
        a_tag(hua, stage),
        a_tag(hua, stage),
    ]
    away, merged = a_tag(hua), a_tag(hua)
    people = some_customers(hua.workspace, 12)
    tags.apply(hua.workspace, house[0].pk, add=people[:4], remove=[], **SAID | {"source": "rule:7"})
    tags.apply(hua.workspace, away.pk, add=people[:2], remove=[], **SAID)
    tags.archive_tag(hua, away.pk, now=NOON)
    tags.merge_tags(hua, merged.pk, house[2].pk, now=NOON)
    customers.erase(hua, people[-1], reason="", now=NOON)
    return hua, [*house, away, merged], people


def one_by_one(hua: Member, given: Told, taken: Told) -> None:
    for tag, whom in sorted(taken.items()):
        tags.apply(hua.workspace, tag, add=[], remove=whom, **SAID)
    for tag, whom in sorted(given.items()):
        try:
            tags.apply(hua.workspace, tag, add=whom, remove=[], **SAID)
        except tags.TagArchived:
            continue


def told(house: list[Tag], people: list[int], dice: random.Random) -> Told:
    some = dice.sample(house, 5)
    return {tag.pk: dice.sample(people, dice.randint(1, 8)) for tag in some}


def outcome(house: list[Tag], people: list[int]) -> object:
    """Return what stands now, with tags and people by their places."""
    tag, who = (
        {each.pk: n for n, each in enumerate(house)},
        {each: n for n, each in enumerate(people)},
    )
    taggings = Tagging.objects.filter(tag__in=house).order_by("tag", "customer")
    changes = TagChange.objects.filter(tag__in=house)
    marks = UnmirroredTagging.objects.filter(tag__in=tag)
    return (
        [
            (tag[row.tag_id], who[row.customer], sorted(row.sources), row.expires_at)
            for row in taggings
        ],
        [each.customers for each in Tag.objects.filter(pk__in=tag).order_by("pk")],
        sorted((tag[row.tag_id], who[row.customer], row.kind, row.source) for row in changes),
        {(tag[row.tag], who[row.customer]) for row in marks},
    )


@pytest.mark.parametrize("seed", range(4))
def test_it_comes_to_the_same_as_tag_by_tag(seed: int) -> None:
    dice = random.Random(seed)
    houses = [a_house(), a_house()]

    for _ in range(3):
        number = dice.random()
        for way, (hua, house, people) in zip(("one by one", "at once"), houses, strict=True):
            same = random.Random(number)
            given, taken = told(house, people, same), told(house, people, same)
            if way == "one by one":
                one_by_one(hua, given, taken)
            else:
                tags.carry_over(hua.workspace, given=given, taken=taken, **SAID)

    expected, found = (outcome(house, people) for _, house, people in houses)
    assert found == expected


def test_a_page_of_many_tags_takes_as_many_statements_as_one_tag(
    django_assert_max_num_queries,
) -> None:
    hua = a_member(a_workspace())
    people = some_customers(hua.workspace, 50)
    house = [a_tag(hua) for _ in range(20)]

    with django_assert_max_num_queries(12):
        tags.carry_over(hua.workspace, given={tag.pk: people for tag in house}, taken={}, **SAID)

    assert {each.customers for each in Tag.objects.filter(pk__in=[tag.pk for tag in house])} == {50}


def test_a_strangers_tag_is_passed_over_and_a_source_is_one_we_know() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    people, theirs = some_customers(hua.workspace, 2), a_tag(rival)

    tags.carry_over(hua.workspace, given={theirs.pk: people}, taken={theirs.pk: people}, **SAID)

    assert not Tagging.objects.filter(tag=theirs).exists()
    with pytest.raises(ValueError, match="source"):
        tags.carry_over(hua.workspace, given={}, taken={}, **SAID | {"source": "somewhere"})
