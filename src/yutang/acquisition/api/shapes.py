"""What goes over the wire of live codes."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from ninja import Schema
from pydantic import Field

from yutang.acquisition import service as acquisition
from yutang.acquisition.models import CodeKind
from yutang.acquisition.service import CodeSpec, Cover, Rules, Skip, Why
from yutang.kit.lines import one_line
from yutang.kit.week import WeekWindows

__all__ = [
    "CodeDetailOut",
    "CodeOut",
    "CodePreviewOut",
    "CodeRulesIn",
    "CodeStatisticsOut",
    "LiveCodeIn",
    "StandingIn",
    "StandingOut",
]

Number = Annotated[int, Field(ge=1, lt=2**63)]
Name = Annotated[
    str,
    one_line(60),
]


class CodeMember(Schema):
    """One of the staff behind a code."""

    staff: Number
    windows: WeekWindows = []
    weight: Annotated[int, Field(ge=1, le=100, description="Her share of what comes.")] = 1
    cap: Annotated[int | None, Field(ge=1, le=10_000, description="Friends a day at most.")] = None


class CodeGroup(Schema):
    """One of the groups behind a code."""

    chat: Annotated[str, Field(min_length=1, max_length=64, description="WeCom’s chat_id.")]
    cap: Annotated[int, Field(ge=1, le=500, description="Filled up to so many people.")] = 200


class CodeWelcome(Schema):
    """What a new friend is told; one without windows holds whenever no other does."""

    text: Annotated[str, Field(max_length=4000)] = ""
    windows: WeekWindows = []
    message: Annotated[
        int | None, Field(ge=1, description="One of the messages, instead of the text.")
    ] = None


class CodeRulesIn(Schema):
    """Everything a code is told."""

    members: Annotated[list[CodeMember], Field(max_length=100)] = []
    backups: Annotated[
        list[Number], Field(max_length=100, description="When no member can be added.")
    ] = []
    skip: Annotated[Skip, Field(description="Whether friends are taken in unconfirmed.")] = "always"
    skip_windows: WeekWindows = []
    tags: Annotated[list[Number], Field(max_length=20)] = []
    remark: Annotated[
        str, Field(max_length=20, description="`{name}` is her name.", examples=["{name}·抖音"])
    ] = ""
    welcomes: Annotated[list[CodeWelcome], Field(max_length=20)] = []
    exclusive: Annotated[
        bool, Field(description="Who knows one of them already is sent to her again.")
    ] = False
    groups: Annotated[list[CodeGroup], Field(max_length=100)] = []
    founds_groups: bool = True
    group_name: Annotated[str, Field(max_length=40)] = ""
    group_number: Annotated[int, Field(ge=1, le=10_000)] = 1

    def rules(self) -> Rules:
        """Return them as the service takes them."""
        return msgspec.convert(self.dict(), Rules)


class LiveCodeIn(Schema):
    """A live code to make, or to tell everything anew."""

    name: Annotated[Name, Field(examples=["抖音主页"])]
    channel_id: Number | None = None
    kind: Annotated[CodeKind, Field(description="Fixed once it is made.")] = CodeKind.STAFF
    corp_id: Annotated[
        Number | None, Field(description="Which corp; the connected one by default.")
    ] = None
    expires_at: Annotated[datetime | None, Field(description="When it stops to lead anywhere.")] = (
        None
    )
    rules: CodeRulesIn

    def spec(self) -> CodeSpec:
        """Return it as the service takes it."""
        said = self.rules.rules()
        return CodeSpec(self.name, said, self.channel_id, self.expires_at, self.kind, self.corp_id)


class CodeOut(Schema):
    """A live code in a list."""

    id: int
    name: str
    kind: CodeKind
    channel_id: int | None
    channel: Annotated[str, Field(description="Empty: none.")]
    state: acquisition.CodeState
    trouble: Annotated[str, Field(description="What is in the way, as the platform says.")]
    people: Annotated[int, Field(description="How many stand behind it.")]
    shown: Annotated[int, Field(description="How many of them are shown now.")]
    today: int
    total: int
    spent_fen: int
    each_fen: Annotated[int | None, Field(description="What a friend cost, in fen.")]
    expires_at: datetime | None
    created_at: datetime


class CodeStaffOut(Schema):
    """One of those behind a code, as she stands now."""

    staff_id: int
    name: str
    is_backup: bool
    why: Why
    today: int
    everywhere: Annotated[int, Field(description="Friends today, over all codes.")]
    cap: int | None
    is_online: bool
    most: Annotated[int | None, Field(description="A day, over all codes.")]
    restricted_until: datetime | None
    reason: Annotated[str, Field(description="Why it is restricted.")]


class CodeDetailOut(CodeOut):
    """A live code with all it is told, and who is to be added now."""

    rules: CodeRulesIn
    sentence: str
    key: Annotated[str, Field(description="Its name towards the platform (`state`).")]
    address: Annotated[str, Field(description="What is printed.")]
    picture: Annotated[str, Field(description="The platform’s own image of its code.")]
    has_logo: bool
    cover: Annotated[Cover | None, Field(description="Who receives; null: nothing shown yet.")]
    shown_at: datetime | None
    staff: list[CodeStaffOut]
    waiting: Annotated[int, Field(description="Friends still to be tagged or named.")]
    troubled: Annotated[int, Field(description="Friends who could not be.")]


class CodePreviewOut(Schema):
    """What rules would mean."""

    sentence: str
    cover: Cover
    shown: list[int]
    uncovered_hours: Annotated[
        int, Field(description="Hours of the week in which neither members nor backups are on.")
    ]


class CodeDayOut(Schema):
    """Friends of a day."""

    day: date
    friends: int


class CodeStaffFriendsOut(Schema):
    """Friends of one of the staff."""

    staff_id: int
    name: str
    friends: int


class CodeStatisticsOut(Schema):
    """Friends of a span of days."""

    total: int
    by_day: list[CodeDayOut]
    by_hour: Annotated[list[int], Field(description="24 hours of the day.")]
    by_staff: list[CodeStaffFriendsOut]

    @staticmethod
    def resolve_by_day(found: acquisition.CodeStatistics) -> list[dict[str, Any]]:
        return [{"day": day, "friends": friends} for day, friends in found.by_day]


class StandingIn(Schema):
    """Whether somebody can be added now."""

    is_online: bool = True
    most: Annotated[int | None, Field(ge=1, le=10_000, description="A day, over all codes.")] = None
    restricted_until: Annotated[
        datetime | None, Field(description="Not before then; null: no longer restricted.")
    ] = None


class StandingOut(StandingIn):
    """How somebody stands."""
