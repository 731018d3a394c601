"""What people did over fourteen months: visits, favourites, carts, orders in their own rhythm.

Whole columns from one stream of chance. Visits are heavy-tailed; who buys does so again after a gamma-distributed
time of her own, until she falls silent.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from yutang.config.demo.people import DAY, SPAN_DAYS, Draw
from yutang.config.demo.products import CATEGORIES, PRODUCTS, WORDS
from yutang.events import service as events

__all__ = ["as_columns", "life"]

_MINUTE = 60_000
# When people look at tea, by the hour of their day: at lunch, and above all in the evening.
_HOURS = [2, 1, 1, 1, 1, 2, 5, 9, 13, 16, 18, 20, 28, 24, 18, 17, 17, 18, 22, 30, 40, 42, 30, 12]
_PRICE = np.array([product.fen for product in PRODUCTS])
_NAME = pl.Series([product.name for product in PRODUCTS])
_CATEGORY = np.array([CATEGORIES.index(product.category) for product in PRODUCTS])
_CATEGORY_NAME = pl.Series([product.category for product in PRODUCTS])
_LIKES = np.array([product.likes for product in PRODUCTS], dtype=float)


def life(draw: Draw, people: pl.DataFrame, *, per_person: float = 75.0) -> pl.DataFrame:
    """Return every event of these people: `person` is the row of `people` it belongs to."""
    taste = draw.rng.integers(0, len(CATEGORIES), people.height)
    parts = [
        *_visits(draw, people, taste, per_person),
        *_purchases(draw, people, taste),
        *_milestones(draw, people),
    ]
    return (
        pl.concat(parts, how="diagonal_relaxed")
        .filter(pl.col("ts") <= draw.now_ms)
        .sort("ts", "person")
    )


def _begins(draw: Draw, people: pl.DataFrame) -> np.ndarray:
    begin: np.ndarray = np.maximum(people["_known"].to_numpy(), draw.now_ms - SPAN_DAYS * DAY)
    return begin


def _visits(
    draw: Draw, people: pl.DataFrame, taste: np.ndarray, per_person: float
) -> list[pl.DataFrame]:
    rng, begin = draw.rng, _begins(draw, people)
    end = np.minimum(people["_ends"].to_numpy(), draw.now_ms)
    share = np.clip((end - begin) / (SPAN_DAYS * DAY), 0.01, 1)
    # Some five views a visit, and what follows from views adds a quarter.
    wish = people["_activity"].to_numpy() * share
    visits = rng.poisson(wish * per_person * people.height / 5.6 / wish.sum())
    person = np.repeat(np.arange(people.height), visits)
    at = _in_daily_rhythm(draw, begin[person] + rng.random(len(person)) * (end - begin)[person])
    views = rng.geometric(0.22, len(person))
    whose, start = np.repeat(person, views), np.repeat(at, views)
    nth = np.arange(len(whose)) - np.repeat(np.cumsum(views) - views, views)
    when = start + (nth * rng.exponential(40_000, len(whose))).astype(np.int64) + 5_000
    item = _liked(draw, taste[whose])
    seen = _events("view", when, whose, item)
    loved = rng.random(len(whose)) < 0.07
    carted = rng.random(len(whose)) < 0.06
    signed, searched = rng.random(len(person)) < 0.35, rng.random(len(person)) < 0.14
    words = pl.Series(WORDS).gather(rng.integers(0, len(WORDS), int(searched.sum())))
    return [
        seen,
        _events("favorite", when[loved] + 9_000, whose[loved], item[loved]),
        _events("cart", when[carted] + 14_000, whose[carted], item[carted]),
        _events("sign_in", at[signed], person[signed]),
        _events("search", at[searched] + 2_000, person[searched]).with_columns(word=words),
        _some(draw, seen, 0.006, "share", 30_000),
    ]


def _purchases(draw: Draw, people: pl.DataFrame, taste: np.ndarray) -> list[pl.DataFrame]:
    """Return orders in everybody's own rhythm, with what follows them."""
    rng = draw.rng
    buyers = np.flatnonzero(people["_buys"].to_numpy())
    cycle = people["_cycle_days"].to_numpy()[buyers]
    # Gamma of shape 5: fairly regular. Begins before the fourteen months, so that they start in mid-life.
    gaps = rng.gamma(5.0, (cycle / 5.0)[:, None], (len(buyers), 40)) * DAY
    known = people["_known"].to_numpy()[buyers]
    first = np.maximum(known, draw.now_ms - (SPAN_DAYS + 60) * DAY)
    at = (
        first[:, None] + np.cumsum(gaps, axis=1) * 0.98 - gaps[:, :1] * rng.random((len(buyers), 1))
    )
    ends = people["_ends"].to_numpy()[buyers]
    counts = (at >= _begins(draw, people)[buyers][:, None]) & (
        at < np.minimum(ends, draw.now_ms)[:, None]
    )
    person = np.repeat(buyers, counts.sum(axis=1))
    when = _in_daily_rhythm(draw, at[counts])
    item = _liked(draw, taste[person])
    quantity = rng.choice([1, 1, 1, 2, 2, 3], len(person))
    amount = _PRICE[item] * quantity
    orders = _events("order", when, person, item).with_columns(
        amount=pl.Series(amount),
        quantity=pl.Series(quantity.astype(float)),
        order_no=pl.Series([f"QS{n:08d}" for n in range(1, len(person) + 1)], dtype=pl.String),
    )
    paid = _some(draw, orders, 0.95, "pay", 3 * _MINUTE)
    later = [
        _some(draw, paid, 0.035, "refund", 4 * DAY),
        _some(draw, paid, 0.12, "review", 9 * DAY).with_columns(amount=0, quantity=None),
        _some(draw, paid, 0.10, "scan", 3 * DAY).with_columns(
            amount=0, quantity=None, content=pl.lit("包裹卡")
        ),
        _some(draw, paid, 0.006, "complaint", 5 * DAY).with_columns(
            amount=0, quantity=None, content=pl.lit("包装破损")
        ),
    ]
    return [orders, paid, *later]


