"""Planning for any number of people: some at a time, in lanes that do not wait for one another."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial

from django.db import connection
from psycopg.errors import UniqueViolation

from yutang.reach._gate import AT_ONCE, LANES, Candidate, Planned, plan, plan_lane
from yutang.reach.models import Sending
from yutang.workspaces.models import Workspace

__all__ = ["plan_all"]

Piece = tuple[int, Sequence[Candidate]]


def plan_all(
    workspace: Workspace, sending: Sending, candidates: Iterable[Candidate], *, now: datetime
) -> Iterator[Planned]:
    """Plan for any number of people, some at a time, each a transaction; begun again, it goes on.

    Says counts only. On several cores several pieces are judged at the same time, each on a connection
    of its own; within a transaction, which only its own connection sees, one after the other.
    """
    planning = partial(_plan_piece, workspace, sending, now)
    pieces = _pieces(candidates)
    if connection.in_atomic_block:
        for piece in pieces:
            yield planning(piece)
        return
    waiting: deque[Future[Planned]] = deque()
    with _workers() as workers:
        try:
            for piece in pieces:
                worker = workers[piece[0] % len(workers)]
                waiting.append(worker.submit(planning, piece))
                if len(waiting) > len(workers):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def _plan_piece(workspace: Workspace, sending: Sending, now: datetime, piece: Piece) -> Planned:
    lane, some = piece
    if connection.in_atomic_block:
        return plan(workspace, sending, some, now=now)
    try:
        return plan_lane(workspace, sending, some, lane=lane, now=now)
    except UniqueViolation:  # another lane planned somebody else under one of these keys meanwhile
        return plan(workspace, sending, some, now=now)


def _pieces(candidates: Iterable[Candidate]) -> Iterator[Piece]:
    lanes: list[list[Candidate]] = [[] for _ in range(LANES)]
    for each in candidates:
        lane = each.customer % LANES
        lanes[lane].append(each)
        if len(lanes[lane]) == AT_ONCE:
            yield lane, lanes[lane]
            lanes[lane] = []
    yield from ((lane, some) for lane, some in enumerate(lanes) if some)


@contextmanager
def _workers() -> Iterator[Sequence[ThreadPoolExecutor]]:
    """Yield as many threads as there are cores for lanes; each closes its connection in the end."""
    with ExitStack() as stack:
        workers = [
            stack.enter_context(ThreadPoolExecutor(1, f"gate-{n}"))
            for n in range(min(LANES, os.cpu_count() or 1))
        ]
        try:
            yield workers
        finally:
            for each in workers:
                each.submit(connection.close)
