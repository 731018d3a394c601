"""Seconds a simulated day of the sandbox's population takes, with its callbacks sealed.

So many people, a guide for five hundred of them, groups, codes that strangers scan; on the second and the fourth day every
guide is given a mass message for all her customers, and confirms it. Every farewell, friend, join and message is told to
the app, sealed. `value` is the mean day; `quiet_day_s` and `message_day_s` are the two kinds.

The floor is the arithmetic alone: the same people deciding hour by hour, nobody told of anything.
"""

import asyncio
import resource
import time
from typing import TYPE_CHECKING

from yutang.config.bench.stage import Figures, Stage

if TYPE_CHECKING:
    from yutang_sandbox.acts import Scene
    from yutang_sandbox.population.life import Life

__all__ = ["FLAGS", "measure"]

FLAGS = {"people": 100_000, "days": 6}
SPRING = 1_772_424_000
MESSAGE_DAYS = {1, 3}
TOKEN, KEY = "bench", "54qwgp8lpeHekRsSGVDfisqqYhGyd75Dxduo34ikVqk"


def measure(stage: Stage, *, people: int, days: int) -> Figures:
    """Return the mean seconds of a day, the floor by arithmetic alone, and what happened."""
    from yutang_sandbox.acts import Scene
    from yutang_sandbox.acts.making import peoples
    from yutang_sandbox.platform import Platform
    from yutang_sandbox.population.life import Life
    from yutang_sandbox.population.mind import HOURS
    from yutang_sandbox.world.corp import new_corp
    from yutang_sandbox.world.world import World

    stage.say(f"{people:,} people")
    world = World()
    world.clock.set(SPRING)
    corp = world.corps["wwbench"] = new_corp("wwbench", "bench", 7)
    corp.apps[0].token, corp.apps[0].key = TOKEN, KEY
    platform = Platform(world)
    guides, groups = max(people // 500, 1), max(people // 2000, 1)
    peoples(Scene(corp, world.clock), staff=guides, customers=people, relations=1.1, groups=groups)
    life = Life(corp, world.clock)
    floor = _floor(life)
    took = []
    for day in range(days):
        stage.say(f"day {day + 1}")
        if day in MESSAGE_DAYS:
            _message_to_all(Scene(corp, world.clock))
        began = time.perf_counter()
        asyncio.run(life.run(HOURS))
        took.append(time.perf_counter() - began)
    message = [one for day, one in enumerate(took) if day in MESSAGE_DAYS]
    quiet = [one for day, one in enumerate(took) if day not in MESSAGE_DAYS]
    mean = sum(took) / len(took)
    return Figures(
        value=mean,
        unit="s/day",
        floor=floor,
        ratio=mean / floor,
        more={
            "people": people,
            "quiet_day_s": sum(quiet) / len(quiet) if quiet else None,
            "message_day_s": sum(message) / len(message) if message else None,
            "callbacks": sum(len(shelf) for shelf in platform.post.kept.values()),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            **{name: life.counts[name] for name in ("orders", "told", "left", "came", "said")},
        },
    )


def _floor(life: "Life") -> float:
    """Return the seconds of a day of arithmetic on a copy of the same people."""
    mind = life.mind.copy()
    began = time.perf_counter()
    for _ in range(24):
        mind.live()
    return time.perf_counter() - began


def _message_to_all(scene: "Scene") -> None:
    from yutang_sandbox.acts.tasks import make_mass

    mine = {number: list(one.relations) for number, one in enumerate(scene.corp.staff)}
    content = {"text": {"content": "周末到店，绿茶 8 折"}}
    make_mass(scene, "single", content, {n: rows for n, rows in mine.items() if rows}, 0)
