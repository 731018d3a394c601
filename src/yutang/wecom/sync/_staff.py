"""The corp's departments and members become ours; who may have customers is whose contacts are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.wecom.models import (
    Corp,
    DepartmentLink,
    PartState,
    StaffAccount,
    Subject,
    SyncPart,
    SyncRun,
)
from yutang.wecom.sync._accounts import ACTOR
from yutang.wecom.sync._noting import note_failure, note_gone_well
from yutang.wecom.sync._platform import Platform, code_of, concerns_one
from yutang.wecom.sync._runs import count, plan_contacts
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import DepartmentInUse, ToldDepartment, ToldStaff

__all__ = ["follow_staff", "take_members"]

_ONLY_IDS = 48009  # a new address with the contact-sync secret: ids, no names
_LEFT = 5
Members = dict[str, dict[str, Any]]  # by userid in lower case


def follow_staff(run: SyncRun, platform: Platform, *, clock: Callable[[], datetime]) -> None:
    """Read departments and members, and plan whose contacts are read: those of who may have customers."""
    followers = [
        str(each)
        for each in platform("externalcontact/get_follow_user_list").get("follow_user") or ()
    ]
    departments = _departments(run, platform, clock)
    members = _members(run, platform, departments, clock)
    for userid in followers:
        if userid.lower() not in members:
            members[userid.lower()] = _member(run, platform, userid, clock)
    with transaction.atomic():
        here = _take_departments(run.corp, departments, now=clock())
        take_members(
            run.corp, members.values(), here, followers=followers, all_of_them=True, now=clock()
        )
        SyncPart.objects.within(run.workspace_id).filter(run=run, subject=Subject.STAFF).update(
            state=PartState.DONE
        )
        count(run, departments_read=len(departments), staff_read=len(members))
        plan_contacts(run, followers)


def _departments(
    run: SyncRun, platform: Platform, clock: Callable[[], datetime]
) -> list[Mapping[str, Any]]:
    try:
        return list(platform("department/list").get("department") or ())
    except DomainError as refusal:
        if code_of(refusal) != _ONLY_IDS and not concerns_one(refusal):
            raise
        note_failure(run.corp, Subject.STAFF, "department/list", refusal, now=clock())
        return []


def _members(
    run: SyncRun,
    platform: Platform,
    departments: Sequence[Mapping[str, Any]],
    clock: Callable[[], datetime],
) -> Members:
    members: Members = {}
    for each in departments:
        key = f"department:{each['id']}"
        try:
            answer = platform("user/list", {"department_id": each["id"]})
        except DomainError as refusal:
            if code_of(refusal) != _ONLY_IDS and not concerns_one(refusal):
                raise
            note_failure(run.corp, Subject.STAFF, key, refusal, now=clock())
            continue
        note_gone_well(run.corp, Subject.STAFF, [key])
        for member in answer.get("userlist") or ():
            members.setdefault(str(member["userid"]).lower(), dict(member))
    return members


def _member(
    run: SyncRun, platform: Platform, userid: str, clock: Callable[[], datetime]
) -> dict[str, Any]:
    """Return what is told of somebody who is in none of the visible departments."""
    try:
        answer = dict(platform("user/get", {"userid": userid}))
    except DomainError as refusal:
        if code_of(refusal) != _ONLY_IDS and not concerns_one(refusal):
            raise
        note_failure(run.corp, Subject.STAFF, userid.lower(), refusal, now=clock())
        return {"userid": userid}
    note_gone_well(run.corp, Subject.STAFF, [userid.lower()])
    return answer


def _take_departments(
    corp: Corp, told: Sequence[Mapping[str, Any]], *, now: datetime
) -> Mapping[int, int]:
    """Let departments be as they are told; one that is gone there goes here too, if nothing is in it."""
    links = DepartmentLink.objects.within(corp.workspace_id).filter(corp=corp)
    known = dict(links.values_list("number", "department"))
    if not told:
        return known
    here = workspaces.follow_departments(
        corp.workspace,
        [
            ToldDepartment(
                int(each["id"]),
                int(each.get("parentid") or 0) or None,
                str(each.get("name") or each["id"])[:100],
                known.get(int(each["id"])),
            )
            for each in told
        ],
        actor=ACTOR,
        now=now,
    )
    DepartmentLink.objects.bulk_create(
        DepartmentLink(
            workspace_id=corp.workspace_id, corp=corp, number=number, department_id=department
        )
        for number, department in here.items()
        if number not in known
    )
    for number in sorted(known.keys() - here.keys(), reverse=True):
        links.filter(number=number).delete()
        try:
            workspaces.remove_department(corp.workspace, known[number], actor=ACTOR, now=now)
        except DepartmentInUse:
            continue
    return here


def take_members(
    corp: Corp,
    told: Iterable[Mapping[str, Any]],
    departments: Mapping[int, int],
    *,
    followers: Sequence[str] | None = None,
    all_of_them: bool = False,
    now: datetime,
) -> None:
    """Let members be as they are told; with `all_of_them`, who is not among them has left what is visible."""
    told = list(told)
    mine = StaffAccount.objects.within(corp.workspace_id).filter(corp=corp)
    accounts = {row.userid: row for row in mine.select_for_update()}
    following = {each.lower() for each in followers} if followers is not None else None
    staff = workspaces.follow_staff(
        corp.workspace,
        [_as_staff(each, accounts.get(str(each["userid"]).lower()), departments) for each in told],
        actor=ACTOR,
        now=now,
    )
    for each, number in zip(told, staff, strict=True):
        userid = str(each["userid"]).lower()
        row = accounts.setdefault(
            userid, StaffAccount(workspace_id=corp.workspace_id, corp=corp, userid=userid)
        )
        row.spelling, row.staff_id = str(each["userid"]), number
        row.status, row.seen_at = int(each.get("status") or 1), now
        row.can_contact = userid in following if following is not None else row.can_contact
    if all_of_them:
        _let_go(corp, [row for row in accounts.values() if row.seen_at != now], now=now)
    StaffAccount.objects.bulk_create([row for row in accounts.values() if row.pk is None])
    StaffAccount.objects.bulk_update(
        [row for row in accounts.values() if row.pk is not None],
        ["spelling", "staff", "status", "seen_at", "can_contact"],
        batch_size=1000,
    )


def _as_staff(
    told: Mapping[str, Any], account: StaffAccount | None, departments: Mapping[int, int]
) -> ToldStaff:
    userid = str(told["userid"])
    main = told.get("main_department") or next(iter(told.get("department") or ()), 0)
    status = int(told.get("status") or 1)
    department = departments.get(int(main or 0))
    if status == _LEFT and account is not None and account.pk:
        department = account.staff.department_id  # whose manager hands her customers over
    return ToldStaff(
        name=str(told.get("name") or userid)[:100],
        code=userid,
        department_id=department,
        is_active=status not in {2, _LEFT},
        known_as=account.staff_id if account else None,
    )


def _let_go(corp: Corp, rows: Sequence[StaffAccount], *, now: datetime) -> None:
    """Retire who is no longer told of; their customers stay theirs until they are handed over."""
    for row in rows:
        row.status, row.can_contact = _LEFT, False
    known = workspaces.staff_by_id(corp.workspace, [row.staff_id for row in rows])
    gone = [each for each in known.values() if each.is_active]
    workspaces.follow_staff(
        corp.workspace,
        [ToldStaff(each.name, each.code, each.department_id, False, each.pk) for each in gone],
        actor=ACTOR,
        now=now,
    )
