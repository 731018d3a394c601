"""What can be known of customers: the attributes there are, and the workspace's own fields."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Query, Schema, Status
from pydantic import Field

from yutang.customers import service as customers
from yutang.customers.api.router import router
from yutang.customers.models import CustomField
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.lines import one_line
from yutang.kit.pages import Page, PageOf
from yutang.loop import AttributeKind
from yutang.workspaces.service import MemberRequest, needs

Label = Annotated[
    str,
    one_line(60),
]
FieldName = Annotated[str, Field(max_length=60, examples=["skin_type"])]


class FieldOptionIn(Schema):
    """One thing a choice may be. Its value is kept for ever; its labels may change."""

    value: Annotated[Label, Field(examples=["oily"])]
    zh: Annotated[Label, Field(examples=["油性"])]
    en: Annotated[Label, Field(examples=["Oily"])]
    is_archived: bool = False


class FieldIn(Schema):
    """A field to add."""

    name: FieldName
    kind: AttributeKind
    zh: Annotated[Label, Field(examples=["肤质"])]
    en: Annotated[Label, Field(examples=["Skin type"])]
    options: Annotated[list[FieldOptionIn], Field(max_length=500)] = []
    is_personal: Annotated[bool, Field(description="Masked without the permission.")] = False


class FieldPatch(Schema):
    """What to change of a field; its name and kind stay. An option is retired, never left out."""

    zh: Label | None = None
    en: Label | None = None
    options: Annotated[list[FieldOptionIn], Field(max_length=500)] | None = None
    is_personal: bool | None = None


class FieldOut(Schema):
    """A custom field."""

    name: str
    kind: AttributeKind
    label: str
    zh: Annotated[str, Field(alias="label_zh")]
    en: Annotated[str, Field(alias="label_en")]
    options: list[FieldOptionIn]
    is_personal: bool
    place: int
    created_at: datetime
    archived_at: datetime | None


class ChoiceOut(Schema):
    """One thing a choice may be."""

    value: str
    label: str


class AttributeOut(Schema):
    """One thing that can be known of a customer: built in, of a module, or custom."""

    name: str
    kind: AttributeKind
    label: str
    choices: list[ChoiceOut]
    is_custom: bool
    is_personal: bool
    is_read_only: bool


class FieldsIn(Schema):
    """Which fields."""

    archived: Annotated[bool, Field(description="The retired ones instead.")] = False


class FieldOrderIn(Schema):
    """Every field in use, in the order to show them."""

    names: Annotated[list[FieldName], Field(max_length=400)]


def _out(field: CustomField) -> dict[str, Any]:
    names = ("name", "kind", "label_zh", "label_en", "options", "is_personal", "place")
    return {
        **{name: getattr(field, name) for name in names},
        "label": Text(field.label_zh, field.label_en).said(),
        "created_at": field.created_at,
        "archived_at": field.archived_at,
    }


def _options(given: list[FieldOptionIn]) -> list[customers.FieldOption]:
    return [
        customers.FieldOption(each.value, Text(each.zh, each.en), each.is_archived)
        for each in given
    ]


@router.get(
    "/attributes",
    summary="List what can be known of customers",
    response={200: Page[AttributeOut]},
)
@needs("customers.read")
def list_attributes(request: MemberRequest) -> PageOf[dict[str, Any]]:
    found = customers.attributes_of(request.auth.workspace)
    own = customers.fields_of(request.auth.workspace).values_list("name", flat=True)
    custom = set(own)
    return PageOf(
        [
            {
                "name": each.name,
                "kind": each.kind,
                "label": each.label.said(),
                "choices": [
                    {"value": value, "label": label.said()} for value, label in each.choices.items()
                ],
                "is_custom": each.name in custom,
                "is_personal": each.personal,
                "is_read_only": each.name in customers.READ_ONLY,
            }
            for each in found.values()
        ]
    )


@router.get("/fields", summary="List custom fields", response={200: Page[FieldOut]})
@needs("customers.read")
def list_fields(request: MemberRequest, which: Query[FieldsIn]) -> PageOf[dict[str, Any]]:
    found = customers.fields_of(request.auth.workspace, archived=which.archived)
    return PageOf([_out(each) for each in found])


@router.post(
    "/fields",
    summary="Add a custom field",
    response={201: FieldOut}
    | refusals(
        customers.FieldNameNotAllowed,
        customers.FieldNameTaken,
        customers.OptionsNotAsExpected,
        customers.TooManyFields,
    ),
)
@needs("catalogue.write")
def create_field(request: MemberRequest, body: FieldIn) -> Status[dict[str, Any]]:
    made = customers.create_field(
        request.auth,
        name=body.name,
        kind=body.kind,
        label=Text(body.zh, body.en),
        options=_options(body.options),
        personal=body.is_personal,
        now=now(),
    )
    return Status(201, _out(made))


@router.put(
    "/fields/order",
    summary="Order custom fields",
    response={204: None} | refusals(customers.OrderNotComplete),
)
@needs("catalogue.write")
def reorder_fields(request: MemberRequest, body: FieldOrderIn) -> Status[None]:
    customers.reorder_fields(request.auth, body.names, now=now())
    return Status(204, None)


@router.patch(
    "/fields/{field_name}",
    summary="Change a custom field",
    response={200: FieldOut} | refusals(customers.NoSuchField, customers.OptionsNotAsExpected),
)
@needs("catalogue.write")
def change_field(request: MemberRequest, field_name: FieldName, body: FieldPatch) -> dict[str, Any]:
    return _out(
        customers.change_field(
            request.auth,
            field_name,
            zh=body.zh,
            en=body.en,
            options=None if body.options is None else _options(body.options),
            personal=body.is_personal,
            now=now(),
        )
    )


@router.post(
    "/fields/{field_name}/archive",
    summary="Retire a custom field",
    description="Its values stay; nobody sets or shows it.",
    response={204: None} | refusals(customers.NoSuchField),
)
@needs("catalogue.write")
def archive_field(request: MemberRequest, field_name: FieldName) -> Status[None]:
    customers.archive_field(request.auth, field_name, now=now())
    return Status(204, None)


@router.post(
    "/fields/{field_name}/restore",
    summary="Bring a custom field back",
    response={200: FieldOut} | refusals(customers.NoSuchField),
)
@needs("catalogue.write")
def restore_field(request: MemberRequest, field_name: FieldName) -> dict[str, Any]:
    return _out(customers.restore_field(request.auth, field_name, now=now()))
