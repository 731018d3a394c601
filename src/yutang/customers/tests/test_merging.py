"""Two customers become one with everything they have, and two again as if nothing had been."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.customers import service as customers
from yutang.customers.facts import CustomersMerged, MergeUndone
from yutang.customers.models import (
    ConflictState,
    Consent,
    Customer,
    Dependant,
    Identity,
    Merge,
    Relation,
    RelationKind,
)
from yutang.customers.tests.builders import (
    NOON,
    a_customer,
    a_guide,
    a_member,
    a_workspace,
    resolve,
    shown,
    who,
)
from yutang.workspaces.models import AuditRecord

pytestmark = pytest.mark.django_db
PHONE = "13800138000"
LATER = NOON + timedelta(hours=1)


def world(workspace) -> dict[str, object]:
    """Return everything of a workspace's customers that a merge could disturb."""
    return {
        "customers": sorted(
            Customer.objects.within(workspace).values_list(
                "pk", "current_id", "merged_into", "name", "city", "joined_at", "created_at"
            )
        ),
        "fields": {row.pk: (row.fields, row.told) for row in Customer.objects.within(workspace)},
        "identities": sorted(
            Identity.objects.within(workspace).values_list("customer", "home", "name", "value")
        ),
        "relations": sorted(
            Relation.objects.within(workspace).values_list(
                "customer", "kind", "target", "status", "remark", "is_hidden"
            )
        ),
        "dependants": sorted(Dependant.objects.within(workspace).values_list("customer", "name")),
        "consents": sorted(Consent.objects.within(workspace).values_list("customer", "purpose")),
    }


def test_the_better_word_is_shown_and_undoing_brings_back_both() -> None:
    hua = a_member(a_workspace())
    old = a_customer(hua, name="王小明", city="北京市")
    young = a_customer(hua, now=LATER, name="王晓明", gender="男")
    before = world(hua.workspace)

    merge = customers.merge(hua, old.pk, young.pk, now=LATER)

    assert shown(old) == {"name": "王晓明", "city": "北京", "gender": "male"}
    assert merge.changed == {"name": ["王小明", "王晓明"], "gender": [None, "male"]}
    customers.undo_merge(hua, merge.pk, now=LATER)
    assert world(hua.workspace) == before


def test_a_person_counts_more_than_a_list_however_recent() -> None:
    hua = a_member(a_workspace())
    old, young = a_customer(hua, city="北京"), a_customer(hua)
    number = Identity.objects.get(customer=young).value
    row = customers.ProfileRow({"member_no": number}, {"city": "上海", "name": "王芳"})
    customers.upsert_many(hua.workspace, [row], source="import:1", now=LATER)

    customers.merge(hua, young.pk, old.pk, now=LATER)

    assert shown(young) == {"name": "王芳", "city": "北京"}


def test_a_member_since_the_earlier_day_and_known_since_the_earlier() -> None:
    hua = a_member(a_workspace())
    old = a_customer(hua, joined_at="2025-06-01T00:00:00Z")
    young = a_customer(hua, now=LATER, joined_at="2024-01-01T00:00:00Z")

    customers.merge(hua, young.pk, old.pk, now=LATER)

    young.refresh_from_db()
    assert (young.joined_at.year, young.created_at) == (2024, NOON)


def test_what_is_said_after_a_merge_is_shown_and_stays_with_the_winner() -> None:
    hua = a_member(a_workspace())
    old, young = a_customer(hua, city="北京"), a_customer(hua, now=LATER, city="上海")
    merge = customers.merge(hua, old.pk, young.pk, now=LATER)

    customers.change(hua, young.pk, {"city": "广州"}, now=LATER)
    assert shown(old) == {"city": "广州"}
    customers.change(hua, old.pk, {"city": None}, now=LATER)
    assert shown(old) == {}
    customers.change(hua, old.pk, {"city": "深圳"}, now=LATER)
    customers.undo_merge(hua, merge.pk, now=LATER)

    assert (shown(old), shown(young)) == ({"city": "深圳"}, {"city": "上海"})


