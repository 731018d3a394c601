"""Messages to groups and posts are tasks of staff, too: told once, counted, and known by name afterwards."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from yutang.customers.models import Group
from yutang.events.models import Spool
from yutang.kit import clock
from yutang.loop import Doing
from yutang.reach import service as reach
from yutang.reach.models import Exposure
from yutang.wecom import service as wecom
from yutang.wecom.client import wire
from yutang.wecom.client.client import Client
from yutang.wecom.models import GroupChat, MassTask, StaffAccount
from yutang.wecom.tests.house import House, a_house
from yutang.wecom.ways.choosing import Among, tasks_seen
from yutang.workspaces.service import Scope, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def house() -> Iterator[House]:
    with a_house(staff=3, customers=12, groups=2) as it:
        it.sync()
        yield it


def a_message(house: House, channel: str, text: str = "新茶到了", *more: Any) -> int:
    parts = [{"kind": "text", "text": text}, *more]
    name = f"{channel} {text}"
    made = reach.create_message(
        house.owner, name=name, channel=channel, purpose="service", parts=parts, now=clock.now()
    )
    return made.pk


def rate(house: House, channel: str) -> tuple[int, int]:
    """Return how many people something of this channel was meant for, and how many it reached."""
    since = clock.now() - timedelta(days=8)
    found = reach.rates(house.owner.workspace, since=since, until=clock.now() + timedelta(days=1))
    return next(((each.meant, each.reached) for each in found if each.part == channel), (0, 0))


def made(house: House) -> list[MassTask]:
    """Have the platform told of everything, and let it have done what it does afterwards."""
    wecom.make_due(now=clock.now() + timedelta(seconds=11))
    house.sandbox.advance(10)
    wecom.make_due(now=clock.now() + timedelta(minutes=2))
    return list(MassTask.objects.order_by("pk"))


def confirm(house: House, task: MassTask, act: str = "staff.confirms") -> None:
    named = "msgid" if act == "staff.confirms" else "moment_id"
    house.sandbox.act(house.there, act, staff=task.sender or "lin.yue", **{named: task.msgid})


def test_owners_confirm_and_what_became_of_each_group_is_known(house: House) -> None:
    chats = list(GroupChat.objects.order_by("pk"))
    groups = [each.group_id for each in chats]
    message = a_message(house, "group")
    asker = as_member(house.owner)
    body = {"message_id": message, "groups": [*groups, 999_999]}

    before = asker.post("/wecom/group-mass/preview", body).json()
    planned = asker.post("/wecom/group-mass", body).json()
    tasks = made(house)
    confirm(house, tasks[0])
    done = house.fetch(tasks[0])

    assert [each["reason"] for each in before["groups"]] == ["", "", "group_gone"]
    assert (before["tasks"], planned["tasks"]) == ([], [each.pk for each in tasks])
    assert {each.kind for each in tasks} == {"groups"}
    owners = {each.owner: each.chat for each in chats}
    assert len(tasks) == len(owners)
    told = asker.get(f"/wecom/mass/{done.pk}").json()
    assert {each["outcome"] for each in told["groups"]} == {"sent"}
    mine = [each.chat for each in chats if each.owner == done.sender.lower()]
    members = Exposure.objects.filter(reached_at__isnull=False)
    assert {each.key for each in members} == {f"group:{done.pk}:{chat}" for chat in mine}
    meant, reached = rate(house, "group")
    assert (meant, reached) == (
        Exposure.objects.values("customer").distinct().count(),
        members.values("customer").distinct().count(),
    )
    assert 0 < reached <= meant

    again = asker.post("/wecom/group-mass", body)
    assert again.status_code == 422, "a group has one a day"
    assert "1 条" in again.json()["detail"]
    rival = as_member(a_member(a_workspace("Coffee House")))
    theirs = {"message_id": message, "groups": groups}
    assert rival.post("/wecom/group-mass", theirs).status_code == 404


def test_groups_are_chosen_by_owner_name_and_size_and_one_sending_is_followed(
    house: House,
) -> None:
    asker = as_member(house.owner)
    groups = asker.get("/wecom/groups").json()["items"]
    owners = asker.get("/wecom/groups/owners").json()
    assert {each["staff"]: each["groups"] for each in owners} == Counter(
        each["staff"] for each in groups
    )
    first, biggest = groups[0], max(each["people"] for each in groups)
    Group.objects.filter(pk=first["group"]).update(name="静安福利群")

    def found(**query: object) -> list[int]:
        return [each["group"] for each in asker.get("/wecom/groups", query).json()["items"]]

    assert found(q="福利") == found(q="jafl") == found(q="fuliq") == [first["group"]]
    assert found(least=biggest + 1) == []
    assert set(found(owner=first["staff"])) == {
        each["group"] for each in groups if each["staff"] == first["staff"]
    }

    message = a_message(house, "group")
    body = {"message_id": message, "among": {"owners": [first["staff"]]}}
    before = asker.post("/wecom/group-mass/preview", body).json()
    planned = asker.post("/wecom/group-mass", body).json()
    body["among"] = {"q": "福利"}  # of this message: by night another would go tomorrow
    spent = asker.post("/wecom/group-mass/preview", body).json()
    (task,) = made(house)
    confirm(house, task)
    house.fetch(task)
    (sending,) = asker.get("/wecom/group-mass").json()["items"]
    told = asker.get(f"/wecom/group-mass/{planned['sending']}").json()

    hers = len(found(owner=first["staff"]))
    assert (before["count"], before["held"], before["groups"]) == (hers, 0, [])
    (standing,) = before["owners"]
    assert standing["caps"]
    assert {each["used"] for each in standing["caps"]} == {0}
    assert spent["held"] == 1, "a group has one a day"
    assert [each["used"] for each in spent["owners"][0]["caps"] if each["per"] == "day"] == [1]
    assert (sending["owners"], sending["outcome"]) == (1, {"sent": hers})
    assert [each["outcome"] for each in told["tasks"]] == [{"sent": hers}]
    neither = asker.post("/wecom/group-mass/preview", {"message_id": message})
    assert neither.status_code == 422


def test_who_sees_some_of_the_staff_writes_to_their_groups_alone(house: House) -> None:
    groups = as_member(house.owner).get("/wecom/groups").json()["items"]
    staff = groups[0]["staff"]
    scope = Scope(ScopeKind.OWN, frozenset([staff]))
    guide = replace(house.owner, scope=scope)
    others = [each["group"] for each in groups if each["staff"] != staff]
    hers = [each["group"] for each in groups if each["staff"] == staff]
    now = clock.now()

    planned = wecom.preview_groups(guide, message_id=None, groups=[*hers, *others], now=now)
    chosen = wecom.preview_groups(guide, message_id=None, groups=Among(), now=now)
    posted = wecom.preview_moment(guide, message_id=None, aim=wecom.PostAim(), now=now)

    assert {each.group for each in planned.groups if not each.reason} == set(hers)
    assert {each.group for each in chosen.groups} == set(hers)
    assert [each.staff_id for each in posted.publishers] == [staff]
    message = a_message(house, "group")
    wecom.send_to_groups(house.owner, message_id=message, groups=Among(), now=now)
    assert {task.sender for task in tasks_seen(guide)} <= set(
        StaffAccount.objects.filter(staff=staff).values_list("spelling", flat=True)
    )


def test_a_journey_of_groups_writes_to_each_once(house: House) -> None:
    chat = GroupChat.objects.order_by("pk").first()
    assert chat
    message = a_message(house, "group")
    doings = [Doing(chat.group_id, "run:1:n1"), Doing(999_999, "run:2:n1")]

    def perform() -> dict[str, str]:
        undone = wecom.send_to_groups_of_journey(
            house.owner.workspace, doings, message_id=message, journey=7, now=clock.now()
        )
        return {key: each.reason for key, each in undone.items()}

    assert perform() == {"run:2:n1": "group_gone"}
    assert perform() == {"run:2:n1": "group_gone"}, "what was done under a key is left alone"
    assert [(each.people, each.journey) for each in MassTask.objects.all()] == [(1, 7)]


def test_a_post_by_hand_is_published_shown_liked_and_counted(house: House) -> None:
    lin = StaffAccount.objects.get(userid="lin.yue").staff_id
    asker = as_member(house.owner)
    body = {"message_id": a_message(house, "moments"), "staff": [lin]}
    planned = asker.post("/wecom/moments", body).json()
    assert (planned["staff"], planned["left_out"]) == (1, [])
    (task,) = made(house)
    assert (task.state, task.msgid[:3]) == ("open", "mom")
    task = house.fetch(task)
    assert (task.members, task.confirmed, task.reached) == (1, 0, 0)
    assert task.people > 0

    confirm(house, task, "staff.publishes")
    seen = house.sandbox.call(
        house.there,
        "externalcontact/get_moment_send_result",
        {"moment_id": task.msgid, "userid": "lin.yue"},
    )["customer_list"]
    who = {"customer": seen[0]["external_userid"], "staff": "lin.yue", "moment_id": task.msgid}
    house.sandbox.act(house.there, "customer.likes", **who)
    house.sandbox.act(house.there, "customer.comments", text="想喝", **who)
    task = house.fetch(house.fetch(task))

    assert (task.confirmed, task.reached, task.likes, task.comments) == (1, len(seen), 1, 1)
    assert rate(house, "moments") == (task.people, len(seen))
    assert Spool.objects.filter(workspace=house.owner.workspace).exists()

    for _ in range(3):
        assert asker.post("/wecom/moments", body).status_code == 201
    spent = asker.post("/wecom/moments/preview", body).json()
    assert (spent["staff"], [each["staff"] for each in spent["left_out"]]) == (0, [lin])
    assert "4 条" in spent["left_out"][0]["why"]
    assert asker.post("/wecom/moments", body).status_code == 422


def test_a_post_of_a_plan_goes_to_those_who_look_after_its_people(house: House) -> None:
    people = house.people()
    sending = house.send(*people.values(), adapter="wecom_moments")
    (task,) = made(house)
    task = house.fetch(task)
    for member, _ in wecom.confirming(task):
        house.sandbox.act(house.there, "staff.publishes", staff=member.userid, moment_id=task.msgid)

    task = house.fetch(task)

    assert task.people == len(people)
    assert house.states(sending) == {"sent": len(people)}
    assert rate(house, "moments") == (len(people), len(people))
    assert not Exposure.objects.exists(), "a delivery is counted once"


def test_a_post_nobody_answered_for_is_found_and_never_made_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.send(*house.people().values(), adapter="wecom_moments")
    call = Client.call

    def and_hears_nothing(self: Client, api: str, *given: Any, **more: Any) -> dict[str, Any]:
        answer = call(self, api, *given, **more)
        if api.endswith("add_moment_task"):
            raise wire.silent("late", began=True)
        return answer

    monkeypatch.setattr(Client, "call", and_hears_nothing)
    assert house.make().state == "uncertain"
    monkeypatch.undo()
    (task,) = made(house)

    assert task.state == "open"
    at = int(clock.now().timestamp())
    told = house.sandbox.call(
        house.there,
        "externalcontact/get_moment_list",
        {"start_time": at - 3600, "end_time": at + 3600},
    )
    assert [each["moment_id"] for each in told["moment_list"]] == [task.msgid]


def test_a_post_mixes_no_kinds_of_attachments(house: House) -> None:
    picture = {"kind": "image", "url": "https://tea.example/a.png"}
    link = {"kind": "link", "title": "新茶", "url": "https://tea.example/new"}

    with pytest.raises(reach.MessageNotSound):
        a_message(house, "moments", "新茶到了", picture, link)
