"""Excel workbooks (xlsx, xlsb, xls, ods). A sheet has at most 1,048,576 rows, and is read as a whole.

Cells keep what the eye sees: whole numbers without “.0”, dates as ISO text. Merged cells above the
real header are noticed, and the row that fits better as a header is offered.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import (
    BLOCK_ROWS,
    BadLine,
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    HeaderDoubtful,
    Opened,
    block_of,
    named_columns,
)

__all__ = ["open_excel"]

_LOOKED_AT = 20  # rows in which a header is looked for

NO_SUCH_SHEET = Text(
    "没有叫“{sheet}”的工作表，有：{sheets}", "it has no sheet “{sheet}”, but {sheets}"
)


class ExcelSource(Opened):
    """One sheet of a workbook."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        width, read = len(self.columns), 0
        kept: list[list[str]] = []
        lines: list[int] = []
        bad: list[BadLine] = []
        sheet = _sheet(self.path, self.form)
        total = max(sheet.total_height, 1)
        for line, row in _rows(sheet):
            if line <= (self.form.header_row or 0):
                continue
            cells = [_as_text(cell) for cell in row]
            if not any(cells):
                continue
            read += 1
            if read <= skip:
                continue
            kept.append((cells + [""] * width)[:width])
            lines.append(line)
            if len(kept) >= rows:
                yield block_of(self.columns, kept, lines, bad, (read, self.size * line // total))
                kept, lines, bad = [], [], []
        if kept:
            yield block_of(self.columns, kept, lines, bad, (read, self.size))


def open_excel(path: Path, form: FileFormat) -> ExcelSource:
    """Open a sheet (the first that holds anything, unless one is named).

    :raises EmptyFile, FileUnreadable:
    """
    workbook = _workbook(path)
    names = list(workbook.sheet_names)
    chosen = form.sheet or next(
        (name for name in names if workbook.get_sheet_by_name(name).total_height > 0), None
    )
    if chosen is None:
        raise EmptyFile(file=path.name)
    form = form.model_copy(update={"sheet": chosen})
    sheet = _sheet(path, form)
    top = [[_as_text(cell) for cell in row] for _, row in _first(sheet)]
    if not any(any(row) for row in top):
        raise EmptyFile(file=path.name)
    header_row, doubts = _header(top, sheet)
    if form.header_row is None:
        form = form.model_copy(update={"header_row": header_row})
    else:
        doubts = [each for each in doubts if each.header_row != form.header_row]
    return ExcelSource(path, form, _columns(top, form), doubts, names)


def _columns(top: list[list[str]], form: FileFormat) -> list[str]:
    width = max(len(row) for row in top)
    if form.header_row and form.header_row <= len(top):
        cells = (top[form.header_row - 1] + [""] * width)[:width]
    else:
        cells = [""] * width
    while len(cells) > 1 and not cells[-1] and not any(row[len(cells) - 1 :] for row in top):
        cells.pop()
    return named_columns(form.columns or cells)


def _workbook(path: Path) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError):
        reason = Text(
            "它不是完整的 Excel 文件，或者加了密码",
            "it is no complete Excel file, or has a password",
        )
        raise FileUnreadable(file=path.name, reason=reason) from None


def _sheet(path: Path, form: FileFormat) -> Any:
    workbook = _workbook(path)
    names = list(workbook.sheet_names)
    if form.sheet is not None and form.sheet not in names:
        shown = {"sheet": form.sheet, "sheets": "、".join(names)}
        reason = Text(NO_SUCH_SHEET.zh.format_map(shown), NO_SUCH_SHEET.en.format_map(shown))
        raise FileUnreadable(file=path.name, reason=reason)
    return workbook.get_sheet_by_name(form.sheet or names[0])


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield rows with their numbers in the sheet; leading empty rows and columns count."""
    if sheet.start is None:
        return
    first_row, first_column = sheet.start
    padding: list[object] = [""] * first_column
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
        yield number, [*padding, *row]


def _first(sheet: Any) -> list[tuple[int, Sequence[object]]]:
    top: list[tuple[int, Sequence[object]]] = []
    for number, row in _rows(sheet):
        while len(top) < number - 1:
            top.append((len(top) + 1, []))
        top.append((number, row))
        if len(top) >= _LOOKED_AT:
            break
    return top


def _header(top: list[list[str]], sheet: Any) -> tuple[int, list[HeaderDoubtful]]:
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


def _merged_rows(sheet: Any, *, up_to: int) -> dict[int, str]:
    """Return the rows in which cells are merged across columns, with the first such range."""
    found: dict[int, str] = {}
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or []:
        if right > left and top < up_to:
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
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)