def _milestones(draw: Draw, people: pl.DataFrame) -> list[pl.DataFrame]:
    """Return what happens once, or now and then: membership, friendship, messages."""
    rng = draw.rng
    joined = people["joined_at"].is_not_null().arg_true().to_numpy()
    friends = people["is_friend"].arg_true().to_numpy()
    known = people["_known"].to_numpy()
    talkers = np.repeat(friends, rng.poisson(2.2, len(friends)))
    begin, end = _begins(draw, people), np.minimum(people["_ends"].to_numpy(), draw.now_ms)
    lost = friends[(rng.random(len(friends)) < 0.15) & (end[friends] < draw.now_ms)]
    spoken = begin[talkers] + rng.random(len(talkers)) * (end - begin)[talkers]
    return [
        _events("join_membership", people["joined_at"].gather(joined).to_numpy(), joined),
        _events("add_friend", known[friends] + _MINUTE, friends),
        _events("delete_friend", end[lost] - 1, lost),
        _events("message", _in_daily_rhythm(draw, spoken), talkers),
    ]


def _liked(draw: Draw, taste: np.ndarray) -> np.ndarray:
    """Return a product for each: of her favourite category half the time, else what all like."""
    rng = draw.rng
    common = rng.choice(len(PRODUCTS), len(taste), p=_LIKES / _LIKES.sum())
    for category in range(len(CATEGORIES)):
        hers = np.flatnonzero((taste == category) & (rng.random(len(taste)) < 0.5))
        own = np.flatnonzero(category == _CATEGORY)
        common[hers] = rng.choice(own, len(hers), p=_LIKES[own] / _LIKES[own].sum())
    return common


def _in_daily_rhythm(draw: Draw, at: np.ndarray) -> np.ndarray:
    """Keep the day, and move to an hour at which people look at tea (UTC+8)."""
    local_day = (at.astype(np.int64) + 8 * 60 * _MINUTE) // DAY * DAY - 8 * 60 * _MINUTE
    hour = draw.choice(_HOURS, len(at))
    moved = local_day + hour * 60 * _MINUTE + draw.rng.integers(0, 60 * _MINUTE, len(at))
    # Today's later hours have not come: those stay where they were drawn.
    return np.where(moved <= draw.now_ms, moved, at.astype(np.int64))


def _events(
    name: str, at: np.ndarray, person: np.ndarray, item: np.ndarray | None = None
) -> pl.DataFrame:
    made = pl.DataFrame(
        {"ts": at.astype(np.int64), "person": person.astype(np.int64)}
    ).with_columns(type=pl.lit(name))
    if item is None:
        return made
    return made.with_columns(content=_NAME.gather(item), category=_CATEGORY_NAME.gather(item))


def _some(draw: Draw, of: pl.DataFrame, share: float, name: str, after: int) -> pl.DataFrame:
    """Return what follows some of these events, some time after."""
    chosen = np.flatnonzero(draw.rng.random(of.height) < share)
    delay = (draw.rng.exponential(1.0, len(chosen)) * after).astype(np.int64) + 1_000
    picked = of[chosen]
    return picked.with_columns(ts=picked["ts"] + pl.Series(delay), type=pl.lit(name))


def as_columns(
    lived: pl.DataFrame, numbers: Mapping[str, pl.Series], ids: pl.Series
) -> pl.DataFrame:
    """Return events as `events.record_columns` takes them."""
    texts = {
        "category": lived["category"],
        "query": lived["word"],
        "order_no": lived["order_no"],
    }
    properties = events.properties_column(lived.height, texts, {"quantity": lived["quantity"]}, {})
    return pl.DataFrame(
        [
            lived["type"],
            lived["ts"],
            ids.alias("id"),
            lived["amount"].fill_null(0),
            lived["content"].fill_null(""),
            properties.alias("properties"),
            *(cells.alias(name) for name, cells in numbers.items()),
        ]
    ).with_columns(source=pl.lit("demo"))
