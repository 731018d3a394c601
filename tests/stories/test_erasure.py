"""An erased person is in no table of either store and in no file, wherever she had been written down."""

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard
from django.conf import settings
from django.db import connection

from yutang.customers import service as customers
from yutang.customers.models import ErasureState, RelationKind
from yutang.engines import warehouse
from yutang.kit.clock import now
from yutang.kit.pulse import beat_all_once
from yutang.tracking.imports import service as imports
from yutang.tracking.models import BadRow, Import
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import IdempotentWrite, Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]

ORDERS = imports.ImportMapping.model_validate(
    {
        "kind": "events",
        "identities": [
            {"kind": "phone", "value": {"column": "手机号"}},
            {"kind": "email", "value": {"column": "邮箱"}},
        ],
        "type": {"constant": "order"},
        "occurred_at": {"column": "下单时间", "read_as": "time"},
        "amount": {"column": "实付金额", "read_as": "yuan"},
        "properties": [{"name": "receiver", "value": {"column": "姓名"}}],
    }
)
_people = itertools.count(1)


@dataclass(frozen=True)
class Her:
    """One person as she may be written; another one in each test, since warehouse and files stay.

    As many digits for everybody: the first is not to be found in the tenth. Her number is nobody
    else's: files that other stories left lie in the same folder.
    """

    number: int

    @property
    def name(self) -> str:
        return f"王金丝雀{self.number:03d}"

    @property
    def email(self) -> str:
        return f"canary{self.number:03d}@example.com"

    @property
    def openid(self) -> str:
        return f"oCanary{self.number:06d}"

    def phone(self, between: str = "") -> str:
        return between.join(("166", "0591", f"{self.number:04d}"))

    @property
    def wide_phone(self) -> str:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in self.phone())

    @property
    def spellings(self) -> list[str]:
        phones = [self.phone(), self.phone(" "), self.phone("-"), self.wide_phone]
        return [self.name, self.email, self.openid, *phones]

    @property
    def rows(self) -> str:
        return f"""手机号,姓名,邮箱,下单时间,实付金额
{self.phone(" ")},{self.name},{self.email.title()},2026-02-01 10:00:00,12.50
{self.phone("-")},{self.name},,2026-02-31 10:00:00,12.50
{self.wide_phone},某人,,never,1
13900139000,别人,other@example.com,2026-02-31 10:00:00,1
"""


def upload(asker: Asker, name: str, content: str) -> Import:
    made = asker._ask(
        "POST",
        "/imports",
        body=content.encode(),
        content_type="application/octet-stream",
        query_params={"name": name},
    )
    return Import.objects.get(pk=made.json()["id"])


def run(workspace: Workspace, it: Import) -> Import:
    start(workspace, it)
    return imports.run(it.pk, clock=now)


def start(workspace: Workspace, it: Import) -> None:
    imports.start(workspace, "user:1", it.pk, ORDERS, in_background=False, again=True, now=now())


def written_down(hua: Member) -> tuple[Her, int]:
    """Write somebody into everything that keeps anything; return her, and her number."""
    her = Her(next(_people))
    asker = as_member(hua)
    identities = {"phone": her.phone(" "), "email": her.email, "openid:wxapp1": her.openid}
    made = asker.post(
        "/customers",
        {"identities": identities, "attributes": {"name": her.name}},
        headers={"Idempotency-Key": "once"},
    )
    number = int(made.json()["id"])
    (staff,) = [workspaces.create_staff(hua.workspace, name="小林", actor="user:1", now=now()).pk]
    customers.relate(hua, number, RelationKind.STAFF, staff, remark=her.name, now=now())
    customers.add_dependant(hua, number, kind="child", name=f"{her.name}的女儿", now=now())
    customers.record_consent(
        hua, number, purpose="marketing", channel="sms", state="granted", proof=her.name, now=now()
    )
    other = customers.create(hua, {"member_no": "M-77"}, {"name": her.name}, now=now())
    customers.merge(hua, number, other.pk, now=now())
    event = {"type": "search", "customer": {"phone": her.phone()}, "properties": {"q": her.name}}
    asker.post("/events", event, headers={"Idempotency-Key": "events"})
    tag = asker.post("/tags/groups", {"name": "称呼", "kind": "other"}).json()
    tagged = asker.post("/tags", {"group_id": tag["id"], "name": "老朋友"}).json()
    asker.post(f"/tags/customers/{number}", {"tag_id": tagged["id"], "reason": her.name})
    run(hua.workspace, upload(asker, "一.csv", her.rows))
    upload(asker, "二.csv", her.rows + "\n")
    beat_all_once("events.drain", "customers.mirror", "tags.mirror", "customers.squash")
    return her, number


