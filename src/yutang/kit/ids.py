"""Identifiers that sort by time, so that an index on them grows at one end."""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

__all__ = ["time_ordered_id", "time_ordered_id_from", "time_ordered_texts"]


def time_ordered_id() -> UUID:
    """Return a UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then chance."""
    return time_ordered_id_from(time.time_ns() // 1_000_000, os.urandom(10))


def time_ordered_id_from(unix_ms: int, rest: bytes) -> UUID:
    """Return a version 7 UUID of this instant whose other bits come from `rest` (10 bytes).

    With a digest of the content as `rest`, the same content at the same instant has the same id.
    """
    value = (unix_ms & (1 << 48) - 1) << 80 | int.from_bytes(rest[:10], "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)


def time_ordered_texts(count: int, now: datetime) -> Iterator[str]:
    """Yield version 7 UUIDs of this instant, as text: made by hand, a tenth of the cost of objects."""
    stamp = f"{int(now.timestamp() * 1000):012x}"
    chance = os.urandom(9 * count).hex()
    for n in range(0, 18 * count, 18):
        bits = chance[n : n + 18]
        yield f"{stamp[:8]}-{stamp[8:]}-7{bits[:3]}-8{bits[3:6]}-{bits[6:]}"
