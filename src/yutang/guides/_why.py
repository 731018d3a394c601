"""Why now: reasons to speak to somebody today, each computed from facts and standing beside them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.guides._habits import Habit
from yutang.kit.i18n import Text

__all__ = ["Fact", "Known", "Reason", "reasons"]

_BIRTHDAY_AHEAD = 7
_MONTHS_COUNTED_UNTIL = 24
_EXPECTED_AHEAD = 30
_EXPIRY_AHEAD = 14
_NEW_FRIEND = timedelta(days=3)
_CARE = timedelta(days=14)


@dataclass(frozen=True)
class Fact:
    """What a reason rests on; `at` where it has an instant."""

    said: Text
    at: datetime | None = None


@dataclass(frozen=True)
class Reason:
    """One reason; the lower its weight, the sooner it is said."""

    kind: str
    said: Text
    facts: Sequence[Fact]
    weight: int


@dataclass(frozen=True)
class Expiry:
    """Something of hers that ends on a day."""

    label: Text
    on: date


@dataclass(frozen=True)
class Duty:
    """A step of a journey that waits for somebody."""

    title: str
    note: str
    due_at: datetime | None


@dataclass(frozen=True)
class Known:
    """Everything reasons are computed from."""

    now: datetime
    zone: ZoneInfo
    habit: Habit = field(default_factory=Habit)
    birthday: date | None = None
    household: Sequence[customers.ShownDependant] = ()
    stages: Sequence[customers.Stage] = ()
    expiries: Sequence[Expiry] = ()
    duties: Sequence[Duty] = ()
    friend_since: datetime | None = None  # while nobody has followed up

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def reasons(known: Known) -> list[Reason]:
    """Return the reasons to speak to her today, the most pressing first."""
    found = [each for ask in _ASKED for each in ask(known)]
    return sorted(found, key=lambda each: each.weight)


def _care(known: Known) -> Iterator[Reason]:
    at = known.habit.complained_at
    if at and known.now - at <= _CARE:
        said = Text("最近投诉过，先安抚，别急着推荐", "Complained lately: care first, sell later")
        yield Reason("care", said, [Fact(Text("投诉", "A complaint"), at)], 0)


def _duties(known: Known) -> Iterator[Reason]:
    for duty in known.duties:
        said = Text(f"任务等你做：{duty.title}", f"A task waits for you: {duty.title}")
        fact = Text(duty.note or "旅程安排的任务", duty.note or "Set by a journey")
        yield Reason("task", said, [Fact(fact, duty.due_at)], 1)


def _birthday(known: Known) -> Iterator[Reason]:
    if known.birthday is None:
        return
    days = (_next_day(known.birthday, known.today) - known.today).days
    if days <= _BIRTHDAY_AHEAD:
        said = Text("今天生日", "Has her birthday today")
        if days:
            said = Text(f"{days} 天后生日", f"Has her birthday in {days} days")
        on = known.birthday
        fact = Text(f"生日 {on.month} 月 {on.day} 日", f"Birthday {on:%m-%d}")
        yield Reason("birthday", said, [Fact(fact)], 2)


def _children(known: Known) -> Iterator[Reason]:
    for each in known.household:
        born = each.dependant.birthday
        if each.dependant.kind != "child" or born is None:
            continue
        name = each.dependant.name
        who = Text(name or "孩子", name or "her child")
        fact = Fact(Text(f"{who.zh}出生 {born.isoformat()}", f"{who.en}, born {born.isoformat()}"))
        said = _of_child(known, who, born)
        if said is not None:
            yield Reason("child", said, [fact], 3)


def _of_child(known: Known, who: Text, born: date) -> Text | None:
    days = (born - known.today).days
    if days > 0:
        expected = Text(f"离预产期还有 {days} 天", f"Expects {who.en} in {days} days")
        return expected if days <= _EXPECTED_AHEAD else None
    before = customers.stage_of(born, on=known.today - timedelta(days=7), stages=known.stages)
    stage = customers.stage_of(born, on=known.today, stages=known.stages)
    if stage is not None and stage != before:
        return Text(
            f"{who.zh}刚到“{stage.label.zh}”", f"{who.en} has just come to “{stage.label.en}”"
        )
    months, left = _next_month(born, known.today)
    if months <= _MONTHS_COUNTED_UNTIL and left <= 3:
        return Text(
            f"{who.zh}{_in(left).zh}满 {months} 个月",
            f"{who.en} turns {months} months {_in(left).en}",
        )
    left = (_next_day(born, known.today) - known.today).days
    if months > _MONTHS_COUNTED_UNTIL and left <= _BIRTHDAY_AHEAD:
        return Text(f"{who.zh}{_in(left).zh}生日", f"{who.en} has a birthday {_in(left).en}")
    return None


def _rhythm(known: Known) -> Iterator[Reason]:
    gap, dates = known.habit.rhythm, known.habit.dates
    if gap is None:
        return
    since = (known.today - dates[-1]).days
    # Somewhat before it is due; after three times as long it is another matter.
    if gap - max(1, min(3, gap // 5)) <= since <= 3 * gap:
        said = Text(
            f"该复购了：通常 {gap} 天买一次，上次是 {since} 天前",
            f"Due to buy again: usually every {gap} days, last {since} days ago",
        )
        bought = [Fact(Text(f"{on.isoformat()} 买过", f"Bought on {on}")) for on in dates[-4:]]
        yield Reason("rhythm", said, list(reversed(bought)), 4)


def _wishes(known: Known) -> Iterator[Reason]:
    wishes = known.habit.wishes
    if not wishes:
        return
    first = wishes[0]
    thing = f"“{first.content}”" if first.content else ""
    if first.type == "cart":
        said = Text(
            f"加购了{thing or '商品'}，还没下单",
            f"Put {thing or 'an item'} in the cart, no order yet",
        )
    else:
        said = Text(
            f"收藏了{thing or '商品'}，还没下单", f"Favourited {thing or 'an item'}, no order yet"
        )
    facts = [Fact(_wished(each.type, each.content), each.at) for each in wishes[:4]]
    yield Reason("wish", said, facts, 5)


def _wished(kind: str, content: str) -> Text:
    if kind == "cart":
        return Text(f"加购 {content}".strip(), f"In the cart: {content}".rstrip(": "))
    return Text(f"收藏 {content}".strip(), f"Favourite: {content}".rstrip(": "))


def _expiries(known: Known) -> Iterator[Reason]:
    for each in known.expiries:
        days = (each.on - known.today).days
        if 0 <= days <= _EXPIRY_AHEAD:
            said = Text(f"{each.label.zh}：{_in(days).zh}", f"{each.label.en}: {_in(days).en}")
            fact = Text(f"{each.label.zh} {each.on}", f"{each.label.en} {each.on}")
            yield Reason("expiry", said, [Fact(fact)], 6)


def _new_friend(known: Known) -> Iterator[Reason]:
    since = known.friend_since
    if since and known.now - since <= _NEW_FRIEND:
        said = Text("刚加好友，还没跟进", "A new friend nobody has followed up")
        yield Reason("new_friend", said, [Fact(Text("添加好友", "Added as a friend"), since)], 7)


def _in(days: int) -> Text:
    return Text("今天", "today") if days == 0 else Text(f"{days} 天后", f"in {days} days")


def _next_day(day: date, today: date) -> date:
    """Return the next time this day of the year comes round; 29 February is the 28th in other years."""
    for year in (today.year, today.year + 1):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        number = 28 if (day.month, day.day) == (2, 29) and not leap else day.day
        if (found := date(year, day.month, number)) >= today:
            return found
    raise AssertionError(day)


def _next_month(born: date, today: date) -> tuple[int, int]:
    """Return how many months old she is next, and in how many days; on the day itself, today."""
    months = (today.year - born.year) * 12 + today.month - born.month
    if today.day > born.day:
        months += 1
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    on = date(year, month + 1, min(born.day, last))
    return months, max((on - today).days, 0)


_ASKED: Sequence[Callable[[Known], Iterator[Reason]]] = (
    _care,
    _duties,
    _birthday,
    _children,
    _rhythm,
    _wishes,
    _expiries,
    _new_friend,
)
