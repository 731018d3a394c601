"""Finds out how a file is written from its first bytes: compression, kind, encoding, delimiter, header."""

import csv
import gzip
import re
import zlib
from pathlib import Path

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import EmptyFile, FileFormat, FileUnreadable

__all__ = ["is_gzipped", "sniff"]

_SAMPLE = 256 * 1024
_DELIMITERS = (",", "\t", ";", "|", "，")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NUMBER = re.compile(r"[-+]?[\d.,]+%?|\d{4}[-/年.]\d{1,2}([-/月.]\d{1,2}.*)?|\d{1,2}[:/]\d.*")


def sniff(path: Path, form: FileFormat) -> FileFormat:
    """Return the format with every gap filled from the file itself.

    :raises EmptyFile, FileUnreadable:
    """
    sample = _first_bytes(path)
    if not sample.strip():
        raise EmptyFile(file=path.name)
    kind = form.kind or _binary_kind(sample, path)
    if kind in {"excel", "parquet"}:
        return form.model_copy(update={"kind": kind})
    encoding = form.encoding or _encoding(sample, path)
    text = _decoded(sample, encoding, path)
    if kind == "jsonl" or (kind is None and text.lstrip().startswith("{")):
        return form.model_copy(update={"kind": "jsonl", "encoding": encoding})
    return _sniffed_text(text, form.model_copy(update={"kind": kind, "encoding": encoding}))


def is_gzipped(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _first_bytes(path: Path) -> bytes:
    try:
        with gzip.open(path) if is_gzipped(path) else path.open("rb") as file:
            return bytes(file.read(_SAMPLE))
    except (OSError, EOFError, zlib.error):
        reason = Text("压缩包不完整", "the compressed data are incomplete")
        raise FileUnreadable(file=path.name, reason=reason) from None


def _binary_kind(sample: bytes, path: Path) -> str | None:
    if sample.startswith(b"PAR1"):
        return "parquet"
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "excel"
    has_bom = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not has_bom and sample.count(b"\0") > len(sample) // 100:
        reason = Text("它不是文本，也不是表格", "it is neither text nor a spreadsheet")
        raise FileUnreadable(file=path.name, reason=reason)
    return None


def _encoding(sample: bytes, path: Path) -> str:
    for bom, encoding in _BOMS:
        if sample.startswith(bom):
            return encoding
    whole = sample[: sample.rfind(b"\n") + 1] or sample
    if _is_text(whole, "utf-8"):
        return "utf-8"
    if _is_text(whole, "gb18030"):
        return "gb18030"
    # A stray byte here and there: whichever encoding loses least; its bad lines are reported.
    lost = {
        encoding: whole.decode(encoding, "replace").count("\ufffd")
        for encoding in ("utf-8", "gb18030")
    }
    best = min(lost, key=lambda each: lost[each])
    if lost[best] > len(whole) // 20:
        reason = Text("认不出它的文字编码", "its text encoding is not known")
        raise FileUnreadable(file=path.name, reason=reason)
    return best


def _is_text(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(sample: bytes, encoding: str, path: Path) -> str:
    try:
        return sample.decode(encoding, "replace").lstrip("\ufeff").rstrip("\ufffd")
    except LookupError:
        reason = Text(f"没有叫 {encoding} 的编码", f"there is no encoding called {encoding}")
        raise FileUnreadable(file=path.name, reason=reason) from None


def _sniffed_text(text: str, form: FileFormat) -> FileFormat:
    lines = text.splitlines()[:200]
    if len(text) >= _SAMPLE // 2 and len(lines) > 1:
        lines.pop()  # cut off by the sample's end
    delimiter = form.delimiter or (None if form.kind == "words" else _delimiter(lines))
    if form.kind != "csv" and not form.delimiter and _looks_like_words(lines, delimiter):
        form, delimiter = form.model_copy(update={"kind": "words"}), None
    else:
        form = form.model_copy(update={"kind": form.kind or "csv"})
        delimiter = delimiter or ","
    header_row = form.header_row
    if header_row is None:
        header_row = 0 if form.columns else _header_row(lines, delimiter)
    return form.model_copy(update={"delimiter": delimiter, "header_row": header_row})


def _delimiter(lines: list[str]) -> str | None:
    """Return what parts the lines into the most columns, equally many on nearly every line."""
    best: tuple[float, str] | None = None
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(lines[:100], delimiter=delimiter) if row]
        usual = max(set(widths), key=widths.count) if widths else 1
        agreed = widths.count(usual) / max(len(widths), 1)
        if usual > 1 and agreed > 0.6 and (best is None or agreed * usual > best[0]):
            best = (agreed * usual, delimiter)
    return best[1] if best else None


def _looks_like_words(lines: list[str], delimiter: str | None) -> bool:
    if delimiter is not None:
        return False
    widths = {len(line.split()) for line in lines if line.strip()}
    return len(widths) == 1 and widths != {1}


def _header_row(lines: list[str], delimiter: str | None) -> int:
    """Return 1 when the first line names columns, 0 when it already holds values."""
    rows = [line.split() for line in lines[:20]] if delimiter is None else []
    if delimiter is not None:
        rows = list(csv.reader(lines[:20], delimiter=delimiter))
    filled = [number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not filled:
        return 1
    first = rows[filled[0] - 1]
    values = sum(bool(_NUMBER.fullmatch(cell.strip())) for cell in first)
    return 0 if values else filled[0]
