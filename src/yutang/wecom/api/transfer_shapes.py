"""The shapes of handing over."""

from datetime import datetime
from typing import Annotated, Literal, Self

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from yutang.kit.pages import PageIn
from yutang.wecom import service as wecom

__all__ = [
    "GroupHandoverOut",
    "HandoverOut",
    "HandoversQuery",
    "HeldBackOut",
    "LeaverOut",
    "LeaversReadOut",
    "NotTakenOut",
    "StaffQuery",
    "TransferAsked",
    "TransferIn",
    "TransferLimitOut",
    "TransferOut",
    "TransferPartyOut",
    "TransferPreviewOut",
    "TransferableOut",
    "TransfersQuery",
]

State = Literal["open", "over", "refused", "called_off"]
HandoverStateName = Literal[
    "waiting",
    "asked",
    "begun",
    "done",
    "refused",
    "full",
    "not_taken",
    "lapsed",
    "called_off",
]
Id = Annotated[int, Field(ge=1, lt=1 << 32)]
BigId = Annotated[int, Field(ge=1, lt=1 << 62)]


class TransferAsked(Schema):
    """Who hands whom over to whom."""

    giver_id: Annotated[Id, Field(description="Of the staff; whoever has left hands over too.")]
    taker_id: Id
    customers: Annotated[
        Literal["everyone", "audience", "chosen", "nobody"],
        Field(description="Everybody of hers, those in an audience, those in `customer_ids`."),
    ] = "everyone"
    audience_id: Id | None = None
    customer_ids: Annotated[list[Id], Field(max_length=1000)] = []
    groups: Literal["all", "chosen", "none"] = "none"
    group_ids: Annotated[list[BigId], Field(max_length=1000)] = []

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.customers == "audience" and self.audience_id is None:
            raise ValueError("audience_id is missing")
        return self

    def whom(self) -> wecom.Whom:
        """Return who is meant."""
        chats = {"all": None, "none": (), "chosen": tuple(self.group_ids)}[self.groups]
        return wecom.Whom(self.customers, self.audience_id, tuple(self.customer_ids), chats)


class TransferIn(TransferAsked):
    """A transfer to begin."""

    message: Annotated[
        str,
        StringConstraints(
            strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
        ),
        Field(description="What customers read once they are handed over on the job."),
    ] = ""


class TransferLimitOut(Schema):
    """A rule of the platform."""

    name: str
    value: int
    seen: Annotated[str, Field(description="When its text was last seen.", examples=["2024-04"])]


class HeldBackOut(Schema):
    """A customer who cannot go now, or of whom there is something to know."""

    customer: int
    name: str
    why: Literal["lost", "pending", "too_often", "handed_lately", "refused_lately"]


class TransferPreviewOut(Schema):
    """What handing over would come to."""

    is_resigned: Annotated[bool, Field(description="The giver has left.")]
    goes: int
    lost: Annotated[int, Field(description="They deleted the giver.")]
    pending: Annotated[int, Field(description="They are being handed over already.")]
    too_often: Annotated[int, Field(description="As often as may be within 90 days.")]
    not_hers: Annotated[int, Field(description="Named, and no contacts of the giver.")]
    was_handed_over: Annotated[int, Field(description="Of those who go: once within 90 days.")]
    has_refused: Annotated[int, Field(description="Of those who go: refused within 90 days.")]
    knows_taker: Annotated[int, Field(description="Of those who go: the taker's contacts too.")]
    groups: int
    groups_today: Annotated[int, Field(description="The rest go on the following days.")]
    groups_held: int
    limits: list[TransferLimitOut]
    shown: Annotated[list[HeldBackOut], Field(description="The first fifty.")]


class TransferPartyOut(Schema):
    """One of the two."""

    staff_id: int
    name: str
    has_left: bool


class NotTakenOut(Schema):
    """Why the platform did not take some."""

    code: int
    why: str
    count: int


class TransferOut(Schema):
    """A transfer and how far it is; counts are by what became of them."""

    id: int
    giver: TransferPartyOut
    taker: TransferPartyOut
    is_resigned: bool
    message: str
    state: State
    customers: dict[str, int] = Field(examples=[{"done": 40, "begun": 3, "refused": 1}])
    groups: dict[str, int]
    codes: list[NotTakenOut]
    trouble: str
    created_at: datetime
    over_at: datetime | None


class HandoverOut(Schema):
    """One customer of a transfer."""

    id: int
    customer: Annotated[int, Field(description="0: out of the reader's sight.")]
    name: str
    state: HandoverStateName
    why: str
    takeover_at: Annotated[
        datetime | None, Field(description="When it happens unless she refuses.")
    ]
    ended_at: datetime | None


class GroupHandoverOut(Schema):
    """One group of a transfer."""

    id: int
    name: str
    state: HandoverStateName
    why: str
    ended_at: datetime | None


class TransferableOut(Schema):
    """One of the staff, with what she has to hand over."""

    staff_id: int
    name: str
    corp_id: int
    corp_name: str
    can_take_over: bool
    customers: int
    groups: int
    moving: Annotated[int, Field(description="Customers on their way to another.")]


class LeaverOut(Schema):
    """Somebody who left, and what is still hers."""

    staff_id: int
    name: str
    corp_name: str
    left_at: datetime | None
    unassigned: Annotated[int, Field(description="By the platform's own list.")]
    customers: int
    groups: int
    moving: int
    read_at: Annotated[datetime | None, Field(description="When the list was read.")]


class TransfersQuery(Schema):
    """Which transfers."""

    state: State | None = None


class HandoversQuery(PageIn):
    """Which customers of it."""

    state: HandoverStateName | None = None


class StaffQuery(Schema):
    """Whose name holds what."""

    q: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] = ""


class LeaversReadOut(Schema):
    """Of how many corps the list is being read."""

    corps: int
