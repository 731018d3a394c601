"""Which column becomes what: a declaration, complete enough to import a file without asking anything else.

    {"kind": "events", "time_zone": "Asia/Shanghai",
     "identities": [{"kind": "buyer_id", "source": "taobao", "value": {"column": "user_id"}}],
     "type": {"column": "behavior_type", "values": {"pv": "view", "fav": "favorite"}},
     "occurred_at": {"column": "timestamp", "as": "unix_seconds"},
     "properties": [{"name": "item", "value": {"column": "item_id"}}]}

A value is a column, a constant, or a product of two columns, and how to read it.
"""

from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ninja import Schema
from pydantic import ConfigDict, Field

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import FileFormat

__all__ = [
    "ImportMapping",
    "MappedAttribute",
    "MappedIdentity",
    "MappedProperty",
    "MappedTags",
    "MappedType",
    "MappedValue",
    "MappingIncomplete",
    "ReadAs",
    "check",
]


class ReadAs(StrEnum):
    """How the text of a cell is understood."""

    TEXT = "text"
    NUMBER = "number"
    YUAN = "yuan"  # becomes fen
    FEN = "fen"
    BOOL = "bool"
    DATE = "date"
    TIME = "time"  # the usual ways of writing an instant, Unix seconds and milliseconds among them
    UNIX_SECONDS = "unix_seconds"
    UNIX_MS = "unix_ms"
    LIST = "list"
    GENDER = "gender"


READ_AS_LABELS = {
    ReadAs.TEXT: Text("文字", "text"),
    ReadAs.NUMBER: Text("数字", "a number"),
    ReadAs.YUAN: Text("金额（元）", "an amount in yuan"),
    ReadAs.FEN: Text("金额（分）", "an amount in fen"),
    ReadAs.BOOL: Text("是/否", "yes or no"),
    ReadAs.DATE: Text("日期", "a date"),
    ReadAs.TIME: Text("时间", "a time"),
    ReadAs.UNIX_SECONDS: Text("Unix 秒", "Unix seconds"),
    ReadAs.UNIX_MS: Text("Unix 毫秒", "Unix milliseconds"),
    ReadAs.LIST: Text("列表", "a list"),
    ReadAs.GENDER: Text("性别（男/女）", "a gender (male/female)"),
}


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class MappedValue(_Strict):
    """Where a value comes from, and how it is read. Exactly one of column, constant, product."""

    column: Annotated[str | None, Field(max_length=200, examples=["下单时间"])] = None
    constant: Annotated[str | None, Field(max_length=500)] = None
    product: Annotated[
        list[str] | None,
        Field(min_length=2, max_length=2, description="Two columns to multiply."),
    ] = None
    read_as: ReadAs = ReadAs.TEXT
    format: Annotated[
        str | None,
        Field(
            max_length=60, description="A date format such as `%d/%m/%Y`, if it is an unusual one."
        ),
    ] = None
    absolute: Annotated[bool, Field(description="Leave out the sign of a number.")] = False
    separator: Annotated[str, Field(max_length=5, description="Parts a list.")] = ","

    def columns(self) -> list[str]:
        return [self.column] if self.column is not None else list(self.product or [])


class MappedIdentity(_Strict):
    """An identity of the customer, such as a phone number."""

    kind: Annotated[str, Field(max_length=40, examples=["phone", "buyer_id"])]
    source: Annotated[
        str, Field(max_length=60, description="The app or system, where the kind needs one.")
    ] = ""
    value: MappedValue


class MappedType(_Strict):
    """The type of event: always the same, or told by a column."""

    constant: Annotated[str | None, Field(max_length=60, examples=["order"])] = None
    column: Annotated[str | None, Field(max_length=200)] = None
    values: Annotated[
        dict[str, str], Field(description="What stands in the column → event type.", max_length=200)
    ] = {}
    prefixes: Annotated[
        dict[str, str],
        Field(description="What the column begins with → event type.", max_length=50),
    ] = {}
    otherwise: Annotated[
        str | None, Field(description="For all other rows; left out, they are bad rows.")
    ] = None

    def types(self) -> set[str]:
        named = {*self.values.values(), *self.prefixes.values(), self.constant, self.otherwise}
        return {each for each in named if each}


class MappedProperty(_Strict):
    """A property of the event."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=60)]
    value: MappedValue


class MappedAttribute(_Strict):
    """An attribute of the customer, built in or custom."""

    name: Annotated[str, Field(max_length=60, examples=["city"])]
    value: MappedValue


class MappedTags(_Strict):
    """Tags of the customer, in one group; several in a cell are parted by the value's separator."""

    group: Annotated[str, Field(max_length=60, examples=["来源"])]
    value: MappedValue


