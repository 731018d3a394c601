"""Customers and groups change hands as the platform allows; what came of each is known, and told once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from yutang.customers.models import Relation, RelationKind
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.client.client import Client
from yutang.wecom.models import Corp, CorpState, FollowRelation, Handover, StaffAccount, Transfer
from yutang.workspaces.models import AuditRecord, ScopeKind
from yutang.workspaces.service import Member, NoSuchStaff, Scope
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox import testing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]
DAY = timedelta(days=1)


@dataclass
class House:
    """A brand whose corp lives in the sandbox, brought over."""

    sandbox: testing.Running
    there: testing.Corp
    corp: Corp
    owner: Member

    @property
    def hers(self) -> list[str]:
        return self.of("lin.yue")

    def of(self, userid: str) -> list[str]:
        rows = FollowRelation.objects.filter(account__userid=userid, ended="")
        return sorted(rows.values_list("external", flat=True))

    def staff(self, userid: str) -> int:
        return StaffAccount.objects.get(corp=self.corp, userid=userid).staff_id

    def customers_of(self, staff: int) -> int:
        rows = Relation.objects.filter(kind=RelationKind.STAFF, target=staff, is_hidden=False)
        return rows.count()

    def begin(self, member: Member | None = None, **whom: Any) -> Transfer:
        return wecom.begin_transfer(
            member or self.owner,
            self.staff("lin.yue"),
            self.staff("chen.bo"),
            wecom.Whom(**whom),
            now=clock.now(),
        )

    def preview(self, **whom: Any) -> wecom.Preview:
        giver, taker = self.staff("lin.yue"), self.staff("chen.bo")
        return wecom.preview_transfer(self.owner, giver, taker, wecom.Whom(**whom), now=clock.now())

    def go_on(self, *, later: timedelta = timedelta()) -> None:
        at = clock.now() + later
        Transfer.objects.update(due_at=at, leased_until=at)
        wecom.hand_over_due(now=at)

    def counts(self, transfer: Transfer) -> dict[str, int]:
        return dict(wecom.counted([transfer])[transfer.pk].customers)

    def hear(self) -> None:
        for told in self.sandbox.take_callbacks(self.there):
            wecom.receive(self.corp.door, told["query"], told["body"].encode(), now=clock.now())
        beat_all_once("wecom.urgent", "wecom.callbacks")


@pytest.fixture
def house(settings: Any) -> Iterator[House]:
    with testing.running() as sandbox:
        settings.YUTANG_WECOM_BASES = sandbox.base
        tokens._known.clear()
        there = sandbox.make_corp(staff=2, customers=10, relations=1, groups=0)
        owner = a_member(a_workspace())
        corp = wecom.add_corp(
            owner,
            corp_id=there.id,
            agent_id=there.agent,
            secret=there.secret,
            name="茶馆",
            base=sandbox.base,
            callback_token=testing.TOKEN,
            callback_key=testing.KEY,
            now=clock.now(),
        )
        Corp.objects.filter(pk=corp.pk).update(state=CorpState.ACTIVE)
        corp.refresh_from_db()
        wecom.begin_run(corp, actor="user:1", anew=True, now=clock.now())
        beat_all_once("wecom.sync")
        yield House(sandbox, there, corp, owner)
        wire._connections.cache_clear()


def test_on_the_job_it_takes_a_day_and_who_refuses_stays(house: House) -> None:
    lin, chen = house.staff("lin.yue"), house.staff("chen.bo")
    hers, his = house.hers, len(house.of("chen.bo"))
    transfer = house.begin()
    house.go_on()
    assert house.counts(transfer) == {"begun": len(hers)}

    house.sandbox.act(house.there, "customer.refuses_transfer", customer=hers[0])
    house.sandbox.advance(24 * 3600 + 5)
    house.go_on(later=DAY)  # not one callback came
    transfer.refresh_from_db()

    assert house.counts(transfer) == {"refused": 1, "done": len(hers) - 1}
    assert transfer.state == "over"
    assert (house.of("lin.yue"), len(house.of("chen.bo"))) == (hers[:1], his + len(hers) - 1)
    assert (house.customers_of(lin), house.customers_of(chen)) == (1, his + len(hers) - 1)
    told = AuditRecord.objects.filter(target=f"transfer:{transfer.pk}").order_by("pk")
    assert list(told.values_list("action", flat=True)) == [
        "wecom.transfer_begun",
        "wecom.transfer_over",
    ]
    again = house.preview()
    assert (again.verdicts["goes"], again.has_refused) == (1, 1)


def test_the_preview_holds_back_whom_the_platform_would(house: House) -> None:
    hers = house.hers
    begun, lost, moved = hers[:3]
    known = dict(FollowRelation.objects.values_list("external", "home"))
    house.begin(customers="chosen", customer_ids=[known[begun]])
    house.go_on()
    house.sandbox.act(house.there, "customer.deletes", customer=lost, staff="lin.yue")
    house.hear()
    for _ in range(2):
        old = house.begin(customers="chosen", customer_ids=[known[moved]])
        Handover.objects.filter(transfer=old).update(state="done", ended_at=clock.now())

    found = house.preview(customers="everyone")

    assert found.verdicts == {
        "goes": len(hers) - 3,
        "pending": 1,
        "lost": 1,
        "too_often": 1,
    }
    assert {each.why for each in found.shown} == {"pending", "lost", "too_often"}
    assert {each.name: each.value for each in found.limits}["transfers_per_90_days"] == 2
    with pytest.raises(wecom.NobodyToHandOver):
        house.begin(customers="chosen", customer_ids=[known[begun]])


def test_no_answer_is_looked_for_and_never_asked_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer, asked = house.begin(), []
    call = Client.call

    def and_hears_nothing(self: Client, api: str, *given: Any, **more: Any) -> dict[str, Any]:
        answer = call(self, api, *given, **more)
        if api.endswith("transfer_customer"):
            asked.append(api)
            raise wire.silent("late", began=True)
        return answer

    monkeypatch.setattr(Client, "call", and_hears_nothing)
    house.go_on()
    assert house.counts(transfer) == {"asked": len(house.hers)}
    house.go_on(later=timedelta(minutes=2))

    assert house.counts(transfer) == {"begun": len(house.hers)}
    assert len(asked) == 1


def test_what_never_came_is_asked_for_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    transfer = house.begin()
    call = Client.call

    def is_lost(self: Client, api: str, *given: Any, **more: Any) -> dict[str, Any]:
        if api.endswith("transfer_customer"):
            raise wire.silent("late", began=True)
        return call(self, api, *given, **more)

    monkeypatch.setattr(Client, "call", is_lost)
    house.go_on()
    monkeypatch.undo()
    house.go_on(later=timedelta(minutes=2))
    assert house.counts(transfer) == {"asked": len(house.hers)}
    house.go_on(later=timedelta(minutes=11))
    house.go_on(later=timedelta(minutes=12))

    assert house.counts(transfer) == {"begun": len(house.hers)}


def test_a_leaver_is_listed_until_everybody_is_taken_over(house: House) -> None:
    hers = house.hers
    chat = house.sandbox.act(
        house.there, "staff.founds", staff="lin.yue", name="会员群", customers=hers[:2]
    )
    house.sandbox.act(house.there, "corp.dismisses_staff", staff="lin.yue")
    house.hear()
    beat_all_once("wecom.leavers")
    (leaver,) = wecom.leavers_of(house.owner)
    assert (leaver.unassigned, leaver.customers, leaver.chats) == (len(hers), len(hers), 1)

    transfer = house.begin(chats=None)
    house.go_on()
    assert wecom.counted([transfer])[transfer.pk].chats == {"done": 1}
    told = house.sandbox.call(
        house.there, "externalcontact/groupchat/get", {"chat_id": chat["chat_id"]}
    )
    assert told["group_chat"]["owner"] == "chen.bo"
    house.sandbox.advance(24 * 3600 + 5)
    house.go_on(later=DAY)
    wecom.read_leavers_soon(house.owner, now=clock.now())
    beat_all_once("wecom.leavers")

    assert house.counts(transfer) == {"done": len(hers)}
    assert house.hers == []
    assert list(wecom.leavers_of(house.owner)) == []


def test_whom_another_system_handed_over_is_no_longer_the_leavers(house: House) -> None:
    hers = house.hers
    house.sandbox.act(house.there, "corp.dismisses_staff", staff="lin.yue")  # nobody tells
    pair = {"handover_userid": "lin.yue", "takeover_userid": "chen.bo"}
    api = "externalcontact/resigned/transfer_customer"
    house.sandbox.call(house.there, api, {**pair, "external_userid": hers[:1]})
    house.sandbox.advance(24 * 3600 + 5)

    beat_all_once("wecom.leavers")

    (leaver,) = wecom.leavers_of(house.owner)
    assert (leaver.staff.name, leaver.unassigned) == ("林月", len(hers) - 1)
    assert house.hers == hers[1:]
    assert hers[0] in house.of("chen.bo")


def test_what_the_platform_will_never_do_between_two_ends_it_with_a_sentence(house: House) -> None:
    transfer = house.begin()
    house.sandbox.act(house.there, "corp.changes_staff", staff="chen.bo", banned=True)

    house.go_on()
    transfer.refresh_from_db()

    assert transfer.state == "refused"
    assert transfer.trouble_zh
    assert house.counts(transfer) == {"not_taken": len(house.hers)}


def test_only_what_was_not_asked_for_is_called_off(house: House) -> None:
    transfer = house.begin()
    assert wecom.call_off_transfer(house.owner, transfer.pk, now=clock.now()).state == "called_off"
    another = house.begin()
    house.go_on()

    with pytest.raises(wecom.TransferOver):
        wecom.call_off_transfer(house.owner, another.pk, now=clock.now())


def test_a_manager_hands_over_between_her_own_staff_only(house: House) -> None:
    lin, chen = house.staff("lin.yue"), house.staff("chen.bo")

    def manager(*staff: int) -> Member:
        return replace(house.owner, scope=Scope(ScopeKind.STORE, frozenset(staff)))

    with pytest.raises(NoSuchStaff):
        house.begin(manager(lin))
    transfer = house.begin(manager(lin, chen))

    assert not wecom.transfers_of(manager()).exists()
    assert wecom.transfers_of(manager(lin)).get() == transfer
    with pytest.raises(wecom.NoSuchTransfer):
        wecom.transfer_of(a_member(a_workspace("咖啡馆")), transfer.pk)
