"""Members of a customer's household, and the stage of life each is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from yutang.customers._marks import mark
from yutang.customers._seeing import seen_one
from yutang.customers._settings import save_setting, setting
from yutang.customers.models import Customer, Dependant
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "DEPENDANT_KINDS",
    "NoSuchDependant",
    "Stage",
    "StagesNotInOrder",
    "add_dependant",
    "change_dependant",
    "dependants_of",
    "remove_dependant",
    "set_stages",
    "stage_of",
    "stages_of",
]

DEPENDANT_KINDS = {
    "child": Text("孩子", "Child"),
    "partner": Text("伴侣", "Partner"),
    "parent": Text("父母", "Parent"),
    "pet": Text("宠物", "Pet"),
    "other": Text("其他家人", "Other"),
}


@dataclass(frozen=True)
class Stage:
    """A stage of a child's life: up to, and not including, this age in months. None: without end."""

    name: str
    label: Text
    to_months: int | None


# From before birth to fourteen, as mother-and-baby retail counts them.
_STAGES = (
    Stage("expecting", Text("孕期", "Expecting"), 0),
    Stage("newborn", Text("新生儿（0–6 个月）", "Newborn (0–6 months)"), 6),
    Stage("infant", Text("婴儿（6–12 个月）", "Infant (6–12 months)"), 12),
    Stage("toddler_1", Text("1–2 岁", "1–2 years"), 24),
    Stage("toddler_2", Text("2–3 岁", "2–3 years"), 36),
    Stage("preschool", Text("学龄前（3–6 岁）", "Preschool (3–6 years)"), 72),
    Stage("school_lower", Text("6–9 岁", "6–9 years"), 108),
    Stage("school_upper", Text("9–12 岁", "9–12 years"), 144),
    Stage("teen", Text("12–14 岁", "12–14 years"), 168),
)


class NoSuchDependant(DomainError):
    """The customer has no such member of her household."""

    status = 404
    zh = "这位客户的家庭成员里没有这一位。"
    en = "This customer's household has no such member."


class StagesNotInOrder(DomainError):
    """Each stage ends later than the one before it; only the last may be without end."""

    status = 422
    zh = "每个阶段的截止月龄要比前一个大，只有最后一个可以不填。"
    en = "Each stage ends at a later age than the one before it; only the last may be without end."


def stages_of(workspace: Workspace) -> Sequence[Stage]:
    """Return the stages of life of this workspace, the earliest first."""
    own = setting(workspace, "stages")
    if not own:
        return _STAGES
    return [Stage(each["name"], Text(each["zh"], each["en"]), each["to_months"]) for each in own]


@transaction.atomic
def set_stages(member: Member, stages: Sequence[Stage] | None, *, now: datetime) -> None:
    """Replace the stages of life; None returns to the built-in ones.

    :raises StagesNotInOrder:
    """
    ends = [stage.to_months for stage in stages or ()]
    if None in ends[:-1]:
        raise StagesNotInOrder
    numbers = [end for end in ends if end is not None]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise StagesNotInOrder
    own = [
        {"name": each.name, "zh": each.label.zh, "en": each.label.en, "to_months": each.to_months}
        for each in stages or ()
    ]
    save_setting(member.workspace, "stages", own or None)
    detail = {"stages": [each.name for each in stages or ()]}
    target = f"workspace:{member.workspace.pk}"
    record_audit(
        member.workspace,
        member.actor,
        "customers.stages_changed",
        target,
        detail=detail,
        now=now,
    )


def stage_of(birthday: date | None, *, on: date, stages: Sequence[Stage]) -> Stage | None:
    """Return the stage somebody born (or expected) then is in on a day; None: past all, or unknown.

    >>> stage_of(date(2024, 3, 15), on=date(2026, 3, 14), stages=...).name   # 23 whole months
    'toddler_1'
    """
    if birthday is None:
        return None
    months = (on.year - birthday.year) * 12 + on.month - birthday.month - (on.day < birthday.day)
    for stage in stages:
        if stage.to_months is None or months < stage.to_months:
            return stage
    return None


def today_in(workspace: Workspace, now: datetime) -> date:
    """Return the calendar day it is in the workspace's time zone."""
    return now.astimezone(ZoneInfo(workspace.time_zone)).date()


def dependants_of(member: Member, customer_id: int) -> list[Dependant]:
    """Return the members of a customer's household, the eldest first.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id)
    return list(_hers(member.workspace, customer).order_by("birthday", "pk"))


@transaction.atomic
def add_dependant(
    member: Member,
    customer_id: int,
    *,
    kind: str,
    name: str = "",
    gender: str = "",
    birthday: date | None = None,
    now: datetime,
) -> Dependant:
    """Add somebody to a customer's household; a birthday to come is a child expected.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id, lock=True)
    added = Dependant.objects.create(
        workspace=member.workspace,
        customer=customer,
        home=customer,
        kind=kind,
        name=name,
        gender=gender,
        birthday=birthday,
        created_at=now,
        updated_at=now,
    )
    _changed(member, customer, "customers.dependant_added", added.pk, now)
    return added


@transaction.atomic
def change_dependant(
    member: Member,
    customer_id: int,
    dependant_id: int,
    changes: dict[str, object],
    *,
    now: datetime,
) -> Dependant:
    """Change what is known of a member of the household: kind, name, gender, birthday.

    :raises NotFound, NoSuchDependant:
    """
    customer = seen_one(member, customer_id, lock=True)
    found = _hers(member.workspace, customer).filter(pk=dependant_id).first()
    if found is None:
        raise NoSuchDependant
    for name, value in changes.items():
        setattr(found, name, value)
    found.updated_at = now
    found.save(update_fields=[*changes, "updated_at"])
    _changed(member, customer, "customers.dependant_changed", found.pk, now)
    return found


@transaction.atomic
def remove_dependant(member: Member, customer_id: int, dependant_id: int, *, now: datetime) -> None:
    """Remove somebody from a household.

    :raises NotFound, NoSuchDependant:
    """
    customer = seen_one(member, customer_id, lock=True)
    removed, _ = _hers(member.workspace, customer).filter(pk=dependant_id).delete()
    if not removed:
        raise NoSuchDependant
    _changed(member, customer, "customers.dependant_removed", dependant_id, now)


def _hers(workspace: Workspace, customer: Customer) -> "QuerySet[Dependant, Dependant]":
    return Dependant.objects.within(workspace).filter(customer=customer)


def _changed(
    member: Member, customer: Customer, action: str, dependant: int, now: datetime
) -> None:
    mark(member.workspace, "dependants", [customer.pk])
    target = f"customer:{customer.pk}"
    detail = {"dependant": dependant}
    record_audit(member.workspace, member.actor, action, target, detail=detail, now=now)
