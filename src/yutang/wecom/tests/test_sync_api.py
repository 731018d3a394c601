"""Operators begin a sync, see how far it is, what did not go and what had been lost; strangers see nothing."""

from typing import Any

import pytest

from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState
from yutang.wecom.tests.corps import Town, a_corp, a_friend, sync
from yutang.workspaces.models import Role
from yutang.workspaces.tests.builders import Asker, a_member, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def corp() -> Corp:
    return a_corp()


@pytest.fixture
def hua(corp: Corp) -> Asker:
    return as_member(a_member(corp.workspace))


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    town = Town()
    a_friend(town, "wm1")
    monkeypatch.setattr("yutang.wecom.service.platform_of", lambda _: town)
    return town


def test_a_sync_is_begun_and_followed_to_its_end(corp: Corp, hua: Asker, town: Town) -> None:
    base = f"/wecom/corps/{corp.pk}"

    begun = hua.post(f"{base}/syncs", {})
    again = hua.post(f"{base}/syncs", {})
    beat_all_once("wecom.sync")
    done = hua.get(f"{base}/syncs/{begun.json()['id']}").json()

    assert begun.status_code == 201 and begun.json()["state"] == "running"
    assert (again.status_code, again.json()["code"]) == (409, "wecom.sync_running")
    assert done["state"] == "done" and done["counts"]["contacts_new"] == 1
    assert {part["subject"]: (part["done"], part["of"]) for part in done["parts"]} == dict.fromkeys(
        ("contacts", "groups", "links", "staff", "tags", "ways"), (1, 1)
    )
    job = hua.get(f"/jobs/{done['job_id']}").json()
    assert job["state"] == "done" and "新增 1" in job["said"]
    totals = hua.get(f"{base}/sync-totals").json()
    assert (totals["relations"], totals["contacts"], totals["staff"]) == (1, 1, 1)


def test_one_that_was_stopped_goes_on_where_it_was(corp: Corp, hua: Asker, town: Town) -> None:
    base = f"/wecom/corps/{corp.pk}/syncs"
    first = hua.post(base, {}).json()

    stopped = hua.post(f"{base}/{first['id']}/stop").json()
    beat_all_once("wecom.sync")
    left = hua.get(f"/wecom/corps/{corp.pk}/sync-totals").json()["relations"]
    again = hua.post(base, {}).json()
    beat_all_once("wecom.sync")

    assert stopped["state"] == "stopped" and "停" in stopped["why"]
    assert left == 0
    assert again["id"] == first["id"]
    assert hua.get(f"{base}/{first['id']}").json()["state"] == "done"


def test_what_did_not_go_is_listed_with_why_and_tried_again(
    corp: Corp, hua: Asker, town: Town
) -> None:
    town.chats["wr1"] = {"chat_id": "wr1", "name": "会员群", "create_time": 1, "member_list": []}
    town.refusing["externalcontact/groupchat/get", "wr1"] = 60011
    sync(corp, town)
    base = f"/wecom/corps/{corp.pk}/sync-failures"

    (failed,) = hua.get(base).json()["items"]
    still = hua.post(f"{base}/{failed['id']}/retry").json()
    town.refusing.clear()
    went = hua.post(f"{base}/{failed['id']}/retry").json()

    assert (failed["subject"], failed["key"], failed["code"]) == ("groups", "wr1", 60011)
    assert "60011" in failed["why"]
    assert still["went"] is False and still["failure"]["times"] == 2
    assert went == {"went": True, "failure": None}
    assert hua.get(base).json()["items"] == []


def test_what_callbacks_lost_is_listed(corp: Corp, hua: Asker, town: Town) -> None:
    sync(corp, town)
    a_friend(town, "wm2")
    run = sync(corp, town)

    (gap,) = hua.get(f"/wecom/corps/{corp.pk}/sync-gaps?run_id={run.pk}").json()["items"]

    assert (gap["subject"], gap["kind"], gap["key"]) == ("contacts", "missing", "wm2 · linyue")


def test_only_who_may_begins_one_and_only_for_a_corp_that_is_active(corp: Corp, hua: Asker) -> None:
    analyst = as_member(a_member(corp.workspace, Role.ANALYST))
    refused: Any = analyst.post(f"/wecom/corps/{corp.pk}/syncs", {})
    Corp.objects.filter(pk=corp.pk).update(state=CorpState.DRAFT)
    draft = hua.post(f"/wecom/corps/{corp.pk}/syncs", {})

    assert refused.status_code == 403
    assert draft.json()["code"] == "wecom.corp_not_active"
    assert not wecom.syncs_of(corp).exists()
