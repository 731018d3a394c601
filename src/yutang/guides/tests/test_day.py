"""A guide's day: what she is asked to do, by journeys and by mass messages, and nobody else's."""

import pytest

from yutang.guides.tests.builders import (
    DAY,
    NOON,
    a_guide,
    a_member,
    a_workspace,
    looked_after,
    staff_of,
)
from yutang.guides.tests.test_in_front import a_task
from yutang.wecom.models import MassMember, MassState, MassTask, StaffAccount
from yutang.wecom.tests.builders import a_corp
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member

pytestmark = pytest.mark.usefixtures("db", "open_warehouse")


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> Member:
    monkeypatch.setattr("yutang.guides.api.day.now", lambda: NOON)
    return a_member(a_workspace())


def test_a_guide_sees_only_her_own_tasks_of_journeys(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    mine, other = looked_after(owner, lin), looked_after(owner, zhou)
    anybodys = a_task(owner, mine, key="unassigned")
    hers = a_task(owner, mine, staff_of(lin).pk, key="for 小林")
    strange = a_task(owner, other, key="of a customer of 小周's")
    a_task(owner, other, staff_of(zhou).pk, key="for 小周")

    listed = as_member(lin).get("/journeys/tasks").json()["items"]

    assert {each["id"] for each in listed} == {anybodys.pk, hers.pk}
    assert as_member(lin).post(f"/journeys/tasks/{strange.pk}/done").status_code == 404
    assert len(as_member(owner).get("/journeys/tasks").json()["items"]) == 4


def test_what_is_to_be_confirmed_in_wecom_is_among_the_days_tasks(owner: Member) -> None:
    lin, zhou = (a_guide(owner.workspace, name) for name in ("小林", "小周"))
    task = MassTask(workspace=owner.workspace, corp=a_corp(owner), account=1, digest=b"1")
    task.parts, task.people = [{"kind": "text", "text": "新茶到了"}, {"kind": "image"}], 40
    task.state, task.sender = MassState.OPEN, "lin.yue"
    task.due_at = task.created_at = task.asked_at = NOON - DAY
    task.save()
    for guide, userid in ((lin, "lin.yue"), (zhou, "chen.bo")):
        account = StaffAccount(workspace=owner.workspace, corp=task.corp, userid=userid)
        account.spelling, account.staff, account.seen_at = userid, staff_of(guide), NOON
        account.save()
    hers = MassMember.objects.create(workspace=owner.workspace, task=task, userid="lin.yue")

    def seen(guide: Member) -> list[tuple[str, int, int, bool]]:
        found = as_member(guide).get("/guides/day").json()["confirmations"]
        return [
            (each["text"], each["attachments"], each["people"], bool(each["confirmed_at"]))
            for each in found
        ]

    assert seen(lin) == [("新茶到了", 1, 40, False)]
    assert seen(zhou) == []
    MassMember.objects.filter(pk=hers.pk).update(confirmed_at=NOON)
    assert seen(lin) == [("新茶到了", 1, 40, True)]
    MassMember.objects.filter(pk=hers.pk).update(confirmed_at=NOON - DAY)
    assert seen(lin) == []
