"""What goes wrong on request."""

import asyncio
import random

import msgspec

from yutang_sandbox.errors import Refused


class Trouble(msgspec.Struct):
    """Calls of `api` (`*`: any) meet `code` or the HTTP status `http`, or wait; `times` 0: always."""

    api: str = "*"
    code: int = 0
    http: int = 0
    delay_ms: int = 0
    times: int = 0
    share: float = 1.0


class CallbackTrouble(msgspec.Struct):
    """Shares of callbacks that are lost, sent twice, held until the next one has gone, or late."""

    lost: float = 0.0
    doubled: float = 0.0
    reordered: float = 0.0
    late: float = 0.0
    late_seconds: float = 30.0


class Broken(Exception):
    """The platform answers with an HTTP status and no JSON."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Faults:
    """The troubles of one corp; not kept over a restart."""

    def __init__(self, seed: int = 0) -> None:
        self.calls: list[Trouble] = []
        self.callbacks = CallbackTrouble()
        self.dice = random.Random(seed)  # noqa: S311 - troubles, repeatable by their seed

    async def meet(self, path: str) -> None:
        """Let a call meet its trouble.

        :raises Refused: with the error code asked for
        :raises Broken: with the HTTP status asked for
        """
        for trouble in list(self.calls):
            if trouble.api not in {"*", path} or self.dice.random() >= trouble.share:
                continue
            if trouble.times:
                trouble.times -= 1
                if not trouble.times:
                    self.calls.remove(trouble)
            if trouble.delay_ms:
                await asyncio.sleep(trouble.delay_ms / 1000)
            if trouble.http:
                raise Broken(trouble.http)
            if trouble.code:
                raise Refused(trouble.code)

    def happens(self, share: float) -> bool:
        return share > 0 and self.dice.random() < share
