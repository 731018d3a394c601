"""What is composed once gives what the queryset itself would: every field, every order, for any values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, models, transaction

from yutang.customers.models import Consent, Customer, Dependant, Relation, RelationKind
from yutang.customers.tests.builders import NOON, a_customer
from yutang.engines import ComposedOnce, ComposedTogether
from yutang.workspaces.models import Membership
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.django_db


class Amount(models.Model):
    """No table has it: a statement is composed, never asked."""

    number = models.IntegerField()
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        app_label = "engines"
        managed = False


AN_INSTANT = datetime(2025, 12, 31, 16, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


def one_within(workspace: int, customer: int) -> "models.QuerySet[Customer, Customer]":
    return Customer.objects.within(workspace).filter(pk=customer)


def named(workspace: int, name: str) -> "models.QuerySet[Customer, Customer]":
    return Customer.objects.within(workspace).filter(name=name).order_by("-pk")


def relations(workspace: int, customer: int) -> "models.QuerySet[Relation, Relation]":
    return Relation.objects.within(workspace).filter(customer=customer).order_by("-since", "pk")


def household(workspace: int, customer: int) -> "models.QuerySet[Dependant, Dependant]":
    return Dependant.objects.within(workspace).filter(customer=customer).order_by("birthday", "pk")


def consents(workspace: int, customer: int) -> "models.QuerySet[Consent, Consent]":
    return Consent.objects.within(workspace).filter(customer=customer).order_by("pk")


def facts(rows: "models.QuerySet[Any, Any] | list[Any]") -> list[dict[str, object]]:
    return [
        {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
        for row in rows
    ]


@pytest.fixture
def lin(hua: Member) -> Customer:
    """Make somebody of whom everything is known, in words that JSON and SQL would trip over."""
    lin = a_customer(hua, name="林'\"\\ 𠮷 %s {} 👨‍👩‍👧")
    lin.birthday, lin.joined_at = date(1990, 2, 28), AN_INSTANT
    lin.fields = {"hobby": "[null]\n\t茶", "spent": 2**53 + 1, "is": [True, None, {"a": 1.5}]}
    lin.save()
    given = {"workspace": hua.workspace, "customer": lin, "home": lin}
    stamps = {"created_at": NOON, "updated_at": AN_INSTANT}
    for target, since in ((2**40, NOON), (7, AN_INSTANT), (8, AN_INSTANT)):
        since_when = {"since": since, "updated_at": NOON}
        Relation.objects.create(**given, kind=RelationKind.STORE, target=target, **since_when)
    for birthday in (None, date(2024, 2, 29), date(2020, 1, 1)):
        Dependant.objects.create(**given, kind="child", birthday=birthday, **stamps)
    return lin


def test_rows_are_the_querysets_in_every_field_and_in_its_order(hua: Member, lin: Customer) -> None:
    at = (hua.workspace.pk, lin.pk)

    for queryset in (one_within, relations, household, consents):
        assert facts(ComposedOnce(queryset).rows(*at)) == facts(queryset(*at)), queryset
    assert (len(relations(*at)), len(household(*at)), len(consents(*at))) == (3, 3, 0)


def test_what_was_composed_for_one_answers_for_another(hua: Member, lin: Customer) -> None:
    twins = [a_customer(hua, name="阿月").pk for _ in range(2)]
    ask = ComposedOnce(named)

    assert [each.pk for each in ask.rows(hua.workspace.pk, "阿月")] == twins[::-1]
    assert [each.pk for each in ask.rows(hua.workspace.pk, lin.name)] == [lin.pk]
    assert ask.rows(hua.workspace.pk, "' OR true --") == []
    assert ask.rows(a_workspace("Coffee House").pk, "阿月") == []
    assert ask.first(hua.workspace.pk, "阿月") == Customer.objects.get(pk=twins[1])
    assert ask.first(hua.workspace.pk, "nobody") is None


def test_what_was_selected_along_is_there_without_asking_again(
    hua: Member, django_assert_num_queries: Any
) -> None:
    ask = ComposedOnce(
        lambda user: Membership.objects.select_related("workspace").filter(user=user)
    )
    assert hua.user is not None

    (found,) = ask.rows(hua.user.pk)

    with django_assert_num_queries(0):
        assert facts([found.workspace]) == facts([hua.workspace])
    assert found._state.db == "default"
    assert not found._state.adding


def test_several_asked_together_say_what_each_says_alone(hua: Member, lin: Customer) -> None:
    parts = [ComposedOnce(each) for each in (one_within, relations, household, consents)]
    together = ComposedTogether(*parts)
    nobody = a_customer(hua)

    for customer in (lin, nobody, lin):
        at = (hua.workspace.pk, customer.pk)
        alone = [facts(each.rows(*at)) for each in parts]
        assert [facts(each) for each in together.rows(*at)] == alone


def test_they_are_asked_in_the_transaction_of_whoever_asks(hua: Member) -> None:
    ask = ComposedOnce(named)
    with transaction.atomic():
        a_customer(hua, name="阿月")
        assert len(ask.rows(hua.workspace.pk, "阿月")) == 1
        transaction.set_rollback(True)

    assert ask.rows(hua.workspace.pk, "阿月") == []


def test_a_lost_connection_is_refused_as_django_refuses_it(hua: Member) -> None:
    ask = ComposedOnce(
        lambda workspace: Customer.objects.within(workspace).extra(where=["1 / 0 > 0"])
    )

    with pytest.raises(DataError), transaction.atomic():
        ask.rows(hua.workspace.pk)


def test_a_value_that_is_no_parameter_is_refused(hua: Member) -> None:
    by_length = ComposedOnce(lambda most: Customer.objects.within(hua.workspace)[:most])

    with pytest.raises(ValueError, match="no parameters for the values"):
        by_length.rows(3)


def test_what_json_would_not_give_back_is_refused() -> None:
    exact = ComposedOnce(lambda number: Amount.objects.filter(number=number))

    with pytest.raises(ValueError, match="a DecimalField is not read from JSON"):
        ComposedTogether(exact).rows(1)
