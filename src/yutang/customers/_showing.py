"""Customers as people see them: what is personal is masked, unless somebody may see it and asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yutang.customers._attributes import attributes_of
from yutang.customers._consent import CONSENTS, last_words
from yutang.customers._holding import Word, held_of
from yutang.customers._household import Stage, stage_of, stages_of, today_in
from yutang.customers._identities import IDENTITIES, masked, strongest_first
from yutang.customers._relating import RELATIONS, with_referrers
from yutang.customers._searching import Looking, look
from yutang.customers._seeing import PARTS, seen, seen_one
from yutang.customers.models import (
    Consent,
    Customer,
    Dependant,
    Identity,
    Relation,
    RelationKind,
)
from yutang.engines import ComposedOnce, ComposedTogether
from yutang.kit.pages import PageIn, PageOf
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, NotAllowed, record_audit

__all__ = [
    "Listed",
    "Profile",
    "ShownDependant",
    "ShownIdentity",
    "household",
    "lines_of",
    "list_customers",
    "profile",
    "shown_identity",
    "staged",
]

_MASK = "***"


@dataclass(frozen=True)
class ShownIdentity:
    """One identity; `value` is masked unless it was asked for."""

    id: int
    name: str
    value: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True)
class ShownDependant:
    """A member of the household, and the stage of life she is in today."""

    dependant: Dependant
    stage: Stage | None


@dataclass(frozen=True)
class Listed:
    """One line of the list of customers."""

    customer: Customer
    phone: str  # masked; empty where none is known
    identity_kinds: Sequence[str]
    staff: Sequence[Relation]


@dataclass(frozen=True)
class Profile:
    """Everything of one customer on one page. Events and tags are other apps'."""

    customer: Customer
    attributes: Mapping[str, Any]
    told: Mapping[str, Word]  # who said each attribute, and when
    identities: Sequence[ShownIdentity]
    relations: Sequence[Relation]
    dependants: Sequence[ShownDependant]
    consents: Sequence[Consent]
    merged: Sequence[int]  # the customers she also consists of
    is_revealed: bool


def list_customers(member: Member, looking: Looking, page: PageIn) -> PageOf[Listed]:
    """Return a page of customers, found or all, with what their line shows.

    :raises CursorUnknown, NoSuchNarrowing:
    """
    found = look(member, looking, page)
    return PageOf(_lines(member, found.items), found.next)


def lines_of(
    member: Member, customer_ids: Sequence[int], *, reveal: bool = False
) -> dict[int, Listed]:
    """Return the lines of those of these customers whom the member may see, by their number.

    With `reveal`, telephones in full: who calls it so puts that on record.

    :raises NotAllowed:
    """
    if reveal and not member.may("customers.unmask"):
        raise NotAllowed(permission="customers.unmask")
    rows = seen(member).filter(pk__in=customer_ids).order_by("pk")
    return {each.customer.pk: each for each in _lines(member, list(rows), reveal=reveal)}


def _lines(member: Member, rows: Sequence[Customer], *, reveal: bool = False) -> list[Listed]:
    numbers = [customer.pk for customer in rows]
    phones: dict[int, str] = {}
    kinds: dict[int, set[str]] = defaultdict(set)
    named = Identity.objects.within(member.workspace).filter(customer__in=numbers).order_by("pk")
    for customer, name, value in named.values_list("customer", "name", "value"):
        kinds[customer].add(name.partition(":")[0])
        if name == "phone":
            phones.setdefault(customer, value if reveal else masked(name, value))
    staff: dict[int, list[Relation]] = defaultdict(list)
    theirs = Relation.objects.within(member.workspace).filter(
        customer__in=numbers, kind=RelationKind.STAFF, is_hidden=False
    )
    for relation in theirs.order_by("-since", "pk"):
        staff[relation.customer_id].append(relation)
    return [
        Listed(each, phones.get(each.pk, ""), sorted(kinds[each.pk]), staff[each.pk])
        for each in rows
    ]


def profile(member: Member, customer_id: int, *, reveal: bool = False, now: datetime) -> Profile:
    """Return a customer's page. With `reveal`, identities and personal fields in full, on record.

    :raises NotFound, NotAllowed:
    """
    workspace = member.workspace
    if reveal and not member.may("customers.unmask"):
        raise NotAllowed(permission="customers.unmask")
    customer, page = _page_seen(member, customer_id)
    if reveal:
        target = f"customer:{customer.pk}"
        record_audit(workspace, member.actor, "customers.revealed", target, now=now)
    parts, identities, relations, household, said = page
    return Profile(
        customer,
        _values(workspace, customer, reveal=reveal),
        held_of(customer),
        [shown_identity(each, reveal=reveal) for each in strongest_first(workspace, identities)],
        with_referrers(workspace, relations),
        _in_stages(workspace, household, on=today_in(workspace, now)),
        last_words(said),
        sorted(part.pk for part in parts if part.pk != customer.pk),
        reveal,
    )


def _page_seen(member: Member, customer_id: int) -> tuple[Customer, list[list[Any]]]:
    """Return a customer the member may see, and all that is asked together about her.

    Who may see everyone asks once: somebody who was not merged is among what she consists of.
    """
    workspace = member.workspace.pk
    if member.scope.is_everyone:
        page = _PAGE.rows(workspace, customer_id)
        for part in page[0]:
            if part.pk == customer_id and part.merged_into_id is None:
                return part, page
    customer = seen_one(member, customer_id)
    return customer, _PAGE.rows(workspace, customer.pk)


def _values(workspace: Workspace, customer: Customer, *, reveal: bool) -> dict[str, Any]:
    """Return the attributes a customer shows, by name, without retired ones."""
    known = attributes_of(workspace)
    return {
        name: _MASK if known[name].personal and not reveal else word.value
        for name, word in held_of(customer).items()
        if name in known
    }


def _in_stages(
    workspace: Workspace, found: Sequence[Dependant], *, on: date
) -> list[ShownDependant]:
    """Return a household, each in her stage of life on a day."""
    stages = stages_of(workspace) if found else ()
    return [ShownDependant(each, stage_of(each.birthday, on=on, stages=stages)) for each in found]


_HOUSEHOLD = ComposedOnce(
    lambda workspace, customer: (
        Dependant.objects.within(workspace).filter(customer=customer).order_by("birthday", "pk")
    )
)
_PAGE = ComposedTogether(PARTS, IDENTITIES, RELATIONS, _HOUSEHOLD, CONSENTS)


def household(member: Member, customer_id: int, *, now: datetime) -> list[ShownDependant]:
    """Return the household of a customer, the eldest first, each in her stage of life today.

    :raises NotFound:
    """
    workspace, customer = member.workspace, seen_one(member, customer_id)
    found = _HOUSEHOLD.rows(workspace.pk, customer.pk)
    return _in_stages(workspace, found, on=today_in(workspace, now))


def staged(workspace: Workspace, dependant: Dependant, *, now: datetime) -> ShownDependant:
    """Return a member of a household in her stage of life today."""
    on, stages = today_in(workspace, now), stages_of(workspace)
    return ShownDependant(dependant, stage_of(dependant.birthday, on=on, stages=stages))


def shown_identity(identity: Identity, *, reveal: bool = False) -> ShownIdentity:
    """Return an identity as people see it."""
    value = identity.value if reveal else masked(identity.name, identity.value)
    return ShownIdentity(identity.pk, identity.name, value, identity.added_at, identity.added_by)
