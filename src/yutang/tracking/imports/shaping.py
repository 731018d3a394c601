"""Properties of a block against the catalogue: by the column where they fit, else row by row.

The first event of each type that names every property teaches the catalogue what it does not know. If then
every column is of the kind the catalogue has for it, there is nothing to judge row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yutang.events import service as events
from yutang.events.service import Shape
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import speaking
from yutang.kit.late import late
from yutang.loop import PropertyKind
from yutang.tracking.imports.event_rows import EventRows
from yutang.tracking.imports.mapping import ReadAs
from yutang.tracking.imports.problems import told
from yutang.workspaces.models import Workspace

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["properties_json"]

_LONGEST_TEXT, _LONGEST_LIST, _LARGEST = 8_000, 500, 2**53
_STORED = {
    ReadAs.TEXT: "texts",
    ReadAs.GENDER: "texts",
    ReadAs.DATE: "texts",
    ReadAs.TIME: "texts",
    ReadAs.UNIX_SECONDS: "texts",
    ReadAs.UNIX_MS: "texts",
    ReadAs.BOOL: "texts",
    ReadAs.NUMBER: "numbers",
    ReadAs.YUAN: "numbers",
    ReadAs.FEN: "numbers",
    ReadAs.LIST: "lists",
}
_TEXTUAL = {ReadAs.TEXT, ReadAs.GENDER}
_FITS: Mapping[PropertyKind, set[ReadAs]] = {
    PropertyKind.TEXT: {*_TEXTUAL, ReadAs.DATE, ReadAs.TIME, ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS},
    PropertyKind.NUMBER: {ReadAs.NUMBER, ReadAs.YUAN, ReadAs.FEN},
    PropertyKind.MONEY: {ReadAs.YUAN, ReadAs.FEN},
    PropertyKind.BOOL: {ReadAs.BOOL},
    PropertyKind.DATE: {ReadAs.DATE},
    PropertyKind.TIME: {ReadAs.TIME, ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS},
    PropertyKind.LIST: {ReadAs.LIST},
}


def properties_json(workspace: Workspace, rows: EventRows, *, now: datetime) -> pl.Series:
    """Return each row's properties as the warehouse reads them; what contradicts the catalogue becomes
    the row's problem.
    """
    height = len(rows.types)
    if not rows.properties:
        _learn(workspace, rows, now)
        return pl.repeat("", height, dtype=pl.String, eager=True)
    if _learn(workspace, rows, now) and _fits(workspace, rows):
        maps: dict[str, dict[str, pl.Series]] = {"texts": {}, "numbers": {}, "lists": {}}
        for name, cells in rows.properties.items():
            maps[_STORED[rows.read_as[name]]][name] = cells
        return events.properties_column(height, **maps)
    return _one_by_one(workspace, rows, now)


def _learn(workspace: Workspace, rows: EventRows, now: datetime) -> bool:
    """Teach the catalogue what it does not know; return whether it has nothing against it."""
    kinds = events.known(workspace).kinds
    samples = []
    for name in rows.types.drop_nulls().unique(maintain_order=True):
        known = kinds.get(name)
        missing = [each for each in rows.properties if known is None or each not in known]
        if known is None or missing:
            mask = (rows.types == name).fill_null(value=False)
            samples.append((name, _first_values(rows, mask, missing)))
    judged = events.shape_all(workspace, samples, now=now)
    return all(isinstance(each, Shape) for each in judged)


def _first_values(rows: EventRows, mask: pl.Series, names: Sequence[str]) -> dict[str, Any]:
    found = {}
    for name in names:
        given = rows.properties[name].filter(mask).drop_nulls()
        if len(given):
            found[name] = _plain(given[0], rows.read_as[name])
    return found


def _plain(value: Any, read_as: ReadAs) -> Any:
    if read_as is ReadAs.BOOL:
        return value == "true"
    return value.to_list() if isinstance(value, pl.Series) else value


def _fits(workspace: Workspace, rows: EventRows) -> bool:
    """Tell whether every column is of its kind, and within the limits of it."""
    kinds = events.known(workspace).kinds
    for name in rows.types.drop_nulls().unique():
        known = kinds.get(name)
        if known is None or "." in name:
            return False
        for each in rows.properties:
            kind = known.get(each)
            if kind is not None and rows.read_as[each] not in _FITS[kind]:
                return False
    return all(_is_within_limits(cells) for cells in rows.properties.values())


def _is_within_limits(cells: pl.Series) -> bool:
    if cells.dtype == pl.String:
        return int(cells.str.len_chars().max() or 0) <= _LONGEST_TEXT  # type: ignore[arg-type]
    if isinstance(cells.dtype, pl.List):
        inside = cells.explode().str.len_chars().max()
        longest = cells.list.len().max()
        return int(longest or 0) <= _LONGEST_LIST and int(inside or 0) <= _LONGEST_TEXT  # type: ignore[arg-type]
    return float(cells.abs().max() or 0) <= _LARGEST  # type: ignore[arg-type]


def _one_by_one(workspace: Workspace, rows: EventRows, now: datetime) -> pl.Series:
    given = []
    for place, name in enumerate(rows.types):
        said = {} if place in rows.problems.by_row else _row(rows, place)
        given.append((name or "view", said))
    judged = events.shape_all(workspace, given, now=now)
    wrong = [place for place, each in enumerate(judged) if not isinstance(each, Shape)]
    _note(workspace, rows, [(place, given[place]) for place in wrong], now)
    maps: dict[str, dict[str, list[Any]]] = {"texts": {}, "numbers": {}, "lists": {}}
    for place, each in enumerate(judged):
        if isinstance(each, Shape):
            for stored, held in maps.items():
                for name, value in getattr(each, stored).items():
                    held.setdefault(name, [None] * len(judged))[place] = value
    kinds: dict[str, pl.DataType] = {
        "texts": pl.String(),
        "numbers": pl.Float64(),
        "lists": pl.List(pl.String),
    }
    columns = {
        stored: {
            name: pl.Series(cells, dtype=kinds[stored], strict=False)
            for name, cells in held.items()
        }
        for stored, held in maps.items()
    }
    return events.properties_column(len(judged), **columns)


def _row(rows: EventRows, place: int) -> dict[str, Any]:
    return {
        name: _plain(cells[place], rows.read_as[name])
        for name, cells in rows.properties.items()
        if cells[place] is not None
    }


def _note(
    workspace: Workspace,
    rows: EventRows,
    wrong: Sequence[tuple[int, tuple[str, dict[str, Any]]]],
    now: datetime,
) -> None:
    """Note what is wrong with rows in both languages: refusals speak the reader's."""
    if not wrong:
        return
    with speaking("zh"):
        zh = events.shape_all(workspace, [given for _, given in wrong], now=now)
    with speaking("en"):
        en = events.shape_all(workspace, [given for _, given in wrong], now=now)
    for (place, _), chinese, english in zip(wrong, zh, en, strict=True):
        rows.problems.add(place, told(_wrong(chinese), _wrong(english), {}))


def _wrong(found: Shape | list[FieldProblem]) -> list[FieldProblem]:
    return [] if isinstance(found, Shape) else found
