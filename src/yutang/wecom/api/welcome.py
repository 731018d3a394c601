"""The welcome of a corp over HTTP: what new friends hear whom no live code greets."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from ninja import Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.week import WeekWindow, WeekWindows
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.wecom.api.when import Near
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

WelcomeParts = Annotated[
    list[dict[str, Any]],
    Field(
        max_length=30,
        description="A text and up to nine attachments, as in messages for `wecom`; no variables.",
        examples=[[{"kind": "text", "text": "欢迎来喝茶"}]],
    ),
]


class WelcomeSlotIn(Schema):
    """What is said in some hours; one without windows holds whenever no other does."""

    windows: WeekWindows = []
    parts: WelcomeParts


class WelcomeIn(Schema):
    """What new friends hear, by the hour of the workspace; the first that holds. None: nothing."""

    slots: Annotated[list[WelcomeSlotIn], Field(max_length=100)]

    def as_slots(self) -> list[wecom.WelcomeSlot]:
        """Return them as the service takes them."""
        return msgspec.convert(self.dict()["slots"], list[wecom.WelcomeSlot])


class WelcomePreviewIn(WelcomeIn):
    """A welcome as somebody would hear it who comes then; now, by default."""

    at: Near | None = None


class WelcomeSlotOut(Schema):
    """What is said in some hours."""

    windows: list[WeekWindow]
    parts: list[dict[str, Any]]


class WelcomeOut(Schema):
    """What new friends hear whom no live code greets."""

    slots: list[WelcomeSlotOut]


class WelcomeFileOut(Schema):
    """A file of a welcome, as it was found."""

    place: Annotated[int, Field(description="Which part names it, from 0.")]
    name: str
    size: Annotated[int, Field(description="Bytes.")]
    trouble: Annotated[str, Field(description="Why it could not be sent; empty: it can.")]


class WelcomePreviewOut(Schema):
    """What would be heard, and how long it is beside what the platform takes."""

    slot: Annotated[int | None, Field(description="Which slot holds, from 0; null: none does.")]
    parts: list[dict[str, Any]]
    text_bytes: int
    text_most: int
    attachments: int
    attachments_most: int
    files: list[WelcomeFileOut]


@router.get(
    "/corps/{int:corp_id}/welcome",
    summary="Show what new friends hear",
    response={200: WelcomeOut} | refusals(wecom.NoSuchCorp),
)
@needs("reach.read")
def show_welcome(request: MemberRequest, corp_id: int) -> Mapping[str, Sequence[Any]]:
    """Show what new friends hear, by the hour, whom no live code greets."""
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    return {"slots": msgspec.to_builtins(wecom.slots_of(corp))}


@router.put(
    "/corps/{int:corp_id}/welcome",
    summary="Set what new friends hear",
    response={200: WelcomeOut} | refusals(wecom.NoSuchCorp, reach.MessageNotSound),
)
@needs("reach.write")
def set_welcome(
    request: MemberRequest, corp_id: int, body: WelcomeIn
) -> Mapping[str, Sequence[Any]]:
    """Set it as a whole. Live codes that say something of their own go first."""
    corp = wecom.set_welcome(request.auth, corp_id, body.as_slots(), now=clock.now())
    return {"slots": msgspec.to_builtins(wecom.slots_of(corp))}


@router.post(
    "/corps/{int:corp_id}/welcome/preview",
    summary="Preview what new friends hear",
    response={200: WelcomePreviewOut} | refusals(wecom.NoSuchCorp, reach.MessageNotSound),
)
@needs("reach.read")
def preview_welcome(
    request: MemberRequest, corp_id: int, body: WelcomePreviewIn
) -> wecom.WelcomePreview:
    """Tell what would be heard at an instant; files are fetched and looked at, nothing is said."""
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    now = clock.now()
    return wecom.preview_welcome(corp.workspace, body.as_slots(), at=body.at or now, now=now)
