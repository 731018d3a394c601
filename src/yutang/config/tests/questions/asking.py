"""Asking `yutang audience` about a file that was imported as it is, and reading the same file by hand.

A question is asked in Chinese and in English. What is expected is worked out over the raw rows in
plain Python, person by person: nothing of the product takes part in that.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from yutang.audiences import service as audiences
from yutang.config.cli.audience import command
from yutang.engines import warehouse
from yutang.kit.pulse import beat_all_once
from yutang.tracking.imports import service as imports
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.tests.builders import PUBLIC, run_file
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_member, a_workspace

EXCERPTS = Path(__file__).parent / "excerpts"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Did:
    """One row of the file: what somebody did, and when: in UTC, and on the day of its place."""

    what: str
    at: datetime
    day: str
    item: str = ""
    category: str = ""
    invoice: str = ""
    country: str = ""
    quantity: Decimal = Decimal(0)
    value: Decimal = Decimal(0)

    @classmethod
    def then(cls, what: str, local: datetime, **more: Any) -> "Did":
        """Return what was done at a local time."""
        return cls(what, local.astimezone(UTC), str(local.date()), **more)


Life = list[Did]  # one person's, in the order of time


@dataclass(frozen=True)
class Question:
    """The same question in both languages, and whether one life answers it with yes."""

    zh: str
    en: str
    holds: Callable[[Life], bool]


def within(life: Life, what: str, at: datetime, span: timedelta) -> Life:
    """Return what was done in the time `at − span < t ≤ at`."""
    return [each for each in of(life, what) if each.at + span > at]


def of(life: Life, what: str) -> Life:
    return [each for each in life if each.what == what]


def during(life: Life, what: str, first: str, last: str) -> Life:
    """Return what was done on these local days, both included."""
    return [each for each in of(life, what) if first <= each.day <= last]


def after(life: Life, first: str, then: str, span: timedelta) -> Life:
    """Return what was done strictly after something else, within the span."""
    return [
        each
        for each in of(life, then)
        if any(timedelta(0) < each.at - before.at <= span for before in of(life, first))
    ]


def nothing_followed(life: Life, each: Did, what: str, span: timedelta, at: datetime) -> bool:
    """Say whether the span after something is over, and what was feared did not happen in it."""
    return each.at + span <= at and not any(
        each.at < later.at <= each.at + span for later in of(life, what)
    )


def lives(rows: Iterable[tuple[str, Did]], at: datetime) -> dict[str, Life]:
    """Return what everybody in the file had done by the instant; some of them nothing yet."""
    found: dict[str, Life] = defaultdict(list)
    for who, did in rows:
        found[who] += [did] if did.at <= at else []
    return {who: sorted(life, key=lambda each: each.at) for who, life in found.items()}


def opened(path: Path) -> Any:
    return gzip.open(path, "rt") if path.suffix == ".gz" else path.open()


def files(excerpt: str, whole: str) -> list[Any]:
    """Return the parameters of a test: invented rows of the same shape, and the public file."""
    public = PUBLIC and PUBLIC / whole
    return [
        pytest.param(EXCERPTS / excerpt, id="excerpt"),
        pytest.param(
            public,
            id="whole",
            marks=[
                pytest.mark.public_data,
                pytest.mark.timeout(900),
                pytest.mark.skipif(public is None, reason="the public data are not beside us"),
            ],
        ),
    ]


def imported(path: Path, recipe: str, time_zone: str) -> tuple[Workspace, Import]:
    """Import a file as it is into a workspace of its own."""
    house = a_workspace()
    house.time_zone = time_zone
    house.save(update_fields=["time_zone"])
    a_member(house)
    it = run_file(house, path, imports.recipe(recipe).mapping)
    assert it.state == "done"
    beat_all_once("customers.mirror")
    return house, it


def is_all_in(house: Workspace, rows: Iterable[tuple[str, Did]]) -> None:
    """Hold what came in to the file: so many events of each type, of so many people."""
    counted, people = Counter[str](), set[str]()
    for who, did in rows:
        counted[did.what] += 1
        people.add(who)
    bound = {"workspace": house.pk}
    types = "SELECT type, count() FROM events WHERE workspace = {workspace:UInt32} GROUP BY type"
    assert dict(warehouse().rows(types, bound)) == counted
    persons = "SELECT uniqExact(customer) FROM events WHERE workspace = {workspace:UInt32}"
    assert warehouse().value(persons, bound) == len(people)


@contextmanager
def _stood() -> Iterator[bool]:
    yield True


def asked(monkeypatch: pytest.MonkeyPatch, house: Workspace, *said: str) -> dict[str, Any]:
    """Return what the command answers, as JSON."""
    monkeypatch.setattr("yutang.config.standing.standing", _stood)
    words = [*said, "--workspace", house.slug, "--json"]
    answer = CliRunner().invoke(command, words, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.output)
    return found


def is_answered(
    monkeypatch: pytest.MonkeyPatch,
    house: Workspace,
    questions: Iterable[Question],
    rows: Iterable[tuple[str, Did]],
    *,
    at: str,
    identity: str,
) -> None:
    """Hold every question to the reading by hand: the number, and for some people why."""
    instant = datetime.fromisoformat(at)
    people = lives(rows, instant)
    miscounted, doubted = {}, {}
    for each in questions:
        assert audiences.read_sentence(house, each.zh) == audiences.read_sentence(house, each.en)
        answer = {who: each.holds(life) for who, life in people.items()}
        inside = [who for who, holds in answer.items() if holds]
        outside = [who for who, holds in answer.items() if not holds]
        assert inside, each.zh
        assert outside, each.zh
        for sentence in (each.zh, each.en):
            found = asked(monkeypatch, house, "count", sentence, "--at", at)["count"]
            if found != len(inside):
                miscounted[sentence] = f"{found}, by hand {len(inside)}"
        for who in (inside[0], inside[-1], outside[0], outside[-1]):
            named = ("--customer", f"{identity}:{who}", "--at", at)
            why = asked(monkeypatch, house, "explain", each.zh, *named)
            if why["holds"] is not answer[who]:
                doubted[who, each.zh] = why
    assert miscounted == {}
    assert doubted == {}
