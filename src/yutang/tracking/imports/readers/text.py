"""Text of separated values: commas, tabs, semicolons, or white space; compressed or not.

Lines without a quote and of the right width are parted by the column, thousands at once. The others go
through `records`, one at a time.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.readers.records import Lines, fits, records, within_one_line
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
    growing,
    named_columns,
)

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["lines_of", "open_text", "text_lines"]

_LONGEST_LINE = 4 << 20  # characters
_MOST_ODD = 0.25  # a larger share of odd lines is faster read one at a time
_CUT_OFF = Text("压缩包在中途断了", "the compressed data end before they should")


class TextSource(Opened):
    """An open file of separated values."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        raw = self.path.open("rb")
        with raw, text_lines(raw, self.form, self.path) as text:
            lines = Lines(lines_of(text))
            lines.some(self.form.header_row or 0)
            read, sizes = 0, growing(rows)
            try:
                while batch := lines.some(next(sizes)):
                    block = self._block(lines, batch, skip - read)
                    read += block.rows_read
                    if block.frame.height or block.bad:
                        yield Block(block.frame, block.lines, block.bad, read, raw.tell())
            except (EOFError, OSError, gzip.BadGzipFile):
                cut = BadLine(lines.number + 1, _CUT_OFF, "")
                yield block_of(self.columns, [], [], [cut], (read + 1, raw.tell()))

    def _block(self, lines: Lines, batch: list[str], skip: int) -> Block:
        """Return the rows that begin in these lines, but the first `skip` of them."""
        found = self._plain(lines, batch) if self.form.kind == "csv" else None
        block = found or self._one_by_one(lines, batch)
        if skip <= 0:
            return block
        numbers = sorted([*block.lines.to_list(), *(each.line for each in block.bad)])
        if skip >= len(numbers):
            return Block(block.frame.clear(), block.lines.clear(), [], block.rows_read, 0)
        first = numbers[skip]
        kept = block.lines >= first
        bad = [each for each in block.bad if each.line >= first]
        return Block(block.frame.filter(kept), block.lines.filter(kept), bad, block.rows_read, 0)

    def _plain(self, lines: Lines, batch: list[str]) -> Block | None:
        """Part the lines by the column, and those that need it one by one; None: all of them do."""
        width, delimiter = len(self.columns), self.form.delimiter or ","
        try:
            texts = pl.Series("text", batch, dtype=pl.String)
        except UnicodeEncodeError:
            return None
        texts = texts.str.strip_chars_end("\r\n")
        parts = texts.str.count_matches(delimiter, literal=True)
        odd = (
            texts.str.contains('"', literal=True)
            | (parts != width - 1)
            | (texts.str.len_bytes() == 0)
        )
        if odd.mean() > _MOST_ODD:  # type: ignore[operator]
            return None
        if width == 1:
            odd |= texts.str.strip_chars().str.len_bytes() == 0
        first = lines.number - len(batch) + 1
        found, spoilt = self._odd(lines, batch, odd.arg_true().to_list(), first)
        clean = ~odd
        if spoilt:
            clean &= ~pl.Series(range(len(batch)), dtype=pl.UInt32).is_in(spoilt)
        parted = texts.filter(clean).str.split_exact(delimiter, width - 1).struct.unnest()
        parted.columns = self.columns
        places = pl.Series("line", range(first, first + len(batch)), dtype=pl.UInt64).filter(clean)
        total = len(places) + len(found.rows) + len(found.bad)
        if not found.rows:
            return Block(parted, places, found.bad, total, 0)
        slow = found.block(self.columns)
        numbered = pl.concat([places, slow.lines]).alias("\0line")
        frame = pl.concat([parted, slow.frame]).with_columns(numbered).sort("\0line")
        return Block(frame.drop("\0line"), frame["\0line"].alias("line"), slow.bad, total, 0)

    def _odd(
        self, lines: Lines, batch: list[str], odd: list[int], first: int
    ) -> tuple[_Found, list[int]]:
        """Read the records that begin on these lines; return them, and the places of clean lines that
        turned out to be inside a record.
        """
        found, free = _Found(len(self.columns)), 0
        spoilt: list[int] = []
        for place in odd:
            if place < free or not batch[place].strip():
                continue
            cells = within_one_line(batch[place], self.form)
            if cells is not None:
                found.add(first + place, cells, None)
                continue
            part = Lines(chain((batch[n] for n in range(place, len(batch))), lines))
            _, cells, reason = next(records(part, self.form, found.width))
            found.add(first + place, cells, reason)
            free = place + part.number
            spoilt += range(place + 1, min(free, len(batch)))
            beyond = free + len(part.rewound()) - max(free, len(batch))
            lines.give_back(part.rewound()[-beyond:] if beyond > 0 else [])
        return found, spoilt

    def _one_by_one(self, lines: Lines, batch: list[str]) -> Block:
        """Read the records that begin in these lines; one may end beyond them."""
        lines.give_back(batch)
        found, last = _Found(len(self.columns)), lines.number + len(batch)
        if not any(line.strip() for line in batch):
            lines.some(len(batch))
            return found.block(self.columns)
        for record in records(lines, self.form, found.width):
            found.add(*record)
            if lines.number >= last:
                break
        return found.block(self.columns)


@dataclass
class _Found:
    """Records that were read one at a time: the good rows, their lines, the bad ones."""

    width: int
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    def add(self, line: int, cells: list[str], reason: Text | None) -> None:
        """Put a record among the good rows or the bad ones."""
        if reason is None and fits(cells, self.width):
            self.rows.append(cells[: self.width])
            self.numbers.append(line)
        else:
            self.bad.append(_bad(line, cells, reason, self.width))

    def block(self, columns: list[str]) -> Block:
        """Return them as a block."""
        read = len(self.rows) + len(self.bad)
        return block_of(columns, self.rows, self.numbers, self.bad, (read, 0))


def open_text(path: Path, form: FileFormat) -> TextSource:
    """Open a file of separated values whose format is settled.

    :raises EmptyFile:
    """
    with path.open("rb") as raw, text_lines(raw, form, path) as lines:
        pushed = Lines(lines_of(lines))
        for _ in range(max((form.header_row or 0) - 1, 0)):
            next(pushed, "")
        first = next(records(pushed, form, None), None)
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


def lines_of(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines; one without an end comes in pieces, which are no rows, instead of filling the memory."""
    return iter(partial(text.readline, _LONGEST_LINE), "")


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
