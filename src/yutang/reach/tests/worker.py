"""A process that sends what is due without rest, to be killed.

python -m yutang.reach.tests.worker
"""

import os
import threading
import time

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from yutang.reach import service as reach  # noqa: E402


def for_ever() -> None:
    while True:
        try:
            if not reach.dispatch_due():
                time.sleep(0.02)
        except Error:
            connection.close()  # it was cut; there is another


if __name__ == "__main__":
    for _ in range(2):
        threading.Thread(target=for_ever, daemon=True).start()
    os.write(1, b"ready\n")
    threading.Event().wait()
