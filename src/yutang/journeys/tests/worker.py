"""A process that listens and moves people without rest, and sends what the gate let through, to be killed.

python -m yutang.journeys.tests.worker
"""

import os
import threading
import time
from collections.abc import Callable

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from yutang.journeys import service as journeys  # noqa: E402
from yutang.journeys.engine import effects  # noqa: E402
from yutang.journeys.tests import builders  # noqa: E402,F401  declares what is done here
from yutang.kit import clock  # noqa: E402
from yutang.reach import service as reach  # noqa: E402

effects._FIRST_TRY_AFTER = 0.1


def for_ever(beat: Callable[[], bool]) -> None:
    while True:
        try:
            if not beat():
                time.sleep(0.02)
        except Error:
            connection.close()  # it was cut; there is another


if __name__ == "__main__":
    for beat in (
        lambda: journeys.advance(clock.now, at_most=40),
        lambda: journeys.advance(clock.now, at_most=7),
        lambda: journeys.listen(now=clock.now()),
        reach.dispatch_due,
        reach.dispatch_due,
    ):
        threading.Thread(target=for_ever, args=(beat,), daemon=True).start()
    os.write(1, b"ready\n")
    threading.Event().wait()