def test_relations_household_and_consent_follow_and_return() -> None:
    hua = a_member(a_workspace())
    (lin,) = a_guide(hua.workspace).scope.staff_ids
    old, young, aunt = a_customer(hua), a_customer(hua), a_customer(hua)
    for each, remark in ((old, "爱喝龙井"), (young, "爱喝普洱")):
        customers.relate(hua, each.pk, RelationKind.STAFF, lin, remark=remark, now=NOON)
    customers.relate(hua, young.pk, RelationKind.REFERRER, aunt.pk, now=NOON)
    customers.add_dependant(hua, young.pk, kind="child", name="豆豆", now=NOON)
    customers.record_consent(
        hua, young.pk, purpose="marketing", channel="sms", state="granted", now=NOON
    )
    before = world(hua.workspace)

    merge = customers.merge(hua, old.pk, young.pk, now=LATER)

    kinds = [(each.kind, each.target) for each in customers.relations_of(hua, old.pk)]
    assert kinds == [("referrer", aunt.pk), ("staff", lin)]
    assert [each.name for each in customers.dependants_of(hua, old.pk)] == ["豆豆"]
    assert customers.consent_now(hua.workspace, [old.pk], purpose="marketing", channel="sms") == {
        old.pk: True
    }
    customers.undo_merge(hua, merge.pk, now=LATER)
    assert world(hua.workspace) == before


def test_who_brought_herself_by_a_merge_has_no_referrer_until_it_is_undone() -> None:
    hua = a_member(a_workspace())
    aunt, niece = a_customer(hua), a_customer(hua)
    customers.relate(hua, niece.pk, RelationKind.REFERRER, aunt.pk, now=NOON)

    merge = customers.merge(hua, aunt.pk, niece.pk, now=LATER)
    assert customers.relations_of(hua, aunt.pk) == []
    customers.undo_merge(hua, merge.pk, now=LATER)

    assert [each.target for each in customers.relations_of(hua, niece.pk)] == [aunt.pk]


def test_identities_that_came_through_the_loser_go_back_with_her() -> None:
    hua = a_member(a_workspace())
    old, young = who(hua.workspace, phone=PHONE), who(hua.workspace, unionid="u1")
    merge = customers.merge(hua, old, young, now=NOON)

    assert who(hua.workspace, unionid="u1", openid__a="o1") == old
    assert who(hua.workspace, phone=PHONE, buyer_id__t="b1") == old
    customers.undo_merge(hua, merge.pk, now=LATER)

    assert who(hua.workspace, openid__a="o1") == young
    assert who(hua.workspace, buyer_id__t="b1") == old


def test_who_was_parted_is_not_merged_again_by_a_program() -> None:
    hua = a_member(a_workspace())
    old, young = who(hua.workspace, phone=PHONE), who(hua.workspace, unionid="u1")
    resolve(hua.workspace, {"phone": PHONE, "unionid": "u1"})
    customers.undo_merge(hua, Merge.objects.within(hua.workspace).get().pk, now=LATER)

    (answer,) = resolve(hua.workspace, {"phone": PHONE, "unionid": "u1"})

    assert answer.customer_id == young
    assert who(hua.workspace, phone=PHONE) == old
    assert customers.conflicts_of(hua).count() == 0


def test_a_merge_in_the_middle_of_a_chain_can_be_undone() -> None:
    hua = a_member(a_workspace())
    a, b, c = (a_customer(hua, name=name) for name in ("甲", "乙", "丙"))
    first = customers.merge(hua, b.pk, c.pk, now=NOON)
    customers.merge(hua, a.pk, b.pk, now=LATER)

    customers.undo_merge(hua, first.pk, now=LATER)

    assert customers.origins(hua.workspace, a.pk) == [a.pk, b.pk]
    assert customers.origins(hua.workspace, c.pk) == [c.pk]
    assert shown(c) == {"name": "丙"}


def test_a_preview_says_what_would_be_shown_and_changes_nothing() -> None:
    hua = a_member(a_workspace())
    old = a_customer(hua, name="王小明", city="北京")
    young = a_customer(hua, now=LATER, name="王晓明")
    before = world(hua.workspace)

    preview = customers.preview_merge(hua, old.pk, young.pk)

    assert preview.attributes["name"] == ("王小明", "王晓明", "王晓明")
    assert preview.attributes["city"] == ("北京", None, "北京")
    assert preview.disputed == ("member_no",)
    assert preview.identities == 2
    assert world(hua.workspace) == before