def everywhere(her: Her) -> set[str]:
    """Return where in both stores and the files something of hers stands."""
    return {place for place, text in everything() if any(each in text for each in her.spellings)}


def everything() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, udt_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND udt_name IN"
            " ('text', 'varchar', 'json', 'jsonb', 'bytea', '_text', '_varchar')"
        )
        for table, column, kind in cursor.fetchall():
            read = f'"{column}"' if kind == "bytea" else f'"{column}"::text'
            cursor.execute(f'SELECT {read} FROM "{table}" WHERE "{column}" IS NOT NULL')
            for (cell,) in cursor.fetchall():
                yield (
                    f"{table}.{column}",
                    unpacked(cell.encode() if isinstance(cell, str) else bytes(cell)),
                )
    for database, table in warehouse().rows(
        "SELECT database, name FROM system.tables WHERE engine LIKE '%MergeTree%'", {}
    ):
        for row in warehouse().rows(f"SELECT * FROM `{database}`.`{table}`", {}):
            yield f"{database}.{table}", str(row)
    for folder, below, names in os.walk(settings.YUTANG_HOME):
        below[:] = [each for each in below if each not in {"postgres", "warehouse"}]
        for path in (Path(folder) / name for name in names):
            if path.is_file():
                yield str(path), path.read_bytes().decode(errors="replace")


def unpacked(content: bytes) -> str:
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        content = zstandard.ZstdDecompressor().decompress(content)
    text = content.decode(errors="replace")
    return text + re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def test_an_erased_person_is_in_no_table_of_either_store_and_in_no_file() -> None:
    hua = a_member(a_workspace())
    her, number = written_down(hua)
    assert {place.split("/")[0] for place in everywhere(her)} >= {
        "customers_customer.name",
        "customers_customer.own",
        "customers_identity.value",
        "customers_searchkey.key",
        "customers_relation.remark",
        "customers_dependant.name",
        "customers_consent.proof",
        "tags_tagchange.reason",
        "tracking_badrow.content",
        "workspaces_idempotentwrite.reply",
    }
    bystanders = BadRow.objects.filter(content__contains="别人").count()

    erased = as_member(hua).post(f"/customers/{number}/erase", {"reason": "本人来信要求"})
    beat_all_once("tracking.forget_uploads", "customers.mirror", "tags.mirror", "customers.erase")

    proof = customers.erasure_of(hua.workspace, erased.json()["id"])
    assert everywhere(her) == set()
    assert proof.state == ErasureState.DONE
    assert proof.removed["postgresql"]["tracking.uploads"] == 1
    assert proof.removed["postgresql"]["tracking.bad_rows"] == 2
    assert bystanders == BadRow.objects.filter(content__contains="别人").count() == 1


def test_an_old_list_leaves_nothing_of_her_behind_either() -> None:
    hua = a_member(a_workspace())
    her, number = written_down(hua)
    customers.erase(hua, number, reason="", now=now())
    beat_all_once("tracking.forget_uploads", "customers.erase")

    it = run(hua.workspace, upload(as_member(hua), "三.csv", her.rows))
    beat_all_once()

    assert (it.state, it.rows_in, it.rows_bad) == ("done", 0, 4)
    assert everywhere(her) == set()
    assert imports.bad_rows(hua.workspace, it.pk).exclude(content="").count() == 1


