"""One block of a file into the stores: its good rows, its bad rows and the checkpoint, all or nothing."""

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl
from django.db import connection, transaction
from django.db.models import F

from yutang.customers import service as customers
from yutang.events import service as events
from yutang.events.service import NewEvent, Shape
from yutang.kit.i18n import Text, speaking
from yutang.tracking.imports.event_rows import EventRows, Problems, event_rows
from yutang.tracking.imports.mapping import ImportMapping
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.readers import BadLine, Block
from yutang.workspaces.models import Workspace

__all__ = ["MOST_BAD_ROWS", "Prepared", "Taken", "judge", "prepare", "take"]

MOST_BAD_ROWS = 1_000_000  # kept for download; those beyond are only counted

_CONFLICT = Text(
    "这个编号的事件已经记录过，内容和这一行不同",
    "An event of this id was recorded before, with other content than this line",
)
_ERASED = Text("这位客户已要求删除个人数据", "This customer's data were erased at their request")


@dataclass(frozen=True)
class Prepared:
    """A block whose rows have been read: no store was asked yet."""

    block: Block
    rows: EventRows
    now: datetime


@dataclass
class Taken:
    """What became of a block: how many are new, which places were known, which lines are bad."""

    accepted: int = 0
    known: set[int] = field(default_factory=set)
    bad: list[BadLine] = field(default_factory=list)


def prepare(block: Block, mapping: ImportMapping, *, now: datetime) -> Prepared:
    """Read the rows of a block: the part of the work that needs no store."""
    return Prepared(block, event_rows(block, mapping, now=now), now)


def take(it: Import, prepared: Prepared) -> Taken:
    """Take a block in and move the checkpoint, in one transaction.

    Rows that were taken before (by an earlier import of the same lines) are counted as known.
    """
    block = prepared.block
    with transaction.atomic():
        taken = judge(it, prepared)
        _keep_bad(it, taken.bad)
        read = taken.accepted + len(taken.known) + len(taken.bad)
        moved = Import.objects.filter(pk=it.pk, rows_read=block.rows_read - read).update(
            rows_read=block.rows_read,
            rows_in=F("rows_in") + taken.accepted,
            rows_known=F("rows_known") + len(taken.known),
            rows_bad=F("rows_bad") + len(taken.bad),
            bytes_read=block.bytes_read,
        )
        if not moved:
            raise RuntimeError("the checkpoint moved while a block was being taken")
    return taken


def judge(it: Import, prepared: Prepared) -> Taken:
    """Take the rows of a block in, inside the caller's transaction."""
    block, rows = prepared.block, prepared.rows
    shapes = _shapes(it.workspace, rows, now=prepared.now)
    taken = _events(it, rows, shapes, now=prepared.now)
    taken.bad = [*block.bad, *_bad_lines(block, rows.problems)]
    return taken


def _shapes(workspace: Workspace, rows: EventRows, *, now: datetime) -> list[Shape | None]:
    """Sort each row's properties by the catalogue; what contradicts it becomes the row's problem."""
    problems = rows.problems
    sound = [
        row
        for row, name in enumerate(rows.types)
        if name is not None and row not in problems.by_row
    ]
    judged = events.shape_all(
        workspace,
        [(rows.types[row] or "", rows.properties[row]) for row in sound],
        now=now,
    )
    shapes: list[Shape | None] = [None] * len(rows.types)
    for row, shape in zip(sound, judged, strict=True):
        if isinstance(shape, list):
            for wrong in shape:
                came_zh = f"，这里是“{wrong.came}”" if wrong.came else ""
                came_en = f"; here is “{wrong.came}”" if wrong.came else ""
                problems.add(
                    row,
                    Text(
                        f"{wrong.field}：{wrong.what.zh}{came_zh}",
                        f"{wrong.field}: {wrong.what.en}{came_en}",
                    ),
                )
        else:
            shapes[row] = shape
    return shapes


