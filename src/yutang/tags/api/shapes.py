"""What the API of tags takes and gives."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.kit.lines import one_line
from yutang.tags.models import Tag, TagChangeKind, TagColour, Tagging, TagGroup, TagGroupKind

__all__ = [
    "BulkIn",
    "BulkOut",
    "BulkPreviewIn",
    "BulkPreviewOut",
    "CustomerTagsOut",
    "EndIn",
    "GroupIn",
    "GroupOut",
    "GroupPatch",
    "MergeIn",
    "MergePreviewOut",
    "OrderIn",
    "TagChangeOut",
    "TagHolderOut",
    "TagIn",
    "TagOut",
    "TagOwnerOut",
    "TagPatch",
    "TaggingIn",
    "TaggingOut",
]

# No control characters: PostgreSQL keeps no NUL, and a name is one line.
Name = Annotated[
    str,
    one_line(60),
]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Reason = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[^\x00]*$"),
    Field(description="Why, for the history.", examples=["双十一活动报名"]),
]
Id = Annotated[int, Field(ge=1, lt=1 << 32)]
Days = Annotated[
    int | None,
    Field(
        ge=1,
        le=3650,
        description="Days after which the tag leaves by itself, unless told otherwise when given; null is never.",
        examples=[30],
    ),
]
End = Annotated[
    datetime | None,
    Field(
        description="When the tag leaves by itself, with its UTC offset; null is the tag's default days, or never.",
        examples=["2026-12-31T23:59:59+08:00"],
    ),
]


class GroupIn(Schema):
    """A new tag group."""

    name: Annotated[Name, Field(examples=["跟进状态"])]
    kind: TagGroupKind = TagGroupKind.OTHER
    colour: TagColour = TagColour.TEAL
    note: Note = ""
    is_exclusive: Annotated[
        bool, Field(description="A customer has one tag of the group at most.")
    ] = False
    owner_id: Annotated[Id | None, Field(description="The user who answers for this group.")] = None


class GroupPatch(Schema):
    """What to change of a group; what is left out stays."""

    name: Name = ""
    kind: TagGroupKind = TagGroupKind.OTHER
    colour: TagColour = TagColour.TEAL
    note: Note = ""
    is_exclusive: bool = False
    owner_id: Id | None = None
    overlaps: Annotated[
        Literal["refuse", "keep_newest"],
        Field(
            description="What to do, made exclusive, about customers who have several of its tags."
        ),
    ] = "refuse"


class GroupOut(Schema):
    """A tag group."""

    id: int
    name: str
    kind: TagGroupKind
    colour: TagColour
    note: str
    is_exclusive: bool
    tags: Annotated[int, Field(description="How many of its tags are in use.")]
    given: Annotated[
        int, Field(description="How many taggings those have, all customers together.")
    ]
    owner_id: int | None
    owner_name: str | None
    created_at: datetime
    archived_at: datetime | None

    @staticmethod
    def resolve_owner_name(group: TagGroup) -> str | None:
        return group.owner.name if group.owner else None


class TagOwnerOut(Schema):
    """A member who can answer for tags."""

    id: Annotated[int, Field(alias="user_id")]
    name: Annotated[str, Field(alias="user.name")]


class TagIn(Schema):
    """A new tag."""

    group_id: Id
    name: Annotated[Name, Field(examples=["已成交"])]
    colour: Annotated[
        TagColour | Literal[""], Field(description="Empty: the colour of its group.")
    ] = ""
    note: Note = ""
    default_days: Days = None
    owner_id: Annotated[Id | None, Field(description="The user who answers for this tag.")] = None


class TagPatch(Schema):
    """What to change of a tag; what is left out stays."""

    group_id: Id = 1
    name: Name = ""
    colour: TagColour | Literal[""] = ""
    note: Note = ""
    default_days: Days = None
    owner_id: Id | None = None


class TagOut(Schema):
    """A tag, and how much it is used."""

    id: int
    name: str
    group_id: int
    group_name: Annotated[str, Field(alias="group.name")]
    group_kind: Annotated[TagGroupKind, Field(alias="group.kind")]
    is_exclusive: Annotated[bool, Field(alias="group.is_exclusive")]
    colour: Annotated[TagColour, Field(description="Its own, or its group's.")]
    own_colour: TagColour | Literal[""]
    note: str
    default_days: int | None
    owner_id: int | None
    owner_name: str | None
    customers: Annotated[int, Field(description="How many customers have it now.")]
    last_used_at: datetime | None
    created_at: datetime
    archived_at: datetime | None
    merged_into_id: int | None

    @staticmethod
    def resolve_colour(tag: Tag) -> str:
        return tag.colour or tag.group.colour

    @staticmethod
    def resolve_own_colour(tag: Tag) -> str:
        return tag.colour

    @staticmethod
    def resolve_owner_name(tag: Tag) -> str | None:
        return tag.owner.name if tag.owner else None


class OrderIn(Schema):
    """An order: every id, each once."""

    ids: Annotated[list[Id], Field(max_length=2000)]


class TaggingOut(Schema):
    """A tag as one customer has it."""

    tag_id: int
    name: Annotated[str, Field(alias="tag.name")]
    group_id: Annotated[int, Field(alias="tag.group_id")]
    group_name: Annotated[str, Field(alias="tag.group.name")]
    colour: TagColour
    sources: Annotated[
        list[str],
        Field(
            description="Who holds it: manual, api, merge, import:<id>, rule:<id>.",
            examples=[["manual"]],
        ),
    ]
    tagged_at: datetime
    tagged_by: Annotated[str, Field(examples=["user:7"])]
    expires_at: datetime | None

    @staticmethod
    def resolve_colour(tagging: Tagging) -> str:
        return tagging.tag.colour or tagging.tag.group.colour


class TaggingIn(Schema):
    """A tag to give."""

    tag_id: Id
    expires_at: End = None
    reason: Reason = ""


class EndIn(Schema):
    """A new end."""

    expires_at: Annotated[datetime | None, Field(description="Null is never.")]
    reason: Reason = ""


class CustomerTagsOut(Schema):
    """One customer's tags, among several customers."""

    customer_id: int
    tags: list[TaggingOut]


