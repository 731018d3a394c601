"""A guide's day, and what her page needs inside the WeCom client."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from ninja import Query, Schema
from pydantic import Field

from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import FiguresOut, SidebarTaskOut, WhyNowOut
from yutang.guides.api.shown import figures_out, reasons_out
from yutang.kit.clock import now
from yutang.kit.errors import DomainError, refusals
from yutang.kit.pages import Page, PageOf
from yutang.wecom.service import Confirmation, NoAnswer, PlatformRefused
from yutang.workspaces.service import MemberRequest, needs


class PageElsewhere(DomainError):
    """Somebody wants another site's page signed."""

    status = 422
    zh = "只能为本站的页面签名。"
    en = "Only pages of this site are signed."


class ConfirmationOut(Schema):
    """A mass message to confirm in WeCom, or one that was confirmed today."""

    id: int
    text: Annotated[str, Field(description="What it says, without its attachments.")]
    attachments: int
    people: Annotated[int | None, Field(description="Null: WeCom chooses who sends to whom.")]
    asked_at: datetime
    confirmed_at: datetime | None


class GuideDayOut(Schema):
    """The day at a glance."""

    confirmations: Annotated[
        list[ConfirmationOut], Field(description="Those to confirm first, the oldest first.")
    ]
    tasks: list[SidebarTaskOut]
    today: Annotated[FiguresOut | None, Field(description="Null: the reader is not of the staff.")]
    month: FiguresOut | None


class DueOut(Schema):
    """A customer worth speaking to today."""

    customer_id: int
    name: str
    phone: Annotated[str, Field(description="Masked.")]
    reasons: list[WhyNowOut]


class PageIsAt(Schema):
    """Which page is to be signed."""

    url: Annotated[str, Field(max_length=2000, examples=["https://yutang.example/w/tea/sidebar"])]
    door: Annotated[
        str, Field(max_length=40, description="Which corp, where there are several.")
    ] = ""


class PageSignatureOut(Schema):
    """What the page hands to the JS-SDK."""

    corp_id: str
    agent_id: int
    timestamp: int
    nonce: str
    config: Annotated[str, Field(description="For wx.config.")]
    agent: Annotated[str, Field(description="For wx.agentConfig.")]


@router.get("/day", summary="Read my day", response=GuideDayOut)
@needs("customers.read")
def my_day(request: MemberRequest) -> dict[str, Any]:
    member, at = request.auth, now()
    day = at.astimezone(ZoneInfo(member.workspace.time_zone)).date()
    first, _ = guides.month_of(day)
    today = guides.my_figures(member, day, day, now=at)
    month = guides.my_figures(member, first, day, now=at)
    return {
        "confirmations": [_confirmation(each) for each in guides.my_confirmations(member, now=at)],
        "tasks": [_task(each) for each in guides.my_tasks(member)],
        "today": today and figures_out(today),
        "month": month and figures_out(month),
    }


@router.get(
    "/due",
    summary="List my customers with a reason to be spoken to today",
    description="The hundred most pressing of the newest three thousand.",
    response=Page[DueOut],
)
@needs("customers.read")
def list_due(request: MemberRequest) -> PageOf[dict[str, Any]]:
    return PageOf([_due(each) for each in guides.due_customers(request.auth, now=now())])


@router.get(
    "/page-signature",
    summary="Sign a page of ours for the WeCom JS-SDK",
    response={200: PageSignatureOut}
    | refusals(guides.NoCorp, PageElsewhere, PlatformRefused, NoAnswer),
)
@needs("customers.read")
def sign_page(request: MemberRequest, page: Query[PageIsAt]) -> guides.PageSignature:
    if urlsplit(page.url).netloc != request.get_host():
        raise PageElsewhere
    return guides.sign_page(request.auth.workspace, page.url, corp_door=page.door)


def _confirmation(each: Confirmation) -> dict[str, Any]:
    task = each.task
    return {
        "id": task.pk,
        "text": task.words,
        "attachments": task.attachments,
        "people": each.people,
        "asked_at": task.asked_at or task.created_at,
        "confirmed_at": each.confirmed_at,
    }


def _task(each: guides.Task) -> dict[str, Any]:
    task = each.task
    due: datetime | None = task.due_at
    return {
        "id": task.pk,
        "customer_id": task.customer,
        "customer_name": each.customer_name,
        "title": task.title,
        "note": task.note,
        "due_at": due,
    }


def _due(each: guides.Due) -> dict[str, Any]:
    return {
        "customer_id": each.line.customer.pk,
        "name": each.line.customer.name,
        "phone": each.line.phone,
        "reasons": reasons_out(each.reasons),
    }
