"""What the API of messages takes and gives."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.kit.i18n import Text
from yutang.kit.lines import one_line
from yutang.reach import messages
from yutang.reach.api.shapes import ReachChannel, ReachPurpose
from yutang.reach.channels.interface import Rendered
from yutang.reach.models import Message, MessageState, MessageVersion, Review

__all__ = [
    "GapsOut",
    "GapsQuery",
    "MessageIn",
    "MessageKitOut",
    "MessageOut",
    "MessagePatch",
    "MessagePreviewIn",
    "MessagePreviewOut",
    "MessageQuery",
    "MessageVersionIn",
    "MessageVersionOut",
    "ReviewAskIn",
    "ReviewRejectIn",
]

MessageName = Annotated[
    str,
    one_line(100),
]
MessageNote = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
MessageChannel = ReachChannel
MessagePurpose = ReachPurpose
Parts = Annotated[
    list[dict[str, Any]],
    Field(
        max_length=100,
        description="What it says, in order; `GET /messages/kit` tells which kinds of parts a channel carries and their fields. Texts may hold Liquid variables.",
        examples=[
            [{"kind": "text", "text": "{{ customer.name | default: '亲' }}，明前龙井到店了。"}]
        ],
    ),
]
Number = Annotated[int, Field(ge=1, lt=1 << 31)]


class MessageQuery(Schema):
    """Which messages to list."""

    archived: bool = False
    channel: MessageChannel | None = None
    q: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = ""


class MessageIn(Schema):
    """A new message."""

    name: Annotated[MessageName, Field(examples=["明前龙井上新"])]
    channel: MessageChannel
    purpose: Annotated[
        MessagePurpose,
        Field(description="Why it is sent: consent and frequency caps are judged by it."),
    ] = "marketing"
    parts: Parts


class MessagePatch(Schema):
    """What to change of a message besides what it says; what is left out stays."""

    name: MessageName | None = None
    purpose: MessagePurpose | None = None


class MessageVersionIn(Schema):
    """What a message says from now on."""

    parts: Parts


class MessageOut(Schema):
    """A message, with what its newest version says."""

    id: int
    name: str
    channel: str
    purpose: str
    state: MessageState
    version: Annotated[int, Field(description="The number of the newest version.")]
    review: Annotated[Review, Field(description="Whether a second pair of eyes saw that version.")]
    parts: list[dict[str, Any]]
    owner: str | None
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_owner(row: Message) -> str | None:
        """Return her name."""
        return row.owner.name if row.owner else None


class MessageVersionOut(Schema):
    """One version of a message; versions never change."""

    id: int
    number: int
    parts: list[dict[str, Any]]
    variables: Annotated[list[str], Field(description="What its templates ask for.")]
    author: Annotated[str, Field(description="Who wrote it: user:7, key:3.")]
    author_name: Annotated[str | None, Field(description="Her name, if a user wrote it.")] = None
    created_at: datetime
    review: Review
    asked_by: str
    asked_at: datetime | None
    asked_note: str
    approved_by: str
    approved_at: datetime | None
    rejected_by: str
    rejected_at: datetime | None
    answer: Annotated[str, Field(description="Why it was sent back.")]
    reviewer_name: Annotated[str | None, Field(description="Who approved or sent it back.")] = None
    is_mine: Annotated[
        bool, Field(description="You wrote it, so that somebody else has to approve it.")
    ] = False

    @staticmethod
    def resolve_is_mine(row: MessageVersion, context: Any) -> bool:
        """Return whether the reader wrote it."""
        return bool(row.author == context["request"].auth.actor)


class MessagePreviewIn(Schema):
    """A message, saved or not, and whom to show it as."""

    channel: MessageChannel
    parts: Parts
    customer_id: Annotated[
        int | None,
        Field(ge=1, lt=1 << 32, description="Left out, samples stand in for every variable."),
    ] = None
    event: Annotated[
        dict[str, Any] | None,
        Field(description="What `event.…` says; left out, samples.", examples=[{"order_no": "A7"}]),
    ] = None


class RenderedOut(Schema):
    """A message with every variable filled in."""

    parts: list[dict[str, Any]]
    subject: str
    template: str
    values: dict[str, str]

    @staticmethod
    def resolve_parts(rendered: Rendered) -> list[dict[str, Any]]:
        """Return plain lists."""
        return [dict(each) for each in rendered.parts]

    @staticmethod
    def resolve_values(rendered: Rendered) -> dict[str, str]:
        """Return a plain mapping."""
        return dict(rendered.values)


class FieldLengthOut(Schema):
    """How long a field is, filled in, beside what the channel carries."""

    field: Annotated[str, Field(examples=["parts.0.text"])]
    length: int
    most: int
    unit: Literal["bytes", "characters"]


class MessagePreviewOut(Schema):
    """A message as it reads, or why it cannot be said to her."""

    rendered: RenderedOut | None
    problem: str
    lengths: list[FieldLengthOut]


class GapsQuery(Schema):
    """Which audience to look at."""

    audience_id: Annotated[int, Field(ge=1, lt=1 << 31)]


class GapOut(Schema):
    """So many lack the same things."""

    customers: int
    lacks: Annotated[list[str], Field(description="What is not known of them.")]
    reads: Annotated[dict[str, str], Field(description="What stands in, by variable.")]
    problem: Annotated[str, Field(description="Why they get nothing; empty: they get it.")]
    example: Annotated[int, Field(description="One of them; 0: they are customers no more.")]

    @staticmethod
    def resolve_lacks(gap: messages.Gap) -> list[str]:
        """Return the labels in the reader's language."""
        return [each.said() for each in gap.labels]


