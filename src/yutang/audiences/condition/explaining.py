"""Why a customer is in or out: the condition node by node, each with what is known of her.

explain(condition, frame, vocabulary, customer=…) → Reason(holds=False, said=…, evidence=…, of=[…])
"""

from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any as Anything
from typing import Literal

from yutang.audiences.condition.calendar import local_day, step, step_day, zone
from yutang.audiences.condition.compile import bucket, select
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.judge import (
    covers,
    holds,
    in_force,
    matching,
    measure,
    moment_of,
    taken,
    ties_of,
)
from yutang.audiences.condition.loading import MOST_EVENTS, load
from yutang.audiences.condition.nodes import (
    EVER,
    All,
    Any,
    AttributeTest,
    AudienceTest,
    Condition,
    Dependant,
    Events,
    EventTest,
    Field,
    HasReferred,
    Kind,
    MomentTest,
    Not,
    RandomShare,
    ReferredBy,
    RelationTest,
    Sequence,
    Span,
    TagGroupTest,
    TagTest,
    Without,
)
from yutang.audiences.condition.person import Look, Person
from yutang.audiences.condition.sentence import say_leaf
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.engines import warehouse
from yutang.kit.i18n import Language, Text
from yutang.kit.money import yuan

__all__ = ["Joint", "Reason", "explain", "reasons"]

Joint = Literal["all", "any", "not", "leaf"]


@dataclass(frozen=True)
class Reason:
    """One node of a condition: does it hold for her, and what says so.

    `said` is the node in words, `evidence` what is known (empty for groups), `at` the place in the
    condition's JSON, so that a screen can mark it; `joint` is what holds the nodes of a group together.
    """

    at: str
    holds: bool
    said: Text
    evidence: Text
    of: tuple["Reason", ...] = ()
    joint: Joint = "leaf"


def explain(
    condition: Condition, frame: Frame, vocabulary: Vocabulary, *, show_personal: bool = False
) -> Reason | None:
    """Return why the one customer `frame.only` names is in or out; None if she is not there.

    Personal attributes are named but not shown, unless `show_personal`.

    :raises MineNeedsReader, WarehouseTooBusy:
    """
    person = load(condition, frame, vocabulary)
    if person is None:
        return None
    look = Look(frame.now, frame.time_zone, frame.quiet_types, frame.mine)
    witness = _Witness(person, look, vocabulary, show_personal)
    if len(person.events) >= MOST_EVENTS:
        witness = _Asking(person, look, vocabulary, show_personal, frame)
    return witness.reason(condition, "condition")


def reasons(
    condition: Condition,
    person: Person,
    look: Look,
    vocabulary: Vocabulary,
    *,
    show_personal: bool = True,
) -> Reason:
    """Return why a person in hand meets a condition or does not."""
    return _Witness(person, look, vocabulary, show_personal).reason(condition, "condition")


