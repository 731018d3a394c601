"""Channel accounts: the ways out of a workspace. Their secrets go in and never come back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.reach.channels.interface import (
    Answer,
    Channel,
    Outcome,
    Rendered,
    Template,
    TemplateState,
)
from yutang.reach.channels.registry import channels
from yutang.reach.models import AccountState, ChannelAccount
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["channels"])

AccountName = Annotated[str, Field(min_length=1, max_length=100, examples=["会员短信"])]
ChannelSettings = Annotated[
    dict[str, Annotated[str, Field(max_length=8000)]],
    Field(max_length=30, description="By name, as `GET /channels/kinds` lists them."),
]
Rate = Annotated[int, Field(ge=1, le=10_000, description="Messages a second, of all workers.")]
Burst = Annotated[int, Field(ge=1, le=100_000, description="Messages at once after a pause.")]


class ChannelChoiceOut(Schema):
    """One value a setting may have."""

    value: str
    label: str


class ChannelSettingOut(Schema):
    """One field of an account's settings."""

    name: str
    label: str
    hint: str
    secret: Annotated[bool, Field(description="Sealed, and never shown again.")]
    required: bool
    choices: list[ChannelChoiceOut]


class ChannelKindOut(Schema):
    """A kind of channel that accounts can be set up for."""

    name: str
    label: str
    channel: Annotated[str, Field(description="For consent and caps; empty: the account says.")]
    parts: list[str]
    settings: list[ChannelSettingOut]
    has_templates: bool
    can_look_up: Annotated[
        bool, Field(description="Can be asked what became of a message it did not answer for.")
    ]


class ChannelIn(Schema):
    """A way out to set up."""

    adapter: Annotated[str, Field(max_length=40, examples=["sms_aliyun"])]
    name: AccountName
    settings: ChannelSettings = {}
    channel: Annotated[
        str,
        Field(max_length=20, description="For consent and caps, where the kind leaves it open."),
    ] = ""
    rate: Rate = 50
    burst: Burst = 100


class ChannelPatch(Schema):
    """What to change; settings that are left out stay, an empty one is taken away."""

    name: AccountName | None = None
    settings: ChannelSettings | None = None
    rate: Rate | None = None
    burst: Burst | None = None
    state: AccountState | None = None


class ChannelOut(Schema):
    """A way out."""

    id: int
    adapter: str
    channel: str
    name: str
    rate: int
    burst: int
    state: AccountState
    trouble: Annotated[str, Field(description="What it last asked for a rest with.")]
    rests_until: datetime | None
    created_at: datetime
    changed_at: datetime


class ChannelDetailOut(ChannelOut):
    """A way out with its settings, but for what is secret."""

    settings: dict[str, str]
    secrets: Annotated[list[str], Field(description="Names of the secret settings that are set.")]
    receipts_url: Annotated[
        str, Field(description="Where the channel posts receipts to; keep it to yourself.")
    ]

    @staticmethod
    def resolve_secrets(account: ChannelAccount) -> list[str]:
        return reach.has_secrets(account)

    @staticmethod
    def resolve_receipts_url(account: ChannelAccount) -> str:
        return reach.receipts_url(account)


class TrialMessageIn(Schema):
    """A message to try an account with."""

    address: Annotated[
        str, Field(max_length=200, description="A telephone number, an e-mail address, …")
    ] = ""
    text: Annotated[str, Field(max_length=500)] = "Yutang 鱼塘"
    template: Annotated[str, Field(max_length=100)] = ""
    values: Annotated[dict[str, Annotated[str, Field(max_length=500)]], Field(max_length=30)] = {}


class TrialMessageOut(Schema):
    """What the channel said."""

    answer: Answer
    reason: str
    detail: str
    provider_ref: str


class ChannelTemplateOut(Schema):
    """A template, and what the channel's own people said of it."""

    code: str
    name: str
    text: str
    state: TemplateState
    reason: str


@router.get("/kinds", summary="List kinds of channels", response=list[ChannelKindOut])
@needs("reach.read")
def list_kinds(request: MemberRequest) -> list[dict[str, Any]]:
    return [_kind(each) for _, each in sorted(channels().items())]


def _kind(channel: Channel) -> dict[str, Any]:
    return {
        "name": channel.name,
        "label": channel.label.said(),
        "channel": channel.channel,
        "parts": sorted(channel.parts),
        "has_templates": hasattr(channel, "templates"),
        "can_look_up": channel.can_look_up,
        "settings": [
            {
                "name": each.name,
                "label": each.label.said(),
                "hint": each.hint.said() if each.hint else "",
                "secret": each.secret,
                "required": each.required,
                "choices": _choices(each.choices or {}),
            }
            for each in channel.settings
        ],
    }


def _choices(choices: Mapping[str, Text]) -> list[dict[str, str]]:
    return [{"value": value, "label": label.said()} for value, label in choices.items()]


@router.get("", summary="List channel accounts", response=Page[ChannelOut])
@needs("reach.read")
def list_channels(request: MemberRequest, page: Query[PageIn]) -> PageOf[ChannelAccount]:
    return page_of(reach.accounts_of(request.auth.workspace), page, order=("name", "id"))


@router.post(
    "",
    summary="Set up a channel account",
    response={201: ChannelDetailOut}
    | refusals(reach.NoSuchChannel, reach.AccountNotAsExpected, reach.AccountNameTaken),
)
@needs("channels.write")
def add_channel(request: MemberRequest, body: ChannelIn) -> ChannelAccount:
    return reach.add_account(request.auth, now=clock.now(), **body.model_dump())


@router.get(
    "/{channel_id}",
    summary="Show a channel account",
    response={200: ChannelDetailOut} | refusals(reach.AccountNotFound),
)
@needs("channels.write")
def show_channel(request: MemberRequest, channel_id: int) -> ChannelAccount:
    return reach.account_of(request.auth.workspace, channel_id)


@router.patch(
    "/{channel_id}",
    summary="Change, pause or archive a channel account",
    response={200: ChannelDetailOut}
    | refusals(
        reach.AccountNotFound,
        reach.NoSuchChannel,
        reach.AccountNotAsExpected,
        reach.AccountNameTaken,
    ),
)
@needs("channels.write")
def change_channel(request: MemberRequest, channel_id: int, body: ChannelPatch) -> ChannelAccount:
    given = body.model_dump(exclude_unset=True)
    return reach.change_account(request.auth, channel_id, now=clock.now(), **given)


@router.post(
    "/{channel_id}/try",
    summary="Send one message to an address of your own",
    response={200: TrialMessageOut}
    | refusals(reach.AccountNotFound, reach.NoSuchChannel, reach.SecretsUnreadable),
)
@needs("channels.write")
def try_channel(request: MemberRequest, channel_id: int, body: TrialMessageIn) -> Outcome:
    rendered = Rendered(
        [{"kind": "text", "text": body.text}], body.text[:100], body.template, body.values
    )
    return reach.try_account(
        request.auth, channel_id, address=body.address, rendered=rendered, now=clock.now()
    )


@router.get(
    "/{channel_id}/templates",
    summary="List the templates a channel approved",
    response={200: list[ChannelTemplateOut]}
    | refusals(
        reach.AccountNotFound,
        reach.NoSuchChannel,
        reach.NoTemplates,
        reach.SecretsUnreadable,
        reach.ChannelSilent,
    ),
)
@needs("reach.read")
def list_templates(request: MemberRequest, channel_id: int) -> list[Template]:
    return reach.templates_of(request.auth.workspace, channel_id)
