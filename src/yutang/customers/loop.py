"""The built-in attributes of a customer, each a typed column of the warehouse's `profiles`; what merging
records; what journeys can do to a customer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.loop import (
    Action,
    Attribute,
    AttributeKind,
    Doing,
    EventType,
    Property,
    PropertyKind,
    Undone,
    declare,
)
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["BUILT_IN"]

BUILT_IN = (
    Attribute("name", AttributeKind.TEXT, Text("姓名", "Name"), column="name"),
    Attribute(
        "gender",
        AttributeKind.CHOICE,
        Text("性别", "Gender"),
        choices={"female": Text("女", "Female"), "male": Text("男", "Male")},
        column="gender",
    ),
    Attribute("birthday", AttributeKind.DATE, Text("生日", "Birthday"), column="birthday"),
    Attribute("country", AttributeKind.TEXT, Text("国家", "Country"), column="country"),
    Attribute("province", AttributeKind.TEXT, Text("省份", "Province"), column="province"),
    Attribute("city", AttributeKind.TEXT, Text("城市", "City"), column="city"),
    Attribute("district", AttributeKind.TEXT, Text("区县", "District"), column="district"),
    Attribute("source", AttributeKind.TEXT, Text("来源", "Source"), column="source"),
    Attribute(
        "joined_at", AttributeKind.TIME, Text("入会时间", "Member since"), column="joined_at"
    ),
    Attribute(
        "created_at", AttributeKind.TIME, Text("建档时间", "Known since"), column="created_at"
    ),
)

declare(
    *BUILT_IN,
    EventType(
        "customer.merged",
        Text("合并了客户", "Merged with customer"),
        (Property("merged", PropertyKind.NUMBER, Text("编号", "number")),),
        activity=False,
    ),
    EventType(
        "customer.parted",
        Text("分出了客户", "Parted from customer"),
        (Property("parted", PropertyKind.NUMBER, Text("编号", "number")),),
        activity=False,
    ),
)


def _workspace(workspace_id: int) -> Workspace:
    return workspaces.workspaces_of_everyone().get(pk=workspace_id)


def set_attribute(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Say the same of all these customers."""
    source = f"journey:{parameters.get('@journey', 0)}"
    try:
        customers.set_many(
            _workspace(workspace_id),
            [each.customer for each in doings],
            str(parameters["attribute"]),
            parameters.get("value"),
            source=source,
            now=now,
        )
    except customers.NotAsExpected:
        return {each.key: Undone("attribute_gone") for each in doings}
    return {}


def follow_up(
    workspace_id: int, doings: Sequence[Doing], parameters: Mapping[str, Any], *, now: datetime
) -> Mapping[str, Undone]:
    """Move the follow-up of all these customers on."""
    people = [each.customer for each in doings]
    try:
        customers.follow_up_many(
            _workspace(workspace_id), people, str(parameters["status"]), now=now
        )
    except customers.UnknownStatus:
        return {each.key: Undone("status_gone") for each in doings}
    return {}


def _check_value(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    attribute = str(parameters.get("attribute", ""))
    try:
        customers.read_values(_workspace(workspace_id), {attribute: parameters.get("value")})
    except customers.NotAsExpected as wrong:
        known = attribute in customers.attributes_of(_workspace(workspace_id))
        said = wrong.errors[0].message
        return {"value" if known else "attribute": Text(said, said)}
    return {}


def _check_status(workspace_id: int, parameters: Mapping[str, Any]) -> Mapping[str, Text]:
    known = customers.follow_statuses(_workspace(workspace_id))
    if parameters.get("status") in known:
        return {}
    return {
        "status": Text(f"应该是 {'、'.join(known)} 之一", f"should be one of {', '.join(known)}")
    }


declare(
    Action(
        "customers.set",
        Text("修改客户属性", "Set an attribute"),
        (
            Property("attribute", PropertyKind.TEXT, Text("属性", "Attribute")),
            Property("value", PropertyKind.TEXT, Text("值", "Value")),
        ),
        perform=set_attribute,
        check=_check_value,
    ),
    Action(
        "customers.follow_up",
        Text("更改跟进状态", "Change the follow-up status"),
        (Property("status", PropertyKind.TEXT, Text("跟进状态", "Status")),),
        perform=follow_up,
        check=_check_status,
    ),
)
