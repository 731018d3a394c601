"""Customers and who looks after them, where they belong, who brought them, who lives with them."""

from datetime import date, timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.customers.tests.builders import NOON, a_customer, a_guide, a_member, a_workspace
from yutang.kit.i18n import Text
from yutang.workspaces import service as workspaces

pytestmark = pytest.mark.django_db


@pytest.fixture
def hua():
    return a_member(a_workspace())


def test_a_follow_up_has_a_status_a_remark_and_a_beginning(hua) -> None:
    fang = a_customer(hua)
    (lin,) = a_guide(hua.workspace).scope.staff_ids

    first = customers.relate(hua, fang.pk, RelationKind.STAFF, lin, source="scan", now=NOON)
    assert (first.status, first.since) == ("new", NOON)
    later = NOON + timedelta(days=1)
    again = customers.relate(
        hua, fang.pk, RelationKind.STAFF, lin, status="following", remark="爱喝茶", now=later
    )

    assert again.pk == first.pk
    assert (again.status, again.remark, again.source, again.since) == (
        "following",
        "爱喝茶",
        "scan",
        NOON,
    )


def test_a_status_is_one_of_the_workspaces_own(hua) -> None:
    fang = a_customer(hua)
    (lin,) = a_guide(hua.workspace).scope.staff_ids
    customers.set_follow_statuses(hua, [("hot", Text("意向强", "Hot"))], now=NOON)

    assert customers.relate(hua, fang.pk, RelationKind.STAFF, lin, now=NOON).status == "hot"
    with pytest.raises(customers.UnknownStatus):
        customers.relate(hua, fang.pk, RelationKind.STAFF, lin, status="following", now=NOON)
    customers.set_follow_statuses(hua, None, now=NOON)
    assert "following" in customers.follow_statuses(hua.workspace)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        (RelationKind.STAFF, workspaces.NoSuchStaff),
        (RelationKind.STORE, workspaces.NoSuchStore),
        (RelationKind.GROUP, customers.NoSuchGroup),
        (RelationKind.REFERRER, customers.NotFound),
    ],
)
def test_nobody_is_related_to_what_is_not_there_or_the_rivals(hua, kind, refusal) -> None:
    rival = a_member(a_workspace("Coffee House"))
    theirs = {
        RelationKind.STAFF: next(iter(a_guide(rival.workspace).scope.staff_ids)),
        RelationKind.STORE: workspaces.create_store(
            rival.workspace, name="对门店", actor=rival.actor, now=NOON
        ).pk,
        RelationKind.GROUP: customers.create_group(rival, name="对门群", now=NOON).pk,
        RelationKind.REFERRER: a_customer(rival).pk,
    }
    fang = a_customer(hua)

    for target in (theirs[kind], 4_000_000):
        with pytest.raises(refusal):
            customers.relate(hua, fang.pk, kind, target, now=NOON)

    assert customers.relations_of(hua, fang.pk) == []


def test_a_customer_has_one_referrer_and_no_circle(hua) -> None:
    a, b, c = (a_customer(hua) for _ in range(3))
    customers.relate(hua, b.pk, RelationKind.REFERRER, a.pk, now=NOON)
    customers.relate(hua, c.pk, RelationKind.REFERRER, b.pk, now=NOON)

    for circle in (a, c):
        with pytest.raises(customers.BringsHerself):
            customers.relate(hua, a.pk, RelationKind.REFERRER, circle.pk, now=NOON)
    customers.relate(hua, c.pk, RelationKind.REFERRER, a.pk, now=NOON)

    assert [each.target for each in customers.relations_of(hua, c.pk)] == [a.pk]


def test_many_are_related_at_once_and_only_once(hua) -> None:
    people = [a_customer(hua).pk for _ in range(3)]
    (lin,) = a_guide(hua.workspace).scope.staff_ids
    batch = [customers.RelationRow(each, lin, "new", "demo") for each in people]

    added = [
        customers.relate_many(hua.workspace, RelationKind.STAFF, batch, now=NOON) for _ in "12"
    ]

    assert added == [3, 0]


def test_an_ended_relation_takes_the_customer_out_of_sight(hua) -> None:
    lin = a_guide(hua.workspace)
    (staff,) = lin.scope.staff_ids
    fang = a_customer(lin)

    customers.unrelate(hua, fang.pk, RelationKind.STAFF, staff, now=NOON)

    with pytest.raises(customers.NotFound):
        customers.profile(lin, fang.pk, now=NOON)
    with pytest.raises(customers.NotRelated):
        customers.unrelate(hua, fang.pk, RelationKind.STAFF, staff, now=NOON)