class GapsOut(Schema):
    """For whom in an audience a message lacks words."""

    total: int
    unsendable: int
    found: list[GapOut]


class ReviewAskIn(Schema):
    """Asking for a second pair of eyes."""

    note: Annotated[MessageNote, Field(examples=["周五晚上发，约 1.2 万人"])] = ""


class ReviewRejectIn(Schema):
    """Sending a version back."""

    reason: Annotated[MessageNote, Field(examples=["价格写错了，应为 128 元"])]


class PartFieldOut(Schema):
    """One field of a kind of part."""

    name: str
    label: str
    required: bool
    is_url: bool
    takes_variables: bool
    is_mapping: Annotated[bool, Field(description="Holds several texts by name.")]
    most: Annotated[int | None, Field(description="How long it may be, filled in.")]
    unit: Literal["bytes", "characters"] | None


class PartKindOut(Schema):
    """One kind of part a channel carries."""

    kind: str
    label: str
    least: int
    most: int
    is_attachment: bool
    fields: list[PartFieldOut]


class MessageChannelOut(Schema):
    """What a channel carries today."""

    name: MessageChannel
    label: str
    source: Annotated[str, Field(description="Where the limits are written down.")]
    attachments: int | None
    parts: list[PartKindOut]


class MessageWordOut(Schema):
    """One variable."""

    name: Annotated[str, Field(examples=["customer.name"])]
    label: str
    group: str
    group_label: str
    kind: str
    personal: bool

    @staticmethod
    def resolve_label(word: messages.Word) -> str:
        """Return the label in the reader's language."""
        return word.label.said()

    @staticmethod
    def resolve_group_label(word: messages.Word) -> str:
        """Return the group in the reader's language."""
        return messages.GROUPS[word.group].said()


class MessagePurposeOut(Schema):
    """A word for programs and one for people."""

    name: str
    label: str


class MessageKitOut(Schema):
    """Everything a message can be made of."""

    channels: list[MessageChannelOut]
    purposes: list[MessagePurposeOut]
    words: list[MessageWordOut]
    filters: list[str]


def named(name: str, label: Text) -> MessagePurposeOut:
    """Return a word in the reader's language."""
    return MessagePurposeOut(name=name, label=label.said())