class TagHolderOut(Schema):
    """A customer who has a tag."""

    customer_id: Annotated[int, Field(alias="tagging.customer")]
    customer_name: Annotated[str, Field(description="Empty where it is unknown.")]
    sources: Annotated[list[str], Field(alias="tagging.sources")]
    tagged_at: Annotated[datetime, Field(alias="tagging.tagged_at")]
    tagged_by: Annotated[str, Field(alias="tagging.tagged_by")]
    expires_at: Annotated[datetime | None, Field(alias="tagging.expires_at")]


class TagChangeOut(Schema):
    """One line of the history."""

    id: Annotated[int, Field(alias="change.pk")]
    tag_id: Annotated[int, Field(alias="change.tag_id")]
    name: Annotated[str, Field(alias="change.tag.name")]
    group_name: Annotated[str, Field(alias="change.tag.group.name")]
    customer_id: Annotated[int, Field(alias="change.customer")]
    customer_name: str
    kind: Annotated[TagChangeKind, Field(alias="change.kind")]
    source: Annotated[str, Field(alias="change.source")]
    actor: Annotated[str, Field(alias="change.actor", examples=["user:7"])]
    actor_name: Annotated[str, Field(description="Empty where a program did it.")]
    reason: Annotated[str, Field(alias="change.reason")]
    at: Annotated[datetime, Field(alias="change.at")]


class BulkPreviewIn(Schema):
    """Customers, and what is to be done to them."""

    action: Literal["give", "take"]
    customers: Annotated[list[Id], Field(min_length=1, max_length=10_000)]


class BulkIn(BulkPreviewIn):
    """The same, done."""

    expires_at: End = None
    reason: Reason = ""


class BulkPreviewOut(Schema):
    """What it would come to, in customers."""

    asked: int
    would_change: int
    already: int
    kept_by_rule: int
    out_of_scope: int
    displaced: Annotated[
        int,
        Field(description="Of those who would change: lose another tag of the exclusive group."),
    ]


class BulkOut(Schema):
    """What it came to, in customers."""

    asked: int
    given: Annotated[int, Field(alias="applied.given")]
    confirmed: Annotated[int, Field(alias="applied.confirmed")]
    removed: Annotated[int, Field(alias="applied.removed")]
    withdrawn: Annotated[int, Field(alias="applied.withdrawn")]
    displaced: Annotated[int, Field(alias="applied.displaced")]
    out_of_scope: int


class MergeIn(Schema):
    """The tag that stays."""

    into_id: Id


class MergePreviewOut(Schema):
    """What a merge would come to, in customers."""

    having_this: int
    having_into: int
    having_both: int
    having_either: int
    would_lose_another: int
