"""An audience as a spreadsheet: streamed, on record, and safe to open.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
injection). Telephones are masked unless the reader may see them and asked for them.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from yutang.audiences import _people, _saving
from yutang.audiences._people import Sighting
from yutang.audiences.models import Audience
from yutang.customers import service as customers
from yutang.customers.service import Listed
from yutang.kit.i18n import Text
from yutang.workspaces.service import Member, NotAllowed, record_audit

__all__ = ["export_csv"]

_AT_ONCE = 2_000
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as Latin letters
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_HEADINGS = (
    Text("客户编号", "Customer"),
    Text("姓名", "Name"),
    Text("手机", "Phone"),
    Text("性别", "Gender"),
    Text("省", "Province"),
    Text("市", "City"),
    Text("来源", "Source"),
    Text("入会时间", "Member since"),
    Text("进入人群时间", "In the audience since"),
)


def export_csv(member: Member, audience_id: int, *, reveal: bool, now: datetime) -> Iterator[bytes]:
    """Return an audience as CSV, piece by piece: those the member may see, on record before the first.

    :raises NotFound, NotAllowed:
    """
    audience = _saving.found(member.workspace, audience_id)
    if reveal and not member.may("customers.unmask"):
        raise NotAllowed(permission="customers.unmask")
    record_audit(
        member.workspace,
        member.actor,
        "audiences.exported",
        f"audience:{audience.pk}",
        detail={
            "name": audience.name,
            "customers": _people.count(member, audience),
            "revealed": reveal,
        },
        now=now,
    )
    # Said now: while the pieces are read, nobody knows any more in which language was asked.
    headings = [heading.said() for heading in _HEADINGS]
    choices = customers.attributes_of(member.workspace)["gender"].choices
    genders = {value: label.said() for value, label in choices.items()}
    return _pieces(member, audience, headings, genders, reveal=reveal)


def _pieces(
    member: Member,
    audience: Audience,
    headings: Sequence[str],
    genders: Mapping[str, str],
    *,
    reveal: bool,
) -> Iterator[bytes]:
    zone = ZoneInfo(member.workspace.time_zone)
    yield _written([headings], begin=_BYTE_ORDER_MARK)
    for some in _people.all_in(member, audience, at_once=_AT_ONCE):
        lines = customers.lines_of(member, [each.customer_id for each in some], reveal=reveal)
        yield _written(
            [
                _row(lines[each.customer_id], each, genders, zone)
                for each in some
                if each.customer_id in lines
            ]
        )


def _row(line: Listed, sighting: Sighting, genders: Mapping[str, str], zone: ZoneInfo) -> list[str]:
    customer = line.customer
    joined = customer.joined_at.astimezone(zone) if customer.joined_at else None
    return [
        str(customer.pk),
        customer.name,
        line.phone.removeprefix("+86"),
        genders.get(customer.gender, customer.gender),
        customer.province,
        customer.city,
        customer.source,
        f"{joined:%Y-%m-%d %H:%M:%S}" if joined else "",
        f"{sighting.since.astimezone(zone):%Y-%m-%d %H:%M:%S}",
    ]


def _written(rows: Sequence[Sequence[str]], *, begin: str = "") -> bytes:
    piece = io.StringIO()
    piece.write(begin)
    csv.writer(piece).writerows([_harmless(cell) for cell in row] for row in rows)
    return piece.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