def test_an_import_that_is_at_it_ends_and_then_its_file_goes() -> None:
    hua = a_member(a_workspace())
    her, number = written_down(hua)
    it = upload(as_member(hua), "四.csv", her.rows)
    seen: list[bool] = []

    def erase_her(at: Import) -> None:
        customers.erase(hua, number, reason="", now=now())
        Import.objects.filter(pk=at.pk).update(stop_asked=True)
        beat_all_once("tracking.forget_uploads")
        seen.append(imports.uploads_linger(hua.workspace, now()))

    start(hua.workspace, it)
    imports.run(it.pk, clock=now, progress=erase_her)
    beat_all_once()

    it.refresh_from_db()
    assert (it.path, it.kept_until, seen) == ("", None, [True])
    assert everywhere(her) == set()


def test_a_reason_that_names_her_is_refused_and_she_is_still_there() -> None:
    hua = a_member(a_workspace())
    her, number = written_down(hua)

    for reason in (f"{her.name}来信", f"本人 {her.phone('-')} 来电", f"ask {her.email.upper()}"):
        answer = as_member(hua, language="en").post(
            f"/customers/{number}/erase", {"reason": reason}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "customers.reason_names_her")

    assert customers.present(hua.workspace, [number]) == [number]


def test_a_kept_reply_is_not_given_again_after_an_erasure_and_the_write_is_not_done_again() -> None:
    hua = a_member(a_workspace())
    her, number = written_down(hua)
    customers.erase(hua, number, reason="", now=now())

    again = as_member(hua).post(
        "/events",
        {"type": "search", "customer": {"phone": her.phone()}, "properties": {"q": her.name}},
        headers={"Idempotency-Key": "events"},
    )

    assert (again.status_code, again.json()["code"]) == (409, "workspaces.reply_not_kept")
    assert IdempotentWrite.objects.within(hua.workspace).count() == 2


def test_the_rival_keeps_her_own_customer_of_the_same_telephone() -> None:
    hua, rival = a_member(a_workspace()), a_member(a_workspace("Coffee House"))
    her, number = written_down(hua)
    run(rival.workspace, upload(as_member(rival), "五.csv", her.rows))
    waiting = upload(as_member(rival), "六.csv", her.rows + "\n")

    customers.erase(hua, number, reason="", now=now())
    beat_all_once()

    waiting.refresh_from_db()
    assert waiting.path != ""
    assert BadRow.objects.within(rival.workspace).exclude(content="").count() == 3


def test_uploads_and_left_out_rows_are_kept_for_their_days() -> None:
    hua, her = a_member(a_workspace()), Her(next(_people))
    asker = as_member(hua)
    done = run(hua.workspace, upload(asker, "七.csv", her.rows))
    waiting = upload(asker, "八.csv", her.rows + "\n")
    stray = settings.YUTANG_HOME / "uploads" / str(hua.workspace.pk) / "stray"
    stray.write_text(her.rows)
    os.utime(stray, (0, 0))

    imports.forget_what_was_kept(now=now() + timedelta(days=settings.YUTANG_UPLOAD_DAYS - 1))
    waiting.refresh_from_db()
    assert (waiting.path != "", done.path) == (True, "")
    assert (BadRow.objects.count(), stray.exists()) == (3, False)
    over = now() + timedelta(days=settings.YUTANG_UPLOAD_DAYS + 1)
    while imports.forget_what_was_kept(now=over):
        pass

    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.path, done.bad_rows_until, BadRow.objects.count()) == ("", None, 0)
    with pytest.raises(imports.FileGone):
        imports.inspect(hua.workspace, waiting.pk)
