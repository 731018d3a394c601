"""What was found in archived chats: sensitive words, late answers; the chat around it, read with a trace."""

from datetime import datetime, time
from typing import Annotated

from ninja import Query, Schema
from pydantic import Field

from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import Id, SeverityName
from yutang.guides.models import ChatHit, ChatRules, ChatWait, Severity
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.lines import one_line
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

OnTheClock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]


class HitsIn(PageIn):
    """Which findings."""

    settled: Annotated[
        bool | None, Field(description="Looked into, or not yet; all without it.")
    ] = None
    at_least: SeverityName = "low"
    staff_id: Annotated[int, Field(ge=0, lt=1 << 32, description="0: everybody's.")] = 0


class LateIn(PageIn):
    """Which of those who waited."""

    waiting: Annotated[bool, Field(description="Only who waits still.")] = False
    staff_id: Annotated[int, Field(ge=0, lt=1 << 32, description="0: everybody's.")] = 0


class FoundOut(Schema):
    """A message in which something was found."""

    id: int
    message_id: int
    customer: Annotated[int, Field(description="0: nobody, or out of the reader's sight.")]
    customer_name: str
    staff: int
    staff_name: str
    said: Annotated[str, Field(description="A few words around it.")]


class HitOut(FoundOut):
    """A message that says sensitive words."""

    at: datetime
    by_staff: bool
    in_group: bool
    is_recalled: bool
    words: list[str]
    severity: SeverityName
    settled_at: datetime | None
    settled_by: str
    note: str

    @staticmethod
    def resolve_by_staff(hit: ChatHit) -> bool:
        return hit.message.by_staff

    @staticmethod
    def resolve_in_group(hit: ChatHit) -> bool:
        return bool(hit.message.room)

    @staticmethod
    def resolve_is_recalled(hit: ChatHit) -> bool:
        return hit.message.is_recalled

    @staticmethod
    def resolve_severity(hit: ChatHit) -> str:
        return Severity(hit.severity).name.lower()

    @staticmethod
    def resolve_settled_by(hit: ChatHit) -> str:
        return hit.settled_by.name if hit.settled_by else ""


class LateOut(FoundOut):
    """A customer who waited too long."""

    since: datetime
    due_at: datetime
    answered_at: datetime | None
    minutes: Annotated[int, Field(description="Waited, by the clock, until the answer or now.")]

    @staticmethod
    def resolve_minutes(wait: ChatWait) -> int:
        return int(((wait.answered_at or now()) - wait.since).total_seconds() // 60)


class SettleIn(Schema):
    """What came of it."""

    note: Annotated[str, one_line(300, may_be_empty=True)] = ""


class ChatLineOut(Schema):
    """One message of a chat."""

    at: datetime
    by_staff: bool
    who: str
    kind: str
    text: str
    is_recalled: bool
    is_it: Annotated[bool, Field(description="The one in which something was found.")]


class ChatRulesOut(Schema):
    """How customers are to be answered."""

    minutes: int
    opens: OnTheClock
    closes: OnTheClock

    @staticmethod
    def resolve_opens(rules: ChatRules) -> str:
        return f"{rules.opens:%H:%M}"

    @staticmethod
    def resolve_closes(rules: ChatRules) -> str:
        return f"{rules.closes:%H:%M}"


class ChatRulesIn(Schema):
    """How customers are to be answered: so many minutes of these hours, on the workspace's clock; 0: not looked at."""

    minutes: Annotated[int, Field(ge=0, le=1440)]
    opens: OnTheClock
    closes: OnTheClock


@router.get(
    "/chats/hits",
    summary="List archived messages that say sensitive words",
    description="The newest first; of staff the reader oversees.",
    response={200: Page[HitOut]} | refusals(CursorUnknown),
)
@needs("chats.read")
def list_hits(request: MemberRequest, asked: Query[HitsIn]) -> PageOf[ChatHit]:
    rows = guides.hits_of(
        request.auth,
        settled=asked.settled,
        at_least=Severity[asked.at_least.upper()],
        staff=asked.staff_id,
    )
    found = page_of(rows, asked, order=("-at", "-id"))
    guides.named(request.auth, found.items)
    return found


@router.post(
    "/chats/hits/{int:hit_id}/settle",
    summary="Say that a finding was looked into",
    response={200: HitOut} | refusals(guides.NoSuchHit),
)
@needs("chats.read")
def settle_hit(request: MemberRequest, hit_id: Id, body: SettleIn) -> ChatHit:
    hit = guides.settle_hit(request.auth, hit_id, note=body.note, now=now())
    guides.named(request.auth, [hit])
    return hit


@router.get(
    "/chats/late",
    summary="List customers who waited too long for an answer",
    response={200: Page[LateOut]} | refusals(CursorUnknown),
)
@needs("chats.read")
def list_late(request: MemberRequest, asked: Query[LateIn]) -> PageOf[ChatWait]:
    rows = guides.late_of(request.auth, staff=asked.staff_id, waiting=asked.waiting, now=now())
    found = page_of(rows, asked, order=("-since", "-id"))
    guides.named(request.auth, found.items)
    return found


@router.get(
    "/chats/messages/{int:message_id}",
    summary="Read the chat around a message in which something was found",
    description="Ten messages before and after it. Who read it is written down.",
    response={200: Page[ChatLineOut]} | refusals(guides.NoSuchMessage),
)
@needs("chats.read")
def read_chat(request: MemberRequest, message_id: Id) -> PageOf[guides.ChatLine]:
    return PageOf(guides.read_chat(request.auth, message_id, now=now()))


@router.get("/chats/rules", summary="Show how customers are to be answered", response=ChatRulesOut)
@needs("chats.read")
def show_rules(request: MemberRequest) -> ChatRules:
    return guides.chat_rules(request.auth.workspace)


@router.put(
    "/chats/rules",
    summary="Decide how customers are to be answered",
    response={200: ChatRulesOut} | refusals(guides.HoursNotInOrder),
)
@needs("guides.write")
def set_rules(request: MemberRequest, body: ChatRulesIn) -> ChatRules:
    opens, closes = time.fromisoformat(body.opens), time.fromisoformat(body.closes)
    return guides.set_chat_rules(
        request.auth, minutes=body.minutes, opens=opens, closes=closes, now=now()
    )