@dataclass(frozen=True)
class _Witness:
    person: Person
    look: Look
    words: Vocabulary
    show_personal: bool

    def reason(self, node: Condition, at: str) -> Reason:
        said = Text(say_leaf(node, self.words, "zh"), say_leaf(node, self.words, "en"))
        nothing = Text("", "")
        match node:
            case All(of=children) | Any(of=children):
                of = tuple(
                    self.reason(child, f"{at}.of[{place}]") for place, child in enumerate(children)
                )
                is_all = isinstance(node, All)
                met = (all if is_all else any)(each.holds for each in of)
                return Reason(at, met, said, nothing, of, "all" if is_all else "any")
            case Not(of=child):
                inner = self.reason(child, f"{at}.of")
                return Reason(at, not inner.holds, said, nothing, (inner,), "not")
        return Reason(at, self.holds(node), said, self.evidence(node))

    def holds(self, leaf: Condition) -> bool:
        return holds(leaf, self.person, self.look)

    def evidence(self, node: Condition) -> Text:
        """Return what is known of her that decides a leaf."""
        person, words = self.person, self.words
        match node:
            case AttributeTest(field=field):
                return self._attribute(field)
            case EventTest():
                return self._events(node)
            case MomentTest(which=which, events=events):
                at = moment_of(which, events, person, self.look)
                return self._missing(events) if at is None else self._since(at)
            case Sequence():
                return self._sequence(node)
            case TagTest() | TagGroupTest():
                return self._tags(node)
            case RelationTest():
                return self._relations(node)
            case HasReferred(since=since):
                number = len(person.referred)
                within = sum(
                    since == EVER or covers(since, each, self.look) for each in person.referred
                )
                if within == number:
                    return Text(f"一共推荐 {number} 人", f"referred {number} in all")
                return Text(
                    f"这段时间推荐 {within} 人，一共 {number} 人",
                    f"referred {within} in this time, {number} in all",
                )
            case ReferredBy():
                by = [f"#{tie.target}" for tie in person.ties if tie.kind == "referrer"]
                return _listed(
                    by, Text("推荐人是", "referred by"), Text("没有推荐人", "referred by nobody")
                )
            case Dependant(who=who):
                return self._kin(who)
            case AudienceTest(audiences=audiences):
                names = [words.audiences[each] for each in audiences if each in person.audiences]
                return _listed(
                    names, Text("现在在人群", "now in"), Text("都不在", "in none of them")
                )
            case RandomShare(salt=salt):
                share = bucket(salt, person.customer) / 100
                return Text(f"随机值 {share:.2f}%", f"her random value is {share:.2f}%")
        return Text("", "")

    def _when(self, instant: datetime) -> str:
        return f"{instant.astimezone(zone(self.look.time_zone)):%Y-%m-%d %H:%M}"

    def _since(self, instant: datetime) -> Text:
        """Return when something was, and how many whole days before the instant asked about."""
        when, days = self._when(instant), (self.look.now - instant) // timedelta(days=1)
        if days >= 1:
            ago = "1 day ago" if days == 1 else f"{days} days ago"
            return Text(f"{when}，{days} 天前", f"{when}, {ago}")
        return Text(when, when)

    def _attribute(self, field: Field) -> Text:
        value = self.person.value(field)
        if value is None:
            return Text("未知", "unknown")
        attribute = self.words.attributes.get(field.name)
        if attribute is not None and attribute.personal and not self.show_personal:
            return Text("已知，不显示", "known, not shown")
        choices = attribute.choices if attribute else {}
        return Text(
            self._shown(value, field.kind, choices, 0), self._shown(value, field.kind, choices, 1)
        )

    def _shown(self, value: Anything, kind: Kind, choices: Anything, language: int) -> str:
        if isinstance(value, tuple):
            return "、".join(self._shown(each, Kind.CHOICE, choices, language) for each in value)
        if kind is Kind.MONEY:
            return yuan(int(value))
        if isinstance(value, datetime):
            return self._since(value)[language]
        if isinstance(value, bool):
            return (("否", "是"), ("no", "yes"))[language][value]
        if isinstance(value, float):
            return f"{value:g}"
        return str(choices[value][language]) if value in choices else str(value)

    def _events(self, node: EventTest) -> Text:
        found = matching(node.events, node.window, self.person, self.look)
        if not found:
            return self._missing(node.events)
        last = self._when(found[-1].at)
        zh, en = f"{len(found)} 次，最近一次是 {last}", f"{_times(len(found))}, last on {last}"
        if node.measure.of != "count":
            amount = self._amount(node, found)
            zh, en = f"{amount}（{zh}）", f"{amount} ({en})"
        return Text(zh, en)

    def _missing(self, events: Events) -> Text:
        """Return what is nearest to events that did not happen: outside the time, or otherwise made."""
        ever = matching(events, EVER, self.person, self.look)
        if ever:
            last = self._when(ever[-1].at)
            return Text(f"这段时间没有，最近一次是 {last}", f"not in this time; last on {last}")
        others = matching(replace(events, where=()), EVER, self.person, self.look)
        if not others:
            return Text("从来没有过", "it never happened")
        last = self._when(others[-1].at)
        return Text(
            f"有过 {len(others)} 次，都不合括号里的要求，最近一次是 {last}",
            f"{_times(len(others))}, never as the brackets ask; last on {last}",
        )

    def _amount(self, node: EventTest, found: Several[Anything]) -> str:
        value = measure(node.measure, found, self.look)
        if value is None:
            return "—"
        field = node.measure.field
        if field is not None and field.kind is Kind.MONEY and node.measure.of != "distinct":
            return yuan(round(value))
        return f"{value:g}"

    def _sequence(self, node: Sequence) -> Text:
        way = taken(node, self.person, self.look)
        if way is not None:
            done = " → ".join(self._when(each.at) for each in way)
            return Text(done, done)
        if node.without is not None:
            way = taken(replace(node, without=None), self.person, self.look)
            if way is not None:
                return self._undone(node, node.without, way[-1].at)
        steps_zh, steps_en = [], []
        for events in node.steps:
            found = matching(events, node.window, self.person, self.look)
            last = self._when(found[-1].at) if found else ""
            steps_zh.append(f"{self._named(events, 'zh')} {len(found)} 次{last and f'（{last}）'}")
            steps_en.append(
                f"{self._named(events, 'en')} {_times(len(found))}{last and f' ({last})'}"
            )
        return Text(
            f"没有依次做到：{'、'.join(steps_zh)}", f"not in this order: {', '.join(steps_en)}"
        )

    def _undone(self, node: Sequence, without: Without, last: datetime) -> Text:
        """Return why the last way she took the steps does not count: what came after, or is open."""
        until = step(last, without.span, self.look.time_zone)
        followed = [
            each.at
            for each in matching(without.events, EVER, self.person, self.look)
            if last < each.at <= until
        ]
        did = self._when(last)
        if followed:
            then = self._when(followed[0])
            return Text(
                f"{did} 做到了，但 {then} 又{self._named(without.events, 'zh')}",
                f"done on {did}, but {self._named(without.events, 'en')} on {then}",
            )
        end = self._when(until)
        return Text(f"{did} 做到了，要到 {end} 才知道", f"done on {did}; not known before {end}")

    def _named(self, events: Events, language: Language) -> str:
        """Return events by their names, without their tests."""
        labels = [self.words.event_types[each].label.said(language) for each in events.types]
        if not labels:
            return "活跃" if language == "zh" else "active"
        return ("、" if language == "zh" else " or ").join(labels)

    def _tags(self, node: TagTest | TagGroupTest) -> Text:
        names = []
        for each in in_force(self.person, EVER, self.look):
            if each.tag in node.tags:
                name = self.words.tags[each.tag].name
                names.append(f"{name} ({self._when(each.at)})")
        return _listed(names, Text("有", "has"), Text("都没有", "has none of them"))

    def _relations(self, node: RelationTest) -> Text:
        table = {"staff": self.words.staff, "store": self.words.stores, "group": self.words.groups}[
            node.to
        ]
        every = RelationTest(node.to, "any")
        names: tuple[list[str], list[str]] = ([], [])
        for tie in ties_of(every, self.person, self.look):
            status = self.words.statuses.get(tie.status) if node.statuses else None
            for language, written in enumerate(names):
                more = f"{status[language]}, " if status else ""
                name = table.get(tie.target, f"#{tie.target}")
                written.append(f"{name} ({more}{self._when(tie.since)})")
        return _listed(names, Text("有", "has"), Text("没有", "has none"))

    def _kin(self, who: str) -> Text:
        today = local_day(self.look.now, self.look.time_zone)
        ages = [_months(kin.birthday, today) for kin in self.person.kin if kin.who == who]
        zh = "、".join("月龄未知" if age is None else f"{age} 个月" for age in ages)
        en = ", ".join("age unknown" if age is None else f"{age} months" for age in ages)
        return Text(zh or "没有", en or "has none")


@dataclass(frozen=True)
class _Asking(_Witness):
    """Of somebody with more events than are read at once the warehouse judges the leaves."""

    frame: Frame

    def holds(self, leaf: Condition) -> bool:
        statement = select(leaf, replace(self.frame, scope=None))
        return bool(warehouse().rows(statement.sql, statement.parameters))


def _months(birthday: date | None, today: date) -> int | None:
    """Return an age in whole months."""
    if birthday is None:
        return None
    months = (today.year - birthday.year) * 12 + today.month - birthday.month
    return months if step_day(birthday, Span(months, "month")) <= today else months - 1


def _times(count: int) -> str:
    return "1 time" if count == 1 else f"{count} times"


def _listed(names: list[str] | tuple[list[str], list[str]], some: Text, none: Text) -> Text:
    zh, en = names if isinstance(names, tuple) else (names, names)
    if not zh:
        return none
    return Text(f"{some.zh} {'、'.join(zh)}", f"{some.en} {', '.join(en)}")
