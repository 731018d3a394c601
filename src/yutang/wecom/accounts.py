"""Who a member of the corp is among the staff, and by which door a corp is meant."""

from collections.abc import Iterable
from uuid import UUID

from yutang.wecom.client.wire import REAL_BASE
from yutang.wecom.models import Corp, CorpState, StaffAccount
from yutang.workspaces.models import Workspace

__all__ = [
    "account_of",
    "accounts_by_staff",
    "accounts_by_userid",
    "accounts_in_contact",
    "active_corps",
    "corp_at",
    "corps_spoken_to",
    "entrances_of",
]

_ACTIVE = 1


def corp_at(door: UUID) -> Corp | None:
    """Return the corp whose addresses carry this door, while it is spoken to."""
    rows = Corp.objects.select_related("workspace")
    return rows.filter(door=door, state=CorpState.ACTIVE).first()


def active_corps(workspace: Workspace) -> list[Corp]:
    """Return the corps the workspace speaks to, the first one first."""
    rows = Corp.objects.within(workspace).filter(state=CorpState.ACTIVE)
    return list(rows.order_by("pk"))


def account_of(corp: Corp, userid: str) -> StaffAccount | None:
    """Return the account of a member of the corp who is active there; `userid` in any case."""
    rows = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp, status=_ACTIVE)
    return rows.filter(userid=userid.strip().lower()).first()


def entrances_of(corp: Corp) -> tuple[str, str]:
    """Return where the platform recognises its member: inside its own client, and on a desktop."""
    real = corp.base == REAL_BASE
    inside = "https://open.weixin.qq.com" if real else corp.base
    desktop = "https://login.work.weixin.qq.com" if real else corp.base
    return f"{inside}/connect/oauth2/authorize", f"{desktop}/wwlogin/sso/login"


def corps_spoken_to() -> list[Corp]:
    """Return every corp that is spoken to, of whatever workspace."""
    rows = Corp.objects.filter(state=CorpState.ACTIVE).select_related("workspace")
    return list(rows.order_by("pk"))


def accounts_in_contact(corp: Corp) -> list[StaffAccount]:
    """Return the active members of the corp who have the client-contact function."""
    rows = StaffAccount.objects.within(corp.workspace_id).filter(
        corp=corp, status=_ACTIVE, can_contact=True
    )
    return list(rows.order_by("pk"))


def accounts_by_staff(corp: Corp, staff: Iterable[int]) -> dict[int, StaffAccount]:
    """Return the accounts of these staff; of several the newest."""
    rows = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp, staff__in=set(staff))
    return {row.staff_id: row for row in rows.order_by("pk")}


def accounts_by_userid(corp: Corp, userids: Iterable[str]) -> dict[str, StaffAccount]:
    """Return the accounts under these ids, by the id in lower case: the platform knows no case."""
    wanted = {each.lower() for each in userids}
    rows = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp, userid__in=wanted)
    return {row.userid: row for row in rows}
