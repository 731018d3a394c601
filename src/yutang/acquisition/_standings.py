"""How everybody of the staff stands: online or not, capped, restricted; set by people, or found out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.acquisition._duty import Standing
from yutang.acquisition._rows import run
from yutang.acquisition._rules import read_rules
from yutang.acquisition.models import AccountStanding, LiveCode
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.wecom import service as wecom
from yutang.wecom.models import StaffAccount
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "Found",
    "change_standing",
    "look_again",
    "midnight",
    "restrict",
    "standing_rows",
    "standings_for",
]

RESTRICTED_FOR = timedelta(hours=6)  # then it is tried again
_ACTIVE = 1


@dataclass(frozen=True)
class Found:
    """How those behind a code stand, and who they are at the platform."""

    standings: Mapping[int, Standing]
    accounts: Mapping[int, StaffAccount]


def midnight(workspace: Workspace, now: datetime) -> datetime:
    """Return when today began by the workspace's clock."""
    local = now.astimezone(ZoneInfo(workspace.time_zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def standings_for(code: LiveCode, *, now: datetime) -> Found:
    """Return how everybody who may stand behind a code stands now."""
    staff = read_rules(code.rules).staff
    began = midnight(code.workspace, now)
    accounts = wecom.accounts_by_staff(code.corp, staff)
    people = workspaces.staff_by_id(code.workspace, staff)
    rows = {row.staff_id: row for row in standing_rows(code.workspace, staff)}
    since = code.company_since or now
    asked = {
        "workspace": code.workspace_id,
        "code": code.pk,
        "midnight": began,
        "company_since": since,
    }
    through = {who: (today, turn) for who, today, turn in run("friends", "of_code", asked)}
    asked = {"workspace": code.workspace_id, "staff": staff, "midnight": began}
    everywhere = dict(run("friends", "everywhere", asked).fetchall())
    found: dict[int, Standing] = {}
    for one in staff:
        row, account = rows.get(one), accounts.get(one)
        today, turn = through.get(one, (0, 0))
        found[one] = Standing(
            today=today,
            everywhere=everywhere.get(one, 0),
            most=row.most if row else None,
            turn=turn if one in code.company else 0,
            is_online=(row is None or row.is_online),
            is_restricted=_is_restricted(row, now)
            or (account is not None and not _usable(account)),
            has_account=account is not None and one in people and people[one].is_active,
        )
    return Found(found, accounts)


def _is_restricted(row: AccountStanding | None, now: datetime) -> bool:
    return row is not None and row.restricted_until is not None and row.restricted_until > now


def _usable(account: StaffAccount) -> bool:
    return account.status == _ACTIVE and account.can_contact


def standing_rows(workspace: Workspace, staff: Collection[int]) -> list[AccountStanding]:
    """Return what was set of these staff."""
    return list(AccountStanding.objects.within(workspace).filter(staff__in=staff))


@transaction.atomic
def change_standing(
    member: Member,
    staff_id: int,
    *,
    is_online: bool,
    most: int | None,
    restricted_until: datetime | None = None,
    now: datetime,
) -> AccountStanding:
    """Say whether somebody can be added now, by how many a day over all codes, or not before when.

    :raises NoSuchStaff:
    """
    staff = workspaces.get_staff(member.workspace, staff_id)
    row, _ = AccountStanding.objects.within(member.workspace).update_or_create(
        workspace=member.workspace,
        staff=staff,
        defaults={
            "is_online": is_online,
            "most": most,
            "restricted_until": restricted_until,
            "reason_zh": "",
            "reason_en": "",
            "changed_at": now,
        },
    )
    detail = {"is_online": is_online, "most": most, "restricted": restricted_until is not None}
    record_audit(
        member.workspace,
        member.actor,
        "acquisition.standing_changed",
        f"staff:{staff_id}",
        detail=detail,
        now=now,
    )
    look_again(member.workspace, now=now)
    return row


@transaction.atomic
def restrict(workspace: Workspace, staff: Collection[int], why: Text, *, now: datetime) -> None:
    """Keep accounts from every code for a while: the platform would not have them."""
    for one in sorted(staff):
        AccountStanding.objects.within(workspace).update_or_create(
            workspace=workspace,
            staff_id=one,
            defaults={
                "restricted_until": now + RESTRICTED_FOR,
                "reason_zh": why.zh[:500],
                "reason_en": why.en[:500],
                "changed_at": now,
            },
        )
    look_again(workspace, now=now)


def look_again(workspace: Workspace, *, now: datetime) -> None:
    """Have all codes of a workspace looked at."""
    rows = LiveCode.objects.within(workspace).filter(archived_at=None, due_at__isnull=False)
    rows.update(due_at=now)
    transaction.on_commit(lambda: wake("acquisition.keep_in_step"))
