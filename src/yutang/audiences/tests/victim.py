"""Processes that are killed in the middle of a run: `python -m yutang.audiences.tests.victim FILE`.

One makes a workspace and an audience for each point; one for each point refreshes (or judges) that
audience and kills itself with SIGKILL there; the last mends what was left, and writes what both
stores then hold into the file.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)
PEOPLE = 400
FULL_POINTS = (
    "record_difference",
    "settle",
    "write_members",
    "half of write_events",
    "write_events",
)
GIVEN_POINTS = ("given settle", "given member_changes", "given members", "given events")
POINTS = FULL_POINTS + GIVEN_POINTS


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner: Any, name: str) -> None:
    """Let the process die when `owner.name` has done its work."""
    original: Callable[..., Any] = getattr(owner, name)

    def fatal(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)
        die()

    setattr(owner, name, fatal)


def after_command(statement: str, *, half: bool = False) -> None:
    from yutang.audiences._runs import SQL
    from yutang.engines import Warehouse

    original = Warehouse.command

    def command(self: Warehouse, sql: str, *args: Any, **kwargs: Any) -> None:
        mine = sql.split("(/*condition*/", maxsplit=1)[0][:60] == SQL[statement][:60]
        if mine and half:
            sql = sql.replace(
                "FROM member_changes\nWHERE", "FROM member_changes\nWHERE customer % 2 = 0 AND"
            )
        original(self, sql, *args, **kwargs)
        if mine:
            die()

    Warehouse.command = command  # type: ignore[method-assign]


def after_insert(table: str) -> None:
    from yutang.engines import Warehouse

    original = Warehouse.insert_lines

    def insert_lines(self: Warehouse, into: str, *args: Any, **kwargs: Any) -> None:
        original(self, into, *args, **kwargs)
        if into == table:
            die()

    Warehouse.insert_lines = insert_lines  # type: ignore[method-assign]


def prepare() -> list[int]:
    from yutang.audiences import service as audiences
    from yutang.audiences.tests.builders import favourites
    from yutang.engines import warehouse
    from yutang.events import service as events
    from yutang.workspaces.models import Workspace

    house = Workspace.objects.create(name="Tea House", slug="tea-house")
    warehouse().command(
        "INSERT INTO profiles (workspace, customer, created_at, version)"
        " SELECT {workspace:UInt32}, number + 1, '2024-01-01', 1 FROM numbers({people:UInt32})",
        {"workspace": house.pk, "people": PEOPLE},
    )
    new = [
        events.NewEvent(type="favorite", customer=each, occurred_at=NOON - timedelta(days=3))
        for each in range(1, PEOPLE + 1)
    ]
    events.record(house, new, now=NOON)
    events.drain()
    made = []
    for point in POINTS:
        draft = audiences.Draft(name=point, condition=favourites())
        audience = audiences.make(house, draft, owner=None, actor="user:1", now=NOON)
        made.append(audience.pk)
        if point in GIVEN_POINTS:
            audiences.refresh(house, audience.pk, now=NOON)
    return made


def be_killed(audience_id: int, point: str) -> None:
    from yutang.audiences import _runs
    from yutang.audiences import service as audiences
    from yutang.audiences.models import Audience, AudienceTouch
    from yutang.audiences.tests.builders import did, known

    audience = Audience.objects.get(pk=audience_id)
    if point in FULL_POINTS:
        if point == "settle":
            after(_runs, "settle")
        else:
            half = point.startswith("half of ")
            after_command(point.removeprefix("half of "), half=half)
        audiences.refresh(audience.workspace, audience_id, now=NOON)
        return
    newcomer = PEOPLE + 1 + POINTS.index(point)
    known(audience.workspace, newcomer)
    later = NOON + timedelta(minutes=newcomer)
    did(audience.workspace, newcomer, at=later)
    AudienceTouch.objects.create(
        workspace=audience.workspace, audience=audience, customers=[newcomer]
    )
    target = point.removeprefix("given ")
    if target == "settle":
        after(_runs, "settle")
    else:
        after_insert(target)
    audiences.judge_waiting(now=later, budget=5)


def report() -> dict[str, dict[str, object]]:
    from yutang.audiences import service as audiences
    from yutang.audiences.models import Audience, AudienceTouch, MembershipRun
    from yutang.audiences.tests.builders import customers_in, told
    from yutang.engines import warehouse

    mended = audiences.recover(now=NOON)
    found: dict[str, dict[str, object]] = {}
    for audience in Audience.objects.select_related("workspace").order_by("pk"):
        if audience.name in FULL_POINTS:
            audiences.refresh(audience.workspace, audience.pk, now=NOON + timedelta(seconds=1))
        bound = {"workspace": audience.workspace_id, "audience": audience.pk}
        audience.refresh_from_db()
        found[audience.name] = {
            "members": len(customers_in(audience)),
            "count": audience.count,
            "busy": audience.busy,
            "events": len(told(audience)),
            "told": len({customer for _, customer, _ in told(audience)}),
            "timeline": warehouse().value(
                "SELECT count() FROM timeline WHERE workspace = {workspace:UInt32}"
                " AND content = toString({audience:UInt32})",
                bound,
            ),
            "changes": warehouse().value(
                "SELECT count() FROM member_changes WHERE workspace = {workspace:UInt32}"
                " AND audience = {audience:UInt32}",
                bound,
            ),
        }
    AudienceTouch.objects.all().delete()
    found["all"] = {"mended": mended, "runs": MembershipRun.objects.count()}
    return found


def apart(act: Callable[[], object], answer: Path) -> int:
    """Do something in a child of this process; return how it ended.

    This process never opens the warehouse, which no child of an opener could use.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    answer.write_text(json.dumps(act()))
    from yutang.engines import warehouse

    warehouse().close()
    os._exit(0)


def main() -> None:
    import django

    django.setup()
    answer = Path(sys.argv[1])
    assert apart(prepare, answer) == 0
    for audience, point in zip(json.loads(answer.read_text()), POINTS, strict=True):
        ended = apart(partial(be_killed, audience, point), answer)
        assert ended == -signal.SIGKILL, (point, ended)
    assert apart(report, answer) == 0


if __name__ == "__main__":
    main()
