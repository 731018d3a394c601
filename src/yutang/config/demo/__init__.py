"""A believable brand to look at: 青山茶事, a tea house with stores, guides, members and fourteen months of life.

    make_demo(owner, people=20_000, seed=7, now=now, say=print)

Everything follows from the seed and from `now`: the same two give the same people and the same events.
People are invented; their telephones begin with 154, which no Chinese carrier has.
"""

from yutang.config.demo.making import DEMO_NAME, DEMO_SLUG, Made, make_demo

__all__ = ["DEMO_NAME", "DEMO_SLUG", "Made", "make_demo"]
