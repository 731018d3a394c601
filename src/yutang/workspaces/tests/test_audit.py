"""The audit log: append-only, sealed into a chain, read by who, what and when."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from yutang.kit.pulse import beat_all_once
from yutang.workspaces import jobs  # noqa: F401  its pulses
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import AuditHead, AuditRecord, Role, Workspace
from yutang.workspaces.tests.builders import NOON, a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db


def record(
    workspace: Workspace, action: str = "tags.tag_created", target: str = "tag:1", **options: object
) -> AuditRecord:
    options = {"actor": "user:1", "detail": {"name": "熟客"}, "now": NOON} | options
    actor = str(options.pop("actor"))
    return workspaces.record_audit(workspace, actor, action, target, **options)


def seal() -> None:
    beat_all_once("workspaces.seal")


def tamper(sql: str, *parameters: object) -> None:
    """Do what only somebody with the database's own password can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, parameters)
        cursor.execute("SET LOCAL session_replication_role = origin")


def a_sealed_log() -> Workspace:
    tea = a_workspace()
    for number in range(5):
        record(tea, target=f"tag:{number}", now=NOON + timedelta(minutes=number))
    seal()
    return tea


def test_a_new_record_waits_moments_for_its_seal() -> None:
    tea = a_sealed_log()
    record(tea)

    assert workspaces.verify_audit(tea) == workspaces.AuditVerdict(True, 5, 1, None)
    seal()
    assert workspaces.verify_audit(tea) == workspaces.AuditVerdict(True, 6, 0, None)


def test_a_workspace_without_records_is_intact() -> None:
    assert workspaces.verify_audit(a_workspace()) == workspaces.AuditVerdict(True, 0, 0, None)


def test_each_workspace_has_a_chain_of_its_own() -> None:
    tea, coffee = a_sealed_log(), a_sealed_log()

    numbers = AuditRecord.objects.within(coffee).order_by("number").values_list("number", flat=True)

    assert list(numbers) == [1, 2, 3, 4, 5]
    assert workspaces.verify_audit(tea).is_intact


@pytest.mark.parametrize("sql", ["UPDATE {} SET actor = 'user:2'", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(sql: str) -> None:
    tea = a_sealed_log()
    record(tea)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{sql} WHERE workspace_id = %s".format("workspaces_auditrecord"), [tea.pk])

    assert workspaces.verify_audit(tea).is_intact


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:2'",
        "action = 'tags.tag_read'",
        "target = 'tag:9'",
        "at = at + interval '1 ms'",
        """detail = '{"name": "生客"}'""",
        "seal = repeat('0', 64)",
    ],
)
def test_whatever_is_altered_behind_our_back_shows_where(change: str) -> None:
    tea = a_sealed_log()

    tamper(
        f"UPDATE workspaces_auditrecord SET {change} WHERE workspace_id = %s AND number = 3",
        tea.pk,
    )

    assert workspaces.verify_audit(tea) == workspaces.AuditVerdict(False, 2, 0, 3)


def test_a_record_that_was_removed_shows() -> None:
    tea = a_sealed_log()

    tamper("DELETE FROM workspaces_auditrecord WHERE workspace_id = %s AND number = 3", tea.pk)

    assert workspaces.verify_audit(tea).broken_at == 3


def test_records_cut_off_the_end_show() -> None:
    tea = a_sealed_log()

    tamper("DELETE FROM workspaces_auditrecord WHERE workspace_id = %s AND number = 5", tea.pk)

    assert workspaces.verify_audit(tea).broken_at == 5


def test_a_log_that_lost_its_head_shows() -> None:
    tea = a_sealed_log()

    AuditHead.objects.within(tea).delete()

    assert not workspaces.verify_audit(tea).is_intact


def test_sealing_goes_on_while_there_is_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yutang.workspaces._audit._BATCH", 2)
    tea = a_workspace()
    for _ in range(5):
        record(tea)

    seal()

    assert workspaces.verify_audit(tea) == workspaces.AuditVerdict(True, 5, 0, None)


def test_what_is_not_committed_is_not_written() -> None:
    tea = a_workspace()

    with pytest.raises(RuntimeError), transaction.atomic():
        record(tea)
        raise RuntimeError

    assert AuditRecord.objects.within(tea).count() == 0


def test_records_are_found_by_who_what_and_when() -> None:
    tea = a_sealed_log()
    other = record(tea, "customers.read_in_full", "customer:7", actor="key:3")
    second = timedelta(minutes=2)

    def found(**only: object) -> int:
        return workspaces.audit_records(tea, **only).count()

    assert list(workspaces.audit_records(tea, actor="key:3")) == [other]
    assert list(workspaces.audit_records(tea, target="customer:7")) == [other]
    assert list(workspaces.audit_records(tea, action="customers")) == [other]
    assert found(action="tags.tag_created") == 5
    assert found(action="tag") == 0
    assert found(since=NOON + second, until=NOON + second * 2) == 2
    assert workspaces.audit_records(a_workspace("Coffee House")).count() == 0


def test_it_is_read_page_by_page_with_the_names_of_those_who_did_it() -> None:
    owner = a_member(a_workspace(), name="阿华")
    asker = as_member(owner)
    asker.patch("/workspaces/current", {"name": "大茶馆"})
    record(owner.workspace, actor="system:erase")

    first = asker.get("/audit", {"limit": 1}).json()
    second = asker.get("/audit", {"limit": 1, "cursor": first["next"]}).json()

    assert (first["items"][0]["actor"], first["items"][0]["actor_name"]) == ("system:erase", "")
    assert second["items"][0]["actor_name"] == "阿华"
    assert second["items"][0]["detail"]["after"]["name"] == "大茶馆"
    assert second["next"] is None


def test_an_owner_asks_whether_it_is_intact() -> None:
    owner = a_member(a_sealed_log())

    verdict = as_member(owner).get("/audit/verify").json()

    assert verdict == {"is_intact": True, "sealed": 5, "waiting": 0, "broken_at": None}
    assert as_member(a_member(a_workspace(), Role.OPERATOR)).get("/audit").status_code == 403
