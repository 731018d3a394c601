"""What handing over would come to, before anything is asked: who may go, who may not and why, by which limits.

The platform's rules are dated data (`limits.json`); what was handed over before is known from here, and from
relations that ended so elsewhere. The platform has the last word, customer by customer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.wecom._rows import run
from yutang.wecom.client.limits import dated, most
from yutang.wecom.models import Corp, CorpState, StaffAccount
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, NoSuchStaff

__all__ = [
    "CannotTakeOver",
    "HeldBack",
    "Judged",
    "JudgedChat",
    "LimitOf",
    "NotInOneCorp",
    "Pair",
    "Preview",
    "SameMember",
    "Whom",
    "accounts_seen",
    "chats_left_today",
    "day_begins",
    "judge",
    "judge_chats",
    "pair_of",
    "preview",
]

_ACTIVE, _LEFT = 1, 5
_SHOWN = 50
_PORTION = 5000
Verdict = Literal["goes", "lost", "pending", "too_often"]


class SameMember(DomainError):
    """Nobody hands over to herself."""

    status = 422
    zh = "交出的员工和接手的员工是同一个人。请另选一位接手。"
    en = "The one who hands over and the one who takes over are the same. Choose somebody else to take over."


class NotInOneCorp(DomainError):
    """They have no account in the same corp that is connected."""

    status = 422
    zh = "“{giver}”和“{taker}”不在同一个已连接的企业微信里，不能交接。请先在“企业微信”页同步成员。"
    en = "“{giver}” and “{taker}” are not in one corp that is connected, so nothing can be handed over. Sync the members on the WeCom page first."


class CannotTakeOver(DomainError):
    """The taker is not active there, or has no client-contact function."""

    status = 422
    zh = "“{name}”在企业微信里没有激活，或没有客户联系权限，不能接手客户。请在管理后台开通，或另选一位。"
    en = "“{name}” is not active in WeCom or has no client-contact function, and cannot take over. Switch it on in the WeCom console, or choose somebody else."


@dataclass(frozen=True)
class Pair:
    """Who hands over to whom."""

    corp: Corp
    giver: StaffAccount
    taker: StaffAccount

    @property
    def is_resigned(self) -> bool:
        """Tell whether the giver has left."""
        return self.giver.status == _LEFT


@dataclass(frozen=True)
class Whom:
    """Which of a member's customers and groups; `chats` None: all she owns."""

    customers: Literal["everyone", "audience", "chosen", "nobody"] = "everyone"
    audience_id: int | None = None
    customer_ids: Sequence[int] = ()
    chats: Sequence[int] | None = ()


@dataclass(frozen=True)
class Judged:
    """One customer: may she go, and what is worth knowing."""

    external: str
    home: int
    verdict: Verdict
    was_handed_over: bool  # in the last 90 days
    has_refused: bool  # in the last 90 days
    knows_taker: bool


@dataclass(frozen=True)
class JudgedChat:
    """One group: may it go."""

    id: int
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class LimitOf:
    """One rule of the platform, and the month its text was last seen in."""

    name: str
    value: int
    seen: str


@dataclass(frozen=True)
class HeldBack:
    """A customer the reader may see who cannot go now, or of whom there is something to know."""

    customer: int
    name: str
    why: str


@dataclass(frozen=True)
class Preview:
    """What it would come to."""

    pair: Pair
    verdicts: Mapping[str, int]
    was_handed_over: int
    has_refused: int
    knows_taker: int
    not_hers: int
    chats: Mapping[str, int]
    chats_today: int  # of those that go, how many can go today
    limits: Sequence[LimitOf]
    shown: Sequence[HeldBack] = field(default_factory=list)


def accounts_seen(member: Member) -> WorkspaceQuerySet[StaffAccount]:
    """Return the accounts, in corps that are connected, of staff whom the member oversees."""
    rows = StaffAccount.objects.within(member.workspace).filter(corp__state=CorpState.ACTIVE)
    rows = rows.select_related("corp", "staff")
    return rows if member.scope.is_everyone else rows.filter(staff__in=member.scope.staff_ids)


def pair_of(member: Member, giver_id: int, taker_id: int) -> Pair:
    """Return two of the staff as the members of a corp that they are.

    :raises NoSuchStaff, SameMember, NotInOneCorp, CannotTakeOver:
    """
    if giver_id == taker_id:
        raise SameMember
    rows = accounts_seen(member).filter(staff__in=[giver_id, taker_id]).order_by("corp", "pk")
    found: dict[tuple[int, int], StaffAccount] = {(row.corp_id, row.staff_id): row for row in rows}
    known = _named(member, [giver_id, taker_id])
    for corp, staff in found:
        if staff == giver_id and (corp, taker_id) in found:
            giver, taker = found[corp, giver_id], found[corp, taker_id]
            if taker.status != _ACTIVE or not taker.can_contact:
                raise CannotTakeOver(name=taker.staff.name)
            return Pair(giver.corp, giver, taker)
    raise NotInOneCorp(giver=known[giver_id], taker=known[taker_id])


