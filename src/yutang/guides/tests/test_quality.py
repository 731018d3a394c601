"""Archived chats are looked at as they come: sensitive words, customers who wait; whoever reads one leaves a trace."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from yutang.customers import service as customers
from yutang.engines import warehouse
from yutang.guides import service as guides
from yutang.guides._checking import due_at, needs_answer
from yutang.guides.models import ChatHit, ChatRules, ChatWait
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom.archive import interface
from yutang.wecom.archive.interface import Record
from yutang.wecom.models import ArchivedMessage, Corp
from yutang.wecom.tests.house import House, a_house
from yutang.workspaces.models import AuditRecord, Role, ScopeKind, Staff, Workspace
from yutang.workspaces.service import Scope
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def house(settings: Any) -> Iterator[House]:
    """Let there be two guides and their customers, some of whom let their chats be recorded."""
    with a_house(staff=2, customers=60, relations=1) as it:
        settings.YUTANG_WECOM_ARCHIVES = it.sandbox.base
        it.sync()
        secret = it.sandbox.post(f"/corps/{it.there.id}/archive")["secret"]
        wecom.change_corp(
            it.owner,
            it.corp.pk,
            archive_base=it.sandbox.base,
            secrets={"archive_secret": secret},
            now=clock.now(),
        )
        yield it


def friends(house: House) -> tuple[list[str], list[str]]:
    """Return the contacts of 林月 who agreed to be recorded, and those who did not."""
    listed = house.sandbox.call(house.there, "externalcontact/list", userid="lin.yue")
    info = [{"userid": "lin.yue", "exteranalopenid": each} for each in listed["external_userid"]]
    told = house.sandbox.call(house.there, "msgaudit/check_single_agree", {"info": info})
    sides: tuple[list[str], list[str]] = [], []
    for each in told["agreeinfo"]:
        sides[each["agree_status"] != "Agree"].append(each["exteranalopenid"])
    return sides


def says(house: House, who: str, text: str, *, staff: bool = False) -> None:
    whom = {"customer": who, "staff": "lin.yue", "text": text}
    house.sandbox.act(house.there, "staff.says" if staff else "customer.says", **whom)


def look(*, again: bool = False) -> None:
    beat_all_once("wecom.archive", "guides.check_chats", *(["wecom.archive"] if again else []))


def listed(house: House, what: str, **asked: Any) -> list[dict[str, Any]]:
    answer = as_member(house.owner).get(f"/guides/chats/{what}", asked)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def add(house: House, word: str, **more: str) -> None:
    made = as_member(house.owner).post("/guides/words", {"word": word, **more})
    assert made.status_code == 201, made.content


def test_words_are_found_in_whose_mouth_they_are_looked_for(house: House) -> None:
    (mei, rose, *_), (private, *_) = friends(house)
    add(house, "私人微信", severity="high")
    add(house, "投诉", speaker="customer")
    says(house, mei, "在吗")
    says(house, mei, "加我私人微信，给你内部价，别投诉", staff=True)
    says(house, rose, "我要投诉，你们私人微信都不回")
    says(house, rose, "保证降血压吗")
    says(house, private, "私人微信发我")
    look(again=True)
    add(house, "降血压", speaker="anyone", severity="low")
    look()

    found = {each["said"]: each for each in listed(house, "hits")}
    assert {said: (each["words"], each["severity"]) for said, each in found.items()} == {
        "加我私人微信，给你内部价，别投诉": (["私人微信"], "high"),
        "我要投诉，你们私人微信都不回": (["投诉"], "medium"),
        "保证降血压吗": (["降血压"], "low"),
    }
    assert {each["staff_name"] for each in found.values()} == {"林月"}
    assert all(each["customer"] and each["customer_name"] for each in found.values())
    assert [each["words"] for each in listed(house, "hits", at_least="high")] == [["私人微信"]]
    assert ArchivedMessage.objects.count() == 4
    sql = "SELECT count(), countIf(content != '') FROM events WHERE workspace = {workspace:UInt32} AND type = 'message'"
    beat_all_once("events.drain")
    assert warehouse().rows(sql, {"workspace": house.owner.workspace.pk}) == [(3, 0)]
    reading_leaves_a_trace(house, found["加我私人微信，给你内部价，别投诉"])
    only_who_oversees_her_reads(house, found["我要投诉，你们私人微信都不回"])
    who_is_erased_is_forgotten(house, found["我要投诉，你们私人微信都不回"])


def reading_leaves_a_trace(house: House, hit: dict[str, Any]) -> None:
    lines = listed(house, f"messages/{hit['message_id']}")
    assert [(each["by_staff"], each["is_it"]) for each in lines] == [(False, False), (True, True)]
    entry = AuditRecord.objects.filter(action="guides.chat_read").get()
    assert entry.target == f"customer:{ArchivedMessage.objects.get(pk=hit['message_id']).home}"
    settled = as_member(house.owner).post(
        f"/guides/chats/hits/{hit['id']}/settle", {"note": "提醒过了"}
    )
    assert settled.json()["settled_by"] == house.owner.user.name
    assert hit["id"] not in [each["id"] for each in listed(house, "hits", settled=False)]
    unfound = ArchivedMessage.objects.exclude(pk__in=ChatHit.objects.values("message"))
    assert {reads(house, each.pk) for each in unfound} == {404}  # nor is any of them late


def reads(house: House, message: int) -> int:
    return as_member(house.owner).get(f"/guides/chats/messages/{message}").status_code


def only_who_oversees_her_reads(house: House, hit: dict[str, Any]) -> None:
    other = Staff.objects.within(house.owner.workspace).exclude(pk=hit["staff"]).first()
    scope = Scope(ScopeKind.OWN, staff_ids=frozenset({other.pk}))
    manager = as_member(a_member(house.owner.workspace, Role.STORE_MANAGER, scope))
    assert manager.get("/guides/chats/hits").json()["items"] == []
    assert manager.get(f"/guides/chats/messages/{hit['message_id']}").status_code == 404
    rival = as_member(a_member(a_workspace()))
    assert rival.get(f"/guides/chats/messages/{hit['message_id']}").status_code == 404


def who_is_erased_is_forgotten(house: House, hit: dict[str, Any]) -> None:
    customers.erase(house.owner, hit["customer"], reason="", now=clock.now())
    beat_all_once("customers.erase")
    assert {each["words"][0] for each in listed(house, "hits")} == {"私人微信"}
    assert ArchivedMessage.objects.count() == 2


def test_who_waits_too_long_is_listed_until_and_after_she_is_answered(house: House) -> None:
    (mei, rose, lan, *_), _ = friends(house)
    hours = {"minutes": 30, "opens": "00:00", "closes": "23:59"}
    assert as_member(house.owner).put("/guides/chats/rules", hours).status_code == 200
    says(house, mei, "还有货吗")
    says(house, mei, "在吗")
    says(house, rose, "几点关门")
    says(house, rose, "九点", staff=True)
    says(house, rose, "好的，谢谢！")
    says(house, lan, "谢谢")
    look()

    assert ChatWait.objects.count() == 2
    assert listed(house, "late") == []
    later = clock.now() + timedelta(hours=3)
    (wait,) = guides.late_of(house.owner, waiting=True, now=later)
    assert wait.message.text == "还有货吗"
    assert reads(house, wait.message_id) == 404  # as long as it is not late, nobody has a reason to
    house.sandbox.advance(3 * 3600)
    says(house, mei, "有的", staff=True)
    # What the sandbox says of three hours from now is of now to us: clocks do not run ahead here.
    ArchivedMessage.objects.update(at=clock.now() - timedelta(hours=4))
    ChatWait.objects.filter(pk=wait.pk).update(
        since=clock.now() - timedelta(hours=4), due_at=clock.now() - timedelta(hours=3.5)
    )
    look()
    (late,) = listed(house, "late")
    assert late["answered_at"]
    assert late["minutes"] in {239, 240}
    assert listed(house, "late", waiting=True) == []
    assert reads(house, wait.message_id) == 200


def test_an_archive_that_does_not_answer_says_why_and_goes_on_where_it_was(house: House) -> None:
    (mei, *_), _ = friends(house)
    says(house, mei, "在吗")
    wecom.change_corp(
        house.owner, house.corp.pk, secrets={"archive_secret": "x" * 30}, now=clock.now()
    )
    look()
    corp = Corp.objects.get(pk=house.corp.pk)
    assert "Secret" in corp.archive_trouble_zh
    finding = {each.name: each for each in wecom.diagnose(corp, now=clock.now())}["archive"]
    assert finding.state == "wrong"
    Corp.objects.filter(pk=corp.pk).update(archive_base="gone://nowhere")
    look()
    assert "没有程序读这种地址" in Corp.objects.get(pk=corp.pk).archive_trouble_zh
    Corp.objects.filter(pk=corp.pk).update(archive_base=corp.archive_base)

    right = house.sandbox.post(f"/corps/{house.there.id}/archive")["secret"]
    wecom.change_corp(
        house.owner, house.corp.pk, secrets={"archive_secret": right}, now=clock.now()
    )
    look(again=True)
    assert ArchivedMessage.objects.get().text == "在吗"
    assert Corp.objects.get(pk=house.corp.pk).archive_trouble_zh == ""


class Told:
    """An archive that tells what a test says."""

    def __init__(self, *records: Record) -> None:
        self.records = records

    def read(self, after: int, limit: int) -> Sequence[Record]:
        return [each for each in self.records if each.seq > after][:limit]


def test_what_is_recalled_stays_and_strangers_and_odd_records_spoil_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mei, *_), _ = friends(house)
    now = int(clock.now().timestamp() * 1000)
    said = {"sender": "LIN.YUE", "tolist": [mei], "msgtype": "text"}
    told = Told(
        Record(1, "a", **said, msgtime=now, text={"content": "a\0b" + "很" * 5_000}),
        Record(
            2, "b", action="recall", sender="lin.yue", revoke={"pre_msgid": "a"}, msgtype="revoke"
        ),
        Record(3, "c", sender="nobody.here", tolist=["nobody.either"], msgtype="text"),
        Record(4, "d", sender=mei, tolist=["lin.yue"], msgtime=10**18, msgtype="image"),
        Record(5, "e", action="switch"),
        Record(6, "a", **said, msgtime=now, text={"content": "again"}),
    )
    monkeypatch.setitem(interface._adapters, "http", lambda _corp: told)
    look()

    first, second = ArchivedMessage.objects.order_by("seq")
    assert (first.is_recalled, first.text[:3], len(first.text)) == (True, "ab很", 4_000)
    assert (second.kind, second.by_staff, second.at <= clock.now()) == ("image", False, True)
    assert Corp.objects.get(pk=house.corp.pk).archive_seq == 6
    wecom.forget_archived(now=clock.now() + timedelta(days=181))
    assert not ArchivedMessage.objects.exists()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wrote", "due"),
    [(at(2, 2), at(2, 2, 30)), (at(2, 12, 50), at(3, 1, 20)), (at(1, 20), at(2, 1, 30))],
    ids=["at ten there", "ten minutes before nine in the evening", "by night"],
)
def test_only_hours_in_which_the_brand_answers_count(wrote: datetime, due: datetime) -> None:
    rules = ChatRules(minutes=30, opens=time(9), closes=time(21))

    assert due_at(wrote, rules, Workspace()) == due


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("好的，谢谢！", False),
        ("OK 👌", False),
        ("好的，那什么时候发货", True),
        ("", True),
        ("在吗", True),
    ],
)
def test_thanks_need_no_answer(text: str, waits: bool) -> None:
    assert needs_answer(ArchivedMessage(kind="text", text=text)) is waits
