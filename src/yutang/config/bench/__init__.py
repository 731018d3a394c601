"""`yutang bench NAME`: figures of the product, measured against the raw engine in the same run.

A bench is a module here with two names:

    FLAGS = {"events": 100_000}                        # what `--events` scales, and its default
    def measure(stage: Stage, *, events: int) -> Figures: ...

It makes its own data in a temporary folder and returns the figures; progress goes to stderr.
"""

from yutang.config.bench.stage import Figures, Stage, percentiles

__all__ = ["Figures", "Stage", "percentiles"]
