"""Text of separated values, read line by line: commas, tabs, semicolons, or white space.

A quote that is opened and never closed would swallow the rest of the file. The reader gives up on
such a record after `_LONGEST` lines, reports its first line, and goes on with the next one.
"""

import csv
import gzip
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.sniffing import is_gzipped
from yutang.tracking.imports.readers.source import (
    BLOCK_ROWS,
    BadLine,
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    Opened,
    block_of,
    named_columns,
)

__all__ = ["open_text", "text_lines"]

_LONGEST = 1000  # lines in one quoted record
csv.field_size_limit(4 * 1024 * 1024)


class TextSource(Opened):
    """An open file of separated values."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        raw = self.path.open("rb")
        with raw, text_lines(raw, self.form, self.path) as lines:
            pushed = _Lines(iter(lines))
            for _ in range(self.form.header_row or 0):
                next(pushed, "")
            records = _records(pushed, self.form, len(self.columns))
            yield from self._blocks(raw, records, skip, rows)

    def _blocks(
        self, raw: BinaryIO, records: "Iterator[_Record]", skip: int, rows: int
    ) -> Iterator[Block]:
        width, read = len(self.columns), 0
        kept: list[list[str]] = []
        lines: list[int] = []
        bad: list[BadLine] = []
        try:
            for line, cells, reason in records:
                read += 1
                if read <= skip:
                    continue
                if reason is None and _fits(cells, width):
                    kept.append(cells[:width])
                    lines.append(line)
                else:
                    bad.append(_bad(line, cells, reason, width))
                if len(kept) + len(bad) >= rows:
                    yield block_of(self.columns, kept, lines, bad, (read, raw.tell()))
                    kept, lines, bad = [], [], []
        except (EOFError, OSError, gzip.BadGzipFile):
            truth = Text("压缩包在中途断了", "the compressed data end before they should")
            read += 1
            bad.append(BadLine((lines or [0])[-1] + 1, truth, ""))
        if kept or bad:
            yield block_of(self.columns, kept, lines, bad, (read, raw.tell()))


_Record = tuple[int, list[str], Text | None]


def open_text(path: Path, form: FileFormat) -> TextSource:
    """Open a file of separated values whose format is settled.

    :raises EmptyFile:
    """
    with path.open("rb") as raw, text_lines(raw, form, path) as lines:
        pushed = _Lines(iter(lines))
        for _ in range(max((form.header_row or 0) - 1, 0)):
            next(pushed, "")
        first = next(_records(pushed, form, None), None)
    if first is None:
        raise EmptyFile(file=path.name)
    cells = first[1]
    if form.columns and len(form.columns) == len(cells):
        return TextSource(path, form, named_columns(form.columns))
    names = cells if form.header_row else ["" for _ in cells]
    return TextSource(path, form, named_columns(names))


def text_lines(raw: BinaryIO, form: FileFormat, path: Path) -> io.TextIOWrapper:
    """Return decoded lines of a file, compressed or not; bytes that are no text stay visible."""
    plain = cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if is_gzipped(path) else raw
    encoding = form.encoding or "utf-8"
    encoding = "utf-8-sig" if encoding.lower().replace("_", "-") in {"utf-8", "utf8"} else encoding
    try:
        return io.TextIOWrapper(plain, encoding=encoding, errors="surrogateescape", newline="")
    except LookupError:
        reason = Text(f"没有叫 {encoding} 的编码", f"there is no encoding called {encoding}")
        raise FileUnreadable(file=path.name, reason=reason) from None


class _Lines:
    """Lines of a file, numbered, of which the last few can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.record) >= _LONGEST:
            raise _Runaway
        line = self._again.popleft() if self._again else next(self._lines)
        self.record.append(line)
        self.number += 1
        return line

    def rewind(self) -> str:
        """Give back all lines of the current record but its first, which is returned."""
        first, *rest = self.record
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.record = []
        return first


class _Runaway(Exception):
    """A record that goes on and on."""


_UNCLOSED = Text("引号打开后没有闭合", "A quotation mark is opened and never closed")


def _fits(cells: list[str], width: int) -> bool:
    """Tell whether a row has its columns; empty ones beyond the last are forgiven."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


def _records(lines: _Lines, form: FileFormat, width: int | None) -> Iterator[_Record]:
    """Yield each record with the number of its first line; blank lines are no records."""
    if form.kind == "words":
        for line in lines:
            lines.record.clear()
            if cells := line.split():
                yield lines.number, cells, None
        return
    while True:
        reader = csv.reader(lines, delimiter=form.delimiter or ",", strict=False)
        lines.record = []
        start = lines.number + 1
        try:
            for cells in reader:
                if len(lines.record) > 1 and (
                    _is_unclosed(lines.record) or (width and not _fits(cells, width))
                ):
                    raise _Runaway  # noqa: TRY301 - what looked like one record is several lines
                lines.record = []
                if cells and (len(cells) > 1 or cells[0].strip()):
                    yield start, cells, None
                start = lines.number + 1
        except (_Runaway, csv.Error):
            if len(lines.record) > 1 or _is_unclosed(lines.record):
                yield start, [lines.rewind().rstrip("\r\n")], _UNCLOSED
                continue
            yield start, lines.record[:1], _UNCLOSED
            lines.record = []
            continue
        return


def _is_unclosed(record: list[str]) -> bool:
    """Tell whether a multi-line record was ended by the end of the file, not by its quote."""
    return len(record) > 1 and sum(line.count('"') for line in record) % 2 == 1


def _bad(line: int, cells: list[str], reason: Text | None, width: int) -> BadLine:
    content = ",".join(cells)[:500]
    content = content.encode("utf-8", "replace").decode()
    return BadLine(
        line,
        reason
        or Text(
            f"这一行有 {len(cells)} 列，表头有 {width} 列",
            f"The line has {len(cells)} columns, the header has {width}",
        ),
        content,
    )
