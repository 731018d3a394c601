"""A message before it is sent: as one real person would read it, and whom it has nothing to say to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.loop import Attribute, AttributeKind, PropertyKind
from yutang.reach.channels.interface import Rendered
from yutang.reach.messages._drafting import find_version, read_for
from yutang.reach.messages._limits import measured
from yutang.reach.messages._parts import Part
from yutang.reach.messages._rendering import (
    Script,
    Unrenderable,
    filled,
    script_of,
    values_for,
)
from yutang.reach.messages._values import Choice, Day, Fen, Moment
from yutang.reach.messages._words import Word, words_of
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "Gap",
    "Gaps",
    "Length",
    "MessagePreview",
    "gaps_in_audience",
    "gaps_of",
    "preview_message",
]

_AT_ONCE: Final = 5000
_MASK: Final = "***"
_NO_VALUE = Text("没有{label}，这条消息发不了", "no {label} is known; the message cannot be sent")
_SAID: Mapping[str, Text] = {
    "too_long": Text(
        "填好以后超过了渠道的长度上限", "filled in, it is longer than the channel carries"
    ),
    "gone": Text("这位客户已合并或删除", "this customer was merged or erased"),
    "template": Text("模板算不出来，请简化", "the template cannot be worked out; simplify it"),
}


@dataclass(frozen=True)
class Length:
    """How long one field is once filled in, beside what the channel carries."""

    field: str
    length: int
    most: int
    unit: str


@dataclass(frozen=True)
class MessagePreview:
    """A message as somebody would read it, or why it cannot be said to her."""

    rendered: Rendered | None
    problem: str = ""
    lengths: Sequence[Length] = ()


@dataclass(frozen=True)
class Gap:
    """So many of those it is meant for lack the same things; what becomes of the message for them."""

    customers: int
    labels: Sequence[Text]
    reads: Mapping[str, str]  # what stands in, by variable
    problem: str  # why they get nothing; empty: they get it
    example: int  # one of them


@dataclass(frozen=True)
class Gaps:
    """Whom a message lacks words for, of how many."""

    total: int
    unsendable: int
    found: Sequence[Gap] = field(default_factory=tuple)


def preview_message(
    member: Member,
    *,
    channel: str,
    parts: Sequence[Mapping[str, Any]],
    customer_id: int | None = None,
    event: Mapping[str, Any] | None = None,
    now: datetime,
) -> MessagePreview:
    """Return a message, saved or not, as a customer would read it; without one, with samples.

    What is personal is masked for whoever may not see it. Events are made up unless given.

    :raises MessageNotSound, CustomerNotFound: she is not among those the member looks after
    """
    script = _script(read_for(member.workspace, channel, parts, now=now), channel)
    samples = _samples(member.workspace, now)
    values: Mapping[str, Mapping[str, Any]] = samples
    if customer_id is not None:
        customer = customers.seen_one(member, customer_id).pk
        hers = values_for(member.workspace, script, {customer: event or {}}, senders={}, now=now)[
            customer
        ]
        values = {**hers, "event": hers["event"] if event else samples["event"]}
        values = {**values, "customer": _masked(member, values["customer"])}
    return _shown(script, values, words_of(member.workspace))


def gaps_in_audience(
    member: Member, message_id: int, number: int, audience_id: int, *, now: datetime
) -> Gaps:
    """Return for whom in an audience, as far as the member sees it, a message lacks words.

    :raises MessageNotFound, MessageVersionNotFound, audiences.NotFound:
    """
    version = find_version(member.workspace, message_id, number)
    audience = audiences.found(member.workspace, audience_id)
    people = (
        [each.customer_id for each in some]
        for some in audiences.all_in(member, audience, at_once=_AT_ONCE)
    )
    script = script_of(member.workspace, version)
    return gaps_of(member.workspace, script, people, now=now)


def gaps_of(
    workspace: Workspace, script: Script, people: Iterator[Sequence[int]], *, now: datetime
) -> Gaps:
    """Return for whom of these a message lacks words; those who lack the same are told together."""
    words = words_of(workspace, archived=True)
    samples = _samples(workspace, now)
    asked = sorted(each for each in script.names if not each.startswith("event."))
    counts: Counter[tuple[str, ...]] = Counter()
    examples: dict[tuple[str, ...], tuple[int, Mapping[str, Mapping[str, Any]]]] = {}
    total = 0
    for some in people:
        total += len(some)
        held = values_for(workspace, script, {each: {} for each in some}, senders={}, now=now)
        counts[("gone",)] += len(some) - len(held)
        for customer, values in held.items():
            lacking = tuple(name for name in asked if not _is_known(values, name))
            counts[lacking] += 1
            examples.setdefault(lacking, (customer, {**values, "event": samples["event"]}))
    found = [
        _gap(script, words, lacking, count, examples.get(lacking))
        for lacking, count in counts.most_common()
        if lacking and count
    ]
    unsendable = sum(each.customers for each in found if each.problem)
    return Gaps(total, unsendable, found)


def _gap(
    script: Script,
    words: Mapping[str, Word],
    lacking: tuple[str, ...],
    count: int,
    example: tuple[int, Mapping[str, Mapping[str, Any]]] | None,
) -> Gap:
    said = filled(script, example[1]) if example else Unrenderable("gone")
    problem = _why(said, words) if isinstance(said, Unrenderable) else ""
    stands_in = {
        name: text
        for part in script.parts
        for template in part.templates.values()
        for name, text in template.fallbacks.items()
        if name in lacking
    }
    labels = [words[name].label for name in lacking if name in words]
    return Gap(count, labels, stands_in, problem, example[0] if example else 0)


def _is_known(values: Mapping[str, Mapping[str, Any]], name: str) -> bool:
    group, _, rest = name.partition(".")
    return values.get(group, {}).get(rest) not in (None, "", [])


def _script(read: Sequence[Part], channel: str) -> Script:
    names = {name for each in read for one in each.templates.values() for name in one.names}
    return Script(channel, read, frozenset(names))


def _shown(
    script: Script, values: Mapping[str, Mapping[str, Any]], words: Mapping[str, Word]
) -> MessagePreview:
    said = filled(script, values)
    if isinstance(said, Unrenderable):
        return MessagePreview(None, _why(said, words))
    return MessagePreview(said, lengths=list(_lengths(script, said)))


def _why(said: Unrenderable, words: Mapping[str, Word]) -> str:
    if said.reason == "missing":
        label = words[said.name].label.said() if said.name in words else said.name
        return _NO_VALUE.said().format(label=label)
    return _SAID[said.reason].said()


def _lengths(script: Script, said: Rendered) -> Iterator[Length]:
    shown = iter(said.parts)
    for part in script.parts:
        filled_in = {"text": said.subject} if part.kind == "subject" else next(shown)
        for name, limit in part.limits.items():
            text = filled_in.get(name)
            if isinstance(text, str):
                length = measured(text, limit.unit)
                yield Length(f"parts.{part.place}.{name}", length, limit.most, limit.unit)


def _masked(member: Member, hers: Mapping[str, Any]) -> Mapping[str, Any]:
    if member.may("customers.unmask"):
        return hers
    known = customers.attributes_of(member.workspace)
    return {
        name: _MASK if name in known and known[name].personal else value
        for name, value in hers.items()
    }


def _samples(workspace: Workspace, now: datetime) -> Mapping[str, Mapping[str, Any]]:
    """Return something to show for every variable: its label in brackets, or a plausible value."""
    zone = ZoneInfo(workspace.time_zone)
    here = Moment.fromtimestamp(now.timestamp(), zone)
    attributes = customers.attributes_of(workspace)
    found: dict[str, dict[str, Any]] = {}
    for word in words_of(workspace).values():
        group, _, name = word.name.partition(".")
        attribute = attributes.get(name) if group == "customer" else None
        found.setdefault(group, {})[name] = _sample(word, attribute, here)
    found["brand"] = {"name": workspace.name, "today": Day(here.year, here.month, here.day)}
    return MappingProxyType(found)


def _sample(word: Word, attribute: Attribute | None, here: Moment) -> Any:
    label = f"〔{word.label.said()}〕"
    if attribute and attribute.choices:
        value, said = next(iter(attribute.choices.items()))
        chosen = Choice(value, said.zh)
        return chosen if word.kind == AttributeKind.CHOICE else [chosen]
    plausible: Mapping[str, Any] = {
        PropertyKind.NUMBER: 3,
        PropertyKind.MONEY: Fen(12800),
        PropertyKind.DATE: Day(here.year, here.month, here.day),
        PropertyKind.TIME: here,
        PropertyKind.BOOL: True,
        PropertyKind.LIST: [label],
    }
    return plausible.get(word.kind, label)
