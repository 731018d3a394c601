"""In an exclusive group a customer has one tag at most, whatever is given to whom in which order."""

import threading
from collections import Counter

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.tags import service as tags
from yutang.tags.models import TagChange, Tagging
from yutang.tags.tests.builders import (
    NOON,
    a_group,
    a_member,
    a_tag,
    a_workspace,
    applied,
    having,
    some_customers,
    tags_on,
)


@pytest.mark.django_db
def test_giving_one_takes_the_other_away() -> None:
    hua = a_member(a_workspace())
    stage = a_group(hua, is_exclusive=True)
    new, bought = a_tag(hua, stage), a_tag(hua, stage)
    (customer,) = some_customers(hua.workspace)
    applied(new, add=[customer])

    outcome = applied(bought, add=[customer])

    assert outcome == tags.Applied(given=1, displaced=1)
    assert tags_on(hua.workspace, customer) == [bought.pk]
    assert tags.find_tag(hua.workspace, new.pk).customers == 0
    assert TagChange.objects.filter(tag=new).order_by("-pk")[0].kind == "displaced"


@pytest.mark.django_db
def test_a_group_with_overlaps_is_made_exclusive_only_when_told_which_stay() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua)
    older, newer = a_tag(hua, group), a_tag(hua, group)
    both, one = some_customers(hua.workspace, 2)
    applied(older, add=[both, one])
    applied(newer, add=[both])

    with pytest.raises(tags.TagsOverlap) as refusal:
        tags.change_group(hua, group.pk, is_exclusive=True, now=NOON)
    assert refusal.value.params["count"] == 1
    assert having(older) == [both, one]

    tags.change_group(hua, group.pk, is_exclusive=True, overlaps="keep_newest", now=NOON)

    assert (having(older), having(newer)) == ([one], [both])
    assert tags.find_tag(hua.workspace, older.pk).customers == 1


@pytest.mark.django_db
def test_a_group_no_longer_exclusive_lets_customers_have_several() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    one, other = a_tag(hua, group), a_tag(hua, group)
    (customer,) = some_customers(hua.workspace)
    applied(one, add=[customer])

    tags.change_group(hua, group.pk, is_exclusive=False, now=NOON)
    applied(other, add=[customer])

    assert tags_on(hua.workspace, customer) == [one.pk, other.pk]


@pytest.mark.django_db
def test_a_tag_moves_into_an_exclusive_group_only_without_overlaps() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    inside, outside = a_tag(hua, group), a_tag(hua)
    (customer,) = some_customers(hua.workspace)
    applied(inside, add=[customer])
    applied(outside, add=[customer])

    with pytest.raises(tags.TagsOverlap):
        tags.change_tag(hua, outside.pk, group_id=group.pk, now=NOON)
    applied(outside, remove=[customer])
    tags.change_tag(hua, outside.pk, group_id=group.pk, now=NOON)
    applied(outside, add=[customer])

    assert tags_on(hua.workspace, customer) == [outside.pk]


acts = st.lists(
    st.tuples(
        st.sampled_from(["give", "take"]),
        st.integers(0, 3),
        st.sets(st.integers(0, 4), min_size=1),
        st.sampled_from(["manual", "rule:1", "rule:2", "import:9"]),
    ),
    max_size=12,
)


@pytest.mark.django_db
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(acts=acts)
def test_any_sequence_of_acts_ends_as_a_plain_model_says(acts) -> None:
    hua = a_member(a_workspace())
    exclusive, free = a_group(hua, is_exclusive=True), a_group(hua)
    four = [a_tag(hua, exclusive), a_tag(hua, exclusive), a_tag(hua, exclusive), a_tag(hua, free)]
    crowd = some_customers(hua.workspace, 5)
    model: dict[tuple[int, int], set[str]] = {}

    for act, which, whom, source in acts:
        people = [crowd[each] for each in sorted(whom)]
        applied(
            four[which],
            add=people if act == "give" else [],
            remove=people if act == "take" else [],
            source=source,
        )
        _act_on(model, act, which, sorted(whom), source)

    held = {
        (four.index(row.tag), crowd.index(row.customer)): set(row.sources)
        for row in Tagging.objects.within(hua.workspace).select_related("tag")
    }
    assert held == model
    assert all(count == 1 for count in Counter(c for t, c in held if t < 3).values())
    counts = {four.index(tag): tag.customers for tag in tags.list_tags(hua.workspace)}
    assert counts == {n: sum(t == n for t, _ in held) for n in range(4)}


def _act_on(model, act, which, whom, source) -> None:
    for customer in whom:
        sources = model.get((which, customer), set())
        if act == "give":
            if which < 3:
                for other in {0, 1, 2} - {which}:
                    model.pop((other, customer), None)
            model[which, customer] = sources | {source}
            continue
        rules = {each for each in sources if each.startswith("rule:")}
        left = sources - {source} if source.startswith("rule:") else rules
        if left:
            model[which, customer] = left
        else:
            model.pop((which, customer), None)


@pytest.mark.django_db(transaction=True)
def test_two_who_give_different_tags_at_once_leave_one() -> None:
    hua = a_member(a_workspace())
    group = a_group(hua, is_exclusive=True)
    pair = [a_tag(hua, group), a_tag(hua, group)]
    crowd = some_customers(hua.workspace, 200)
    ready = threading.Barrier(2)
    problems: list[Exception] = []

    def give(tag) -> None:
        try:
            ready.wait()
            for _ in range(5):
                applied(tag, add=crowd)
        except Exception as problem:  # noqa: BLE001  (shown below, outside the thread)
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(tag,)) for tag in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert len(having(pair[0])) + len(having(pair[1])) == 200
    counts = [tags.find_tag(hua.workspace, tag.pk).customers for tag in pair]
    assert counts == [len(having(tag)) for tag in pair]
