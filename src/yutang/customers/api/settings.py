"""What a workspace decides about its customers as a whole: identity kinds, statuses, stages of life."""

from typing import Annotated, Any, Literal

from ninja import Schema, Status
from pydantic import Field

from yutang.customers import service as customers
from yutang.customers.api.fields import Label
from yutang.customers.api.router import router
from yutang.customers.api.shapes import Slug
from yutang.customers.service import Kind
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import Page, PageOf
from yutang.workspaces.service import MemberRequest, needs

KindName = Annotated[str, Field(max_length=60, examples=["loyalty_card"])]


class IdentityKindIn(Schema):
    """A kind of identity: what it does to those who share it."""

    zh: Label
    en: Label
    is_strong: Annotated[bool, Field(description="Sharing one makes two customers the same.")]
    is_single: Annotated[bool, Field(description="A customer has one at most of each source.")]
    priority: Annotated[
        int, Field(ge=1, le=1000, description="The highest decides whose event it is.")
    ]


class IdentityKindOut(Schema):
    """A kind of identity."""

    name: str
    label: str
    zh: str
    en: str
    is_strong: bool
    is_single: bool
    priority: int
    is_built_in: bool


class NamedIn(Schema):
    """A word of the workspace's own, in both languages."""

    name: Slug
    zh: Label
    en: Label


class NamedOut(Schema):
    """A word, and how it is said."""

    name: str
    label: str
    zh: str
    en: str


class FollowStatusesIn(Schema):
    """The follow-up statuses in their order; the first is what a new relation has. Null: the built-in ones."""

    statuses: Annotated[list[NamedIn], Field(min_length=1, max_length=50)] | None


class StageIn(NamedIn):
    """A stage of a child's life."""

    to_months: Annotated[
        int | None,
        Field(ge=0, le=1200, description="Up to, and not including, this age in whole months."),
    ] = None


class StageOut(NamedOut):
    """A stage of a child's life."""

    to_months: int | None


class StagesIn(Schema):
    """The stages of life, the earliest first. Null: the built-in ones."""

    stages: Annotated[list[StageIn], Field(min_length=1, max_length=50)] | None


class SourceRankOut(Schema):
    """How much the word of a kind of source counts."""

    source: Annotated[str, Field(examples=["import"])]
    label: str
    rank: int
    built_in: Annotated[int, Field(description="What it is where nobody changed it.")]


class SourceRanksIn(Schema):
    """Ranks of the sources that are named; the others stay. Null: all as built in."""

    ranks: (
        Annotated[
            dict[Literal["user", "key", "import", "other"], Annotated[int, Field(ge=0, le=1000)]],
            Field(min_length=1, examples=[{"import": 110}]),
        ]
        | None
    )


def _kind_out(kind: Kind) -> dict[str, Any]:
    return {
        **_said(kind.name, kind.label),
        "is_strong": kind.strong,
        "is_single": kind.single,
        "priority": kind.priority,
        "is_built_in": kind.built_in,
    }


def _said(name: str, label: Text) -> dict[str, Any]:
    return {"name": name, "label": label.said(), "zh": label.zh, "en": label.en}


@router.get(
    "/identity-kinds", summary="List kinds of identity", response={200: Page[IdentityKindOut]}
)
@needs("customers.read")
def list_identity_kinds(request: MemberRequest) -> PageOf[dict[str, Any]]:
    return PageOf([_kind_out(each) for each in customers.identity_kinds(request.auth.workspace)])


@router.put(
    "/identity-kinds/{kind_name}",
    summary="Add or change a kind of identity",
    description="Holds from now on, for whoever comes in.",
    response={200: IdentityKindOut} | refusals(customers.KindNameNotAllowed),
)
@needs("settings.write")
def declare_kind(
    request: MemberRequest, kind_name: KindName, body: IdentityKindIn
) -> dict[str, Any]:
    return _kind_out(
        customers.declare_kind(
            request.auth,
            kind_name,
            label=Text(body.zh, body.en),
            strong=body.is_strong,
            single=body.is_single,
            priority=body.priority,
            now=now(),
        )
    )


@router.delete(
    "/identity-kinds/{kind_name}",
    summary="Remove a kind of identity",
    description="A built-in one returns to what it was.",
    response={204: None} | refusals(customers.NoSuchKind, customers.KindInUse),
)
@needs("settings.write")
def reset_kind(request: MemberRequest, kind_name: KindName) -> Status[None]:
    customers.reset_kind(request.auth, kind_name, now=now())
    return Status(204, None)


@router.get("/follow-statuses", summary="List follow-up statuses", response={200: Page[NamedOut]})
@needs("customers.read")
def list_follow_statuses(request: MemberRequest) -> PageOf[dict[str, Any]]:
    found = customers.follow_statuses(request.auth.workspace)
    return PageOf([_said(name, label) for name, label in found.items()])


@router.put(
    "/follow-statuses", summary="Set the follow-up statuses", response={200: Page[NamedOut]}
)
@needs("settings.write")
def set_follow_statuses(request: MemberRequest, body: FollowStatusesIn) -> PageOf[dict[str, Any]]:
    own = [(each.name, Text(each.zh, each.en)) for each in body.statuses or []]
    customers.set_follow_statuses(request.auth, own or None, now=now())
    return list_follow_statuses(request)


@router.get("/stages", summary="List stages of life", response={200: Page[StageOut]})
@needs("customers.read")
def list_stages(request: MemberRequest) -> PageOf[dict[str, Any]]:
    found = customers.stages_of(request.auth.workspace)
    return PageOf([_said(each.name, each.label) | {"to_months": each.to_months} for each in found])


@router.put(
    "/stages",
    summary="Set the stages of life",
    response={200: Page[StageOut]} | refusals(customers.StagesNotInOrder),
)
@needs("settings.write")
def set_stages(request: MemberRequest, body: StagesIn) -> PageOf[dict[str, Any]]:
    own = [
        customers.Stage(each.name, Text(each.zh, each.en), each.to_months)
        for each in body.stages or []
    ]
    customers.set_stages(request.auth, own or None, now=now())
    return list_stages(request)


@router.get(
    "/source-ranks",
    summary="List whose word counts more when customers become one",
    response={200: Page[SourceRankOut]},
)
@needs("customers.read")
def list_source_ranks(request: MemberRequest) -> PageOf[dict[str, Any]]:
    return PageOf([_rank_out(each) for each in customers.source_ranks(request.auth.workspace)])


@router.put(
    "/source-ranks",
    summary="Set whose word counts more when customers become one",
    description="Who was merged before is shown by it too, some moments later.",
    response={200: Page[SourceRankOut]},
)
@needs("settings.write")
def set_source_ranks(request: MemberRequest, body: SourceRanksIn) -> PageOf[dict[str, Any]]:
    ranks = None if body.ranks is None else {str(name): rank for name, rank in body.ranks.items()}
    found = customers.set_source_ranks(request.auth, ranks, now=now())
    return PageOf([_rank_out(each) for each in found])


def _rank_out(each: customers.SourceRank) -> dict[str, Any]:
    return {**each._asdict(), "label": each.label.said()}
