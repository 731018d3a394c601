"""The engine: takes whoever is due, by the batch, and moves each as far as nobody has to wait.

A batch is of one journey and one transaction: runs are claimed row by row (`FOR UPDATE SKIP LOCKED`), moved
in memory, what is done to them is done to all at once, and everything is written by one update, one copy of
steps and one of tallies. Any number of processes may do this at once; see docs/how/journeys.md.
"""

from yutang.journeys.engine.advancing import BATCH, advance

__all__ = ["BATCH", "advance"]
