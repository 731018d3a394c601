"""Who of the staff a userid is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from yutang.wecom.models import Corp, StaffAccount
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import ToldStaff

__all__ = ["ACTOR", "Account", "accounts_of"]

ACTOR = "system:wecom"


class Account(NamedTuple):
    """A member of the corp: which row, and who of the staff."""

    number: int
    staff: int


def accounts_of(corp: Corp, userids: Iterable[str], *, now: datetime) -> Mapping[str, Account]:
    """Return who these userids (lower case) are; whoever is not known yet is entered by her userid.

    The directory gives her a name when it is read next.
    """
    wanted = set(userids)
    found = _known(corp, wanted)
    strangers = sorted(wanted - found.keys())
    if not strangers:
        return found
    with transaction.atomic():
        Corp.objects.within(corp.workspace_id).select_for_update(no_key=True).get(pk=corp.pk)
        found = _known(corp, wanted)
        strangers = [each for each in strangers if each not in found]
        staff = workspaces.follow_staff(
            corp.workspace, [ToldStaff(each, each) for each in strangers], actor=ACTOR, now=now
        )
        StaffAccount.objects.bulk_create(
            StaffAccount(
                workspace_id=corp.workspace_id,
                corp=corp,
                userid=each,
                spelling=each,
                staff_id=number,
                can_contact=True,
                seen_at=now,
            )
            for each, number in zip(strangers, staff, strict=True)
        )
        return _known(corp, wanted)


def _known(corp: Corp, userids: set[str]) -> dict[str, Account]:
    rows = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp, userid__in=userids)
    return {
        userid: Account(number, staff)
        for userid, number, staff in rows.values_list("userid", "pk", "staff")
    }
