"""Custom fields: typed attributes of a workspace's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from yutang.customers._attributes import attributes_of, forget_attributes
from yutang.customers.models import CustomField
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.loop import AttributeKind
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "FieldNameNotAllowed",
    "FieldNameTaken",
    "FieldOption",
    "NoSuchField",
    "OptionsNotAsExpected",
    "OrderNotComplete",
    "TooManyFields",
    "archive_field",
    "change_field",
    "create_field",
    "fields_of",
    "reorder_fields",
    "restore_field",
]

MOST_FIELDS = 300
MOST_OPTIONS = 500
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WITH_OPTIONS = (AttributeKind.CHOICE, AttributeKind.MULTI_CHOICE)


@dataclass(frozen=True)
class FieldOption:
    """One thing a choice may be. Its value is kept and never changes; its label may."""

    value: str
    label: Text
    archived: bool = False


class NoSuchField(DomainError):
    """The workspace has no custom field of this name."""

    status = 404
    zh = "没有“{name}”这个自定义字段。"
    en = "There is no custom field “{name}”."


class FieldNameTaken(DomainError):
    """An attribute of this name exists: built in, of a module, or custom, perhaps retired."""

    zh = "“{name}”这个名称已经有字段用了（可能已停用）。请换一个，或恢复原来的字段。"
    en = "There is an attribute “{name}” already, perhaps retired. Choose another name, or restore it."


class FieldNameNotAllowed(DomainError):
    """The name of a field is a word of the API."""

    status = 422
    zh = "“{name}”不能做字段名称，请用小写英文字母、数字和下划线，以字母开头，最多 40 个字符。"
    en = (
        "“{name}” cannot name a field. Use at most 40 lower-case letters, digits and underscores,"
        " beginning with a letter."
    )


class OptionsNotAsExpected(DomainError):
    """Choices need options, each with a value of its own; other kinds have none."""

    status = 422
    zh = "单选和多选字段要有 1 到 500 个值各不相同的选项，已有的选项只能停用、不能去掉；其他类型没有选项。"
    en = (
        "A choice has 1 to 500 options of different values, and an option once there can be retired"
        " but not left out; other kinds have none."
    )


class OrderNotComplete(DomainError):
    """An order names every field once."""

    status = 422
    zh = "排序要包含全部在用字段，每个一次。"
    en = "An order names every field in use, each once."


class TooManyFields(DomainError):
    """There is an end to how many fields a customer can have."""

    zh = "最多 {most} 个自定义字段。请先停用不用的。"
    en = "There are {most} custom fields at most. Retire some first."


def fields_of(
    workspace: Workspace, *, archived: bool = False
) -> "QuerySet[CustomField, CustomField]":
    """Return the custom fields in use, or the retired ones, in their order."""
    rows = CustomField.objects.within(workspace).filter(archived_at__isnull=not archived)
    return rows.order_by("place", "pk")


@transaction.atomic
def create_field(
    member: Member,
    *,
    name: str,
    kind: AttributeKind,
    label: Text,
    options: Sequence[FieldOption] = (),
    personal: bool = False,
    now: datetime,
) -> CustomField:
    """Add a custom field at the end.

    :raises FieldNameNotAllowed, FieldNameTaken, OptionsNotAsExpected, TooManyFields:
    """
    workspace = member.workspace
    if not _NAME.fullmatch(name):
        raise FieldNameNotAllowed(name=name)
    if name in attributes_of(workspace, archived=True):
        raise FieldNameTaken(name=name)
    existing = CustomField.objects.within(workspace)
    if existing.filter(archived_at=None).count() >= MOST_FIELDS:
        raise TooManyFields(most=MOST_FIELDS)
    _refuse_options(kind, options, [])
    field = CustomField(
        workspace=workspace,
        name=name,
        kind=kind.value,
        label_zh=label.zh,
        label_en=label.en,
        options=_as_json(options),
        is_personal=personal,
        place=(existing.aggregate(last=Max("place"))["last"] or 0) + 1,
        created_at=now,
    )
    try:
        with transaction.atomic():
            field.save()
    except IntegrityError:
        raise FieldNameTaken(name=name) from None
    _changed(member, "customers.field_created", field, {"kind": field.kind}, now)
    return field


@transaction.atomic
def change_field(
    member: Member,
    name: str,
    *,
    zh: str | None = None,
    en: str | None = None,
    options: Sequence[FieldOption] | None = None,
    personal: bool | None = None,
    now: datetime,
) -> CustomField:
    """Rename a field, change its options or whether it is personal. Its kind stays.

    :raises NoSuchField, OptionsNotAsExpected:
    """
    field = _locked(member.workspace, name)
    field.label_zh = field.label_zh if zh is None else zh
    field.label_en = field.label_en if en is None else en
    if options is not None:
        _refuse_options(AttributeKind(field.kind), options, field.options)
        field.options = _as_json(options)
    if personal is not None:
        field.is_personal = personal
    field.save()
    detail = {"label": field.label_zh, "options": [each["value"] for each in field.options]}
    _changed(member, "customers.field_changed", field, detail, now)
    return field


@transaction.atomic
def archive_field(member: Member, name: str, *, now: datetime) -> None:
    """Retire a field: its values stay, nobody sets or shows it.

    :raises NoSuchField:
    """
    field = _locked(member.workspace, name)
    field.archived_at = field.archived_at or now
    field.save(update_fields=["archived_at"])
    _changed(member, "customers.field_archived", field, {}, now)


@transaction.atomic
def restore_field(member: Member, name: str, *, now: datetime) -> CustomField:
    """Bring a retired field back, with its values.

    :raises NoSuchField:
    """
    field = _locked(member.workspace, name)
    field.archived_at = None
    field.save(update_fields=["archived_at"])
    _changed(member, "customers.field_restored", field, {}, now)
    return field


@transaction.atomic
def reorder_fields(member: Member, names: Sequence[str], *, now: datetime) -> None:
    """Give the fields this order.

    :raises OrderNotComplete:
    """
    rows = {row.name: row for row in fields_of(member.workspace).select_for_update()}
    if len(names) != len(rows) or set(names) != rows.keys():
        raise OrderNotComplete
    for place, name in enumerate(names, 1):
        rows[name].place = place
    CustomField.objects.bulk_update(rows.values(), ["place"])
    forget_attributes(member.workspace)
    transaction.on_commit(lambda: forget_attributes(member.workspace))
    target = f"workspace:{member.workspace.pk}"
    detail = {"order": list(names)}
    record_audit(
        member.workspace,
        member.actor,
        "customers.fields_reordered",
        target,
        detail=detail,
        now=now,
    )


def _locked(workspace: Workspace, name: str) -> CustomField:
    field = CustomField.objects.within(workspace).select_for_update().filter(name=name).first()
    if field is None:
        raise NoSuchField(name=name)
    return field


def _refuse_options(
    kind: AttributeKind, options: Sequence[FieldOption], before: Sequence[Mapping[str, object]]
) -> None:
    values = [option.value for option in options]
    expected = kind in _WITH_OPTIONS
    missing = {str(option["value"]) for option in before} - set(values)
    odd = any(not value.strip() or len(value) > 60 for value in values)
    if expected != bool(options) or len(set(values)) < len(values) or missing or odd:
        raise OptionsNotAsExpected
    if len(values) > MOST_OPTIONS:
        raise OptionsNotAsExpected


def _as_json(options: Sequence[FieldOption]) -> list[dict[str, object]]:
    return [
        {
            "value": option.value,
            "zh": option.label.zh,
            "en": option.label.en,
            "is_archived": option.archived,
        }
        for option in options
    ]


def _changed(
    member: Member, action: str, field: CustomField, detail: Mapping[str, object], now: datetime
) -> None:
    forget_attributes(member.workspace)
    transaction.on_commit(lambda: forget_attributes(member.workspace))
    target = f"field:{field.name}"
    record_audit(member.workspace, member.actor, action, target, detail=detail, now=now)
