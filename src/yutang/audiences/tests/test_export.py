"""An export holds whom the member may see, masked unless she may see more, harmless to open, on record."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yutang.audiences import service as audiences
from yutang.audiences.tests.builders import known
from yutang.customers import service as customers
from yutang.customers.tests.builders import who
from yutang.kit.clock import now
from yutang.workspaces.models import AuditRecord, Role
from yutang.workspaces.service import Member, NotAllowed, Scope, ScopeKind
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def member() -> Member:
    return a_member(a_workspace())


def a_list(hua: Asker, content: bytes) -> tuple[int, dict]:
    guests = hua.post("/audiences", {"name": "名单"}).json()["id"]
    file = SimpleUploadedFile("名单.csv", content, content_type="text/csv")
    response = hua.upload(f"/audiences/{guests}/members/upload", {"file": file})
    return guests, response.json()


def rows(response: object) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_names_people_by_number_and_by_identity(member: Member, encoding: str) -> None:
    hua = as_member(member)
    first, second = (who(member.workspace, phone=f"1380013800{each}") for each in range(2))
    lines = f"手机,客户编号,备注\n138-0013-8000,,老客\n,{second},\n13900000000,,没见过\n,,\n"

    _, outcome = a_list(hua, lines.encode(encoding))

    assert outcome == {"changed": 2, "unchanged": 0, "unknown": 1, "count": 2}
    assert first != second


def test_a_file_whose_columns_nobody_knows_is_refused_and_puts_nobody_on(member: Member) -> None:
    guests, refused = a_list(as_member(member), b"moon,stars\n1,2\n")

    assert refused["code"] == "audiences.list_not_readable"
    assert "moon,stars" in refused["detail"]
    assert audiences.found(member.workspace, guests).count == 0


def test_an_export_is_masked_harmless_and_on_record(member: Member) -> None:
    hua = as_member(member)
    person = who(member.workspace, phone="13800138000")
    customers.change(member, person, {"name": "=HYPERLINK(1)", "gender": "female"}, now=now())
    guests, _ = a_list(hua, b"phone\n13800138000\n")

    masked = rows(hua.get(f"/audiences/{guests}/export"))
    revealed = rows(hua.get(f"/audiences/{guests}/export?reveal=true"))

    assert masked[0][:3] == ["客户编号", "姓名", "手机"]
    assert masked[1][:3] == [str(person), "'=HYPERLINK(1)", "138****8000"]
    assert masked[1][3] == "女"
    assert revealed[1][2] == "13800138000"
    records = AuditRecord.objects.filter(workspace=member.workspace, action="audiences.exported")
    assert [each.detail for each in records.order_by("pk")] == [
        {"name": "名单", "customers": 1, "revealed": False},
        {"name": "名单", "customers": 1, "revealed": True},
    ]


def test_who_may_not_see_telephones_does_not_export_them(member: Member) -> None:
    guests, _ = a_list(as_member(member), b"phone\n13800138000\n")
    clerk = Member(
        member.workspace, Role.ANALYST, frozenset({"audiences.export"}), user=member.user
    )

    with pytest.raises(NotAllowed):
        audiences.export_csv(clerk, guests, reveal=True, now=now())
    assert (
        as_member(a_member(member.workspace, Role.ANALYST))
        .get(f"/audiences/{guests}/export")
        .status_code
        == 403
    )


def test_an_export_holds_only_whom_the_member_may_see(member: Member) -> None:
    who(member.workspace, phone="13800138000")
    guests, _ = a_list(as_member(member), b"phone\n13800138000\n")
    guide = a_member(member.workspace, scope=Scope(ScopeKind.OWN, frozenset([99])), name="小林")

    pieces = audiences.export_csv(guide, guests, reveal=False, now=now())

    assert len(b"".join(pieces).splitlines()) == 1


def test_a_large_audience_is_read_in_pieces(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yutang.audiences import _export

    monkeypatch.setattr(_export, "_AT_ONCE", 2)
    people = [who(member.workspace, phone=f"1380013800{each}") for each in range(5)]
    known(member.workspace, *people)
    guests = as_member(member).post("/audiences", {"name": "名单"}).json()["id"]
    audiences.put_on(member, guests, people, now=now())

    pieces = list(audiences.export_csv(member, guests, reveal=False, now=now()))

    assert len(pieces) == 4
    assert len(b"".join(pieces).splitlines()) == 6
