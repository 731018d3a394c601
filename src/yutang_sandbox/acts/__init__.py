"""What people do: customers outside, staff in their client. Only this calls back.

An act is a function of a `Scene` and plain arguments; the control API, the phone and the population
all act through the same ones.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import Code, Content


class Impossible(Exception):
    """Nobody could do this here; the sentence says why."""


@dataclass
class Scene:
    """Where and when something is done."""

    corp: Corp
    clock: Clock
    now: int = field(init=False)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.clock.now()
        self.dice = random.Random(self.corp.key + self.corp.counter.to_bytes(8, "big"))  # noqa: S311

    def staff(self, userid: str) -> int:
        number = self.corp.member(userid)
        if number is None:
            raise Impossible(f"nobody here is called {userid}")
        return number

    def customer(self, external_userid: str) -> int:
        number = self.corp.customer(external_userid)
        if number is None:
            raise Impossible(f"there is no customer {external_userid}")
        return number

    def relation(self, userid: str, external_userid: str) -> int:
        found = self.corp.relation(self.staff(userid), self.customer(external_userid))
        if found is None:
            raise Impossible(f"{userid} and {external_userid} do not know each other")
        return found

    def code(self, prefix: str, what: Content) -> str:
        """Make a short-lived code; forget those of yesterday now and then."""
        made, codes = self.clock.wall(), self.corp.codes
        if len(codes) > 10_000:
            for old in [text for text, code in codes.items() if code.made < made - 3600]:
                del codes[old]
        text = self.corp.next_id(prefix, 22)
        codes[text] = Code(made, what)
        return text


Act = Callable[..., Any]
ACTS: dict[str, Act] = {}


def act(name: str) -> Callable[[Act], Act]:
    """Let the control API call it: `customer.adds`."""

    def register(function: Act) -> Act:
        ACTS[name] = function
        return function

    return register


def open_all() -> None:
    """Make every act known."""
    for module in (
        "making",
        "entering",
        "friends",
        "groups",
        "desk",
        "codes",
        "tasks",
        "moments",
        "talk",
        "leaving",
    ):
        import_module(f"yutang_sandbox.acts.{module}")
