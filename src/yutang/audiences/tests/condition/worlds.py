"""Worlds and conditions made by Hypothesis: small, and crowded around the edges that matter.

Strategies are kept: making them, and checking what was made, takes longer than drawing from them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from yutang.audiences.condition.calendar import day_start, local_day, step, step_day
from yutang.audiences.condition.nodes import (
    Span,
)
from yutang.audiences.condition.person import Happening, Kin, Look, Person, Tagging, Tie
from yutang.audiences.tests.condition.teahouse import VOCABULARY

ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
SPANS = (
    Span(10, "minute"),
    Span(1, "hour"),
    Span(1, "day"),
    Span(7, "day"),
    Span(30, "day"),
    Span(2, "week"),
    Span(1, "month"),
    Span(1, "year"),
)
EXACT = SPANS[:6]
NOWS = (
    datetime(2026, 11, 1, 3, 4, 5, 678000, UTC),
    datetime(2025, 2, 28, 4, 0, tzinfo=UTC),
    datetime(2024, 2, 29, 15, 59, 59, 999000, UTC),
    datetime(2024, 2, 29, 16, 0, tzinfo=UTC),  # midnight in Shanghai
    datetime(2025, 3, 1, 1, 0, tzinfo=UTC),
    datetime(2026, 3, 8, 7, 30, tzinfo=UTC),  # half an hour after New York's clocks went forward
    datetime(2025, 11, 2, 6, 30, tzinfo=UTC),  # the hour New York has twice
    datetime(2026, 3, 31, 10, 0, tzinfo=UTC),
    datetime(2025, 12, 31, 16, 0, tzinfo=UTC),
)
TEXTS = ("茶", "绿茶铺", "a'b\\", "{x:String}", "龘🍵", "VIP 1")
REGIONS = ("广东", "广东/深圳", "广东/深圳/南山", "广东省", "北京")
TYPES = ("view", "favorite", "order", "message.sent", "unheard_of")
HERE = VOCABULARY


def looks() -> st.SearchStrategy[Look]:
    return st.builds(
        Look,
        st.sampled_from(NOWS),
        st.sampled_from(ZONES),
        st.just(HERE.quiet_types),
    )


@cache
def instants(look: Look, *, future: bool = True) -> st.SearchStrategy[datetime]:
    """Instants at, one tick before and after every edge the conditions have."""
    now, zone = look.now, look.time_zone
    edges = [now, *(step(now, span, zone, -1) for span in SPANS)]
    today = local_day(now, zone)
    edges += [day_start(today - timedelta(days=back), zone) for back in (0, 1, 2, 7, 31, 365, 366)]
    if future:
        edges += [step(now, span, zone) for span in SPANS]
    edge = st.builds(
        lambda at, ticks: (
            at + timedelta(milliseconds=ticks)
            if future
            else min(at + timedelta(milliseconds=ticks), now)
        ),
        st.sampled_from(edges),
        st.sampled_from((-1, 0, 1, 3_600_000, -3_600_000)),
    )
    anywhere = st.integers(0, 86_400_000 * 800).map(lambda ago: now - timedelta(milliseconds=ago))
    return st.one_of(edge, edge, anywhere)


@cache
def days(look: Look) -> st.SearchStrategy[date]:
    today = local_day(look.now, look.time_zone)
    edges = [today, date(2024, 2, 29), date(2000, 2, 29), date(1999, 2, 28), date(1999, 3, 1)]
    edges += [step_day(today, span, sign) for span in SPANS[2:] for sign in (-1, 1)]
    return st.builds(
        lambda day, shift: day + timedelta(days=shift),
        st.sampled_from(edges),
        st.sampled_from((0, 0, -1, 1, 2, -30)),
    )


@cache
def happenings(look: Look, *, future: bool) -> st.SearchStrategy[Happening]:
    iso = instants(look).map(
        lambda at: at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )
    return st.builds(
        Happening,
        st.sampled_from(TYPES),
        instants(look, future=future),
        amount=st.sampled_from((0, 1, 9900, -500)),
        staff=st.integers(0, 2),
        store=st.integers(0, 2),
        group=st.integers(0, 2),
        content=st.sampled_from(("", *TEXTS)),
        campaign=st.sampled_from(("", "双十一")),
        source=st.sampled_from(("", "小程序")),
        texts=st.fixed_dictionaries(
            {},
            optional={
                "sku": st.sampled_from(("", *TEXTS)),
                "gift": st.sampled_from(("true", "false")),
                "wanted_on": days(look).map(str),
                "ready_at": iso,
            },
        ),
        numbers=st.fixed_dictionaries(
            {},
            optional={
                "price": st.sampled_from((0.0, 1.5, -2.0)),
                "freight": st.sampled_from((0.0, 500.0)),
            },
        ),
        lists=st.fixed_dictionaries(
            {}, optional={"colours": st.lists(st.sampled_from(("红", "绿")), max_size=2).map(tuple)}
        ),
    )


@cache
def persons(look: Look, customer: int, *, future: bool) -> st.SearchStrategy[Person]:
    maybe = st.none() | instants(look)
    return st.builds(
        Person,
        st.just(customer),
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(("", *TEXTS)),
                "gender": st.sampled_from(("", "female", "male", "u")),
                "city": st.sampled_from(("", "北京", "上海")),
                "birthday": st.none() | days(look),
                "joined_at": maybe,
                "created_at": instants(look),
            }
        ),
        st.fixed_dictionaries(
            {},
            optional={
                "nickname": st.sampled_from(TEXTS),
                "points": st.sampled_from((0.0, 1.5, -3.0)),
                "spent": st.sampled_from((0, 9900)),
                "renewal": days(look),
                "seen_at": instants(look),
                "vip": st.booleans(),
                "level": st.sampled_from(("green", "black")),
                "teas": st.lists(
                    st.sampled_from(("green", "black", "white")), max_size=3, unique=True
                ).map(tuple),
                "region": st.sampled_from(REGIONS),
            },
        ),
        st.lists(happenings(look, future=future), max_size=7).map(
            lambda found: tuple(sorted(found, key=lambda each: each.at))
        ),
        st.lists(
            st.builds(
                Tagging,
                st.sampled_from((11, 12, 21, 22)),
                instants(look, future=future),
                instants(look) | st.just(datetime(2299, 1, 1, tzinfo=UTC)),
            ),
            max_size=3,
            unique_by=lambda each: each.tag,
        ).map(tuple),
        st.lists(
            st.builds(
                Tie,
                st.sampled_from(("staff", "store", "group")),
                st.integers(1, 2),
                instants(look, future=future),
                st.sampled_from(("", "talking", "won")),
            ),
            max_size=3,
            unique_by=lambda each: (each.kind, each.target),
        ).map(tuple),
        st.lists(
            st.builds(
                Kin,
                st.sampled_from(("child", "pet")),
                st.sampled_from(("", "female", "male")),
                st.none() | days(look),
            ),
            max_size=2,
        ).map(tuple),
        st.just(()),
        st.frozensets(st.integers(1, 2), max_size=2),
    )


@st.composite
def worlds(draw: st.DrawFn, look: Look, *, size: int = 6, future: bool = True) -> list[Person]:
    """A few customers, some of whom brought others; `future`: also what is dated after now."""
    people = [draw(persons(look, customer, future=future)) for customer in range(1, size + 1)]
    for place in range(1, size):
        referrer = draw(st.sampled_from((None, *range(place))))
        if referrer is not None:
            since = draw(instants(look, future=future))
            tie = Tie("referrer", people[referrer].customer, since)
            people[place] = replace(people[place], ties=(*people[place].ties, tie))
            people[referrer] = replace(
                people[referrer], referred=(*people[referrer].referred, since)
            )
    return people