@pytest.mark.parametrize(
    ("born", "stage"),
    [
        (date(2026, 6, 1), "expecting"),
        (date(2026, 3, 2), "expecting"),
        (date(2026, 3, 1), "newborn"),
        (date(2025, 9, 2), "newborn"),
        (date(2025, 9, 1), "infant"),
        (date(2025, 3, 1), "toddler_1"),
        (date(2024, 3, 2), "toddler_1"),
        (date(2020, 3, 1), "school_lower"),
        (date(2012, 3, 2), "teen"),
        (date(2012, 3, 1), None),
    ],
)
def test_a_childs_stage_changes_on_the_day(hua, born: date, stage: str | None) -> None:
    found = customers.stage_of(born, on=date(2026, 3, 1), stages=customers.stages_of(hua.workspace))

    assert (found and found.name) == stage


def test_a_household_is_kept_by_the_day_where_the_workspace_is(hua) -> None:
    fang = a_customer(hua)
    late = NOON.replace(hour=17)  # already the 2nd of March in Shanghai
    bean = customers.add_dependant(
        hua, fang.pk, kind="child", name="豆豆", birthday=date(2026, 3, 2), now=NOON
    )

    def stages(now) -> list[str]:
        return [each.stage.name for each in customers.household(hua, fang.pk, now=now)]

    assert (stages(NOON), stages(late)) == (["expecting"], ["newborn"])
    customers.change_dependant(hua, fang.pk, bean.pk, {"birthday": date(2024, 1, 1)}, now=NOON)
    assert stages(NOON) == ["toddler_2"]
    customers.remove_dependant(hua, fang.pk, bean.pk, now=NOON)
    with pytest.raises(customers.NoSuchDependant):
        customers.remove_dependant(hua, fang.pk, bean.pk, now=NOON)


def test_stages_of_ones_own_stand_in_order(hua) -> None:
    puppy = customers.Stage("puppy", Text("幼犬", "Puppy"), 12)
    grown = customers.Stage("grown", Text("成犬", "Grown"), None)

    with pytest.raises(customers.StagesNotInOrder):
        customers.set_stages(hua, [grown, puppy], now=NOON)
    customers.set_stages(hua, [puppy, grown], now=NOON)

    stages = customers.stages_of(hua.workspace)
    assert customers.stage_of(date(2015, 1, 1), on=NOON.date(), stages=stages) == grown


def say(member, customer, state, minutes=0, purpose="marketing", channel="sms"):
    at = NOON + timedelta(minutes=minutes)
    return customers.record_consent(
        member, customer.pk, purpose=purpose, channel=channel, state=state, at=at,
        proof="同意接收短信", now=NOON + timedelta(days=1),
    )  # fmt: skip


def test_the_last_word_on_consent_counts_and_every_word_is_kept(hua) -> None:
    fang = a_customer(hua)
    say(hua, fang, "granted")
    say(hua, fang, "withdrawn", 2)
    say(hua, fang, "granted", 1)
    say(hua, fang, "granted", purpose="service")

    assert {each.purpose: each.state for each in customers.consents_of(hua, fang.pk)} == {
        "marketing": "withdrawn",
        "service": "granted",
    }
    assert customers.consent_history(hua, fang.pk).count() == 4


def test_a_no_to_every_channel_is_a_no_to_each(hua) -> None:
    yes, no, silent = (a_customer(hua) for _ in range(3))
    say(hua, yes, "withdrawn", channel="any")
    say(hua, yes, "granted", 1)
    say(hua, no, "granted")
    say(hua, no, "withdrawn", channel="any")

    answer = customers.consent_now(
        hua.workspace, [yes.pk, no.pk, silent.pk], purpose="marketing", channel="sms"
    )

    assert answer == {yes.pk: True, no.pk: False}


def test_groups_have_names_of_their_own_and_sizes(hua) -> None:
    fang = a_customer(hua)
    perk = customers.create_group(hua, name="福利群", kind="brand_perk", now=NOON)
    customers.relate(hua, fang.pk, RelationKind.GROUP, perk.pk, now=NOON)

    with pytest.raises(customers.GroupNameTaken):
        customers.create_group(hua, name="福利群", now=NOON)
    assert customers.group_sizes(hua.workspace, [perk.pk]) == {perk.pk: 1}
    customers.archive_group(hua, perk.pk, now=NOON)
    with pytest.raises(customers.NoSuchGroup):
        customers.relate(hua, fang.pk, RelationKind.GROUP, perk.pk, now=NOON)
    customers.create_group(hua, name="福利群", now=NOON)
