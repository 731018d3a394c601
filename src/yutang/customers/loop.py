"""The built-in attributes of a customer, each a typed column of the warehouse's `profiles`."""

from yutang.kit.i18n import Text
from yutang.loop import Attribute, AttributeKind, EventType, Property, PropertyKind, declare

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
