"""What a message can say of the person it goes to: names, in the order they are offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.loop import PropertyKind, event_types
from yutang.reach.messages._parts import Part
from yutang.workspaces.models import Workspace

__all__ = ["GROUPS", "Word", "event_kinds", "strangers", "words_of"]

_NO_SUCH = Text(
    "没有“{name}”这个变量。{group}可用：{options}",
    "there is no variable “{name}”. Of {group} there are: {options}",
)
_SHOWN = 30


@dataclass(frozen=True)
class Word:
    """One variable: `customer.name`, what people call it, what it holds."""

    name: str
    label: Text
    group: str  # customer, event, staff, store, brand
    kind: str
    personal: bool = False


GROUPS: Mapping[str, Text] = {
    "customer": Text("客户", "the customer"),
    "event": Text("触发的事件", "the event behind it"),
    "staff": Text("跟进员工", "her member of staff"),
    "store": Text("所属门店", "her store"),
    "brand": Text("品牌", "the brand"),
}
_FIXED = (
    Word("staff.name", Text("员工姓名", "name of the member of staff"), "staff", "text"),
    Word("staff.code", Text("员工编号", "code of the member of staff"), "staff", "text"),
    Word("store.name", Text("门店名称", "name of the store"), "store", "text"),
    Word("store.code", Text("门店编号", "code of the store"), "store", "text"),
    Word("brand.name", Text("品牌名称", "name of the brand"), "brand", "text"),
    Word("brand.today", Text("发送当天", "the day it is sent"), "brand", "date"),
)
_EVENT_COLUMNS: Mapping[str, tuple[Text, PropertyKind]] = {
    "amount": (Text("金额", "amount"), PropertyKind.MONEY),
    "content": (Text("内容", "content"), PropertyKind.TEXT),
    "campaign": (Text("活动", "campaign"), PropertyKind.TEXT),
    "source": (Text("来源", "source"), PropertyKind.TEXT),
    "occurred_at": (Text("发生时间", "when it happened"), PropertyKind.TIME),
}


def words_of(workspace: Workspace, *, archived: bool = False) -> Mapping[str, Word]:
    """Return every variable a message of this workspace can name, by its name."""
    hers = [
        Word(f"customer.{name}", each.label, "customer", each.kind, each.personal)
        for name, each in customers.attributes_of(workspace, archived=archived).items()
    ]
    told = [
        Word(f"event.{name}", label, "event", kind)
        for name, (label, kind) in event_kinds(workspace).items()
    ]
    return {each.name: each for each in (*hers, *_FIXED, *told)}


def event_kinds(workspace: Workspace) -> Mapping[str, tuple[Text, PropertyKind]]:
    """Return the properties of any type of event this workspace knows, with what they hold."""
    found = dict(_EVENT_COLUMNS)
    for declared in event_types.values():
        for each in declared.properties:
            found.setdefault(each.name, (each.label, each.kind))
    for kinds in events.known(workspace).kinds.values():
        for name, kind in kinds.items():
            found.setdefault(name, (Text(name, name), kind))
    return found


def strangers(parts: Sequence[Part], words: Mapping[str, Word]) -> list[FieldProblem]:
    """Return the variables that do not exist, each where it is written, with those that do."""
    return [
        _stranger(name, f"parts.{part.place}.{field}", words)
        for part in parts
        for field, template in part.templates.items()
        for name in template.names
        if name not in words
    ]


def _stranger(name: str, where: str, words: Mapping[str, Word]) -> FieldProblem:
    group = name.partition(".")[0]
    if group not in GROUPS:
        options, label = [f"{each}.…" for each in GROUPS], Text("变量", "variables")
    else:
        options = [each for each in words if words[each].group == group]
        label = GROUPS[group]
    shown = ", ".join(options[:_SHOWN]) + (" …" if len(options) > _SHOWN else "")
    said = _NO_SUCH.said().format(name=name, group=label.said(), options=shown)
    return FieldProblem(field=where, message=said)
