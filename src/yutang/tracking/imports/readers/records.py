"""Records of separated text, one at a time, with the numbers of the lines they begin on.

A quote that is opened and never closed would swallow the rest of the file. Such a record is given up after
`_LONGEST` lines, its first line is reported, and reading goes on with the next one.
"""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import BLOCK_CHARACTERS, FileFormat

__all__ = ["Lines", "Record", "fits", "records", "within_one_line"]

_LONGEST = 1000  # lines in one quoted record
_STRIDE = 250  # lines between two looks at how long they are together
csv.field_size_limit(4 * 1024 * 1024)

Record = tuple[int, list[str], Text | None]


class Lines:
    """Lines of a file, numbered, of which the last few can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if len(self.record) >= _LONGEST:
            raise Runaway
        line = self._again.popleft() if self._again else next(self._lines)
        self.record.append(line)
        self.number += 1
        return line

    def some(self, count: int, *, characters: int = BLOCK_CHARACTERS) -> list[str]:
        """Return the next lines at once, at most this many and about so long; no record is open."""
        taken = [self._again.popleft() for _ in range(min(count, len(self._again)))]
        length = sum(map(len, taken))
        while len(taken) < count and length < characters:
            more = list(islice(self._lines, min(count - len(taken), _STRIDE)))
            if not more:
                break
            taken += more
            length += sum(map(len, more))
        self.number += len(taken)
        return taken

    def give_back(self, lines: list[str]) -> None:
        """Have these lines, the last that were taken, read again."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)
        self.record = []

    def rewound(self) -> list[str]:
        """Return the lines that were read and given back."""
        return list(self._again)

    def rewind(self) -> str:
        """Give back all lines of the current record but its first, which is returned."""
        first, *rest = self.record
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.record = []
        return first


class Runaway(Exception):
    """A record that goes on and on."""


_UNCLOSED = Text("引号打开后没有闭合", "A quotation mark is opened and never closed")


def fits(cells: list[str], width: int) -> bool:
    """Tell whether a row has its columns; empty ones beyond the last are forgiven."""
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))


def records(lines: Lines, form: FileFormat, width: int | None) -> Iterator[Record]:
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
                    _is_unclosed(lines.record) or (width and not fits(cells, width))
                ):
                    raise Runaway  # noqa: TRY301 - what looked like one record is several lines
                lines.record = []
                if cells and (len(cells) > 1 or cells[0].strip()):
                    yield start, cells, None
                start = lines.number + 1
        except (Runaway, csv.Error):
            if len(lines.record) > 1 or _is_unclosed(lines.record):
                yield start, [lines.rewind().rstrip("\r\n")], _UNCLOSED
                continue
            yield start, lines.record[:1], _UNCLOSED
            lines.record = []
            continue
        return


def within_one_line(line: str, form: FileFormat) -> list[str] | None:
    """Return the cells of a record that is one line; None where it may go on beyond it."""
    if not line.endswith(("\n", "\r")):
        return None
    try:
        cells = next(csv.reader((line,), delimiter=form.delimiter or ",", strict=False))
    except csv.Error:
        return None
    return None if cells and cells[-1].endswith(("\n", "\r")) else cells


def _is_unclosed(record: list[str]) -> bool:
    """Tell whether a multi-line record was ended by the end of the file, not by its quote."""
    return len(record) > 1 and sum(line.count('"') for line in record) % 2 == 1
