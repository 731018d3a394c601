"""The platform's limits over HTTP: listed, changed from a day on, the default again."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Query, Schema
from pydantic import Field, StringConstraints

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.wecom.api.router import router
from yutang.wecom.limiting import (
    Limit,
    LimitBeyond,
    LimitFromTooFar,
    NoSuchLimit,
    change_limit,
    limits_in_force,
    restore_limit,
)
from yutang.workspaces.service import MemberRequest, NotAllowed, needs

__all__: list[str] = []

Name = Annotated[
    str,
    StringConstraints(max_length=100, pattern=r"^[\w./:-]+$"),
    Field(
        examples=[
            "corp_tags",
            "externalcontact/mark_tag:minute",
            "cap:wecom.mass",
            "message:wecom.text.text",
        ]
    ),
]


class LimitChangeOut(Schema):
    """What the brand made of a limit."""

    value: Annotated[int | None, Field(description="Null: it is not applied at all.")]
    since: Annotated[date | None, Field(description="The first day it holds; null: for good.")]
    before: Annotated[int | None, Field(description="What holds until then; null: the default.")]
    made_by: str
    made_at: datetime | None


class LimitOut(Schema):
    """One of the platform's limits, as it holds today."""

    name: Name
    about: Literal["caps", "messages", "mass", "transfer", "contact", "calls"]
    label: str
    value: Annotated[int | None, Field(description="Null: it is not applied.")]
    default: int
    follows_month: Annotated[
        bool, Field(description="By default it is as many as the month has days.")
    ]
    since: Annotated[str, Field(description="From when the default holds, where it is known.")]
    seen: Annotated[str, Field(description="When its text was read last; `ours`: our own.")]
    source: str
    least: int
    most: int
    change: LimitChangeOut | None
    may_change: bool


class LimitIn(Schema):
    """Another number for a limit."""

    name: Name
    value: Annotated[int, Field(ge=0, lt=1 << 31)]
    since: Annotated[
        date | None, Field(description="The first day it holds; today, by default.")
    ] = None


class LimitNamed(Schema):
    """Which limit."""

    name: Name


@router.get(
    "/limits",
    summary="List the platform’s limits",
    description="With what the brand changed. There are some ninety, all at once.",
    response={200: list[LimitOut]},
)
@needs("wecom.read")
def list_limits(request: MemberRequest) -> list[dict[str, Any]]:
    return [_out(request, each) for each in limits_in_force(request.auth.workspace)]


@router.put(
    "/limits",
    summary="Change a limit",
    description="From a day on. What binds the number of messages needs `policy.write`.",
    response={200: LimitOut} | refusals(NoSuchLimit, NotAllowed, LimitBeyond, LimitFromTooFar),
)
@needs("wecom.write")
def put_limit(request: MemberRequest, body: LimitIn) -> dict[str, Any]:
    given = body.model_dump()
    return _out(request, change_limit(request.auth, given.pop("name"), **given, now=now()))


@router.delete(
    "/limits",
    summary="Let the default hold again",
    response={200: LimitOut} | refusals(NoSuchLimit, NotAllowed),
)
@needs("wecom.write")
def delete_limit(request: MemberRequest, asked: Query[LimitNamed]) -> dict[str, Any]:
    return _out(request, restore_limit(request.auth, asked.name, now=now()))


def _out(request: MemberRequest, limit: Limit) -> dict[str, Any]:
    columns = ("name", "about", "value", "default", "follows_month", "since", "seen", "source")
    return {
        **{column: getattr(limit, column) for column in (*columns, "least", "most", "change")},
        "label": limit.label.said(),
        "may_change": request.auth.may("wecom.write") and request.auth.may(limit.permission),
    }
