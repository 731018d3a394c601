"""All corps and their clock, kept in one file that is replaced as a whole."""

import os
from pathlib import Path

import msgspec

from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.columns import pack, unpack
from yutang_sandbox.world.corp import Corp

_encoder = msgspec.msgpack.Encoder(enc_hook=pack)


class World(msgspec.Struct, dict=True):
    """What is kept; tokens and deliveries under way are not."""

    clock: Clock = msgspec.field(default_factory=Clock)
    corps: dict[str, Corp] = {}

    def save(self, path: Path) -> None:
        """Write everything beside the file, then put it in its place: a crash leaves the old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)  # secrets of apps are in it
        with fresh.open("wb") as file:
            file.write(_encoder.encode(self))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def load(path: Path) -> World:
    """Return what was kept, or a world nobody lives in yet."""
    if not path.exists():
        return World()
    return msgspec.msgpack.decode(path.read_bytes(), type=World, dec_hook=unpack)
