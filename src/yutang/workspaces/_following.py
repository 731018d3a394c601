"""The tree of staff as somebody else keeps it: departments and people put as they are told, by the batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yutang.kit.facts import publish
from yutang.workspaces._audit import record_audit
from yutang.workspaces._org import lock_tree
from yutang.workspaces._staff import staff_by_code, staff_by_id
from yutang.workspaces.facts import StaffDeactivated
from yutang.workspaces.models import Department, Staff, Workspace

__all__ = ["ToldDepartment", "ToldStaff", "follow_departments", "follow_staff"]


@dataclass(frozen=True)
class ToldDepartment:
    """A department as it is told: under which key, below which other key; `known_as` says which it is."""

    key: int
    parent: int | None
    name: str
    known_as: int | None = None


@dataclass(frozen=True)
class ToldStaff:
    """A member of staff as she is told; `known_as` says who she is. Without a department she keeps hers."""

    name: str
    code: str
    department_id: int | None = None
    is_active: bool = True
    known_as: int | None = None


@transaction.atomic
def follow_departments(
    workspace: Workspace, told: Sequence[ToldDepartment], *, actor: str, now: datetime
) -> Mapping[int, int]:
    """Let departments be as they are told; return by key which each is here.

    One that is not known is the one of the same name in the same place, or a new one. A parent that is not
    among them is the top. Nothing is removed.
    """
    lock_tree(workspace)
    mine = {each.pk: each for each in Department.objects.within(workspace)}
    taken = {(each.parent_id, each.name): each.pk for each in mine.values()}
    named = {each.known_as for each in told} - {None}
    found: dict[int, int] = {}
    changed = 0
    for each in _from_the_top(told):
        parent = found.get(each.parent) if each.parent is not None else None
        row = mine.get(each.known_as or 0)
        same = taken.get((parent, each.name))
        if row is None and same is not None and same not in named:
            row = mine[same]
        row = row or Department(workspace=workspace)
        name = each.name if same in {None, row.pk} else f"{each.name[:80]} ({each.key})"
        if (row.name, row.parent_id) != (name, parent):
            taken.pop((row.parent_id, row.name), None)
            row.name, row.parent_id = name, parent
            row.save()
            changed += 1
        taken[parent, name] = row.pk
        named.add(row.pk)
        found[each.key] = row.pk
    _record(workspace, actor, {"departments": changed}, now)
    return found


@transaction.atomic
def follow_staff(
    workspace: Workspace, told: Sequence[ToldStaff], *, actor: str, now: datetime
) -> list[int]:
    """Let staff be as they are told; return who each is here. Announces StaffDeactivated.

    Somebody who is not known is who has her code, or new; a code that is another's is not given.
    """
    known = staff_by_id(workspace, [each.known_as for each in told if each.known_as])
    coded = dict(staff_by_code(workspace, [each.code for each in told]))
    taken = {row.pk for row in known.values()}
    rows: list[Staff] = []
    new: list[Staff] = []
    changed: list[Staff] = []
    for each in told:
        row = known.get(each.known_as or 0)
        same = coded.get(each.code)
        if row is None and same is not None and same.pk not in taken:
            row = same
        if row is None:
            row = Staff(workspace=workspace, code="" if same else each.code)
            coded[each.code] = row
            new.append(row)
        elif _differs(row, each):
            changed.append(row)
            if row.is_active and not each.is_active:
                publish(StaffDeactivated(workspace.pk, row.pk))
        row.name, row.is_active = each.name, each.is_active
        row.department_id = each.department_id or row.department_id
        taken.add(row.pk)
        rows.append(row)
    Staff.objects.bulk_create(new)
    Staff.objects.bulk_update(changed, ["name", "is_active", "department"])
    _record(workspace, actor, {"new_staff": len(new), "changed_staff": len(changed)}, now)
    return [row.pk for row in rows]


def _differs(row: Staff, told: ToldStaff) -> bool:
    return (row.name, row.is_active) != (told.name, told.is_active) or (
        told.department_id is not None and row.department_id != told.department_id
    )


def _from_the_top(told: Sequence[ToldDepartment]) -> list[ToldDepartment]:
    """Return them in an order in which a parent comes before what is below it."""
    by_key = {each.key: each for each in told}
    placed: dict[int, ToldDepartment] = {}

    def place(each: ToldDepartment, below: frozenset[int]) -> None:
        if each.key in placed or each.key in below:
            return
        parent = by_key.get(each.parent) if each.parent is not None else None
        if parent is not None:
            place(parent, below | {each.key})
        placed[each.key] = each

    for each in told:
        place(each, frozenset())
    return list(placed.values())


def _record(workspace: Workspace, actor: str, counts: Mapping[str, int], now: datetime) -> None:
    if any(counts.values()):
        target = f"workspace:{workspace.pk}"
        record_audit(
            workspace, actor, "workspaces.directory_followed", target, detail=dict(counts), now=now
        )
