"""API keys: shown once, kept as a hash, no more than their maker may, until they end."""

from datetime import timedelta

import pytest

from yutang.kit.clock import now
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import ApiKey, AuditRecord, Role, Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import (
    NOON,
    a_key,
    a_member,
    a_workspace,
    as_member,
    with_key,
)

pytestmark = pytest.mark.django_db


def make(member: Member, *permissions: str, **options: object) -> tuple[ApiKey, str]:
    options = {"name": "till", "expires_at": None, "now": NOON} | options
    return workspaces.create_key(member, permissions=permissions, **options)


def test_a_key_is_kept_as_a_hash() -> None:
    row, written = make(a_member(a_workspace()), "events.write")

    assert written.startswith(f"ytk_{row.prefix}_")
    assert len(written) > 55
    secret = written.removeprefix(f"ytk_{row.prefix}_")  # it may itself have an underscore
    assert len(secret) > 40
    assert secret not in str(ApiKey.objects.filter(pk=row.pk).values())


def test_a_key_comes_in_as_a_member_of_its_workspace() -> None:
    tea = a_workspace()
    row, written = make(a_member(tea), "events.write", "customers.read")

    member = workspaces.member_of_key(written, now=NOON)

    assert (member.workspace, member.actor) == (tea, f"key:{row.pk}")
    assert member.permissions == {"events.write", "customers.read"}
    assert member.scope.is_everyone


@pytest.mark.parametrize("spoil", ["", "ytk_", "ytk_x", "ytk_\0_y", "key", "{0}x", "{1}", "密钥"])
def test_what_is_not_a_key_opens_nothing(spoil: str) -> None:
    _, written = make(a_member(a_workspace()), "events.write")

    wrong = spoil.format(written, written.replace("ytk_", ""))

    assert workspaces.member_of_key(wrong, now=NOON) is None


def test_a_key_ends_when_it_expires() -> None:
    _, written = make(a_member(a_workspace()), "events.write", expires_at=NOON + timedelta(hours=1))

    assert workspaces.member_of_key(written, now=NOON + timedelta(minutes=59)) is not None
    assert workspaces.member_of_key(written, now=NOON + timedelta(hours=1)) is None


def test_a_key_ends_when_it_is_revoked() -> None:
    owner = a_member(a_workspace())
    row, written = make(owner, "events.write")

    workspaces.revoke_key(owner, row.pk, now=NOON)
    again = workspaces.revoke_key(owner, row.pk, now=NOON + timedelta(days=1))

    assert workspaces.member_of_key(written, now=NOON) is None
    assert again.revoked_at == NOON
    assert AuditRecord.objects.filter(action="workspaces.key_revoked").count() == 1


def test_its_last_use_is_kept_to_the_minute() -> None:
    row, written = make(a_member(a_workspace()), "events.write")

    for seconds in (0, 30, 61):
        workspaces.member_of_key(written, now=NOON + timedelta(seconds=seconds))

    row.refresh_from_db()
    assert row.last_used_at == NOON + timedelta(seconds=61)


def test_a_key_may_no_more_than_its_maker() -> None:
    developer = a_member(a_workspace(), Role.DEVELOPER)

    with pytest.raises(workspaces.NotYoursToGive):
        make(developer, "events.write", "customers.erase")

    assert ApiKey.objects.count() == 0


def test_a_permission_nobody_knows_is_named() -> None:
    with pytest.raises(workspaces.NoSuchPermission) as refusal:
        make(a_member(a_workspace()), "customers.eat")

    assert refusal.value.sentence("zh") == "没有“customers.eat”这个权限。"


def test_a_key_cannot_expire_before_it_is_made() -> None:
    with pytest.raises(workspaces.ExpiryPassed):
        make(a_member(a_workspace()), "events.write", expires_at=NOON)


def test_the_rival_cannot_revoke_it() -> None:
    row, _ = make(a_member(a_workspace()), "events.write")

    with pytest.raises(workspaces.NoSuchKey):
        workspaces.revoke_key(a_member(a_workspace("Coffee House")), row.pk, now=NOON)

    row.refresh_from_db()
    assert row.revoked_at is None


def test_a_key_stays_in_its_workspace() -> None:
    tea, coffee = a_workspace(), a_workspace("Coffee House")
    asker = with_key(a_key(tea))

    assert _status(asker, tea) == 200
    assert _status(asker, coffee) == 404


def _status(asker, workspace: Workspace) -> int:
    return asker.get("/staff", headers={"X-Workspace": str(workspace.pk)}).status_code


def test_the_whole_way_over_http() -> None:
    owner = as_member(a_member(a_workspace()))

    made = owner.post("/keys", {"name": "收银系统", "permissions": ["staff.read"]})
    program = with_key(made.json()["key"])
    let_in = program.get("/staff").status_code
    listed = owner.get("/keys").json()["items"]
    revoked = owner.delete(f"/keys/{listed[0]['id']}").json()

    assert (made.status_code, made["Cache-Control"], let_in) == (201, "no-store", 200)
    assert "key" not in listed[0]
    assert listed[0]["created_by"] == "阿华"
    assert listed[0]["last_used_at"] is not None
    assert revoked["revoked_at"] is not None
    assert program.get("/staff").json()["code"] == "workspaces.key_not_accepted"


def test_a_key_made_by_a_key_has_no_maker() -> None:
    program = with_key(a_key(a_workspace(), ["keys.write", "staff.read"]))

    program.post(
        "/keys",
        {
            "name": "second",
            "permissions": ["staff.read"],
            "expires_at": (now() + timedelta(days=1)).isoformat(),
        },
    )

    assert program.get("/keys").json()["items"][0]["created_by"] is None
