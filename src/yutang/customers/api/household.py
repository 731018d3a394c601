"""One customer's relations, household and consent."""

from typing import Any

from ninja import Query, Status

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.api.shapes import (
    ConsentIn,
    ConsentOut,
    DependantIn,
    DependantOut,
    DependantPatch,
    Id,
    RelationIn,
    RelationOut,
    dependant_out,
)
from yutang.customers.models import Consent, Relation, RelationKind
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, NoSuchStaff, NoSuchStore, needs


@router.get(
    "/{int:customer_id}/relations",
    summary="List a customer's relations",
    response={200: Page[RelationOut]} | refusals(customers.NotFound),
)
@needs("customers.read")
def list_relations(request: MemberRequest, customer_id: Id) -> PageOf[Relation]:
    return PageOf(customers.relations_of(request.auth, customer_id))


@router.put(
    "/{int:customer_id}/relations/{kind}/{int:target}",
    summary="Relate a customer",
    description="To a member of staff, a store, a group, or the customer who brought her; or change how.",
    response={200: RelationOut}
    | refusals(
        customers.NotFound,
        NoSuchStaff,
        NoSuchStore,
        customers.NoSuchGroup,
        customers.UnknownStatus,
        customers.BringsHerself,
    ),
)
@needs("customers.write")
def relate(
    request: MemberRequest, customer_id: Id, kind: RelationKind, target: Id, body: RelationIn
) -> Relation:
    return customers.relate(request.auth, customer_id, kind, target, now=now(), **body.dict())


@router.delete(
    "/{int:customer_id}/relations/{kind}/{int:target}",
    summary="End a relation",
    response={204: None} | refusals(customers.NotFound, customers.NotRelated),
)
@needs("customers.write")
def unrelate(
    request: MemberRequest, customer_id: Id, kind: RelationKind, target: Id
) -> Status[None]:
    customers.unrelate(request.auth, customer_id, kind, target, now=now())
    return Status(204, None)


@router.get(
    "/{int:customer_id}/dependants",
    summary="List a customer's household",
    response={200: Page[DependantOut]} | refusals(customers.NotFound),
)
@needs("customers.read")
def list_dependants(request: MemberRequest, customer_id: Id) -> PageOf[dict[str, Any]]:
    found = customers.household(request.auth, customer_id, now=now())
    return PageOf([dependant_out(each) for each in found])


@router.post(
    "/{int:customer_id}/dependants",
    summary="Add somebody to a household",
    response={201: DependantOut} | refusals(customers.NotFound),
)
@needs("customers.write")
def add_dependant(
    request: MemberRequest, customer_id: Id, body: DependantIn
) -> Status[dict[str, Any]]:
    added = customers.add_dependant(request.auth, customer_id, now=now(), **body.dict())
    return Status(201, dependant_out(customers.staged(request.auth.workspace, added, now=now())))


@router.patch(
    "/{int:customer_id}/dependants/{int:dependant_id}",
    summary="Change a member of a household",
    response={200: DependantOut} | refusals(customers.NotFound, customers.NoSuchDependant),
)
@needs("customers.write")
def change_dependant(
    request: MemberRequest, customer_id: Id, dependant_id: Id, body: DependantPatch
) -> dict[str, Any]:
    changes = body.dict(exclude_unset=True)
    changed = customers.change_dependant(
        request.auth, customer_id, dependant_id, changes, now=now()
    )
    return dependant_out(customers.staged(request.auth.workspace, changed, now=now()))


@router.delete(
    "/{int:customer_id}/dependants/{int:dependant_id}",
    summary="Remove somebody from a household",
    response={204: None} | refusals(customers.NotFound, customers.NoSuchDependant),
)
@needs("customers.write")
def remove_dependant(request: MemberRequest, customer_id: Id, dependant_id: Id) -> Status[None]:
    customers.remove_dependant(request.auth, customer_id, dependant_id, now=now())
    return Status(204, None)


@router.get(
    "/{int:customer_id}/consents",
    summary="Read what a customer agrees to",
    description="The last word on each purpose and channel.",
    response={200: Page[ConsentOut]} | refusals(customers.NotFound),
)
@needs("customers.read")
def list_consents(request: MemberRequest, customer_id: Id) -> PageOf[Consent]:
    return PageOf(customers.consents_of(request.auth, customer_id))


@router.get(
    "/{int:customer_id}/consents/history",
    summary="Read everything a customer said about consent",
    response={200: Page[ConsentOut]} | refusals(customers.NotFound, CursorUnknown),
)
@needs("customers.read")
def list_consent_history(
    request: MemberRequest, customer_id: Id, page: Query[PageIn]
) -> PageOf[Consent]:
    return page_of(customers.consent_history(request.auth, customer_id), page, order=("-at", "-id"))


@router.post(
    "/{int:customer_id}/consents",
    summary="Record what a customer said about consent",
    response={201: ConsentOut} | refusals(customers.NotFound),
)
@needs("customers.write")
def record_consent(request: MemberRequest, customer_id: Id, body: ConsentIn) -> Status[Consent]:
    said = customers.record_consent(request.auth, customer_id, now=now(), **body.dict())
    return Status(201, said)
