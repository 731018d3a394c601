"""Staff are told in WeCom what waits for them: once, several things as one message, and not by night."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from yutang.journeys import service as journeys
from yutang.journeys.tests.builders import a_journey, wait
from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.loop import Doing
from yutang.wecom import service as wecom
from yutang.wecom.client import wire
from yutang.wecom.client.client import Client
from yutang.wecom.models import StaffAccount, StaffNote
from yutang.wecom.tests.house import House, a_house
from yutang.wecom.ways import notes
from yutang.wecom.ways.telling import _POST
from yutang.workspaces.models import Staff, User
from yutang.workspaces.tests.builders import a_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
MORNING = datetime(2026, 11, 2, 2, tzinfo=UTC)  # ten o’clock in the workspace
NIGHT = datetime(2026, 11, 2, 15, tzinfo=UTC)


@pytest.fixture
def house() -> Iterator[House]:
    with a_house(staff=2, customers=4) as it:
        yield it


@pytest.fixture
def lin(house: House) -> Staff:
    staff = Staff.objects.create(workspace=house.owner.workspace, name="林月")
    StaffAccount.objects.create(
        workspace=house.owner.workspace,
        corp=house.corp,
        userid="lin.yue",
        spelling="lin.yue",
        staff=staff,
        seen_at=clock.now(),
    )
    return staff


def heard(house: House) -> list[str]:
    """Return what stands on the phone of 林月 from the app, in order."""
    found = house.sandbox.get(f"/corps/{house.there.id}/phone", who="lin.yue")
    return [each["text"] for each in found["notices"]]


def deliver(at: datetime) -> None:
    wecom.deliver_notes(now=at + timedelta(seconds=30))


def test_a_task_of_a_journey_is_told_once_as_a_card_that_opens_the_customer(
    house: House, lin: Staff
) -> None:
    journey = a_journey(house.owner, {"n1": wait()})
    doing = [Doing(7, "run:1:n1")]
    journeys.give_tasks(
        house.owner.workspace,
        journey.pk,
        doings=doing,
        title="回访周女士",
        note="问问茶喝得怎么样",
        staff=lin.pk,
        due_at=MORNING + timedelta(hours=1),
        now=MORNING,
    )
    for _ in range(2):
        wecom.tell_what_is_due(now=MORNING)
        deliver(MORNING)

    assert heard(house) == ["回访周女士"]
    card = notes._said(house.corp, list(StaffNote.objects.all()))["textcard"]
    assert card["description"] == "问问茶喝得怎么样"
    assert "sidebar%2Fpeople%2F7" in card["url"]

    late = MORNING + timedelta(hours=2)
    wecom.tell_what_is_due(now=late)
    deliver(late)
    assert heard(house) == ["回访周女士", "已超时：回访周女士"]


def test_what_is_due_at_once_is_one_message_after_the_night(house: House, lin: Staff) -> None:
    several = [wecom.Note(lin.pk, f"a:{n}", f"第 {n} 件事") for n in range(12)]
    assert wecom.tell_staff(house.corp, several, now=NIGHT) == 12
    assert wecom.tell_staff(house.corp, several, now=NIGHT) == 0

    deliver(NIGHT)
    assert heard(house) == []
    deliver(NIGHT + timedelta(hours=11))

    (said,) = heard(house)
    assert said.startswith("有 12 件事：\n1. 第 0 件事")
    assert "还有 4 件" in said


def test_no_answer_is_repeated_word_for_word_and_nobody_there_is_not(
    house: House, lin: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    wecom.tell_staff(house.corp, [wecom.Note(lin.pk, "a", "看一下库存")], now=MORNING)
    said: list[dict[str, Any]] = []

    def silent(self: Client, api: str, body: dict[str, Any], **_: Any) -> dict[str, Any]:
        said.append(body)
        raise wire.silent("late", began=True)

    monkeypatch.setattr(Client, "call", silent)
    deliver(MORNING)
    wecom.tell_staff(house.corp, [wecom.Note(lin.pk, "b", "又一件")], now=MORNING)
    deliver(MORNING + timedelta(minutes=5))
    monkeypatch.undo()

    assert said[0] == said[1]
    assert said[0]["enable_duplicate_check"] == 1
    StaffAccount.objects.update(spelling="nobody.there")
    deliver(MORNING + timedelta(minutes=10))
    deliver(MORNING + timedelta(minutes=20))
    assert set(StaffNote.objects.values_list("state", flat=True)) == {"refused"}


def test_who_was_told_enough_today_hears_the_rest_tomorrow(
    house: House, lin: Staff, settings: Any, tmp_path: Any
) -> None:
    limits = tmp_path / "limits.json"
    limits.write_text('{"most": {"app_messages_to_a_member_and_day": {"value": 1}}}')
    settings.YUTANG_WECOM_LIMITS = str(limits)
    for n in range(3):
        at = MORNING + timedelta(minutes=n)
        wecom.tell_staff(house.corp, [wecom.Note(lin.pk, f"a:{n}", f"第 {n} 件事")], now=at)
        deliver(at)
    assert len(heard(house)) == 1

    deliver(MORNING + timedelta(days=1))
    assert len(heard(house)) == 2
    assert heard(house)[1].startswith("有 2 件事")


def test_everybody_is_told_in_her_own_language(house: House, lin: Staff) -> None:
    english = a_user("Rose")
    User.objects.filter(pk=english.pk).update(language="en")
    Staff.objects.filter(pk=lin.pk).update(user=english)
    given = {"note": "", "staff": lin.pk, "due_at": MORNING + timedelta(hours=1), "now": MORNING}
    journey = a_journey(house.owner, {"n1": wait()})
    doing = [Doing(7, "run:1:n1")]
    journeys.give_tasks(
        house.owner.workspace, journey.pk, doings=doing, title="Call Ms Zhou", **given
    )
    wecom.tell_what_is_due(now=MORNING)
    (row,) = StaffNote.objects.all()
    card = notes._said(house.corp, [row])["textcard"]
    assert (card["description"], card["btntxt"]) == ("To be done by 11-02 11:00", "Open")
    deliver(MORNING)

    late = MORNING + timedelta(hours=2)
    several = [wecom.Note(lin.pk, f"a:{n}", Text(f"第 {n} 件事", f"Thing {n}")) for n in range(9)]
    wecom.tell_staff(house.corp, several, now=late)
    wecom.tell_what_is_due(now=late)
    User.objects.filter(pk=english.pk).update(language="zh")  # what is written down stays as it is
    deliver(late)

    first, bundle = heard(house)
    assert first == "Call Ms Zhou"
    assert bundle.startswith("10 things to do:\n1. Thing 0\n")
    assert "… and 2 more" in bundle
    assert not re.search(r"[\u3400-\u9fff]", bundle)
    assert StaffNote.objects.filter(title="Overdue: Call Ms Zhou").exists()
    wecom.tell_staff(house.corp, [wecom.Note(lin.pk, "b", _POST[0])], now=late)
    deliver(late)
    assert heard(house)[-1] == "有一条朋友圈等你发表"
