"""Proposes a mapping from the names of columns (Chinese and English) and what stands in them.

A guess is a proposal: it says what it saw, and a person confirms or changes it in the wizard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.coercion import (
    AMBIGUOUS_FORMATS,
    DATE_FORMATS,
    TIME_FORMATS,
    read_text,
    time_format,
)
from yutang.tracking.imports.mapping import (
    ImportMapping,
    MappedAttribute,
    MappedIdentity,
    MappedProperty,
    MappedTags,
    MappedType,
    MappedValue,
    ReadAs,
)
from yutang.tracking.imports.recipes import matching

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["ColumnGuess", "guess_columns", "propose"]

_NAMES: dict[str, str] = {
    "phone": r"手机|电话|联系方式|phone|mobile|\btel\b|收货人手机",
    "unionid": r"union_?id",
    "openid": r"open_?id",
    "external_userid": r"external_?user_?id|外部联系人",
    "email": r"邮箱|邮件|e-?mail",
    "member_no": r"会员(号|编号|卡号|id)|member_?(no|id|number)|卡号|vip_?no",
    "buyer_id": r"买家|用户(id|编号)|客户(id|编号|号)|(buyer|user|customer|cust|client)_?(id|no|nick)|^uid$|^user$|^buyer$",
    "event_id": r"event_?id|事件(id|编号)|流水号|transaction_?id|trace_?id|log_?id",
    "event_type": r"事件(名|类型)?$|行为(类型)?|动作|behaviou?r(_?type)?|event(_?(type|name))?$|^action$|^type$",
    "occurred_at": r"(下单|支付|付款|发生|创建|购买|行为|访问|浏览|交易|订单|成交)(时间|日期)|^时间$|^日期$|time_?stamp|^ts$|^time$|^date$|(occurred|created|ordered|paid|event)_?(at|time|date)|(order|invoice|pay)_?(date|time)",
    "amount": r"金额|实付|总价|应付|付款额|成交额|amount|total|revenue|gmv|paid$|payment|price_paid",
    "price": r"单价|价格|price",
    "quantity": r"数量|件数|qty|quantity|number_of",
    "item": r"商品(id|编号|编码)|货号|sku|item_?(id|no)|product_?(id|code)|stock_?code|宝贝id",
    "item_name": r"商品(名|名称|标题)|宝贝(名称|标题)?|品名|product(_?name)?$|title|description",
    "order": r"订单(号|编号|id)|单号|order_?(no|id|number)|invoice_?(no|id|number)?$",
    "category": r"类目|品类|分类|categor",
    "name": r"^(客户)?(姓名|名字|名称|昵称|客户名称?)$|收货人(姓名)?$|^(full|nick|customer)?_?name$",
    "gender": r"性别|gender|^sex$",
    "birthday": r"生日|出生(日期|年月)?|birth",
    "country": r"国家|country",
    "province": r"^省份?$|省$|province|^state$",
    "city": r"城市|所在地|^市$|city",
    "district": r"区县|^区$|district",
    "joined_at": r"(入会|注册|加入|开卡)(时间|日期)|join(ed)?_?(at|date|time)|register|sign_?up|registered",
    "source": r"来源|渠道|source|channel",
    "tags": r"标签|\btags?\b|label",
    "staff": r"导购|员工|跟进人|客服|店员|staff|guide|clerk",
    "store": r"门店|店铺|store|shop",
}
_PATTERNS = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in _NAMES.items()}
_IDENTITIES = ("phone", "unionid", "openid", "external_userid", "member_no", "email", "buyer_id")
_PHONE = r"^(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$"
_TYPE_WORDS = {
    "pv": "view", "view": "view", "浏览": "view", "访问": "view", "click": "click", "点击": "click",
    "fav": "favorite", "favorite": "favorite", "favourite": "favorite", "收藏": "favorite",
    "cart": "cart", "add_to_cart": "cart", "加购": "cart", "加入购物车": "cart",
    "buy": "order", "order": "order", "purchase": "order", "下单": "order", "购买": "order",
    "pay": "pay", "paid": "pay", "支付": "pay", "付款": "pay",
    "refund": "refund", "退款": "refund", "退货": "refund", "search": "search", "搜索": "search",
    "share": "share", "分享": "share", "review": "review", "评价": "review", "sign_in": "sign_in",
    "签到": "sign_in", "message": "message", "scan": "scan", "扫码": "scan",
}  # fmt: skip

# What the name of the time says of the event: 支付时间 is when somebody paid.
_TOLD_BY_TIME = (
    ("pay", re.compile(r"支付|付款|paid|pay_", re.IGNORECASE)),
    ("order", re.compile(r"下单|订单|购买|成交|交易|order|invoice", re.IGNORECASE)),
    ("view", re.compile(r"浏览|访问|view|visit", re.IGNORECASE)),
)


@dataclass(frozen=True)
class ColumnGuess:
    """What a column seems to be, by its name and its content."""

    column: str
    role: str | None
    read_as: ReadAs
    format: str | None
    samples: list[str]
    empty: int
    note: Text | None = None


@dataclass
class _Taken:
    """Columns by the role they were given; the first of a role wins."""

    by_role: dict[str, ColumnGuess] = field(default_factory=dict)

    def get(self, role: str) -> ColumnGuess | None:
        return self.by_role.get(role)


def guess_columns(frame: pl.DataFrame) -> list[ColumnGuess]:
    """Return a guess for every column, from the first rows of a file."""
    return [_guess(name, frame[name]) for name in frame.columns]


def propose(
    frame: pl.DataFrame, guesses: list[ColumnGuess], *, kind: str | None, time_zone: str
) -> ImportMapping:
    """Return the mapping a person would most likely make; gaps stay gaps."""
    known = matching(frame.columns)
    if known and kind in {None, known.mapping.kind}:
        return known.mapping
    taken = _Taken()
    for each in guesses:
        if each.role and each.role not in taken.by_role:
            taken.by_role[each.role] = each
    has_unix = any(each.read_as in {ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS} for each in guesses)
    chosen = kind or ("events" if taken.get("occurred_at") or has_unix else "customers")
    builder = _events if chosen == "events" else _customers
    return builder(frame, guesses, taken, time_zone)


def _guess(name: str, cells: pl.Series) -> ColumnGuess:
    texts = read_text(cells)
    given = texts.drop_nulls()
    role = next((role for role, pattern in _PATTERNS.items() if pattern.search(name)), None)
    # A name that promises a date is believed even where some cells do not keep the promise.
    share = 0.5 if role in {"occurred_at", "joined_at", "birthday"} else 0.9
    read_as, form, note = _content(cells, given, share)
    if role is None and len(given) and _share(given, _PHONE) > 0.9:
        role = "phone"
    if role is None and len(given) and given.str.to_lowercase().is_in(list(_TYPE_WORDS)).all():
        role = "event_type"
    if role in {*_IDENTITIES, "item", "order", "event_id", "name", "category"}:
        read_as, form = ReadAs.TEXT, None
    if role == "gender":
        read_as = ReadAs.GENDER
    if role in {"amount", "price"} and read_as is ReadAs.NUMBER:
        read_as = ReadAs.YUAN
    if role in {"occurred_at", "joined_at"} and read_as is ReadAs.DATE:
        read_as = ReadAs.TIME
    if role in {"occurred_at", "joined_at", "birthday"} and read_as in {ReadAs.TEXT, ReadAs.NUMBER}:
        role = None
    samples = [each[:60] for each in given.unique(maintain_order=True).head(5)]
    return ColumnGuess(name, role, read_as, form, samples, len(texts) - len(given), note)


_EITHER_WAY = Text(
    "日和月哪个在前看不出来，请确认",
    "It does not show whether day or month comes first: please confirm",
)


_Content = tuple[ReadAs, str | None, Text | None]


def _content(cells: pl.Series, given: pl.Series, share: float) -> _Content:
    if isinstance(cells.dtype, pl.Datetime):
        return ReadAs.TIME, None, None
    if cells.dtype == pl.Date:
        return ReadAs.DATE, None, None
    if not len(given):
        return ReadAs.TEXT, None, None
    found = _unix(given) or _date_or_time(given, share)
    if found is None and (
        cells.dtype.is_numeric() or _share(given, r"^[-+(]?[¥￥$£]?[\d,]+(\.\d+)?\)?元?$") == 1
    ):
        found = ReadAs.NUMBER, None, None
    return found or (ReadAs.TEXT, None, None)


def _unix(given: pl.Series) -> _Content | None:
    if _share(given, r"^1\d{9}$") == 1:
        return ReadAs.UNIX_SECONDS, None, None
    if _share(given, r"^1\d{12}$") == 1:
        return ReadAs.UNIX_MS, None, None
    return None


def _date_or_time(given: pl.Series, share: float) -> _Content | None:
    form = (
        time_format(given, TIME_FORMATS, share=share)
        if _share(given, r"[\d０-９]{4}") > share * 0.9
        else None
    )
    if form == "%Y%m%d" and _share(given, r"^(19|20)\d{2}(0[1-9]|1[0-2])[0-3]\d$") < 1:
        form = None
    if form:
        return ReadAs.DATE if form in DATE_FORMATS else ReadAs.TIME, form, None
    for day_first, month_first in AMBIGUOUS_FORMATS:
        ways = [
            form for form in (day_first, month_first) if time_format(given, (form,), share=share)
        ]
        if ways:
            read_as = ReadAs.TIME if "%H" in day_first else ReadAs.DATE
            return read_as, ways[0], _EITHER_WAY if len(ways) == 2 else None
    return None


def _share(given: pl.Series, pattern: str) -> float:
    return float(given.str.contains(pattern).mean() or 0) if len(given) else 0.0  # type: ignore[arg-type]


def _value(guess: ColumnGuess, read_as: ReadAs | None = None) -> MappedValue:
    kind = read_as or guess.read_as
    keeps_format = kind in {ReadAs.DATE, ReadAs.TIME} and guess.format is not None
    form = guess.format if keeps_format and guess.format not in TIME_FORMATS else None
    return MappedValue(column=guess.column, read_as=kind, format=form)


def _identities(taken: _Taken) -> list[MappedIdentity]:
    return [
        MappedIdentity(
            kind=kind,
            source="import" if kind in {"buyer_id", "openid"} else "",
            value=_value(guess, ReadAs.TEXT),
        )
        for kind in _IDENTITIES
        if (guess := taken.get(kind))
    ]


def _events(
    frame: pl.DataFrame, guesses: list[ColumnGuess], taken: _Taken, time_zone: str
) -> ImportMapping:
    when = taken.get("occurred_at") or next(
        (
            each
            for each in guesses
            if each.read_as in {ReadAs.TIME, ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS}
        ),
        None,
    )
    used = {each.column for each in (when, taken.get("event_type"), taken.get("event_id")) if each}
    used |= {guess.column for kind in _IDENTITIES if (guess := taken.get(kind))}
    amount = taken.get("amount")
    if amount and amount.read_as is ReadAs.YUAN:
        used.add(amount.column)
    unique_id = taken.get("event_id")
    return ImportMapping(
        kind="events",
        time_zone=time_zone,
        identities=_identities(taken),
        type=_type(frame, taken),
        occurred_at=_value(when) if when else None,
        event_id=_value(unique_id, ReadAs.TEXT) if unique_id else None,
        amount=_amount(taken),
        content=_if_given(taken.get("item")),
        source=_if_given(taken.get("source")),
        properties=_properties([each for each in guesses if each.column not in used]),
    )


def _if_given(guess: ColumnGuess | None) -> MappedValue | None:
    return _value(guess, ReadAs.TEXT) if guess else None


def _type(frame: pl.DataFrame, taken: _Taken) -> MappedType:
    column = taken.get("event_type")
    if column is None:
        when = taken.get("occurred_at")
        told = next(
            (name for name, said in _TOLD_BY_TIME if when and said.search(when.column)), None
        )
        bought = taken.get("amount") or taken.get("order")
        return MappedType(constant=told or ("order" if bought else None))
    words = read_text(frame[column.column]).drop_nulls().unique(maintain_order=True).head(200)
    values = {word: known for word in words if (known := _TYPE_WORDS.get(word.lower()))}
    return MappedType(column=column.column, values=values)


def _amount(taken: _Taken) -> MappedValue | None:
    amount, price, quantity = (taken.get(each) for each in ("amount", "price", "quantity"))
    if amount and amount.read_as is ReadAs.YUAN:
        return _value(amount)
    if price and quantity and price.read_as is ReadAs.YUAN:
        return MappedValue(product=[quantity.column, price.column], read_as=ReadAs.YUAN)
    return None


def _properties(guesses: list[ColumnGuess]) -> list[MappedProperty]:
    named: dict[str, MappedProperty] = {}
    for place, guess in enumerate(guesses, 1):
        name = guess.role if guess.role and guess.role not in named else _identifier(guess.column)
        name = name if name and name not in named else f"column_{place}"
        named[name] = MappedProperty(name=name, value=_value(guess))
    return list(named.values())


def _identifier(column: str) -> str:
    from pypinyin import lazy_pinyin

    spoken = "_".join(lazy_pinyin(column, errors="default"))
    plain = re.sub(r"[^a-z0-9]+", "_", spoken.lower()).strip("_")[:60].strip("_")
    return plain if plain[:1].isalpha() else f"column_{plain}".rstrip("_")


_ATTRIBUTES: dict[str, Callable[[ColumnGuess], MappedValue]] = {
    "name": lambda guess: _value(guess, ReadAs.TEXT),
    "gender": lambda guess: _value(guess, ReadAs.GENDER),
    "birthday": lambda guess: _value(guess, ReadAs.DATE),
    "country": lambda guess: _value(guess, ReadAs.TEXT),
    "province": lambda guess: _value(guess, ReadAs.TEXT),
    "city": lambda guess: _value(guess, ReadAs.TEXT),
    "district": lambda guess: _value(guess, ReadAs.TEXT),
    "source": lambda guess: _value(guess, ReadAs.TEXT),
    "joined_at": _value,
}


def _customers(
    frame: pl.DataFrame, guesses: list[ColumnGuess], taken: _Taken, time_zone: str
) -> ImportMapping:
    tags = taken.get("tags")
    return ImportMapping(
        kind="customers",
        time_zone=time_zone,
        identities=_identities(taken),
        attributes=[
            MappedAttribute(name=name, value=read(guess))
            for name, read in _ATTRIBUTES.items()
            if (guess := taken.get(name))
        ],
        tags=[MappedTags(group="导入", value=_value(tags, ReadAs.LIST))] if tags else [],
        staff=_if_given(taken.get("staff")),
        store=_if_given(taken.get("store")),
    )
