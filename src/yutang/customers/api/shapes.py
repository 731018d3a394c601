"""What the API of customers takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.customers.models import Consent, ConsentState, Relation, RelationKind
from yutang.customers.service import Listed, Profile, ShownDependant, ShownIdentity
from yutang.kit.lines import one_line

__all__ = [
    "ConsentIn",
    "ConsentOut",
    "CustomerIn",
    "CustomerListed",
    "CustomerOut",
    "CustomerPatch",
    "DependantIn",
    "DependantOut",
    "DependantPatch",
    "FollowerOut",
    "Id",
    "IdentityIn",
    "IdentityOut",
    "Line",
    "Note",
    "ProvenanceOut",
    "RelationIn",
    "RelationOut",
    "Slug",
    "customer_out",
    "dependant_out",
    "listed_out",
]

Id = Annotated[int, Field(ge=1, lt=1 << 32)]
# No control characters: PostgreSQL keeps no NUL, and a name is one line.
Line = Annotated[
    str,
    one_line(100, may_be_empty=True),
]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40), Field(examples=["gold"])
]
Values = Annotated[
    dict[str, Any],
    Field(
        description="Attributes by name; null removes one. Money: a whole number is fen, a text is yuan.",
        examples=[{"name": "王芳", "city": "北京", "birthday": "1990-05-06"}],
        max_length=400,
    ),
]
DependantKind = Literal["child", "partner", "parent", "pet", "other"]
Gender = Literal["", "female", "male"]
Birthday = Annotated[
    date | None,
    Field(
        ge=date(1900, 1, 1),
        le=date(2299, 12, 31),
        description="A day to come is a child expected.",
        examples=["2024-03-15"],
    ),
]
Purpose = Literal["marketing", "service", "profiling", "sharing"]
ConsentChannel = Literal["wecom", "sms", "call", "email", "mini_program", "official_account", "any"]


class FollowerOut(Schema):
    """Who looks after a customer, and how far she is."""

    staff_id: int
    status: str


class CustomerListed(Schema):
    """One line of the list."""

    id: int
    name: str
    gender: str
    province: str
    city: str
    source: str
    phone: Annotated[str, Field(description="Masked.", examples=["138****8000"])]
    identity_kinds: list[str]
    staff: list[FollowerOut]
    joined_at: datetime | None
    created_at: datetime
    updated_at: datetime


class IdentityOut(Schema):
    """One name a customer goes by."""

    id: int
    name: Annotated[str, Field(examples=["phone", "openid:wxapp1"])]
    value: Annotated[str, Field(description="Masked unless revealed.", examples=["138****8000"])]
    added_at: datetime
    added_by: str


class ProvenanceOut(Schema):
    """Who said an attribute, and when."""

    source: Annotated[str, Field(examples=["user:7", "import:3"])]
    at: datetime


class RelationOut(Schema):
    """What a customer is related to; of a referrer, `target` is the customer."""

    kind: RelationKind
    target: int
    status: str
    remark: str
    source: str
    since: datetime
    updated_at: datetime


class DependantOut(Schema):
    """A member of the household, and the stage of life she is in today."""

    id: int
    kind: str
    name: str
    gender: str
    birthday: date | None
    stage: Annotated[str | None, Field(examples=["toddler_1"])]
    stage_label: Annotated[str | None, Field(examples=["1–2 岁"])]


class ConsentOut(Schema):
    """What a customer said about one purpose on one channel."""

    id: int
    purpose: str
    channel: str
    state: ConsentState
    proof: str
    source: str
    actor: str
    at: datetime


class CustomerOut(Schema):
    """Everything of one customer on one page."""

    id: Annotated[int, Field(description="Of one who was merged away: who she is today.")]
    attributes: dict[str, Any]
    told: Annotated[
        dict[str, ProvenanceOut], Field(description="Who said each attribute, and when.")
    ]
    identities: list[IdentityOut]
    relations: list[RelationOut]
    dependants: list[DependantOut]
    consents: list[ConsentOut]
    merged: Annotated[list[int], Field(description="The customers she also consists of.")]
    is_revealed: bool
    created_at: datetime
    updated_at: datetime


class CustomerIn(Schema):
    """Somebody new."""

    identities: Annotated[
        dict[str, str],
        Field(
            description="At least one, as kind or kind:source.",
            examples=[{"phone": "138 0013 8000", "openid:wxapp1": "oX1…"}],
            min_length=1,
            max_length=20,
        ),
    ]
    attributes: Values = {}
    welcome_back: Annotated[
        bool,
        Field(description="She asked to be erased once, and now herself asks to be known again."),
    ] = False


class CustomerPatch(Schema):
    """What is now known of a customer."""

    attributes: Values


class IdentityIn(Schema):
    """An identity to attach."""

    name: Annotated[str, Field(max_length=100, examples=["phone", "openid:wxapp1"])]
    value: Annotated[str, Field(max_length=300, examples=["138 0013 8000"])]


class RelationIn(Schema):
    """How the customer is related; what is left out stays as it was."""

    status: Annotated[str | None, Field(max_length=40, examples=["following"])] = None
    remark: Note | None = None
    source: Line | None = None
    since: datetime | None = None


class DependantIn(Schema):
    """Somebody of the household."""

    kind: DependantKind = "child"
    name: Line = ""
    gender: Gender = ""
    birthday: Birthday = None


class DependantPatch(Schema):
    """What to change; what is left out stays."""

    kind: DependantKind | None = None
    name: Line | None = None
    gender: Gender | None = None
    birthday: Birthday = None


class ConsentIn(Schema):
    """What a customer said, and the proof of it."""

    purpose: Purpose
    channel: ConsentChannel
    state: ConsentState
    proof: Annotated[
        str,
        StringConstraints(max_length=2000, pattern=r"^[^\x00]*$"),
        Field(description="The words she agreed to, where and how."),
    ] = ""
    source: Line = ""
    at: Annotated[datetime | None, Field(description="When she said it; left out: now.")] = None


def listed_out(listed: Listed) -> dict[str, Any]:
    """Return one line of the list."""
    row = listed.customer
    columns = ("name", "gender", "province", "city", "source", "joined_at")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in columns},
        "phone": listed.phone,
        "identity_kinds": listed.identity_kinds,
        "staff": [{"staff_id": each.target, "status": each.status} for each in listed.staff],
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def customer_out(profile: Profile) -> dict[str, Any]:
    """Return a customer's page."""
    identities: list[ShownIdentity] = list(profile.identities)
    relations: list[Relation] = list(profile.relations)
    consents: list[Consent] = list(profile.consents)
    return {
        "id": profile.customer.pk,
        "attributes": profile.attributes,
        "told": {
            name: {"source": word.source, "at": datetime.fromtimestamp(word.at / 1000).astimezone()}
            for name, word in profile.told.items()
            if name in profile.attributes
        },
        "identities": identities,
        "relations": relations,
        "dependants": [dependant_out(each) for each in profile.dependants],
        "consents": consents,
        "merged": profile.merged,
        "is_revealed": profile.is_revealed,
        "created_at": profile.customer.created_at,
        "updated_at": profile.customer.updated_at,
    }


def dependant_out(shown: ShownDependant) -> dict[str, Any]:
    """Return a member of the household."""
    row = shown.dependant
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "gender": row.gender,
        "birthday": row.birthday,
        "stage": shown.stage and shown.stage.name,
        "stage_label": shown.stage and shown.stage.label.said(),
    }


assert set(customers.DEPENDANT_KINDS) == set(DependantKind.__args__)  # type: ignore[attr-defined]
