"""The id and the digest of each row: what makes the same file twice count nothing twice.

An id that a column gives is kept if it is a UUID; any other text always becomes the same UUID. Without such
a column the id is derived from what stands in the row and, where rows say the same, from how many did
before (`Derived`): wherever a row stands in a later export, it is the same event. Ids are time-ordered
(version 7), so that the ledger of ids grows at one end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from yutang.kit.late import late
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.readers import Block

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
else:
    np = late("numpy")
    pl = late("polars")


__all__ = ["Derived", "digests_of", "mapping_digest", "named_ids", "time_ordered_ids"]

Bytes: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"
Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
_IMPORT = 0xFFFF_FFFF  # the half of a receipt's digest that says which import had the row last
_REST = 10  # bytes of a version 7 UUID behind its instant

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


class Derived:
    """Ids of a block's rows, told apart by their number among rows that say the same.

    Within the block the first is number 0. Rows of which the import had some before it came to this
    block are given `further` numbers, after the last that the block has used.
    """

    def __init__(
        self,
        block: Block,
        instants: pl.Series,
        source: str,
        *,
        read: int,
        are_distinct: bool,
    ) -> None:
        said = _hashed(block.frame.get_columns(), _REST, source.encode()[:64])
        self._said = pl.Series(
            "said", [said[n : n + _REST] for n in range(0, len(said), _REST)], dtype=pl.Binary
        )
        self._stamps = instants.fill_null(0).to_numpy()
        self._read = read
        self.are_distinct = are_distinct
        # Mostly no two rows of a block say the same, and counting them costs much more than looking.
        if are_distinct and self._said.n_unique() < len(self._said):
            rows = pl.DataFrame({"said": self._said})
            numbers = rows.select(pl.int_range(pl.len()).over("said")).to_series()
        else:
            numbers = pl.repeat(0, len(self._said), dtype=pl.Int64, eager=True)
        self.ids = self._ids(pl.Series("place", range(len(self._said)), dtype=pl.UInt32), numbers)
        self._used: Counter[bytes] = Counter()  # numbers that are taken; counted when first needed

    def digest(self, import_id: int) -> int:
        """Return what the ledger holds these ids to: how rows are read, and which import had them last."""
        return self._read & ~_IMPORT | import_id & _IMPORT

    def further(self, places: pl.Series) -> pl.Series:
        """Return other ids for these rows: those of the next numbers."""
        if not self._used:
            self._used.update(self._said)
        numbers = []
        for said in self._said.gather(places):
            numbers.append(self._used[said])
            self._used[said] += 1
        return self._ids(places, pl.Series("number", numbers, dtype=pl.Int64))

    def _ids(self, places: pl.Series, numbers: pl.Series) -> pl.Series:
        """Return the UUID of each row and number; number 0 is the digest of what it says as it is."""
        rest = np.frombuffer(b"".join(self._said.gather(places)), dtype=np.uint8)
        rest = rest.reshape(-1, _REST).copy()
        for row in (numbers > 0).arg_true():
            numbered = blake2b(
                int(numbers[row]).to_bytes(8), digest_size=_REST, key=rest[row].tobytes()
            )
            rest[row] = np.frombuffer(numbered.digest(), dtype=np.uint8)
        return time_ordered_ids(self._stamps[places.to_numpy()], rest)


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
    return pl.Series("digest", np.frombuffer(_hashed(said, 8, b""), dtype=np.int64))


def mapping_digest(mapping: ImportMapping) -> int:
    """Return 64 bits of how rows are read: of everything but how the file is written."""
    read = mapping.model_dump(mode="json", exclude={"format", "identical_rows"})
    written = msgspec.json.encode(read, order="deterministic")
    return int.from_bytes(blake2b(written, digest_size=8).digest(), "big", signed=True)


def _hashed(columns: Sequence[pl.Series], size: int, key: bytes) -> bytes:
    """Return so many bytes for each row, one after the other."""
    texts = [
        (each.list.join("\x1d") if isinstance(each.dtype, pl.List) else each)
        .cast(pl.String)
        .fill_null("\x1e")
        .alias(str(place))
        for place, each in enumerate(columns)
    ]
    joined = pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()
    begun = blake2b(digest_size=size, key=key).copy  # a copy costs half of what beginning anew does
    digests = []
    for each in joined.cast(pl.Binary).to_list():
        digest = begun()
        digest.update(each)
        digests.append(digest.digest())
    return b"".join(digests)
