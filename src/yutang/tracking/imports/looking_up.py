"""Staff, stores and groups that a file names: by their codes, and groups by their names or numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.kit.late import late
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.problems import Problems, short
from yutang.workspaces import service as workspaces

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["looked_up"]

_UNKNOWN = {
    "staff": Text("没有编号为“{came}”的员工", "there is no member of staff with the code “{came}”"),
    "store": Text("没有编号为“{came}”的门店", "there is no store with the code “{came}”"),
    "group": Text("没有叫“{came}”的群", "there is no group called “{came}”"),
}


def looked_up(it: Import, name: str, cells: pl.Series, problems: Problems) -> pl.Series:
    """Return the numbers that a column of codes stands for; 0 where it is empty."""
    codes = cells.drop_nulls().unique().to_list()
    workspace = it.workspace
    if name == "staff":
        known = {code: row.pk for code, row in workspaces.staff_by_code(workspace, codes).items()}
    elif name == "store":
        known = {code: row.pk for code, row in workspaces.stores_by_code(workspace, codes).items()}
    else:
        rows = customers.groups_of(workspace).values_list("pk", "name") if codes else []
        known = {each: pk for pk, called in rows for each in (str(pk), called)}
    found = cells.replace_strict(known, default=None, return_dtype=pl.Int64)
    for row in (cells.is_not_null() & found.is_null()).arg_true():
        problems.add(row, _UNKNOWN[name], came=short(cells[row]))
    return found.fill_null(0).alias(name)
