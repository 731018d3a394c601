"""What is wrong with rows, in both languages; a row with a problem is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.coercion import Read
from yutang.tracking.imports.mapping import READ_AS_LABELS, MappedValue

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["IS_EMPTY", "Problems", "short", "told"]

IS_EMPTY = Text("“{column}”是空的", "“{column}” is empty")
_UNEXPECTED = Text(
    "“{column}”里是“{came}”，应为{expected}", "“{column}” holds “{came}”; expected {expected}"
)
_NUL = Text("这一行含有 NUL 字符", "The line contains a NUL character")


@dataclass
class Problems:
    """What is wrong with the rows of a block, by their place in it.

    Of `unkept` rows only the line and the reason are kept: they are about erased people.
    """

    by_row: dict[int, list[Text]] = field(default_factory=lambda: defaultdict(list))
    unkept: set[int] = field(default_factory=set)

    def add(self, row: int, reason: Text, **blanks: object) -> None:
        """Note a problem of one row; blanks are filled where there are any."""
        self.by_row[row].append(_filled(reason, blanks) if blanks else reason)

    def add_all(self, rows: pl.Series, reason: Text, **blanks: object) -> None:
        """Note the same about every row that is marked."""
        said = _filled(reason, blanks) if blanks else reason
        for row in rows.arg_true():
            self.by_row[row].append(said)

    def of_cells(self, frame: pl.DataFrame, value: MappedValue, found: Read) -> pl.Series:
        """Note every cell that holds something else than expected; return the values."""
        for row in found.bad.arg_true():
            cells = " × ".join(str(frame[name][row]) for name in value.columns()) or value.constant
            self.add(
                row,
                _UNEXPECTED,
                column="”×“".join(value.columns()),
                came=short(cells),
                expected=READ_AS_LABELS[value.read_as],
            )
        return found.values

    def of_nul(self, frame: pl.DataFrame) -> None:
        """Note every row that holds a NUL: PostgreSQL keeps no such text."""
        texts = [name for name, kind in frame.schema.items() if kind == pl.String]
        if texts:
            holds = pl.col(texts).str.contains("\0", literal=True).fill_null(value=False)
            self.add_all(frame.select(pl.any_horizontal(holds)).to_series(), _NUL)


_TOLD = Text("{field}“{came}”：{message}", "{field} “{came}”: {message}")
_TOLD_BARE = Text("{field}：{message}", "{field}: {message}")


def told(
    zh: Iterable[FieldProblem], en: Iterable[FieldProblem], labels: Mapping[str, Text]
) -> Text:
    """Return what a refusal found wrong, said in both languages; fields by their labels where known."""
    return Text("；".join(_told(zh, labels, "zh")), "; ".join(_told(en, labels, "en")))


def _told(found: Iterable[FieldProblem], labels: Mapping[str, Text], spoken: str) -> Iterator[str]:
    for each in found:
        name = each.field.rpartition(".")[2]
        label = getattr(labels[name], spoken) if name in labels else name
        shape = getattr(_TOLD if each.came else _TOLD_BARE, spoken)
        yield shape.format_map({"field": label, "came": each.came, "message": each.message})


def _filled(reason: Text, blanks: dict[str, object]) -> Text:
    zh = {name: each.zh if isinstance(each, Text) else each for name, each in blanks.items()}
    en = {name: each.en if isinstance(each, Text) else each for name, each in blanks.items()}
    return Text(reason.zh.format_map(zh), reason.en.format_map(en))


def short(came: object) -> str:
    """Return what came, short enough to be said."""
    written = str(came).replace("\0", "\\0")
    return written if len(written) <= 60 else f"{written[:57]}…"
