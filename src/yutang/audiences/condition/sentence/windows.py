"""How windows of time are worded: “近30天”, “since 2026-11-01”."""

from typing import Any

from yutang.audiences.condition.nodes import (
    EVER,
    Absolute,
    Around,
    Calendar,
    Ever,
    Rolling,
)
from yutang.audiences.condition.sentence.forms import Form, Found, alternatives, remembered
from yutang.audiences.condition.sentence.slots import (
    Count,
    Point,
    Spans,
)
from yutang.audiences.condition.sentence.values import CALENDAR

__all__ = ["WINDOW", "WINDOW_OR_EVER"]

_SPAN, _POINT, _COUNT = Spans(), Point(), Count()


def _rolling(zh: tuple[str, ...], en: tuple[str, ...]) -> Form:
    return Form(
        zh,
        en,
        {"span": _SPAN},
        take=lambda window: {"span": window.span} if isinstance(window, Rolling) else None,
        build=lambda found: Rolling(found["span"]),
    )


def _absolute(zh: tuple[str, ...], en: tuple[str, ...], *, start: bool, end: bool) -> Form:
    def take(window: Any) -> Found | None:
        if not isinstance(window, Absolute):
            return None
        if (window.start is not None, window.end is not None) != (start, end):
            return None
        return {"a": window.start, "b": window.end}

    return Form(
        zh,
        en,
        {"a": _POINT, "b": _POINT},
        take=take,
        build=lambda found: Absolute(found.get("a"), found.get("b")),
    )


def _around(found: Found) -> Around | None:
    fits = 1 <= found["y"] <= 50 and found["x"] <= 180 and found["z"] <= 180
    return Around(found["y"], found["x"], found["z"]) if fits else None


_WINDOWS = alternatives(
    (
        _rolling(
            ("近{span}[|内]", "[最近|过去]{span}[内|]", "{span}内"),
            ("in the last {span}", "[in|within|during] [the|] [last|past] {span}", "within {span}"),
        ),
        Form(
            ("{calendar}",),
            ("{calendar}", "[in|during] {calendar}"),
            {"calendar": CALENDAR},
            take=lambda window: {"calendar": window} if isinstance(window, Calendar) else None,
            build=lambda found: found["calendar"],
        ),
        _absolute(
            ("{a}至{b}", "[从|]{a}[到|至|~]{b}[之间|期间|]"),
            ("between {a} and {b}", "from {a} [to|until] {b}"),
            start=True,
            end=True,
        ),
        _absolute(
            ("{a}起", "[自|从]{a}[起|以来|]", "{a}以来"),
            ("since {a}", "from {a}"),
            start=True,
            end=False,
        ),
        _absolute(
            ("{b}前", "{b}[止|之前|以前]"), ("until {b}", "before {b}"), start=False, end=True
        ),
        Form(
            ("{y}年前今天的前{x}天到后{z}天",),
            (
                "around today {y} [years|year] ago from {x} [days|day] before to {z} [days|day] after",
            ),
            {"y": _COUNT, "x": _COUNT, "z": _COUNT},
            take=lambda window: (
                {"y": window.years, "x": window.before, "z": window.after}
                if isinstance(window, Around)
                else None
            ),
            build=_around,
        ),
    )
)

WINDOW = remembered(_WINDOWS)

_EVER = Form(
    ("曾", "[曾经|历史|累计|一共|总共|]"),
    ("ever", "[at any time|]"),
    take=lambda window: {} if isinstance(window, Ever) else None,
    build=lambda found: EVER,
)
WINDOW_OR_EVER = remembered(alternatives((*_WINDOWS.forms, _EVER)))
