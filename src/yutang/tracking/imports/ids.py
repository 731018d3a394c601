"""The id and the digest of each row: what makes the same file twice count nothing twice.

An id that a column gives is kept if it is a UUID; any other text always becomes the same UUID. Without such
a column the id is derived from the line and what stands in it, time-ordered (version 7), so that the
ledger of ids grows at one end.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
import polars as pl

from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.readers import Block

__all__ = ["derived_ids", "digests_of", "mapping_digest", "named_ids", "time_ordered_ids"]

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def named_ids(given: pl.Series, source: str) -> pl.Series:
    """Return the ids that a column gives; null stays null."""
    salt = source.encode()[:64]
    return pl.Series(
        "id", [None if each is None else _named(each, salt) for each in given], dtype=pl.String
    )


def _named(given: str, salt: bytes) -> str:
    lower = given.lower()
    if _UUID.fullmatch(lower):
        return lower
    digest = blake2b(given.encode(), digest_size=16, key=salt).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:]}"


def derived_ids(block: Block, instants: pl.Series, source: str, *, with_lines: bool) -> pl.Series:
    """Return `kit.ids.time_ordered_id_from(instant, blake2b(source, line, content))`, as text.

    Written out over whole columns: making UUID objects would cost more than all the rest.
    """
    said = block.frame.get_columns()
    if with_lines:
        said = [*said, block.lines]
    rest = _hashed(said, 10, source.encode()[:64]).reshape(-1, 10)
    return time_ordered_ids(instants.fill_null(0).to_numpy(), rest)


def time_ordered_ids(stamps: Numbers, rest: Bytes) -> pl.Series:
    """Return version 7 UUIDs as text: of each instant (Unix ms), and ten bytes that tell them apart."""
    bits = np.empty((len(rest), 16), dtype=np.uint8)
    bits[:, :6] = stamps.astype(">i8").view(np.uint8).reshape(-1, 8)[:, 2:]
    bits[:, 6:] = rest
    bits[:, 6] = bits[:, 6] & 0x0F | 0x70
    bits[:, 8] = bits[:, 8] & 0x3F | 0x80
    digits = bits.tobytes().hex()
    hexes = pl.Series(
        "id", [digits[n : n + 32] for n in range(0, len(digits), 32)], dtype=pl.String
    )
    cuts = ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))
    return pl.select(
        pl.concat_str([pl.lit(hexes).str.slice(*cut) for cut in cuts], separator="-").alias("id")
    ).to_series()


def digests_of(said: Sequence[pl.Series]) -> pl.Series:
    """Return 64 bits of what each row says."""
    return pl.Series("digest", _hashed(said, 8, b"").view(np.int64))


def mapping_digest(mapping: ImportMapping) -> int:
    """Return 64 bits of how rows are read: of everything but how the file is written."""
    read = mapping.model_dump(mode="json", exclude={"format", "identical_rows"})
    written = msgspec.json.encode(read, order="deterministic")
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "big", signed=True)


def _hashed(columns: Sequence[pl.Series], size: int, key: bytes) -> Bytes:
    texts = [
        (each.list.join("\x1d") if isinstance(each.dtype, pl.List) else each)
        .cast(pl.String)
        .fill_null("\x1e")
        .alias(str(place))
        for place, each in enumerate(columns)
    ]
    joined = pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()
    raw = b"".join([blake2b(each.encode(), digest_size=size, key=key).digest() for each in joined])
    return np.frombuffer(raw, dtype=np.uint8)
