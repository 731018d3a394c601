"""What the API of guides takes and gives."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints, field_validator

from yutang.guides.models import (
    Measure,
    PhraseKind,
    SensitiveWord,
    Severity,
    Speaker,
    WordRule,
)
from yutang.kit.lines import one_line

__all__ = [
    "FiguresOut",
    "Id",
    "InFrontOut",
    "Line",
    "SeverityName",
    "WhyNowOut",
]

Id = Annotated[int, Field(ge=1, lt=1 << 32)]
Line = Annotated[
    str,
    one_line(60),
]


class FactOut(Schema):
    """What a reason rests on."""

    said: str
    at: datetime | None


class WhyNowOut(Schema):
    """A reason to speak to her today."""

    kind: Annotated[str, Field(examples=["rhythm"])]
    said: Annotated[str, Field(examples=["该复购了：通常 30 天买一次，上次是 31 天前"])]
    facts: list[FactOut]


class SidebarTagOut(Schema):
    """A tag she has."""

    tag_id: int
    name: str
    group_name: str
    colour: str
    is_kept: Annotated[bool, Field(description="Kept by a rule: nobody takes it by hand.")]


class RelatedOut(Schema):
    """Whom or what she is related to."""

    kind: str
    target: int
    name: str
    status: str
    since: datetime


class MineOut(Schema):
    """How she and the reader are related."""

    staff_id: int
    status: str
    remark: str
    source: str
    since: datetime


class SidebarEventOut(Schema):
    """One thing she did."""

    id: str
    type: str
    said: str
    amount_fen: int
    at: datetime


class SidebarConsentOut(Schema):
    """What she agreed to, or not."""

    purpose: str
    channel: str
    is_granted: bool
    at: datetime


class SidebarChildOut(Schema):
    """A member of her household."""

    kind: str
    name: str
    birthday: date | None
    stage: str


class BuyingOut(Schema):
    """What she bought in three years."""

    orders: int
    spent_fen: int
    last_at: datetime | None
    rhythm_days: Annotated[
        int | None, Field(description="The usual days between purchases, if she has a habit.")
    ]


class SidebarTaskOut(Schema):
    """Something to do for a customer."""

    id: int
    customer_id: int
    customer_name: str
    title: str
    note: str
    due_at: datetime | None


class InFrontOut(Schema):
    """One person, with everything a guide needs in front of her."""

    id: int
    name: str
    phone: Annotated[str, Field(description="Masked.", examples=["138****8000"])]
    gender: str
    place: str
    source: str
    known_since: datetime
    me: Annotated[int | None, Field(description="Who the reader is among the staff.")]
    mine: MineOut | None
    reasons: list[WhyNowOut]
    tags: list[SidebarTagOut]
    relations: list[RelatedOut]
    household: list[SidebarChildOut]
    consents: list[SidebarConsentOut]
    buying: BuyingOut
    orders: list[SidebarEventOut]
    timeline: list[SidebarEventOut]
    tasks: list[SidebarTaskOut]


class FiguresOut(Schema):
    """One member of staff in a period; money in fen."""

    staff_id: int
    name: str
    friends: int
    new_friends: int
    deleted_by_staff: int
    deleted_by_customer: int
    talked_with: int
    orders: int
    sales_fen: int
    tasks_due: int
    tasks_done: int
    tasks_late: int
    answered: Annotated[
        float | None, Field(description="Of a hundred chats; days that are over, as WeCom counted.")
    ]
    answer_minutes: Annotated[float | None, Field(description="To the first answer, on average.")]
    alerts: list[str]


class PhraseGroupIn(Schema):
    """A group of phrases."""

    name: Annotated[Line, Field(examples=["开场"])]
    is_shared: Annotated[bool, Field(description="Everybody's; otherwise one's own.")] = False


class PhraseGroupPatch(Schema):
    """What to call it."""

    name: Line


class PhraseGroupOut(Schema):
    """A group of phrases."""

    id: int
    name: str
    is_shared: bool


Label = Annotated[str, one_line(30)]
Written = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Address = Annotated[
    str, StringConstraints(max_length=1000, pattern=r"^(https?://[^\x00-\x20\x7f]+)?$")
]


class PhraseChange(Schema):
    """A phrase as it is to be."""

    kind: PhraseKind = PhraseKind.TEXT
    title: Line
    text: Annotated[
        Written, Field(examples=["{{ customer.name | default: '你' }}好，我是{{ staff.name }}"])
    ] = ""
    description: Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")] = ""
    url: Annotated[
        str,
        StringConstraints(max_length=1000, pattern=r"^[^\x00-\x20\x7f]*$"),
        Field(description="Of a link or a file its address; of a mini program its page."),
    ] = ""
    picture: Address = ""
    app_id: Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9A-Za-z]*$")] = ""
    labels: Annotated[list[Label], Field(max_length=10, examples=[["夏季", "新品"]])] = []

    @field_validator("labels")
    @classmethod
    def each_once(cls, labels: list[str]) -> list[str]:
        """Keep each label once, in the order given."""
        return list(dict.fromkeys(labels))


class PhrasePut(PhraseChange):
    """A phrase as it is to be, and where."""

    group_id: Annotated[Id | None, Field(description="Another group, to move it there.")] = None


class PhraseIn(PhraseChange):
    """A new phrase."""

    group_id: Id


class PhraseMediaOut(Schema):
    """A file as WeCom’s client sends it."""

    media_id: str


class PhraseOut(Schema):
    """A phrase as it is written."""

    id: int
    group_id: int
    kind: PhraseKind
    title: str
    text: str
    description: str
    url: str
    picture: str
    app_id: str
    labels: list[str]
    sent: Annotated[int, Field(description="How often a guide sent it.")]
    taken: Annotated[int, Field(description="How often it was put into a message.")]


class MaterialOfLibraryOut(PhraseOut):
    """A phrase in the library: where it stands, and whether the reader may change it."""

    group_name: str
    is_shared: Annotated[bool, Field(description="Everybody’s; otherwise the reader’s own.")]
    may_write: bool
    changed_at: datetime


class PhraseLabelOut(Schema):
    """A label, and how much has it."""

    label: str
    count: int


class FilledPhraseOut(PhraseOut):
    """A phrase as it reads for one person."""

    missing: Annotated[str, Field(description="Why it cannot be sent to her; empty: it can.")]


SeverityName = Literal["low", "medium", "high"]


class WordIn(Schema):
    """A sensitive word."""

    word: Line
    rule: WordRule = WordRule.WARN
    severity: SeverityName = "medium"
    speaker: Annotated[Speaker, Field(description="In whose mouth it is looked for.")] = (
        Speaker.STAFF
    )


class WordOut(Schema):
    """A sensitive word, and what happens where it is said."""

    id: int
    word: str
    rule: WordRule
    severity: SeverityName
    speaker: Speaker

    @staticmethod
    def resolve_severity(word: SensitiveWord) -> str:
        return Severity(word.severity).name.lower()


class HeardOut(Schema):
    """A recorded message that says a sensitive word."""

    at: datetime
    customer: int
    customer_name: str
    staff: int
    staff_name: str
    text: str
    words: list[str]


class GoalIn(Schema):
    """What is to be reached in a month."""

    staff_id: Annotated[int, Field(ge=0, lt=1 << 32, description="0: the team together.")] = 0
    measure: Measure
    month: Annotated[date, Field(description="Any day of it.", examples=["2026-11-01"])]
    target: Annotated[int, Field(ge=1, lt=1 << 53, description="Money in fen.")]


class GoalOut(Schema):
    """A goal, and how far it is."""

    id: int
    staff_id: int
    staff_name: str
    measure: Measure
    month: date
    target: int
    reached: int
    expected: Annotated[int, Field(description="Where a steady pace would be by now.")]
