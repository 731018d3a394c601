"""A static list from a file: one person a line, by number or by identity.

    手机,会员号
    138 0013 8000,
    ,M2048

The first line names the columns: `customer_id`, or kinds of identity as they are called in either
language or in the API. Nobody is made: who is not known is counted and left out.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from yutang.audiences import _lists
from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["ListNotReadable", "ListTooLong", "put_on_from_file"]

_MOST_LINES = 500_000
_AT_ONCE = 20_000
_ALSO = {"手机": "phone", "电话": "phone", "mobile": "phone", "会员卡号": "member_no"}
_BY_NUMBER = ("customer_id", "customer", "客户编号", "客户id")


class ListNotReadable(DomainError):
    """The file is no text, or its first line names no column we know."""

    status = 422
    zh = "看不懂这个文件的第一行：{came}。首行要写列名，可以用 {expected}。"
    en = "The first line of the file is not understood: {came}. It names the columns: {expected}."


class ListTooLong(DomainError):
    """More lines than one upload may have."""

    status = 422
    zh = "一次最多上传 {most} 行。请把文件拆开。"
    en = "One upload has at most {most} lines. Split the file."


def put_on_from_file(
    member: Member, audience_id: int, content: bytes, *, now: datetime
) -> _lists.ListChange:
    """Put everybody a CSV file names on a static list, all or, when it cannot be read, nobody.

    :raises NotFound, Archived, NotStatic, Refreshing, ListNotReadable, ListTooLong:
    """
    rows = list(csv.reader(io.StringIO(_text(content), newline="")))
    if len(rows) > _MOST_LINES + 1:
        raise ListTooLong(most=_MOST_LINES)
    columns = _columns(member.workspace, rows[0] if rows else [])
    found: list[int] = []
    unknown = 0
    for some in _people(columns, rows[1:]):
        numbers = _numbers(member.workspace, some)
        found += [number for number in numbers if number]
        unknown += sum(not number for number in numbers)
    outcome = _lists.put_on(member, audience_id, found, now=now)
    return _lists.ListChange(
        outcome.changed, outcome.unchanged, outcome.unknown + unknown, outcome.count
    )


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise ListNotReadable(came="…", expected="customer_id, phone")


def _columns(workspace: Workspace, first: Sequence[str]) -> list[str]:
    """Return what each column is: `customer_id`, the name of a kind of identity, or nothing."""
    known = dict.fromkeys(_BY_NUMBER, "customer_id") | _ALSO
    for kind in customers.identity_kinds(workspace):
        known |= dict.fromkeys((kind.name, kind.label.zh, kind.label.en.lower()), kind.name)
    found = [
        known.get(name, name if name.partition(":")[0] in known else "")
        for name in (cell.strip().lower() for cell in first)
    ]
    if not any(found):
        expected = ["customer_id", *(kind.name for kind in customers.identity_kinds(workspace))]
        raise ListNotReadable(came=",".join(first)[:80] or "∅", expected=", ".join(expected[:8]))
    return found


def _people(
    columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[list[dict[str, str]]]:
    people = [
        {
            name: cell.strip()
            for name, cell in zip(columns, row, strict=False)
            if name and cell.strip()
        }
        for row in rows
    ]
    people = [person for person in people if person]
    for start in range(0, len(people), _AT_ONCE):
        yield people[start : start + _AT_ONCE]


def _numbers(workspace: Workspace, people: Sequence[Mapping[str, str]]) -> list[int]:
    """Return whose each line is; 0 where nobody is known by it."""
    named = [
        {name: value for name, value in person.items() if name != "customer_id"}
        for person in people
    ]
    by_identity = customers.find_people(workspace, named)
    return [
        _number(person["customer_id"]) if "customer_id" in person else found
        for person, found in zip(people, by_identity, strict=True)
    ]


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 10 else 0
