"""Mappings that fit well-known public files as they are, traps included.

Taobao user behaviour: local times are UTC+8; the Unix seconds need no zone.
Online Retail: an invoice number that begins with C is a cancellation; amounts are pounds, hence
numbers and not fen; a row without a customer is a bad row; identical lines are separate items.
CDNOW: white space, CRLF, several rows a day; amounts are dollars.
"""

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from types import MappingProxyType

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.tracking.imports.mapping import (
    ImportMapping,
    MappedIdentity,
    MappedProperty,
    MappedType,
    MappedValue,
    ReadAs,
)
from yutang.tracking.imports.readers import FileFormat

__all__ = ["Recipe", "RecipeUnknown", "matching", "recipe", "recipes"]


class RecipeUnknown(DomainError):
    """There is no such recipe."""

    status = 404
    zh = "没有叫“{name}”的现成方案，有：{names}。"
    en = "There is no recipe “{name}”. There are: {names}."


@dataclass(frozen=True)
class Recipe:
    """A mapping that fits one kind of file, and the columns by which such a file is known."""

    name: str
    label: Text
    about: Text
    columns: tuple[str, ...]
    mapping: ImportMapping


def _text(name: str, column: str) -> MappedProperty:
    return MappedProperty(name=name, value=MappedValue(column=column))


def _number(name: str, column: str, *, absolute: bool = False) -> MappedProperty:
    value = MappedValue(column=column, read_as=ReadAs.NUMBER, absolute=absolute)
    return MappedProperty(name=name, value=value)


_TAOBAO = Recipe(
    "taobao",
    Text("淘宝用户行为", "Taobao user behaviour"),
    Text(
        "天池 649 号数据集：浏览、收藏、加购、购买。买家编号认人，时间是 Unix 秒。",
        "Tianchi data set 649: views, favourites, carts, purchases; Unix seconds.",
    ),
    ("user_id", "item_id", "category_id", "behavior_type", "timestamp"),
    ImportMapping(
        kind="events",
        time_zone="Asia/Shanghai",
        format=FileFormat(kind="csv", delimiter=",", header_row=1),
        identities=[
            MappedIdentity(kind="buyer_id", source="taobao", value=MappedValue(column="user_id"))
        ],
        type=MappedType(
            column="behavior_type",
            values={"pv": "view", "fav": "favorite", "cart": "cart", "buy": "order"},
        ),
        occurred_at=MappedValue(column="timestamp", read_as=ReadAs.UNIX_SECONDS),
        source=MappedValue(constant="taobao"),
        content=MappedValue(column="item_id"),
        properties=[_text("category", "category_id")],
    ),
)
_ONLINE_RETAIL = Recipe(
    "online-retail",
    Text("Online Retail 零售订单", "Online Retail"),
    Text(
        "UCI Online Retail：每行一件商品；C 开头的单号是退货；英镑金额记为数字；没有客户编号的行列入坏行。",
        "UCI Online Retail: one item a line; invoices beginning with C are refunds; pounds are kept"
        " as numbers; rows without a customer are bad rows.",
    ),
    (
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
    ),
    ImportMapping(
        kind="events",
        time_zone="Europe/London",
        format=FileFormat(kind="csv", delimiter=",", header_row=1),
        identities=[
            MappedIdentity(
                kind="buyer_id", source="online_retail", value=MappedValue(column="CustomerID")
            )
        ],
        type=MappedType(column="InvoiceNo", prefixes={"C": "refund"}, otherwise="order"),
        occurred_at=MappedValue(column="InvoiceDate", read_as=ReadAs.TIME, format="%Y-%m-%d %H:%M"),
        source=MappedValue(constant="online_retail"),
        content=MappedValue(column="StockCode"),
        properties=[
            _text("invoice", "InvoiceNo"),
            _text("description", "Description"),
            _text("country", "Country"),
            MappedProperty(name="currency", value=MappedValue(constant="GBP")),
            _number("quantity", "Quantity", absolute=True),
            _number("unit_price", "UnitPrice"),
            MappedProperty(
                name="value",
                value=MappedValue(
                    product=["Quantity", "UnitPrice"], read_as=ReadAs.NUMBER, absolute=True
                ),
            ),
        ],
    ),
)
_CDNOW = Recipe(
    "cdnow",
    Text("CDNOW 唱片购买", "CDNOW purchases"),
    Text(
        "Fader 与 Hardie 的 CDNOW：空格分隔，一天可有多行，美元金额记为数字。",
        "Fader and Hardie's CDNOW: parted by white space, several rows a day, dollars as numbers.",
    ),
    ("customer_id", "date", "number_of_cds", "dollar_value"),
    ImportMapping(
        kind="events",
        time_zone="America/New_York",
        format=FileFormat(kind="words", header_row=1),
        identities=[
            MappedIdentity(kind="buyer_id", source="cdnow", value=MappedValue(column="customer_id"))
        ],
        type=MappedType(constant="order"),
        occurred_at=MappedValue(column="date", read_as=ReadAs.TIME, format="%Y%m%d"),
        source=MappedValue(constant="cdnow"),
        properties=[
            _number("quantity", "number_of_cds"),
            _number("value", "dollar_value"),
            MappedProperty(name="currency", value=MappedValue(constant="USD")),
        ],
    ),
)
# The 1-in-10 sample has no header, and the number within the sample as a second column.
_CDNOW_SAMPLE = Recipe(
    "cdnow-sample",
    Text("CDNOW 样本", "CDNOW sample"),
    Text("CDNOW 的十分之一样本：没有表头。", "The 1-in-10 sample of CDNOW: it has no header."),
    ("customer_id", "sample_id", "date", "number_of_cds", "dollar_value"),
    _CDNOW.mapping.model_copy(
        update={
            "format": FileFormat(
                kind="words",
                header_row=0,
                columns=["customer_id", "sample_id", "date", "number_of_cds", "dollar_value"],
            )
        }
    ),
)

recipes: ReadOnly[str, Recipe] = MappingProxyType(
    {each.name: each for each in (_TAOBAO, _ONLINE_RETAIL, _CDNOW, _CDNOW_SAMPLE)}
)


def recipe(name: str) -> Recipe:
    """Return the recipe of this name; `online_retail` means `online-retail`.

    :raises RecipeUnknown:
    """
    found = recipes.get(name.replace("_", "-"))
    if found is None:
        raise RecipeUnknown(name=name, names="、".join(recipes))
    return found


def matching(columns: list[str]) -> Recipe | None:
    """Return the recipe whose columns these are."""
    return next((each for each in recipes.values() if each.columns == tuple(columns)), None)
