"""A process that records and drains without rest, to be killed: each acknowledged id is a line it prints.

python -m yutang.events.tests.writer record|drain|show WORKSPACE
"""

import os
import sys
import threading
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402

from yutang.engines import warehouse  # noqa: E402
from yutang.engines.migrate import migrate_warehouse  # noqa: E402
from yutang.events import service as events  # noqa: E402
from yutang.events.service import NewEvent  # noqa: E402
from yutang.kit.clock import now  # noqa: E402
from yutang.workspaces.models import Workspace  # noqa: E402


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def drain_for_ever() -> None:
    while True:
        events.drain()


def record_for_ever(house: Workspace) -> None:
    threading.Thread(target=drain_for_ever, daemon=True).start()
    again: list[NewEvent] = []
    while True:
        fresh = [NewEvent(type=f"type_{n % 5}", customer=n + 1, id=str(uuid4())) for n in range(40)]
        events.record(house, [*fresh, *again], now=now())
        say("\n".join(each.id for each in fresh))
        again = fresh[:10]  # a client that did not hear the answer sends some again


def show(house: Workspace) -> None:
    while events.spooled():
        events.drain()
    for table in ("events", "timeline"):
        sql = f"SELECT toString(id) FROM {table} WHERE workspace = {{workspace:UInt32}}"
        for (found,) in warehouse().rows(sql, {"workspace": house.pk}):
            say(f"{table} {found}")


if __name__ == "__main__":
    what, number = sys.argv[1:]
    tea_house = Workspace(pk=int(number))
    migrate_warehouse(warehouse())
    say("ready")
    record_for_ever(tea_house) if what == "record" else show(tea_house)
    connection.close()
    warehouse().close()
