"""Excel workbooks (xlsx, xlsb, xls, ods): a sheet of one as columns and blocks of rows.

Cells keep what the eye sees: whole numbers without “.0”, dates as ISO text. Merged cells above the
real header are noticed, and the row that fits better as a header is offered.
"""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.sheets import Sheet, open_workbook
from yutang.tracking.imports.readers.source import (
    BLOCK_CHARACTERS,
    BLOCK_ROWS,
    BadLine,
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    HeaderDoubtful,
    Opened,
    block_of,
    growing,
    named_columns,
)

__all__ = ["open_excel"]

_LOOKED_AT = 20  # rows in which a header is looked for
_LOOKED_THROUGH = 1000  # empty ones among them
_MOST_CELLS = 2_000_000  # of a block, however wide the sheet
_MIDNIGHT = time()

NO_SUCH_SHEET = Text(
    "没有叫“{sheet}”的工作表，有：{sheets}", "it has no sheet “{sheet}”, but {sheets}"
)


class ExcelSource(Opened):
    """One sheet of a workbook."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        width, read, characters = len(self.columns), 0, 0
        kept: list[list[str]] = []
        lines: list[int] = []
        bad: list[BadLine] = []
        sheet = _sheet(self.path, self.form)
        sizes = growing(max(min(rows, _MOST_CELLS // width), 1))
        most = next(sizes)
        for line, row in sheet.rows():
            if line <= (self.form.header_row or 0):
                continue
            cells = [_as_text(cell) for cell in row[:width]]
            if not any(cells):
                continue
            read += 1
            if read <= skip:
                continue
            kept.append(cells + [""] * (width - len(cells)))
            lines.append(line)
            characters += sum(map(len, cells))
            if len(kept) >= most or characters >= BLOCK_CHARACTERS:
                read_to = self.size * line // max(sheet.height, line)
                yield block_of(self.columns, kept, lines, bad, (read, read_to))
                kept, lines, bad, characters, most = [], [], [], 0, next(sizes)
        if kept:
            yield block_of(self.columns, kept, lines, bad, (read, self.size))


def open_excel(path: Path, form: FileFormat) -> ExcelSource:
    """Open a sheet (the first that holds anything, unless one is named).

    :raises EmptyFile, FileUnreadable:
    """
    workbook = open_workbook(path)
    chosen = form.sheet or next(
        (name for name in workbook.names if _first(workbook.sheet(name))), None
    )
    if chosen is None:
        raise EmptyFile(file=path.name)
    form = form.model_copy(update={"sheet": chosen})
    sheet = _sheet(path, form)
    top = _first(sheet)
    if not top:
        raise EmptyFile(file=path.name)
    header_row, doubts = _header(top, sheet)
    if form.header_row is None:
        form = form.model_copy(update={"header_row": header_row})
    else:
        doubts = [each for each in doubts if each.header_row != form.header_row]
    return ExcelSource(path, form, _columns(top, form), doubts, workbook.names)


def _columns(top: list[list[str]], form: FileFormat) -> list[str]:
    width = max(len(row) for row in top)
    if form.header_row and form.header_row <= len(top):
        cells = (top[form.header_row - 1] + [""] * width)[:width]
    else:
        cells = [""] * width
    while len(cells) > 1 and not cells[-1] and not any(row[len(cells) - 1 :] for row in top):
        cells.pop()
    return named_columns(form.columns or cells)


def _sheet(path: Path, form: FileFormat) -> Sheet:
    workbook = open_workbook(path)
    if form.sheet is not None and form.sheet not in workbook.names:
        shown = {"sheet": form.sheet, "sheets": "、".join(workbook.names)}
        reason = Text(NO_SUCH_SHEET.zh.format_map(shown), NO_SUCH_SHEET.en.format_map(shown))
        raise FileUnreadable(file=path.name, reason=reason)
    return workbook.sheet(form.sheet or workbook.names[0])


def _first(sheet: Sheet) -> list[list[str]]:
    """Return the first rows as text, from the top of the sheet; none where all are empty."""
    top: list[list[str]] = []
    for _, row in sheet.rows():
        top.append([_as_text(cell) for cell in row])
        if sum(map(any, top)) >= _LOOKED_AT or len(top) >= _LOOKED_THROUGH:
            break
    return top if any(map(any, top)) else []


def _header(top: list[list[str]], sheet: Sheet) -> tuple[int, list[HeaderDoubtful]]:
    """Return the first row that has anything, and a better one if cells are merged over columns."""
    first = next(number for number, row in enumerate(top, 1) if any(row))
    merged = _merged_rows(sheet, up_to=len(top))
    better = first
    while better < len(top) and (better in merged or _filled(top[better - 1]) * 2 < _width(top)):
        better += 1
    if better == first:
        return first, []
    where = merged.get(first, "")
    reason = Text(
        f"第 {first} 行不像表头{f'（{where} 是合并单元格）' if where else ''}，表头应是第 {better} 行",
        f"Row {first} does not look like a header{f' ({where} is merged)' if where else ''};"
        f" row {better} does",
    )
    return better, [HeaderDoubtful(reason, better)]


def _merged_rows(sheet: Sheet, *, up_to: int) -> dict[int, str]:
    """Return the rows in which cells are merged across columns, with the first such range."""
    found: dict[int, str] = {}
    for (top, left), (bottom, right) in sheet.merged(up_to):
        if right > left:
            for row in range(top, bottom + 1):
                found.setdefault(
                    row + 1, f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
                )
    return found


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell)


def _width(top: list[list[str]]) -> int:
    return max(_filled(row) for row in top)


def _as_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != _MIDNIGHT else cell.date().isoformat()
    return str(cell)