def _named(member: Member, ids: Sequence[int]) -> dict[int, str]:
    known = workspaces.staff_by_id(member.workspace, ids)
    if len(known) < len(set(ids)):
        raise NoSuchStaff
    if not member.scope.is_everyone and not set(ids) <= member.scope.staff_ids:
        raise NoSuchStaff
    return {pk: each.name for pk, each in known.items()}


def preview(member: Member, giver_id: int, taker_id: int, whom: Whom, *, now: datetime) -> Preview:
    """Say what handing over would come to.

    :raises NoSuchStaff, SameMember, NotInOneCorp, CannotTakeOver, audiences.NotFound, WarehouseTooBusy:
    """
    pair = pair_of(member, giver_id, taker_id)
    judged, asked = judge(member, pair, whom, now=now)
    chats = judge_chats(pair, whom.chats, now=now)
    verdicts: Counter[str] = Counter(each.verdict for each in chats)
    going = [each for each in judged if each.verdict == "goes"]
    return Preview(
        pair=pair,
        verdicts=Counter(each.verdict for each in judged),
        was_handed_over=sum(each.was_handed_over for each in going),
        has_refused=sum(each.has_refused for each in going),
        knows_taker=sum(each.knows_taker for each in going),
        not_hers=asked - len(judged) if asked is not None else 0,
        chats=verdicts,
        chats_today=min(verdicts["goes"], chats_left_today(pair.giver, now=now)),
        limits=_limits(pair),
        shown=_shown(member, judged),
    )


def judge(
    member: Member, pair: Pair, whom: Whom, *, now: datetime
) -> tuple[list[Judged], int | None]:
    """Judge those who are meant, and return how many were named (None: everybody of hers).

    :raises audiences.NotFound, WarehouseTooBusy:
    """
    if whom.customers == "nobody":
        return [], None
    homes, asked = _homes(member, whom)
    since = day_begins(now) - timedelta(days=most("transfer_window_days", pair.corp))
    given = {
        "workspace": member.workspace.pk,
        "corp": pair.corp.pk,
        "giver": pair.giver.pk,
        "taker": pair.taker.pk,
        "homes": homes,
        "since": since,
        "most": 0 if pair.is_resigned else most("transfers_per_90_days", pair.corp),
    }
    return [Judged(*row) for row in run("transfers", "judge", given)], asked


def _homes(member: Member, whom: Whom) -> tuple[list[int] | None, int | None]:
    """Return as whom those who are meant were born, and how many they are."""
    if whom.customers == "everyone":
        return None, None
    workspace: Workspace = member.workspace
    if whom.customers == "chosen":
        ids = customers.visible(member, whom.customer_ids)
        asked = len(set(whom.customer_ids))
    else:
        audience = audiences.found(workspace, whom.audience_id or 0)
        pages = audiences.all_in(member, audience, at_once=_PORTION)
        ids = {each.customer_id for page in pages for each in page}
        asked = len(ids)
    return list(customers.origins_of_several(workspace, list(ids))), asked


def judge_chats(pair: Pair, chats: Sequence[int] | None, *, now: datetime) -> list[JudgedChat]:
    """Judge the groups a member owns, or these of them."""
    if chats is not None and not chats:
        return []
    given = {
        "workspace": pair.corp.workspace_id,
        "corp": pair.corp.pk,
        "userid": pair.giver.userid,
        "chats": list(chats) if chats is not None else None,
        "since": day_begins(now) - timedelta(days=most("transfer_window_days", pair.corp)),
        "most": 0 if pair.is_resigned else most("group_transfers_per_90_days", pair.corp),
    }
    return [JudgedChat(*row) for row in run("transfers", "judge_chats", given)]


def chats_left_today(giver: StaffAccount, *, now: datetime) -> int:
    """Return how many groups of a member may still be asked for today."""
    given = {"workspace": giver.workspace_id, "giver": giver.pk, "since": day_begins(now)}
    row = run("transfers", "chats_today", given).fetchone()
    used = int(row[0]) if row else 0
    return max(most("group_transfers_per_owner_and_day", giver.corp) - used, 0)


def day_begins(now: datetime) -> datetime:
    """Return when the platform's day began."""
    local = now.astimezone(clock.PLATFORM_ZONE)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def _limits(pair: Pair) -> list[LimitOf]:
    names = ["transfer_refusal_hours", "group_transfers_per_owner_and_day"]
    if not pair.is_resigned:
        names = ["transfers_per_90_days", "group_transfers_per_90_days", *names]
    return [LimitOf(name, *dated(name, pair.corp)) for name in names]


def _shown(member: Member, judged: Sequence[Judged]) -> list[HeldBack]:
    """Return by name, of those the member may see, who cannot go; then who was handed over or refused lately."""
    why: dict[int, str] = {}
    for each in judged:
        if each.verdict != "goes":
            why.setdefault(each.home, each.verdict)
    for each in judged:
        if each.verdict == "goes" and (each.was_handed_over or each.has_refused):
            why.setdefault(each.home, "refused_lately" if each.has_refused else "handed_lately")
    first = dict(list(why.items())[:_SHOWN])
    today = customers.today(member.workspace, list(first))
    lines = customers.lines_of(member, list(set(today.values())))
    return [
        HeldBack(today[home], lines[today[home]].customer.name, reason)
        for home, reason in first.items()
        if today.get(home) in lines
    ]
