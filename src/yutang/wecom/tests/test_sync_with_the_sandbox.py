"""The whole way: the client, over HTTP, to a platform that is not ours, and its callbacks back."""

from collections.abc import Iterator
from typing import Any

import pytest

from yutang.customers.models import Relation, RelationKind
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState, Gap, RunState
from yutang.wecom.tests.corps import seen
from yutang.workspaces.models import Department
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox import testing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def sandbox(settings: Any) -> Iterator[testing.Running]:
    with testing.running() as running:
        settings.YUTANG_WECOM_BASES = running.base
        yield running


def connected(sandbox: testing.Running, there: testing.Corp) -> Corp:
    owner = a_member(a_workspace())
    corp = wecom.add_corp(
        owner,
        corp_id=there.id,
        agent_id=there.agent,
        secret=there.secret,
        name="清茶记",
        base=sandbox.base,
        callback_token=testing.TOKEN,
        callback_key=testing.KEY,
        now=clock.now(),
    )
    Corp.objects.filter(pk=corp.pk).update(state=CorpState.ACTIVE)
    corp.refresh_from_db()
    return corp


def synced(corp: Corp) -> wecom.SyncRun:
    run = wecom.begin_run(corp, actor="user:1", anew=True, now=clock.now())
    beat_all_once("wecom.sync")
    run.refresh_from_db()
    assert run.state == RunState.DONE, run.stopped_en
    return run


def test_a_corp_is_brought_over_and_followed_by_its_callbacks(sandbox: testing.Running) -> None:
    there = sandbox.make_corp(staff=12, customers=260, groups=2)
    corp = connected(sandbox, there)
    first = synced(corp)
    staff = sandbox.call(there, "externalcontact/get_follow_user_list")["follow_user"]
    truth = {
        (userid, external)
        for userid in staff
        for external in sandbox.call(there, "externalcontact/list", userid=userid).get(
            "external_userid", []
        )
    }
    new = sandbox.person(there)

    sandbox.act(there, "customer.adds", customer=new, staff=staff[0])
    told = sandbox.take_callbacks(there)
    for callback in told:
        wecom.receive(corp.door, callback["query"], callback["body"].encode(), now=clock.now())
    beat_all_once("wecom.urgent", "wecom.callbacks")
    followed = {pair[:2] for pair in seen(corp)["friends"]}
    again = synced(corp)

    assert {(one.lower(), other) for one, other in truth} | {(staff[0].lower(), new)} == followed
    assert first.counts["contacts_new"] == len(truth)
    assert told
    assert not Gap.objects.within(corp.workspace_id).filter(run=again).exists()
    assert again.counts["contacts_same"] == len(truth) + 1
    assert Relation.objects.within(corp.workspace_id).filter(kind=RelationKind.GROUP).exists()
    assert (
        Department.objects.within(corp.workspace_id).filter(parent__parent__isnull=False).exists()
    )
    assert wecom.totals_of(corp).tags["both"] > 0
