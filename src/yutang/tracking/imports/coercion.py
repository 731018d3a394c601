"""Columns of text become instants, dates, fen, numbers: whole columns at a time.

Each function returns the values and a mask of the cells that hold something else than expected;
empty cells are neither values nor problems. Full-width digits and signs are read like narrow ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from yutang.kit.late import late
from yutang.kit.money import fen_from_yuan
from yutang.tracking.imports.mapping import MappedValue, ReadAs

if TYPE_CHECKING:
    import polars as pl
else:
    pl = late("polars")


__all__ = ["DATE_FORMATS", "TIME_FORMATS", "Read", "read", "read_text", "read_time", "time_format"]

DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y/%m/%d %H:%M:%S%.f",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M:%S",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日%H时%M分%S秒",
    "%Y年%m月%d日%H时%M分",
    "%Y%m%d%H%M%S",
    "%Y%m%d %H:%M:%S",
    *DATE_FORMATS,
)
# Which of day and month comes first is never guessed cell by cell: a column is one or the other.
AMBIGUOUS_FORMATS = (
    ("%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S"),
    ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"),
    ("%d/%m/%Y", "%m/%d/%Y"),
)
_WIDE = "０１２３４５６７８９．，：／－＋￥％（）　"
_NARROW = "0123456789.,:/-+¥%() "
_EMPTY = ("", "null", "NULL", "\\N", "None", "NaN", "nan", "#N/A")
_TRUE = ("true", "1", "yes", "y", "t", "是", "对", "真", "√", "on")
_FALSE = ("false", "0", "no", "n", "f", "否", "不", "假", "×", "off")
_FEMALE = ("female", "f", "女", "女士", "女性", "woman", "2", "小姐")
_MALE = ("male", "m", "男", "先生", "男士", "男性", "man", "1")
_NO_GENDER = ("unknown", "u", "未知", "保密", "0", "其他", "other")


class Read(NamedTuple):
    """What a column holds, and which of its cells hold something else."""

    values: pl.Series
    bad: pl.Series


def read(frame: pl.DataFrame, value: MappedValue, *, time_zone: str) -> Read:
    """Return the value of every row: fen and instants as integers, dates as ISO text."""
    if value.product:
        return _product(frame, value)
    if value.constant is not None:
        cells = pl.repeat(value.constant, frame.height, dtype=pl.String, eager=True)
    else:
        cells = frame[value.column or ""]
    return _READERS.get(value.read_as, _time)(cells, value, time_zone)


def read_text(cells: pl.Series) -> pl.Series:
    """Return trimmed text; what stands for nothing is null."""
    if isinstance(cells.dtype, pl.Datetime | pl.Date):
        cells = cells.dt.to_string("iso")
    elif cells.dtype.is_float():
        whole = cells.cast(pl.Int64, strict=False)
        same = (whole.cast(pl.Float64) == cells).fill_null(value=False)
        texts = pl.select(
            pl.when(same).then(whole.cast(pl.String)).otherwise(cells.cast(pl.String))
        ).to_series()
        cells = texts
    elif isinstance(cells.dtype, pl.List):
        cells = cells.cast(pl.List(pl.String)).list.join(",", ignore_nulls=True)
    elif cells.dtype != pl.String:
        cells = cells.cast(pl.String)
    trimmed = cells.str.strip_chars(" \t\r\n\u3000\ufeff\u00a0")
    return trimmed.set(trimmed.is_in(_EMPTY).fill_null(value=False), None)


def read_time(cells: pl.Series, value: MappedValue, *, time_zone: str) -> Read:
    """Return instants as Unix milliseconds (UTC); what has no zone is in `time_zone`."""
    if cells.dtype == pl.Date:
        cells = cells.cast(pl.Datetime("us"))
    if isinstance(cells.dtype, pl.Datetime):
        return _all_good(_localised(cells, time_zone))
    if cells.dtype.is_numeric():
        numbers = cells.cast(pl.Float64)
        return _ranged(_unix(numbers, value.read_as), cells.is_not_null())
    texts = _narrow(read_text(cells))
    given = texts.is_not_null()
    if value.read_as in {ReadAs.UNIX_SECONDS, ReadAs.UNIX_MS}:
        return _ranged(_unix(texts.cast(pl.Float64, strict=False), value.read_as), given)
    found = pl.repeat(None, len(texts), dtype=pl.Int64, eager=True)
    if value.format is None:
        digits = texts.str.contains(r"^\d{10}(\d{3})?(\.\d+)?$").fill_null(value=False)
        if digits.any():
            numbers = texts.set(~digits, None).cast(pl.Float64, strict=False)
            found = _unix(numbers, ReadAs.TIME)
    return _ranged(_written(texts, found, value, time_zone), given)


def time_format(texts: pl.Series, formats: tuple[str, ...], *, share: float = 0.9) -> str | None:
    """Return the first format that reads this share of the cells; a few may hold something else."""
    given = texts.drop_nulls()
    for form in formats:
        if len(given) and _parsed(given, form, "UTC").null_count() <= len(given) * (1 - share):
            return form
    return None


def _written(texts: pl.Series, found: pl.Series, value: MappedValue, zone: str) -> pl.Series:
    """Fill in the cells that a format can read: the given one, or each usual one in turn."""
    for form in (value.format,) if value.format else TIME_FORMATS:
        open_cells = (found.is_null() & texts.is_not_null()).arg_true()
        if not len(open_cells):
            break
        remaining = texts.gather(open_cells)
        if value.format is None and _parsed(remaining.head(64), form, zone).null_count() == min(
            64, len(remaining)
        ):
            continue  # none of the first is written like this: leave the rest to the next format
        found = found.scatter(open_cells, _parsed(remaining, form, zone))
    return found


def _parsed(texts: pl.Series, form: str, zone: str) -> pl.Series:
    try:
        if "%#z" in form:
            return _localised(
                texts.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False), zone
            )
        if "%H" in form or "%I" in form:
            parsed = texts.str.to_datetime(form, time_unit="us", strict=False)
        else:
            parsed = texts.str.to_date(form, strict=False).cast(pl.Datetime("us"))
    except pl.exceptions.PolarsError:  # a format polars does not know
        return pl.repeat(None, len(texts), dtype=pl.Int64, eager=True)
    return _localised(parsed, zone)


def _localised(times: pl.Series, zone: str) -> pl.Series:
    """Return Unix milliseconds of local times; an hour that a clock change skips moves forward."""
    if times.dtype.time_zone is None:  # type: ignore[attr-defined]
        local = times.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        if local.null_count() > times.null_count():
            later = times.dt.offset_by("1h").dt.replace_time_zone(
                zone, ambiguous="earliest", non_existent="null"
            )
            local = local.zip_with(local.is_not_null(), later)
        times = local
    return times.dt.epoch("ms")


def _unix(numbers: pl.Series, read_as: ReadAs) -> pl.Series:
    if read_as is ReadAs.UNIX_SECONDS:
        scaled = numbers * 1000
    elif read_as is ReadAs.UNIX_MS:
        scaled = numbers
    else:
        size = numbers.abs()
        scaled = pl.select(
            pl.when(size < 1e11)
            .then(numbers * 1000)
            .when(size < 1e14)
            .then(numbers)
            .otherwise(numbers / 1000)
        ).to_series()
    return scaled.round().cast(pl.Int64, strict=False)


_EARLIEST, _LATEST = 0, 7_258_118_400_000  # 1970 … 2200


def _ranged(instants: pl.Series, given: pl.Series) -> Read:
    sane = instants.is_between(_EARLIEST, _LATEST).fill_null(value=False)
    return Read(instants.set(~sane, None), given & ~sane)


def _date(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    if cells.dtype == pl.Date or isinstance(cells.dtype, pl.Datetime):
        return _all_good(cells.dt.to_string("%Y-%m-%d"))
    texts = _narrow(read_text(cells))
    found = pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    for form in (value.format,) if value.format else (*DATE_FORMATS, *TIME_FORMATS):
        open_cells = (found.is_null() & texts.is_not_null()).arg_true()
        if not len(open_cells):
            break
        remaining = texts.gather(open_cells)
        try:
            parsed = (
                remaining.str.to_datetime(form, strict=False)
                if "%H" in form and "%#z" not in form
                else (remaining.str.to_date(form, strict=False))
            )
        except pl.exceptions.PolarsError:
            continue
        sane = parsed.dt.year().is_between(1900, 2200)
        found = found.scatter(
            open_cells, parsed.dt.to_string("%Y-%m-%d").set(~sane.fill_null(value=False), None)
        )
    return Read(found, found.is_null() & texts.is_not_null())


def _number(cells: pl.Series, *, absolute: bool = False) -> Read:
    if cells.dtype.is_numeric() or cells.dtype == pl.Boolean:
        given, numbers = cells.is_not_null(), cells.cast(pl.Float64)
    else:
        texts = _figures(cells)
        given, numbers = texts.is_not_null(), texts.cast(pl.Float64, strict=False)
    numbers = numbers.set(~numbers.is_finite().fill_null(value=False), None)
    return Read(numbers.abs() if absolute else numbers, given & numbers.is_null())


def _figures(cells: pl.Series) -> pl.Series:
    """Return what is written of a number without currency signs, thousands commas and spaces."""
    texts = _narrow(read_text(cells))
    if texts.str.contains(r"[^\d.\-]").any():
        texts = texts.str.replace_all(r"[¥￥$£€\s]|元$|(CNY|RMB)", "").str.replace_all(
            r"(\d),(\d{3})", "${1}${2}"
        )
        texts = texts.str.replace_all(r"(\d),(\d{3})", "${1}${2}").str.replace(
            r"^\((.+)\)$", "-${1}"
        )
    return texts


_EXACT = 1e11  # below this many yuan a float of fen is exact


def _money(cells: pl.Series, value: MappedValue) -> Read:
    numbers, bad = _number(cells, absolute=value.absolute)
    if value.read_as is ReadAs.FEN:
        whole = (numbers == numbers.round()).fill_null(value=False) | numbers.is_null()
        fen = numbers.set(~whole, None).cast(pl.Int64, strict=False)
        return Read(fen, bad | ~whole)
    fen = (numbers.set(numbers.abs().fill_null(0) > _EXACT, None) * 100).round().cast(pl.Int64)
    if cells.dtype == pl.String:
        texts = _figures(cells)
        odd = (texts.str.contains(r"\.\d{3}") | (fen.is_null() & numbers.is_not_null())).arg_true()
        if len(odd):
            exact = [fen_from_yuan(each or "") for each in texts.gather(odd)]
            signed = [abs(each) if value.absolute and each is not None else each for each in exact]
            fen = fen.scatter(odd, pl.Series(signed, dtype=pl.Int64))
    return Read(fen, bad | (fen.is_null() & numbers.is_not_null()))


def _product(frame: pl.DataFrame, value: MappedValue) -> Read:
    left, right = (_number(frame[name]) for name in value.product or [])
    numbers = left.values * right.values
    if value.absolute:
        numbers = numbers.abs()
    bad = left.bad | right.bad
    if value.read_as is ReadAs.YUAN:
        return Read((numbers * 100).round(4).round().cast(pl.Int64, strict=False), bad)
    if value.read_as is ReadAs.FEN:
        return Read(numbers.round().cast(pl.Int64, strict=False), bad)
    return Read(numbers.round(6), bad)


def _choice(cells: pl.Series, known: dict[str, str]) -> Read:
    texts = read_text(cells)
    folded = _narrow(texts).str.to_lowercase()
    found = folded.replace_strict(known, default=None, return_dtype=pl.String)
    return Read(found.set(found == "", None), texts.is_not_null() & found.is_null())


def _list(cells: pl.Series, separator: str) -> pl.Series:
    if isinstance(cells.dtype, pl.List):
        return cells.cast(pl.List(pl.String))
    texts = read_text(cells)
    is_json = texts.str.starts_with("[").fill_null(value=False)
    parted = texts.str.split(separator).list.eval(
        pl.element().str.strip_chars().filter(pl.element().str.strip_chars() != "")
    )
    if not is_json.any():
        return parted
    decoded = pl.Series(
        [_json_list(each) if json else None for each, json in zip(texts, is_json, strict=True)],
        dtype=pl.List(pl.String),
    )
    return parted.zip_with(~is_json, decoded)


def _json_list(written: str) -> list[str]:
    import msgspec

    try:
        decoded = msgspec.json.decode(written)
    except msgspec.DecodeError:
        return [written]
    items = decoded if isinstance(decoded, list) else [decoded]
    return [each if isinstance(each, str) else msgspec.json.encode(each).decode() for each in items]


def _narrow(texts: pl.Series) -> pl.Series:
    if texts.str.contains_any(list(_WIDE)).any():
        return texts.str.replace_many(list(_WIDE), list(_NARROW))
    return texts


def _all_good(values: pl.Series) -> Read:
    return Read(values, pl.repeat(False, len(values), dtype=pl.Boolean, eager=True))


def _text(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return _all_good(read_text(cells))


def _figure(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return _number(cells, absolute=value.absolute)


def _time(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return read_time(cells, value, time_zone=zone)


def _bool(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return _choice(cells, {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false")})


def _gender(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    known = {**dict.fromkeys(_FEMALE, "female"), **dict.fromkeys(_MALE, "male")}
    return _choice(cells, {**known, **dict.fromkeys(_NO_GENDER, "")})


def _items(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return _all_good(_list(cells, value.separator))


def _fen(cells: pl.Series, value: MappedValue, zone: str) -> Read:
    return _money(cells, value)


_READERS: dict[ReadAs, Callable[[pl.Series, MappedValue, str], Read]] = {
    ReadAs.TEXT: _text,
    ReadAs.NUMBER: _figure,
    ReadAs.YUAN: _fen,
    ReadAs.FEN: _fen,
    ReadAs.BOOL: _bool,
    ReadAs.GENDER: _gender,
    ReadAs.LIST: _items,
    ReadAs.DATE: _date,
}
