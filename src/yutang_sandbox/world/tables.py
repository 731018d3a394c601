"""Customers and their relations with staff: what there is a million of."""

from typing import Any

import msgspec

from yutang_sandbox.world.columns import Column

FRIENDS, DROPPED_BY_CUSTOMER, ENDED, HALF = range(4)
"""States of a relation: both sides; one-sided since the customer deleted; gone; not yet confirmed."""


def _column(typecode: str) -> Any:
    return msgspec.field(default_factory=lambda: Column(typecode))


class Words(msgspec.Struct, dict=True):
    """Strings that repeat, each kept once; 0 is the empty one."""

    known: list[str] = msgspec.field(default_factory=lambda: [""])

    def __post_init__(self) -> None:
        self._numbers = {word: number for number, word in enumerate(self.known)}

    def number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.known)
            self.known.append(word)
        return number


class Customers(msgspec.Struct):
    """One row a person; the row's number is the person."""

    kind: Column = _column("B")  # 1 of WeChat, 2 of another corp
    gender: Column = _column("B")
    first: Column = _column("I")  # 1 + the newest relation, 0 none
    day: Column = _column("H")  # the last day, week and month with a mass message, and how many
    in_day: Column = _column("B")
    week: Column = _column("H")
    in_week: Column = _column("B")
    month: Column = _column("H")
    in_month: Column = _column("B")
    moment_month: Column = _column("H")  # the last month with a moment of the corp, and how many
    in_moment_month: Column = _column("B")
    names: dict[int, str] = {}  # of those who chose one

    def __len__(self) -> int:
        return len(self.kind)

    def add(self, *, gender: int = 0, kind: int = 1, name: str = "") -> int:
        number = len(self.kind)
        for column, value in self._row(kind, gender):
            column.append(value)
        if name:
            self.names[number] = name
        return number

    def add_many(self, genders: Any) -> range:
        """Append many of WeChat."""
        start = len(self.kind)
        for column, value in self._row(1, 0):
            if column is self.gender:
                column.extend_by(genders)
            else:
                column.fill(len(genders), value)
        return range(start, len(self.kind))

    def _row(self, kind: int, gender: int) -> list[tuple[Column, int]]:
        zeros = (
            self.first,
            self.day,
            self.in_day,
            self.week,
            self.in_week,
            self.month,
            self.in_month,
            self.moment_month,
            self.in_moment_month,
        )
        return [(self.kind, kind), (self.gender, gender), *((column, 0) for column in zeros)]


class Details(msgspec.Struct):
    """What a staff member wrote about a customer; most write nothing."""

    remark: str = ""
    description: str = ""
    company: str = ""
    mobiles: list[str] = []


class Relations(msgspec.Struct):
    """One row for each (staff, customer); never removed, its state says how it stands."""

    customer: Column = _column("I")
    staff: Column = _column("H")
    created: Column = _column("I")
    way: Column = _column("B")  # add_way
    source: Column = _column("I")  # state, in `Corp.words`
    link: Column = _column("H")  # 1 + the acquisition link, 0 none
    state: Column = _column("B")
    tags: Column = _column("I")  # in `Corp.tag_sets`
    older: Column = _column("I")  # 1 + the customer's relation before this one
    chatted: Column = _column("I")  # when the two last spoke
    opener: Column = _column("H")  # 1 + the staff member who added, 0 the customer did
    details: dict[int, Details] = {}

    def __len__(self) -> int:
        return len(self.customer)

    def columns(self) -> tuple[Column, ...]:
        return (
            self.customer,
            self.staff,
            self.created,
            self.way,
            self.source,
            self.link,
            self.state,
            self.tags,
            self.older,
            self.chatted,
            self.opener,
        )
