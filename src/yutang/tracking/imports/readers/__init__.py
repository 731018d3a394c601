"""Opens a file as blocks of rows, whatever its format; memory stays bounded by the block, which ends at
so many rows or characters, whichever comes first.

    with open_source(path, FileFormat()) as source:
        source.columns                      # ["手机", "下单时间", …]
        for block in source.blocks(skip=0): # frame, lines, refused lines, bytes read
            …

`skip` leaves out rows already dealt with, so that a reader can start where a killed one stopped.
"""

from collections.abc import Callable
from pathlib import Path

from yutang.tracking.imports.readers.columnar import open_parquet
from yutang.tracking.imports.readers.excel import open_excel
from yutang.tracking.imports.readers.jsonl import open_jsonl
from yutang.tracking.imports.readers.sniffing import sniff
from yutang.tracking.imports.readers.source import (
    BLOCK_ROWS,
    BadLine,
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    HeaderDoubtful,
    Source,
)
from yutang.tracking.imports.readers.text import open_text

__all__ = [
    "BLOCK_ROWS",
    "BadLine",
    "Block",
    "EmptyFile",
    "FileFormat",
    "FileUnreadable",
    "HeaderDoubtful",
    "Source",
    "open_source",
    "sniff",
]

_OPENERS: dict[str, Callable[[Path, FileFormat], Source]] = {
    "csv": open_text,
    "words": open_text,
    "excel": open_excel,
    "parquet": open_parquet,
    "jsonl": open_jsonl,
}


def open_source(path: Path, form: FileFormat | None = None) -> Source:
    """Open a file; what the format leaves open is found out from its first bytes.

    :raises EmptyFile, FileUnreadable:
    """
    settled = sniff(path, form or FileFormat())
    return _OPENERS[settled.kind or "csv"](path, settled)
