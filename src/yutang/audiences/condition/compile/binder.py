"""Constants of a statement: bound by the server, never pasted.

Fragments of SQL in this package are written in its source; whatever comes from a condition passes
through `Binder` and stands in the statement as `{p7:String}`.
"""

from datetime import UTC, date, datetime

from yutang.audiences.condition.frame import Frame

__all__ = ["Binder", "instant_text"]

_INSTANT = "%Y-%m-%d %H:%M:%S"


class Binder:
    """Gives every constant a place in the statement; equal ones share it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parameters: dict[str, object] = {}
        self._places: dict[tuple[object, str], str] = {}
        self.workspace = self._under("workspace", frame.workspace, "UInt32")
        self.now = self._under("now", instant_text(frame.now), "DateTime64(3, 'UTC')")

    def text(self, value: str) -> str:
        return self._bound(value, "String")

    def number(self, value: float) -> str:
        return self._bound(float(value), "Float64")

    def integer(self, value: int) -> str:
        return self._bound(value, "Int64")

    def unsigned(self, value: int) -> str:
        return self._bound(value, "UInt64")

    def instant(self, value: datetime) -> str:
        if value == self.frame.now:
            return self.now
        return self._bound(instant_text(value), "DateTime64(3, 'UTC')")

    def day(self, value: date) -> str:
        return self._bound(value.isoformat(), "Date32")

    def texts(self, values: tuple[str, ...]) -> str:
        return self._bound(tuple(sorted(values)), "Array(String)")

    def ids(self, values: tuple[int, ...]) -> str:
        return self._bound(tuple(values), "Array(UInt32)")

    def numbers(self, values: tuple[float, ...]) -> str:
        return self._bound(tuple(float(value) for value in values), "Array(Float64)")

    def _bound(self, value: object, kind: str) -> str:
        key = (value, kind)
        if key not in self._places:
            self._places[key] = self._under(f"p{len(self._places)}", value, kind)
        return self._places[key]

    def _under(self, name: str, value: object, kind: str) -> str:
        self.parameters[name] = list(value) if isinstance(value, tuple) else value
        return f"{{{name}:{kind}}}"


def instant_text(value: datetime) -> str:
    """Return an instant as the warehouse reads it, whatever offset it was given with."""
    return f"{value.astimezone(UTC).strftime(_INSTANT)}.{value.microsecond // 1000:03d}"
