"""What a reader gives: a format that was settled, columns, and blocks of rows with their line numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Protocol

from ninja import Schema
from pydantic import Field

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.late import late

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = [
    "BLOCK_CHARACTERS",
    "BLOCK_ROWS",
    "BadLine",
    "Block",
    "EmptyFile",
    "FileFormat",
    "FileUnreadable",
    "HeaderDoubtful",
    "Source",
    "block_of",
    "growing",
    "named_columns",
]

# A block ends at whichever comes first; so memory is bounded however long the rows are.
BLOCK_ROWS = 50_000
BLOCK_CHARACTERS = 32 << 20
_FIRST_ROWS = 2_500


def growing(rows: int) -> Iterator[int]:
    """Yield how many rows each block may have: few at first, so that whoever waits soon sees it begin."""
    some = _FIRST_ROWS
    while some < rows:
        yield some
        some *= 2
    yield from repeat(rows)


class EmptyFile(DomainError):
    """There is no row in it."""

    status = 422
    zh = "“{file}”里没有数据。请检查导出时选的范围，再重新上传。"
    en = "“{file}” holds no rows. Check the range that was exported and upload it again."


class FileUnreadable(DomainError):
    """It is not what its first bytes promise, or something we do not read."""

    status = 422
    zh = "“{file}”读不出来：{reason}。可导入 CSV、TSV、Excel（xlsx/xls）、Parquet 和 JSONL（可用 .gz 压缩）。"
    en = (
        "“{file}” cannot be read: {reason}. CSV, TSV, Excel (xlsx/xls), Parquet and JSONL can be"
        " imported (.gz is fine)."
    )


class FileFormat(Schema):
    """How a file is written. Whatever is left out is found out from the file itself."""

    kind: Annotated[
        Literal["csv", "words", "excel", "parquet", "jsonl"] | None,
        Field(description="`words`: parted by white space. `csv` includes TSV and `;`."),
    ] = None
    encoding: Annotated[
        str | None, Field(description="utf-8, gb18030, utf-16, …", max_length=20)
    ] = None
    delimiter: Annotated[str | None, Field(description="`,` tab `;` `|`", max_length=1)] = None
    header_row: Annotated[
        int | None, Field(ge=0, le=100, description="The line of the column names; 0 = none.")
    ] = None
    sheet: Annotated[str | None, Field(description="Excel: the sheet.", max_length=100)] = None
    columns: Annotated[
        list[str] | None,
        Field(description="Names for a file without a header.", max_length=500),
    ] = None


class BadLine(NamedTuple):
    """A line that cannot become anything: where it is, why, what stood there."""

    line: int
    reason: Text
    content: str


@dataclass(frozen=True)
class Block:
    """Rows read together. Columns are text, or typed where the file is (Parquet).

    `lines` numbers each row by its line in the file; `rows_read` counts the rows (good and bad)
    since the start of the file, which is what `skip` wants; `bytes_read` measures progress.
    """

    frame: pl.DataFrame
    lines: pl.Series
    bad: list[BadLine]
    rows_read: int
    bytes_read: int


class HeaderDoubtful(NamedTuple):
    """Something about the header a person should know: why, and the row that fits better."""

    reason: Text
    header_row: int


class Source(Protocol):
    """An open file."""

    columns: list[str]
    form: FileFormat
    doubts: list[HeaderDoubtful]
    sheets: list[str]

    @property
    def size(self) -> int: ...

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]: ...


@dataclass
class Opened:
    """What every reader knows of its file."""

    path: Path
    form: FileFormat
    columns: list[str]
    doubts: list[HeaderDoubtful] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def named_columns(cells: list[str]) -> list[str]:
    """Return usable names: trimmed, unnamed ones numbered, repeated ones told apart.

    >>> named_columns(["手机", "", "手机"])
    ['手机', 'column_2', '手机_2']
    """
    taken: dict[str, int] = {}
    names = []
    for place, cell in enumerate(cells, 1):
        name = cell.strip().lstrip("\ufeff") or f"column_{place}"
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}_{taken[name]}")
    return names


def block_of(
    columns: list[str],
    rows: list[list[str]],
    lines: list[int],
    bad: list[BadLine],
    read: tuple[int, int],
) -> Block:
    """Build a block of text columns; rows that hold undecodable bytes move to the bad ones."""
    try:
        frame = _frame(columns, rows)
    except UnicodeEncodeError:
        rows, lines = _decodable(rows, lines, bad)
        frame = _frame(columns, rows)
    return Block(frame, pl.Series("line", lines, dtype=pl.UInt64), bad, *read)


def _frame(columns: list[str], rows: list[list[str]]) -> pl.DataFrame:
    by_column = zip(*rows, strict=True) if rows else [[] for _ in columns]
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=pl.String)
            for name, values in zip(columns, by_column, strict=True)
        ]
    )


UNDECODABLE = Text(
    "这一行有不属于文件编码的字节", "The line holds bytes that are not of the file's encoding"
)


def _decodable(
    rows: list[list[str]], lines: list[int], bad: list[BadLine]
) -> tuple[list[list[str]], list[int]]:
    kept_rows, kept_lines = [], []
    for row, line in zip(rows, lines, strict=True):
        content = ",".join(row)
        try:
            content.encode()
        except UnicodeEncodeError:
            shown = content.encode("utf-8", "replace").decode()
            bad.append(BadLine(line, UNDECODABLE, shown[:500]))
        else:
            kept_rows.append(row)
            kept_lines.append(line)
    return kept_rows, kept_lines
