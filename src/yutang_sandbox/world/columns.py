"""Columns that grow: a million relations are a dozen arrays, not a million objects."""

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    _Array = array[int]
else:
    _Array = array


class Column(_Array):
    """Whole numbers of one width: `Column("I")` counts to 2^32, `"H"` to 65,535, `"B"` to 255."""

    def vector(self) -> NDArray[Any]:
        """Return the column for numpy; let go of it before the column grows."""
        return np.frombuffer(self, dtype=self.typecode)

    def extend_by(self, values: NDArray[Any]) -> None:
        self.frombytes(np.ascontiguousarray(values, dtype=self.typecode).tobytes())

    def fill(self, count: int, value: int = 0) -> None:
        """Append `value` `count` times."""
        self.extend_by(np.full(count, value, dtype=self.typecode))


def pack(value: object) -> object:
    """Turn a column into what msgpack can hold."""
    if isinstance(value, Column):
        return (value.typecode, value.tobytes())
    raise NotImplementedError(type(value).__name__)


def unpack(kind: type, value: Any) -> object:
    """Turn it back."""
    if kind is Column:
        typecode, content = value
        return Column(typecode, content)
    raise NotImplementedError(kind.__name__)
