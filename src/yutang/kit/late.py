"""Libraries that are loaded by the first who needs them: polars and numpy are 50 MB that a quiet process saves.

    if TYPE_CHECKING:
        import polars as pl
    else:
        pl = late("polars")

Annotations must not be evaluated then: such a file begins with `from __future__ import annotations`.
"""

from importlib import import_module
from types import ModuleType
from typing import Any

__all__ = ["late"]


class _Late(ModuleType):
    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__name__), name)  # importing is safe between threads
        setattr(self, name, found)
        return found


def late(name: str) -> ModuleType:
    """Return what stands for the module `name` and loads it when something of it is first asked for."""
    return _Late(name)
