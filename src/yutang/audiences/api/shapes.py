"""What the API of audiences takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from yutang.audiences.models import Audience, AudienceKind, RefreshSchedule, TagRule
from yutang.audiences.service import sentence_of
from yutang.kit import instants
from yutang.kit.i18n import Text
from yutang.kit.lines import one_line

__all__ = [
    "AudienceIn",
    "AudienceMemberOut",
    "AudienceOut",
    "AudiencePatch",
    "CancelIn",
    "ConditionPreviewIn",
    "ConditionPreviewOut",
    "CountOut",
    "CustomersIn",
    "DayOut",
    "GrowthIn",
    "InAudienceOut",
    "Instant",
    "ListChangeOut",
    "RuleIn",
    "RuleOut",
    "RulePatch",
    "RulePreviewIn",
    "RulePreviewOut",
    "SnapshotIn",
    "StayOut",
]

Name = Annotated[
    str,
    one_line(100),
]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, lt=1 << 32)]
Hour = Annotated[
    int, Field(ge=0, le=23, description="For daily and weekly, on the workspace's clock.")
]
Weekday = Annotated[int, Field(ge=0, le=6, description="For weekly; Monday is 0.")]
Tree = Annotated[
    dict[str, Any],
    Field(
        description="A condition: a tree of typed nodes (docs/how/audience-conditions.md).",
        examples=[
            {
                "kind": "event",
                "types": ["favorite"],
                "window": {"kind": "rolling", "amount": 30, "unit": "day"},
                "op": "ge",
                "value": 1,
            }
        ],
    ),
]
Sentenced = Annotated[
    str | None,
    Field(
        max_length=2000,
        description="The condition as a sentence, instead of the tree.",
        examples=["近30天收藏≥1次 且 近7天活跃 且 城市=北京"],
    ),
]
Instant = Annotated[
    instants.Instant | None,
    Field(
        description="As of this instant, with its UTC offset, instead of now.",
        examples=["2026-11-11T00:00:00+08:00"],
    ),
]


class AudienceIn(Schema):
    """A new audience. Without a condition it is a static list."""

    name: Annotated[Name, Field(examples=["近期收藏"])]
    note: Note = ""
    condition: Tree | None = None
    schedule: Annotated[
        RefreshSchedule,
        Field(description="on_time: within seconds of what happens, and when a window ends."),
    ] = RefreshSchedule.ON_TIME
    refresh_hour: Hour = 3
    refresh_weekday: Weekday = 0


class AudiencePatch(Schema):
    """What to change of an audience; what is left out stays."""

    name: Name = ""
    note: Note = ""
    condition: Tree = {}
    schedule: RefreshSchedule = RefreshSchedule.ON_TIME
    refresh_hour: Hour = 3
    refresh_weekday: Weekday = 0


class AudienceOut(Schema):
    """A saved audience."""

    id: int
    name: str
    note: str
    kind: AudienceKind
    condition: dict[str, Any] | None
    sentence: Annotated[
        str, Field(description="The condition as a sentence, in the reader's language.")
    ]
    schedule: RefreshSchedule
    refresh_hour: int
    refresh_weekday: int
    count: Annotated[int, Field(description="How many are in now, all stores together.")]
    is_refreshing: bool
    refreshed_at: datetime | None
    took_ms: Annotated[int | None, Field(description="How long the last refresh took.")]
    next_refresh_at: datetime | None
    next_change_at: Annotated[
        datetime | None, Field(description="When somebody may enter or leave by time alone.")
    ]
    trouble: Annotated[
        str, Field(description="Code of the refusal that keeps it from being refreshed; or empty.")
    ]
    owner_id: int | None
    owner_name: str | None
    created_at: datetime
    changed_at: datetime
    archived_at: datetime | None

    @staticmethod
    def resolve_sentence(audience: Audience) -> str:
        return sentence_of(audience).said()

    @staticmethod
    def resolve_is_refreshing(audience: Audience) -> bool:
        return audience.busy is not None

    @staticmethod
    def resolve_owner_name(audience: Audience) -> str | None:
        return audience.owner.name if audience.owner else None


class ConditionIn(Schema):
    """A condition, as a tree or as a sentence."""

    condition: Tree | None = None
    sentence: Sentenced = None

    @model_validator(mode="after")
    def one_of_both(self) -> "ConditionIn":
        if (self.condition is None) == (self.sentence is None):
            raise ValueError(
                Text("condition 和 sentence 二者给一个。", "Give either condition or sentence.")
            )
        return self


class ConditionPreviewIn(ConditionIn):
    """What to look at."""

    at: Instant = None
    sample: Annotated[int, Field(ge=0, le=50, description="How many people to name.")] = 10
    key: Annotated[
        str,
        Field(
            max_length=64,
            pattern=r"^[\w-]*$",
            description="A newer preview under the same key ends this one (409 engines.superseded).",
        ),
    ] = ""


class ConditionPreviewOut(Schema):
    """Exactly how many, and some of them: always the same ones while nothing changes."""

    count: int
    at: datetime
    sample: list[int]
    names: Annotated[dict[int, str], Field(description="Of those named in the sample.")]


class CancelIn(Schema):
    """The key of a preview."""

    key: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w-]+$")]


class CountOut(Schema):
    """How many were in at an instant, among those you may see."""

    count: int
    at: datetime


class AudienceMemberOut(Schema):
    """A customer who is in, and since when."""

    customer_id: int
    name: Annotated[str, Field(description="Empty where it is unknown.")]
    since: datetime
    left_at: Annotated[
        datetime | None, Field(description="Asked as of an instant: when she left after it.")
    ]


class StayOut(Schema):
    """From when to when; null: still in."""

    entered_at: datetime
    left_at: datetime | None


class DayOut(Schema):
    """One local day."""

    on: date
    entered: int
    left: int
    count: Annotated[int, Field(description="How many were in at its end.")]


class GrowthIn(Schema):
    """Which local days, both included; 400 at most."""

    first: date
    last: date


class InAudienceOut(Schema):
    """An audience a customer is in."""

    audience_id: int
    name: str
    since: datetime


class CustomersIn(Schema):
    """Customers by number."""

    customers: Annotated[list[Id], Field(min_length=1, max_length=50_000)]


class SnapshotIn(ConditionIn):
    """Whom to put on the list: exactly those who meet the condition now."""


class ListChangeOut(Schema):
    """What became of the wish, in customers."""

    changed: int
    unchanged: int
    unknown: Annotated[int, Field(description="Not there, or not yours to see.")]
    count: Annotated[int, Field(description="How many are on the list now.")]


class RuleIn(Schema):
    """A new tag rule."""

    name: Annotated[Name, Field(examples=["爱收藏"])]
    tag_id: Id
    condition: Tree
    schedule: RefreshSchedule = RefreshSchedule.ON_TIME
    refresh_hour: Hour = 3
    refresh_weekday: Weekday = 0


class RulePatch(Schema):
    """What to change of a rule; what is left out stays."""

    name: Name = ""
    condition: Tree = {}
    schedule: RefreshSchedule = RefreshSchedule.ON_TIME
    refresh_hour: Hour = 3
    refresh_weekday: Weekday = 0
    is_enabled: bool = True


class RuleOut(Schema):
    """A tag rule."""

    id: int
    name: str
    tag_id: int
    tag_name: Annotated[str, Field(alias="tag.name")]
    condition: Annotated[dict[str, Any], Field(alias="audience.condition")]
    sentence: str
    schedule: Annotated[RefreshSchedule, Field(alias="audience.schedule")]
    refresh_hour: Annotated[int, Field(alias="audience.refresh_hour")]
    refresh_weekday: Annotated[int, Field(alias="audience.refresh_weekday")]
    is_enabled: bool
    count: Annotated[int, Field(alias="audience.count", description="How many match now.")]
    refreshed_at: Annotated[datetime | None, Field(alias="audience.refreshed_at")]
    is_in_step: Annotated[bool, Field(description="The tags have followed everything so far.")]
    trouble: Annotated[str, Field(description="Code of the refusal that holds it up; or empty.")]
    owner_id: int | None
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_sentence(rule: TagRule) -> str:
        return sentence_of(rule.audience).said()

    @staticmethod
    def resolve_is_in_step(rule: TagRule) -> bool:
        return rule.applied >= rule.audience.version

    @staticmethod
    def resolve_trouble(rule: TagRule) -> str:
        return rule.trouble or rule.audience.trouble


class RulePreviewIn(ConditionIn):
    """What a rule would do: a new one, or `rule_id` changed."""

    tag_id: Id
    rule_id: Id | None = None


class RulePreviewOut(Schema):
    """In customers."""

    matching: int
    gaining: Annotated[int, Field(description="Match and do not have the tag.")]
    losing: Annotated[int, Field(description="Match no longer; the rule would let go of them.")]
