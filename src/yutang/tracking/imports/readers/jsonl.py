"""JSON lines: one object a line. Nested objects flatten with dots; arrays stay JSON text.

Columns are the names seen in the first lines; a name that first occurs later is left out, unless the
format's `columns` asks for it.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec

from yutang.kit.i18n import Text
from yutang.tracking.imports.readers.source import (
    BLOCK_CHARACTERS,
    BLOCK_ROWS,
    BadLine,
    Block,
    EmptyFile,
    FileFormat,
    Opened,
    block_of,
    growing,
)
from yutang.tracking.imports.readers.text import lines_of, text_lines

__all__ = ["open_jsonl"]

_LOOKED_AT = 2000
_decoder = msgspec.json.Decoder(dict)
NOT_JSON = Text("这一行不是一个 JSON 对象", "The line is not one JSON object")


class JsonlSource(Opened):
    """An open file of JSON lines."""

    def blocks(self, *, skip: int = 0, rows: int = BLOCK_ROWS) -> Iterator[Block]:
        read, number, length = 0, 0, 0
        sizes = growing(rows)
        most = next(sizes)
        kept: list[list[str]] = []
        numbers: list[int] = []
        bad: list[BadLine] = []
        with self.path.open("rb") as raw, text_lines(raw, self.form, self.path) as lines:
            try:
                for number, line in enumerate(lines_of(lines), 1):
                    if not line.strip():
                        continue
                    read += 1
                    if read <= skip:
                        continue
                    length += len(line)
                    flat = _flat(line)
                    if flat is None:
                        bad.append(BadLine(number, NOT_JSON, _shown(line)))
                    else:
                        kept.append([flat.get(name, "") for name in self.columns])
                        numbers.append(number)
                    if len(kept) + len(bad) >= most or length >= BLOCK_CHARACTERS:
                        yield block_of(self.columns, kept, numbers, bad, (read, raw.tell()))
                        kept, numbers, bad, length, most = [], [], [], 0, next(sizes)
            except (EOFError, OSError, gzip.BadGzipFile):
                cut = Text("压缩包在中途断了", "the compressed data end before they should")
                read += 1
                bad.append(BadLine(number + 1, cut, ""))
            if kept or bad:
                yield block_of(self.columns, kept, numbers, bad, (read, raw.tell()))


def open_jsonl(path: Path, form: FileFormat) -> JsonlSource:
    """Open a file of JSON lines.

    :raises EmptyFile:
    """
    names: dict[str, None] = dict.fromkeys(form.columns or [])
    with path.open("rb") as raw, text_lines(raw, form, path) as lines:
        for seen, line in enumerate(lines_of(lines)):
            if seen >= _LOOKED_AT:
                break
            names.update(dict.fromkeys(_flat(line) or {}))
    if not names:
        raise EmptyFile(file=path.name)
    return JsonlSource(path, form, list(names))


def _flat(line: str) -> dict[str, str] | None:
    try:
        decoded = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    flat: dict[str, str] = {}
    _flatten(decoded, "", flat)
    return flat


def _flatten(value: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, each in value.items():
        match each:
            case dict():
                _flatten(each, f"{prefix}{name}.", into)
            case None:
                into[f"{prefix}{name}"] = ""
            case str():
                into[f"{prefix}{name}"] = each
            case bool():
                into[f"{prefix}{name}"] = "true" if each else "false"
            case _:
                into[f"{prefix}{name}"] = msgspec.json.encode(each).decode()


def _shown(line: str) -> str:
    return line.strip()[:500].encode("utf-8", "replace").decode()
