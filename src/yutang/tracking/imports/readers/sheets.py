"""The rows of one sheet, whatever wrote the workbook.

An xlsx of up to 64 MB of XML (some 150,000 rows) is read at once, ten times as fast; a larger one is
streamed: of a sheet of a million rows only the texts its cells share are in memory. The older and rarer
formats (xls, xlsb, ods) can only be read at once, and are bounded by what they unpack to. A test holds both
ways to the same rows.
"""

import re
import warnings
import weakref
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from xml.etree.ElementTree import ParseError

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import FileUnreadable

__all__ = ["MOST_ROWS", "Sheet", "Workbook", "open_workbook"]

MOST_ROWS = 1_048_576  # what Excel itself allows; a file that says more is not read further
_READ_AT_ONCE = 64 << 20  # bytes of XML that become some 200 MB of cells
_MOST_UNPACKED = 512 << 20
_AT_ONCE = 1 << 20
_BROKEN = Text(
    "它不是完整的 Excel 文件，或者加了密码", "it is no complete Excel file, or has a password"
)
_TOO_LARGE = Text(
    "它解开后超过 {megabytes} MB，请另存为 CSV",
    "it unpacks to more than {megabytes} MB; save it as CSV",
)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!")  # say nothing
Row = Sequence[object]


class Sheet(Protocol):
    """One sheet: how many rows it says it has, its merged ranges, its rows with their numbers."""

    name: str
    height: int

    def merged(self, up_to: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Yield ranges of merged cells that begin in the first rows: (top, left), (bottom, right), from 0."""

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield rows with their numbers in the sheet; empty ones and empty columns count."""


class Workbook(Protocol):
    """An open workbook."""

    names: list[str]

    def sheet(self, name: str) -> Sheet: ...


def open_workbook(path: Path) -> Workbook:
    """Open a workbook of any format.

    :raises FileUnreadable:
    """
    unpacked = _unpacked(path)
    if "xl/workbook.xml" in unpacked and sum(unpacked.values()) > _READ_AT_ONCE:
        _refuse_beyond(path, unpacked.get("xl/sharedStrings.xml", 0))
        return _Streamed(path)
    _refuse_beyond(path, sum(unpacked.values()) or path.stat().st_size)
    return _Whole(path)


def _unpacked(path: Path) -> dict[str, int]:
    """Return what each part of the archive unpacks to; nothing where it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {each.filename: each.file_size for each in archive.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        return {}


def _refuse_beyond(path: Path, size: int) -> None:
    if size > _MOST_UNPACKED:
        shown = {"megabytes": _MOST_UNPACKED >> 20}
        reason = Text(_TOO_LARGE.zh.format_map(shown), _TOO_LARGE.en.format_map(shown))
        raise FileUnreadable(file=path.name, reason=reason)


class _Streamed:
    """An xlsx, row by row."""

    def __init__(self, path: Path) -> None:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException

        # What it does not understand of a workbook (validations, styles) changes no cell.
        warnings.filterwarnings("ignore", module="openpyxl")
        self._path = path
        # By its content: uploads lie under names without an ending, which openpyxl would ask for.
        content = path.open("rb")
        weakref.finalize(self, content.close)
        try:
            self._book = openpyxl.load_workbook(content, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, ParseError, *_SPOILED):
            raise FileUnreadable(file=path.name, reason=_BROKEN) from None
        self.names = [each.title for each in self._book.worksheets]

    def sheet(self, name: str) -> "_StreamedSheet":
        return _StreamedSheet(self, self._path, self._book[name])


class _StreamedSheet:
    def __init__(self, book: _Streamed, path: Path, sheet: Any) -> None:
        self._book = book  # its file stays open as long as a sheet of it is read
        self._path, self._sheet, self.name = path, sheet, sheet.title
        self.height = sheet.max_row or 0
        sheet.reset_dimensions()  # programs that write workbooks often say them wrong

    def merged(self, up_to: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """They stand behind all rows: the sheet's XML is looked through, not read."""
        with (
            zipfile.ZipFile(self._path) as archive,
            archive.open(self._sheet._worksheet_path) as xml,
        ):
            before = b""
            while piece := xml.read(_AT_ONCE):
                looked = before + piece
                for found in _MERGED.finditer(looked) if b"mergeCell" in looked else ():
                    if int(found[2]) <= up_to:
                        yield (
                            (int(found[2]) - 1, _column(found[1])),
                            (int(found[4]) - 1, _column(found[3])),
                        )
                # A tag may be cut in two; none is as long as this, and none is seen twice.
                end = looked.rfind(b">") + 1
                before = looked[end:][-1000:]

    def rows(self) -> Iterator[tuple[int, Row]]:
        try:
            for number, row in enumerate(self._sheet.iter_rows(values_only=True), 1):
                if number > MOST_ROWS:
                    return
                yield number, [None if cell in _ERRORS else cell for cell in row]
        except (zipfile.BadZipFile, ParseError, *_SPOILED):
            raise FileUnreadable(file=self._path.name, reason=_BROKEN) from None


class _Whole:
    """An xls, xlsb or ods."""

    def __init__(self, path: Path) -> None:
        from python_calamine import CalamineError, CalamineWorkbook

        self._path, self._spoiled = path, (CalamineError, *_SPOILED)
        try:
            self._book = CalamineWorkbook.from_path(str(path))
        except (CalamineError, OSError, ValueError):
            raise FileUnreadable(file=path.name, reason=_BROKEN) from None
        self.names = list(self._book.sheet_names)

    def sheet(self, name: str) -> "_WholeSheet":
        try:
            return _WholeSheet(self._book.get_sheet_by_name(name))
        except self._spoiled:
            raise FileUnreadable(file=self._path.name, reason=_BROKEN) from None


class _WholeSheet:
    def __init__(self, sheet: Any) -> None:
        self._sheet, self.name, self.height = sheet, sheet.name, sheet.total_height

    def merged(self, up_to: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        found = self._sheet.merged_cell_ranges or []
        return (each for each in found if each[0][0] < up_to)

    def rows(self) -> Iterator[tuple[int, Row]]:
        if self._sheet.start is None:
            return
        first_row, first_column = self._sheet.start
        yield from ((number, ()) for number in range(1, first_row + 1))
        padding: list[object] = [""] * first_column
        for number, row in enumerate(self._sheet.iter_rows(), first_row + 1):
            yield number, [*padding, *row[first_column:]]


_SPOILED = (OSError, EOFError, KeyError, ValueError, TypeError, AttributeError)


def _column(letters: bytes) -> int:
    """Return the number of a column, from 0.

    >>> _column(b"AB")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
