"""Reading ahead: a thread of its own makes the next things while the caller works on those before."""

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TypeVar

__all__ = ["read_ahead"]

T = TypeVar("T")
_SECONDS_TO_NOTICE = 0.2  # how long a full queue keeps the thread from seeing that nobody reads on


class _End:
    """Nothing comes after this; `reason` is what the things ended with, if not by themselves."""

    def __init__(self, reason: BaseException | None) -> None:
        self.reason = reason


def read_ahead(things: Generator[T], *, most: int, name: str) -> Iterator[list[T]]:
    """Yield what is ready of `things`, in their order, one to `most` at once.

    They are made in a thread called `name`, where `things` is also closed; at most `most` lie ready
    and untaken. What making them raises is raised here, after all that was made before it.
    """
    ready: queue.Queue[T | _End] = queue.Queue(maxsize=most)
    abandoned = threading.Event()
    reader = threading.Thread(target=_make, args=(things, ready, abandoned), name=name, daemon=True)
    reader.start()
    try:
        yield from _taken(ready, most)
    finally:
        abandoned.set()
        reader.join()


def _make(things: Generator[T], ready: "queue.Queue[T | _End]", abandoned: threading.Event) -> None:
    try:
        with closing(things):
            for thing in things:
                if not _offered(ready, thing, abandoned):
                    return
        _offered(ready, _End(None), abandoned)
    except BaseException as reason:  # noqa: BLE001 - raised again by whoever takes
        _offered(ready, _End(reason), abandoned)


def _offered(ready: "queue.Queue[T | _End]", item: T | _End, abandoned: threading.Event) -> bool:
    while not abandoned.is_set():
        try:
            ready.put(item, timeout=_SECONDS_TO_NOTICE)
        except queue.Full:
            continue
        return True
    return False


def _taken(ready: "queue.Queue[T | _End]", most: int) -> Iterator[list[T]]:
    while True:
        got: list[T] = []
        item = ready.get()
        while not isinstance(item, _End):
            got.append(item)
            if len(got) == most:
                break
            try:
                item = ready.get_nowait()
            except queue.Empty:
                break
        if got:
            yield got
        if isinstance(item, _End):
            if item.reason is not None:
                raise item.reason
            return