def _events(it: Import, rows: EventRows, shapes: Sequence[Shape | None], *, now: datetime) -> Taken:
    places = [row for row, shape in enumerate(shapes) if shape is not None]
    who = _resolved(it, [rows.persons[row] for row in places], now=now)
    new, kept = [], []
    for row, person in zip(places, who, strict=True):
        if isinstance(person, Text):
            rows.problems.add(row, person)
        else:
            new.append(_event(rows, row, shapes[row], person))
            kept.append(row)
    recorded = events.record(it.workspace, new, now=now)
    for place in recorded.conflicts:
        rows.problems.add(kept[place], _CONFLICT)
    return Taken(recorded.accepted, {kept[place] for place in recorded.duplicates})


def _event(rows: EventRows, row: int, shape: Shape | None, person: tuple[int, int]) -> NewEvent:
    assert shape is not None
    known = {name: cells[row] or "" for name, cells in rows.well_known.items()}
    return NewEvent(
        type=rows.types[row] or "",
        customer=person[0],
        origin=person[1],
        id=rows.ids[row],
        occurred_at=rows.instants[row],
        amount=rows.amounts[row] or 0,
        content=known.get("content", ""),
        campaign=known.get("campaign", ""),
        source=known.get("source")
        or "import",  # the same for every import: it is part of what an id stands for
        texts=shape.texts,
        numbers=shape.numbers,
        lists=shape.lists,
        who=rows.persons[row],
    )


def _resolved(
    it: Import, persons: Sequence[ReadOnly[str, object]], *, now: datetime
) -> list[tuple[int, int] | Text]:
    """Return the customer and origin of each person, or why there is none; each person asked once."""
    places: dict[tuple[tuple[str, object], ...], int] = {}
    order = [places.setdefault(tuple(person.items()), len(places)) for person in persons]
    people = [{name: str(value) for name, value in key} for key in places]
    if not people:
        return []
    workspace, source = it.workspace, f"import:{it.pk}"
    answers = customers.resolve(workspace, people, source=source, now=now)
    answered: list[tuple[int, int] | Text] = [
        (each.customer_id, each.origin_id) if each.customer_id else _ERASED for each in answers
    ]
    wrong = [place for place, each in enumerate(answers) if each.problem is not None]
    if wrong:
        # Refusals speak the reader's language; bad rows are kept in both.
        said = {}
        for spoken in ("zh", "en"):
            with speaking(spoken):  # type: ignore[arg-type]
                again = customers.resolve(
                    workspace, [people[place] for place in wrong], source=source, now=now
                )
                said[spoken] = [_said(each.problem) for each in again]
        for place, zh, en in zip(wrong, said["zh"], said["en"], strict=True):
            answered[place] = Text(zh, en)
    return [answered[place] for place in order]


def _said(problem: object) -> str:
    name = str(getattr(problem, "field", "")).removeprefix("customer.")
    came = getattr(problem, "came", None)
    return f"{name}{f' “{came}”' if came else ''}: {getattr(problem, 'message', '')}"


def _bad_lines(block: Block, problems: Problems) -> list[BadLine]:
    if not problems.by_row:
        return []
    places = sorted(problems.by_row)
    lines = block.lines.gather(places).to_list()
    contents = (
        block.frame[places]
        .select(pl.concat_str(pl.all().cast(pl.String, strict=False).fill_null(""), separator=","))
        .to_series()
        .str.slice(0, 500)
    )
    return [
        BadLine(
            line,
            Text(
                "；".join(each.zh for each in problems.by_row[place]),
                "; ".join(each.en for each in problems.by_row[place]),
            ),
            content,
        )
        for place, line, content in zip(places, lines, contents, strict=True)
    ]


def _keep_bad(it: Import, bad: Sequence[BadLine]) -> None:
    bad = bad[: max(MOST_BAD_ROWS - it.rows_bad, 0)]
    if not bad:
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY tracking_badrow (workspace_id, import_of_id, line, zh, en, content) FROM STDIN"
        ) as copy,
    ):
        for line, reason, content in bad:
            clean = content.replace("\0", "\\0")
            copy.write_row((it.workspace_id, it.pk, line, reason.zh, reason.en, clean))
