"""A write that is sent twice is done once."""

from datetime import timedelta

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import IdempotentWrite, Job, Store
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import (
    NOON,
    a_key,
    a_member,
    a_workspace,
    as_member,
    nobody,
    with_key,
)

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "5f2c7f5e-0001"}
DONE = workspaces.KeptReply(201, "application/json", b"{}")


def claim(member: Member, key: str = "k", request: str = "a", at=NOON) -> workspaces.Claim:
    return workspaces.claim_write(member, key, request, now=at)


def test_the_same_write_twice_is_done_once_and_answered_the_same() -> None:
    tea = a_workspace()
    asker = as_member(a_member(tea))

    first = asker.post("/stores", {"name": "静安店"}, headers=KEY)
    second = asker.post("/stores", {"name": "静安店"}, headers=KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second["Content-Type"] == first["Content-Type"]
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Store.objects.within(tea).count() == 1


def test_a_key_belongs_to_one_request() -> None:
    asker = as_member(a_member(a_workspace()))
    asker.post("/stores", {"name": "静安店"}, headers=KEY)

    other = asker.post("/stores", {"name": "外滩店"}, headers=KEY)
    elsewhere = asker.post("/departments", {"name": "静安店"}, headers=KEY)

    for response in (other, elsewhere):
        assert response.status_code == 422
        assert response.json()["code"] == "workspaces.idempotency_key_reused"


def test_another_member_has_keys_of_her_own() -> None:
    tea = a_workspace()
    as_member(a_member(tea)).post("/stores", {"name": "静安店"}, headers=KEY)

    theirs = with_key(a_key(tea)).post("/stores", {"name": "静安店"}, headers=KEY)

    assert theirs.json()["code"] == "workspaces.name_taken"


def test_a_write_in_progress_is_not_begun_again() -> None:
    member = a_member(a_workspace())
    claim(member)

    with pytest.raises(workspaces.WriteInProgress):
        claim(member)


def test_a_write_whose_process_died_is_taken_over_after_ten_minutes() -> None:
    member = a_member(a_workspace())
    first = claim(member)

    taken = claim(member, at=NOON + timedelta(minutes=11))

    assert taken.pk == first.pk
    with pytest.raises(workspaces.WriteInProgress):
        claim(member, at=NOON + timedelta(minutes=12))


def test_a_key_is_forgotten_after_a_day() -> None:
    member = a_member(a_workspace())
    workspaces.keep_reply(claim(member), DONE, is_secret=False)

    kept = claim(member, at=NOON + timedelta(hours=23))
    anew = claim(member, request="b", at=NOON + timedelta(hours=25))

    assert kept.kept == DONE
    assert anew.kept is None


def test_a_secret_is_not_kept() -> None:
    asker = as_member(a_member(a_workspace()))
    body = {"name": "till", "permissions": ["events.write"]}

    first = asker.post("/keys", body, headers=KEY)
    second = asker.post("/keys", body, headers=KEY)

    assert first.status_code == 201
    assert (second.status_code, second.json()["code"]) == (409, "workspaces.reply_not_kept")
    assert IdempotentWrite.objects.get().reply is None


def test_a_refusal_is_given_again_too() -> None:
    asker = as_member(a_member(a_workspace()))

    first = asker.post("/stores", {"name": ""}, headers=KEY)
    second = asker.post("/stores", {"name": ""}, headers=KEY)

    assert first.status_code == second.status_code == 422
    assert second["Idempotency-Replayed"] == "true"
    assert second["Content-Type"] == "application/problem+json"


def test_what_the_state_refused_may_be_tried_again() -> None:
    member = a_member(a_workspace())
    asker = as_member(member)
    asker.post("/stores", {"name": "静安店"})

    refused = asker.post("/stores", {"name": "静安店"}, headers=KEY)
    Store.objects.within(member.workspace).delete()
    done = asker.post("/stores", {"name": "静安店"}, headers=KEY)

    assert (refused.status_code, done.status_code) == (409, 201)


@pytest.mark.parametrize("key", ["", " ", "钥匙", "x" * 256])
def test_a_key_is_some_visible_characters(key: str) -> None:
    with pytest.raises(workspaces.IdempotencyKeyNotUsable):
        claim(a_member(a_workspace()), key.strip())


def test_over_http_too() -> None:
    response = as_member(a_member(a_workspace())).post(
        "/stores", {"name": "x"}, headers={"Idempotency-Key": "x" * 256}
    )

    assert response.json()["code"] == "workspaces.idempotency_key_not_usable"


def test_reads_are_read_again() -> None:
    asker = as_member(a_member(a_workspace()))

    asker.get("/stores", headers=KEY)
    again = asker.get("/stores", headers=KEY)

    assert "Idempotency-Replayed" not in again
    assert IdempotentWrite.objects.count() == 0


def test_who_is_not_signed_in_claims_nothing() -> None:
    response = nobody().post("/stores", {"name": "x"}, headers=KEY)

    assert response.status_code == 401
    assert IdempotentWrite.objects.count() == 0


def test_what_went_wrong_here_may_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = as_member(a_member(a_workspace()))
    asker.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(workspaces, "create_store", lambda *_, **__: 1 / 0)
        failed = asker.post("/stores", {"name": "静安店"}, headers=KEY)

    done = asker.post("/stores", {"name": "静安店"}, headers=KEY)

    assert (failed.status_code, done.status_code) == (500, 201)


def test_kept_replies_are_swept_after_their_day() -> None:
    member = a_member(a_workspace())
    claim(member)

    workspaces.sweep(now=NOON + timedelta(hours=25))

    assert IdempotentWrite.objects.count() == 0
    assert Job.objects.count() == 0