def test_everything_is_on_record_and_announced(django_capture_on_commit_callbacks) -> None:
    from yutang.kit import facts

    hua = a_member(a_workspace())
    old, young = a_customer(hua), a_customer(hua)
    heard: list[object] = []
    for kind in (CustomersMerged, MergeUndone):
        facts.on(kind)(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        merge = customers.merge(hua, old.pk, young.pk, now=NOON)
        customers.undo_merge(hua, merge.pk, now=LATER)

    assert heard == [
        CustomersMerged(hua.workspace.pk, old.pk, young.pk),
        MergeUndone(hua.workspace.pk, old.pk, young.pk),
    ]
    audited = AuditRecord.objects.within(hua.workspace).filter(target=f"customer:{old.pk}")
    assert [each.action for each in audited.order_by("pk")][1:] == [
        "customers.merged",
        "customers.merge_undone",
    ]
    with pytest.raises(customers.AlreadyUndone):
        customers.undo_merge(hua, merge.pk, now=LATER)


def test_a_question_is_answered_once_by_yes_or_no() -> None:
    hua = a_member(a_workspace())
    for unionid, phone in (("u1", "13900139001"), ("u2", "13900139002")):
        who(hua.workspace, unionid=unionid, phone=phone)
        who(hua.workspace, unionid=unionid, phone=f"{phone[:-1]}9")
    yes, no = customers.conflicts_of(hua).order_by("pk")

    merge = customers.accept_conflict(hua, yes.pk, now=LATER)
    customers.reject_conflict(hua, no.pk, now=LATER)

    assert (merge.winner_id, merge.loser_id, merge.origin) == (
        yes.first_id,
        yes.second_id,
        "review",
    )
    assert customers.conflicts_of(hua).count() == 0
    assert customers.conflicts_of(hua, state=ConflictState.ACCEPTED).get() == yes
    assert customers.conflicts_of(hua, state=ConflictState.REJECTED).get() == no
    for conflict in (yes, no):
        with pytest.raises(customers.AlreadyDecided):
            customers.accept_conflict(hua, conflict.pk, now=LATER)


def test_nobody_merges_whom_she_may_not_see() -> None:
    hua = a_member(a_workspace())
    lin, rival = a_guide(hua.workspace), a_member(a_workspace("Coffee House"))
    mine = a_customer(lin)
    old, young = a_customer(hua), a_customer(hua)
    merge = customers.merge(hua, old.pk, young.pk, now=NOON)

    for stranger in (lin, rival):
        with pytest.raises(customers.NotFound):
            customers.merge(stranger, mine.pk, old.pk, now=NOON)
        with pytest.raises(customers.NoSuchMerge):
            customers.undo_merge(stranger, merge.pk, now=NOON)


CITY = st.sampled_from(["北京", "上海", "广州", ""])
STEP = st.tuples(st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(st.tuples(CITY, st.integers(0, 3)), min_size=4, max_size=4),
    steps=st.lists(STEP, max_size=4),
    data=st.data(),
)
def test_the_order_of_merges_does_not_matter_and_undoing_all_restores_all(
    db, people, steps, data
) -> None:
    hua = a_member(a_workspace())
    made = [
        a_customer(hua, now=NOON + timedelta(minutes=minute), city=city, name=f"{place}")
        for place, (city, minute) in enumerate(people)
    ]
    before = world(hua.workspace)

    def merge_all(order) -> dict[frozenset[int], tuple[str, str]]:
        merges = []
        for one, other in order:
            try:
                merges.append(customers.merge(hua, made[one].pk, made[other].pk, now=LATER).pk)
            except customers.SameCustomer:
                continue
        result = {
            frozenset(customers.origins(hua.workspace, row.pk)): (row.name, row.city)
            for row in Customer.objects.within(hua.workspace).active()
        }
        for merge in data.draw(st.permutations(merges)):
            customers.undo_merge(hua, merge, now=LATER)
        assert world(hua.workspace) == before
        return result

    assert merge_all(steps) == merge_all(data.draw(st.permutations(steps)))
