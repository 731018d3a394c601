"""Letting people live: start, run, look, and ask for the truth."""

from typing import Any

import msgspec
import numpy as np

from yutang_sandbox.acts import Impossible
from yutang_sandbox.control import Hand, NotThere, steer
from yutang_sandbox.population.life import Life
from yutang_sandbox.population.mind import HOURS
from yutang_sandbox.population.offers import offer_of
from yutang_sandbox.population.shop import order
from yutang_sandbox.population.truth import effect_of
from yutang_sandbox.world.corp import LifeSettings

DAYS = 400
PAGE = 10_000


def _life(hand: Hand, corp: str) -> Life:
    hand.corp(corp)
    life = hand.platform.lives.get(corp)
    if life is None:
        raise NotThere(f"life in {corp}; start it with POST /population")
    return life


@steer("POST", "/corps/{corp}/population")
async def settle(hand: Hand, corp: str) -> Any:
    """Begin to live, or live by other settings; who is given a speed lives the first hour at once."""
    owner = hand.corp(corp)
    before = owner.life or LifeSettings()
    settings = msgspec.convert({**msgspec.to_builtins(before), **hand.given}, LifeSettings)
    life = hand.platform.lives.get(corp)
    if life is not None and settings.seed != before.seed:
        raise Impossible("they are somebody already: another seed needs another corp")
    owner.life = settings
    if life is None:
        life = hand.platform.settle(owner)
    life.settings = settings
    if settings.speed and not before.speed and not life.running:
        await life.run(1, moves=False)
    return settings


@steer("POST", "/corps/{corp}/population/recalls")
def recalls(hand: Hand, corp: str) -> Any:
    """Let people, from the number `first` on, have bought before: `cycle_days`, `ago_days`, `taste`."""
    life, given = _life(hand, corp), hand.given
    life.look()
    cycle = np.array(given["cycle_days"], dtype=np.float32) * HOURS
    ago = np.array(given["ago_days"], dtype=np.float32) * HOURS
    first, taste = int(given["first"]), np.array(given["taste"], dtype=np.int64)
    people = np.arange(first, first + len(taste))
    if people.size and not 0 <= first <= people[-1] < len(life.mind):
        raise Impossible("nobody is there who could recall it")
    life.mind.recall(people, cycle, ago, taste)
    return {"people": len(people)}


@steer("GET", "/corps/{corp}/population")
def figures(hand: Hand, corp: str) -> Any:
    """Count what has happened, and how people are."""
    life = _life(hand, corp)
    mind, alive = life.mind, life.mind.alive
    count = int(alive.sum())
    return {
        "people": len(mind),
        "friends": count,
        "muted": int(mind.muted[alive].sum()),
        "trust": float(mind.trust[alive].mean()) if count else 0.0,
        "fatigue": float(mind.fatigue[alive].mean()) if count else 0.0,
        "since_start": dict(life.counts),
        "orders": {"bought": len(life.corp.orders.at), "posted": life.corp.orders.posted},
        "trouble": life.trouble,
    }


@steer("POST", "/corps/{corp}/population/run")
async def run(hand: Hand, corp: str) -> Any:
    """Let `days` or `hours` pass; the clock goes along, unless they have a speed of their own."""
    hours = int(hand.given.get("hours", 0)) + HOURS * int(hand.given.get("days", 0))
    if not 0 < hours <= DAYS * HOURS:
        raise Impossible("say how many days or hours")
    life = _life(hand, corp)
    return await life.run(hours, moves=not life.settings.speed)


@steer("POST", "/corps/{corp}/population/hears")
def hears(hand: Hand, corp: str) -> Any:
    """Tell `customers` a `text` by a channel that is not this platform's: a text message, a letter."""
    life = _life(hand, corp)
    people = _people(hand, life)
    read = life.tell(people, offer_of(str(hand.given.get("text", "")), "message"))
    return {"told": len(people), "read": len(read)}


@steer("POST", "/corps/{corp}/population/truth")
def truth(hand: Hand, corp: str) -> Any:
    """Return what sending `text` now to `customers` (all, if not named) truly changes in `hours`."""
    life = _life(hand, corp)
    hours = int(hand.given.get("hours", 72))
    if not 0 < hours <= 60 * HOURS:
        raise Impossible("look at sixty days at most")
    offer = offer_of(str(hand.given.get("text", "")), "message")
    effect = effect_of(life.mind, _people(hand, life), hours, offer)
    return {**msgspec.to_builtins(effect), "lift": effect.lift}


def _people(hand: Hand, life: Life) -> Any:
    life.look()
    if "customers" not in hand.given:
        return np.flatnonzero(life.mind.alive)
    numbers = [life.corp.customer(str(one)) for one in hand.given["customers"]]
    known = sorted({one for one in numbers if one is not None})
    if not known:
        raise Impossible("none of these customers is here")
    return np.array(known)


@steer("GET", "/corps/{corp}/population/orders")
def orders(hand: Hand, corp: str) -> Any:
    """List what was bought, `after` a number of orders."""
    owner, start = hand.corp(corp), int(hand.request.query.get("after", 0))
    count = len(owner.orders.at)
    end = min(start + PAGE, count)
    return {
        "orders": [order(owner, number) for number in range(start, end)],
        "next": end,
        "more": end < count,
    }
