"""Parquet, row group by row group. Columns keep their types; the line is the row's number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.readers.source import (
    BLOCK_CHARACTERS,
    BLOCK_ROWS,
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    Opened,
    growing,
    named_columns,
)

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["open_parquet"]


class ParquetSource(Opened):
    """An open Parquet file."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.path, memory_map=True) as file:
            total = max(file.metadata.num_rows, 1)
            groups, read = _groups_after(file, skip)
            at_once = min(rows, _fitting(file))
            sizes = growing(at_once)
            for batch in file.iter_batches(batch_size=at_once, row_groups=groups):
                at = min(max(skip - read, 0), batch.num_rows)
                read += at
                while at < batch.num_rows:
                    table = pa.Table.from_batches([batch.slice(at, next(sizes))])
                    frame = pl.from_arrow(table.rename_columns(self.columns))
                    lines = pl.Series(
                        "line", range(read + 1, read + len(table) + 1), dtype=pl.UInt64
                    )
                    at, read = at + len(table), read + len(table)
                    yield Block(_flat(frame), lines, [], read, self.size * read // total)


def open_parquet(path: Path, form: FileFormat) -> ParquetSource:
    """Open a Parquet file.

    :raises EmptyFile, FileUnreadable:
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names, rows = file.schema_arrow.names, file.metadata.num_rows
    except (pa.ArrowException, OSError):
        reason = Text("它不是完整的 Parquet 文件", "it is no complete Parquet file")
        raise FileUnreadable(file=path.name, reason=reason) from None
    if not rows:
        raise EmptyFile(file=path.name)
    return ParquetSource(path, form, named_columns(names))


def _fitting(file: object) -> int:
    """Return how many rows of the widest row group are as long as a block may be."""
    metadata = file.metadata  # type: ignore[attr-defined]
    groups = [metadata.row_group(group) for group in range(metadata.num_row_groups)]
    widest = max((group.total_byte_size / max(group.num_rows, 1) for group in groups), default=0)
    return max(1, int(BLOCK_CHARACTERS / max(widest, 1)))


def _groups_after(file: object, skip: int) -> tuple[list[int], int]:
    """Return the row groups still to be read, and how many rows those before them hold."""
    before = 0
    metadata = file.metadata  # type: ignore[attr-defined]
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if before + rows > skip:
            return list(range(group, metadata.num_row_groups)), before
        before += rows
    return [], before


def _flat(frame: object) -> pl.DataFrame:
    """Return nested columns as JSON text: only lists of text stay what they are."""
    assert isinstance(frame, pl.DataFrame)
    nested = [
        name
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Struct) or (isinstance(kind, pl.List) and kind.inner.is_nested())
    ]
    plain = [
        name
        for name, kind in frame.schema.items()
        if kind == pl.Categorical or isinstance(kind, pl.Enum | pl.Binary) or kind == pl.Binary
    ]
    return frame.with_columns(
        [
            pl.struct(value=name)
            .map_elements(lambda row: _json(row["value"]), return_dtype=pl.String)
            .alias(name)
            for name in nested
        ]
        + [pl.col(name).cast(pl.String, strict=False) for name in plain]
    )


def _json(value: object) -> str | None:
    import msgspec

    return None if value is None else msgspec.json.encode(value).decode()