class ImportMapping(_Strict):
    """A complete mapping of a file."""

    kind: Literal["events", "customers"]
    time_zone: Annotated[str, Field(max_length=60)] = "Asia/Shanghai"
    format: FileFormat = FileFormat()
    identities: Annotated[list[MappedIdentity], Field(max_length=20)] = []

    type: MappedType | None = None
    occurred_at: MappedValue | None = None
    event_id: Annotated[
        MappedValue | None,
        Field(description="Left out, the id is derived from what stands in the row."),
    ] = None
    identical_rows: Annotated[
        Literal["distinct", "same"],
        Field(
            description="Without `event_id`: are two identical rows of a file two events, or one?"
        ),
    ] = "distinct"
    amount: MappedValue | None = None
    content: MappedValue | None = None
    campaign: MappedValue | None = None
    source: MappedValue | None = None
    staff: MappedValue | None = None
    store: MappedValue | None = None
    group: MappedValue | None = None
    properties: Annotated[list[MappedProperty], Field(max_length=200)] = []

    attributes: Annotated[list[MappedAttribute], Field(max_length=200)] = []
    tags: Annotated[list[MappedTags], Field(max_length=20)] = []

    def values(self) -> list[tuple[str, MappedValue]]:
        """Return every value with the path of its field."""
        single = ("occurred_at", "event_id", "amount", "content", "campaign", "source")
        found = [
            (name, value)
            for name in (*single, "staff", "store", "group")
            if (value := getattr(self, name)) is not None
        ]
        for many in ("identities", "properties", "attributes", "tags"):
            found += [
                (f"{many}.{place}.value", each.value)
                for place, each in enumerate(getattr(self, many))
            ]
        return found


class MappingIncomplete(DomainError):
    """The mapping cannot be carried out on this file; `errors` names each field."""

    status = 422
    zh = "列的对应还差 {count} 处，请补上后再试。"
    en = "The mapping has {count} gaps. Fill them and try again."


_ONE_OF = Text(
    "列、固定值、两列相乘，三者选一", "choose one of: a column, a constant, two columns multiplied"
)
_NO_COLUMN = Text("文件里没有“{column}”这一列", "the file has no column “{column}”")
_NO_IDENTITY = Text(
    "选一列能认出客户的，例如手机号、会员号",
    "choose a column that tells who it is, such as a phone number",
)
_NO_TYPE = Text(
    "选一种事件，或选一列说明每行是什么事件", "choose an event type, or a column that tells it"
)
_OF_CUSTOMERS = Text(
    "资料和标签要按“客户资料”导入：同一个文件可以各导一次",
    "attributes and tags come in as customers: import the same file once as each",
)
_NO_TIME = Text("选一列作为发生时间", "choose the column that tells when it happened")
_NO_ZONE = Text(
    "没有“{zone}”这个时区，例如 Asia/Shanghai",
    "there is no time zone “{zone}”; one is Asia/Shanghai",
)
_NOT_TIME = Text("发生时间要按时间来读", "the instant has to be read as a time")
_NOT_MONEY = Text(
    "金额要按元或分来读；外币请作为数字属性导入",
    "the amount is in yuan or fen; import foreign money as a number property",
)
_TIMES = {ReadAs.TIME, ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS, ReadAs.DATE}


def check(mapping: ImportMapping, columns: list[str]) -> None:
    """Refuse a mapping that does not fit the file's columns.

    :raises MappingIncomplete:
    """
    problems = [*_of_values(mapping, columns), *_of_the_whole(mapping, columns)]
    if problems:
        raise MappingIncomplete(
            errors=[
                FieldProblem(field=path, message=text.said(), came=came)
                for path, text, came in problems
            ],
            count=len(problems),
        )


_Found = tuple[str, Text, str | None]


def _of_values(mapping: ImportMapping, columns: list[str]) -> list[_Found]:
    found: list[_Found] = []
    for path, value in mapping.values():
        sources = (value.column, value.constant, value.product)
        if sum(each is not None for each in sources) != 1:
            found.append((path, _ONE_OF, None))
        found += [
            (path, _filled(_NO_COLUMN, column=column), column)
            for column in value.columns()
            if column not in columns
        ]
    return found


def _of_the_whole(mapping: ImportMapping, columns: list[str]) -> list[_Found]:
    found: list[_Found] = []
    if not mapping.identities:
        found.append(("identities", _NO_IDENTITY, None))
    if not _is_time_zone(mapping.time_zone):
        found.append(("time_zone", _filled(_NO_ZONE, zone=mapping.time_zone), mapping.time_zone))
    return found if mapping.kind == "customers" else [*found, *_of_events(mapping, columns)]


def _of_events(mapping: ImportMapping, columns: list[str]) -> list[_Found]:
    found: list[_Found] = [
        (name, _OF_CUSTOMERS, None) for name in ("attributes", "tags") if getattr(mapping, name)
    ]
    chosen = mapping.type
    if chosen is None or not (chosen.constant or (chosen.column and chosen.types())):
        found.append(("type", _NO_TYPE, None))
    elif chosen.column and chosen.column not in columns:
        found.append(("type.column", _filled(_NO_COLUMN, column=chosen.column), chosen.column))
    if mapping.occurred_at is None:
        found.append(("occurred_at", _NO_TIME, None))
    elif mapping.occurred_at.read_as not in _TIMES:
        found.append(("occurred_at", _NOT_TIME, mapping.occurred_at.read_as))
    if mapping.amount and mapping.amount.read_as not in {ReadAs.YUAN, ReadAs.FEN}:
        found.append(("amount", _NOT_MONEY, mapping.amount.read_as))
    return found


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _filled(text: Text, **blanks: object) -> Text:
    return Text(text.zh.format_map(blanks), text.en.format_map(blanks))
