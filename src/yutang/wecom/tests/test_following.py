"""Staff, tags and customers' relations are brought over as the corp has them, and kept so."""

import pytest

from yutang.customers import service as customers
from yutang.customers.models import Customer, Relation
from yutang.tracking.tests.builders import shown_in
from yutang.wecom.client.errors import NotPermitted
from yutang.wecom.models import (
    AcquisitionLink,
    ContactWay,
    Corp,
    Failure,
    FollowRelation,
    Gap,
    RunState,
)
from yutang.wecom.tests.corps import NOON, Town, a_chat, a_corp, a_friend, seen, sync
from yutang.workspaces.models import Department, Staff
from yutang.workspaces.tests.builders import a_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


def a_town() -> Town:
    town = Town(
        departments=[
            {"id": 1, "name": "茶馆", "parentid": 0},
            {"id": 17, "name": "静安店", "parentid": 1},
        ],
        tag_groups=[
            {
                "group_id": "g1",
                "group_name": "意向",
                "tag": [{"id": "t1", "name": "高"}, {"id": "t2", "name": "低"}],
            }
        ],
        page=2,
    )
    for number in range(5):
        a_friend(town, f"wm{number}", remark=f"周女士{number}", tags=("t1",) if number % 2 else ())
    a_friend(town, "wm1", "chen.bo", tags=("t2",), state="store_017")
    a_chat(town, "wr1", "会员群", "wm1", "wm7")
    a_chat(town, "wr2", "会员群", "wm2")
    a_chat(town, "wr3", "")
    return town


def test_what_the_corp_has_is_here_and_once() -> None:
    corp, town = a_corp(), a_town()

    run = sync(corp, town)
    first = seen(corp)
    again = sync(corp, town)

    assert run.state == RunState.DONE and run.is_first
    assert run.counts["contacts_new"] == 6
    assert [name for _, name in first["people"]] == [
        *(f"客户wm{number}" for number in range(5)),
        "wm7",
    ]
    assert [pair[:2] for pair in first["groups"]] == [
        ("会员群", "wm1"),
        ("会员群", "wm7"),
        ("会员群 (2)", "wm2"),
    ]
    assert [pair[:3] for pair in first["friends"]] == [
        ("chen.bo", "wm1", ""),
        *(("linyue", f"wm{number}", f"周女士{number}") for number in range(5)),
    ]
    assert first["tags"] == [("wm1", "意向", "低"), ("wm1", "意向", "高"), ("wm3", "意向", "高")]
    assert again.counts["contacts_same"] == 6 and "contacts_new" not in again.counts
    assert seen(corp) == first
    assert not Gap.objects.within(corp.workspace_id).exists()
    staff = Staff.objects.within(corp.workspace_id).get(code="LinYue")
    assert staff.department.name == "茶馆"
    assert Department.objects.within(corp.workspace_id).get(name="静安店").parent.name == "茶馆"


def test_killed_anywhere_and_run_again_it_comes_to_the_same() -> None:
    undisturbed, town = a_corp(), a_town()
    sync(undisturbed, town)
    corp, deaths = a_corp(), 0

    while True:
        town.dying_after = deaths
        try:
            run = sync(corp, town)
            break
        except SystemExit:
            deaths += 1

    assert deaths > 5
    assert seen(corp) == seen(undisturbed)
    assert run.counts["contacts_new"] == 6
    assert len(events_of(corp)) == len(events_of(undisturbed)) == 9


def test_a_page_whose_transaction_ends_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    corp, town = a_corp(), a_town()

    def dies(*_: object, **__: object) -> None:
        raise SystemExit("killed")

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr("yutang.wecom.sync._following._note", dies)
        sync(corp, town)
    left = Relation.objects.within(corp.workspace_id).count(), len(events_of(corp))
    run = sync(corp, town)

    assert left == (0, 0)
    assert run.counts["contacts_new"] == 6 and len(events_of(corp)) == 9


def test_what_callbacks_lost_is_found_repaired_and_counted() -> None:
    corp, town = a_corp(), a_town()
    sync(corp, town)

    town.friends["LinYue", "wm0"]["remark"] = "老顾客"
    del town.friends["LinYue", "wm3"]
    a_friend(town, "wm9", days=0)
    run = sync(corp, town)

    fresh = a_corp()
    sync(fresh, town)
    assert seen(corp)["friends"] == seen(fresh)["friends"]
    assert ("wm3", "意向", "高") not in seen(corp)["tags"]
    gaps = Gap.objects.within(corp.workspace_id).filter(run=run).order_by("key")
    assert list(gaps.values_list("key", "kind")) == [
        ("wm0 · linyue", "changed"),
        ("wm3 · linyue", "left_over"),
        ("wm9 · linyue", "missing"),
    ]
    assert events_of(corp)[-2:] == ["add_friend", "delete_friend"]


def test_who_left_a_group_and_which_is_over_is_found() -> None:
    corp, town = a_corp(), a_town()
    sync(corp, town)

    a_chat(town, "wr1", "新会员群", "wm7", "wm3")
    del town.chats["wr2"]
    run = sync(corp, town)
    renamed = sync(corp, town)

    assert [pair[:2] for pair in seen(corp)["groups"]] == [("新会员群", "wm3"), ("新会员群", "wm7")]
    assert run.counts["group_members_left"] == 1 and run.counts["groups_ended"] == 1
    assert "groups_ended" not in renamed.counts
    assert sorted(events_of(corp)[-3:]) == ["join_group", "leave_group", "leave_group"]


def test_ways_in_are_kept_as_they_are_told_and_gone_ones_are_over() -> None:
    corp, town = a_corp(), a_town()
    town.ways["c1"] = {
        "config_id": "c1",
        "state": "store_017",
        "remark": "静安店",
        "user": ["LinYue"],
    }
    town.links["l1"] = {"link_id": "l1", "link_name": "双十一", "url": "https://work.example/ca/l1"}
    sync(corp, town)
    way = ContactWay.objects.within(corp.workspace_id).get()
    link = AcquisitionLink.objects.within(corp.workspace_id).get()

    town.ways.clear()
    refused = NotPermitted(api="list_link", errcode=48002, said="no right", ip="?")
    town.refusals["externalcontact/customer_acquisition/list_link"] = refused
    run = sync(corp, town)

    assert (way.state, way.remark, way.told["user"]) == ("store_017", "静安店", ["LinYue"])
    assert (link.name, link.url) == ("双十一", "https://work.example/ca/l1")
    way.refresh_from_db()
    link.refresh_from_db()
    assert way.gone_at is not None and link.gone_at is None
    assert run.state == RunState.DONE
    assert Failure.objects.within(corp.workspace_id).get().subject == "links"


def test_one_member_who_cannot_be_read_does_not_hold_up_the_others() -> None:
    corp, town = a_corp(), a_town()
    town.refusing["externalcontact/batch/get_by_user", "['LinYue', 'chen.bo']"] = 60111
    town.refusing["externalcontact/batch/get_by_user", "['chen.bo']"] = 60021

    run = sync(corp, town)
    failed = list(Failure.objects.within(corp.workspace_id).values_list("subject", "key", "code"))
    town.refusing.clear()
    sync(corp, town)

    assert run.state == RunState.DONE and run.counts["contacts_new"] == 5
    assert failed == [("contacts", "@chen.bo", 60021)]
    assert not Failure.objects.within(corp.workspace_id).exists()
    assert ("chen.bo", "wm1") in [pair[:2] for pair in seen(corp)["friends"]]


def test_what_concerns_all_of_it_stops_it_and_it_goes_on_from_there() -> None:
    corp, town = a_corp(), a_town()
    town.refusing["externalcontact/list", "LinYue"] = 40001

    stopped = sync(corp, town)
    town.refusing.clear()
    asked = len(town.asked)
    run = sync(corp, town, anew=False)

    assert stopped.state == RunState.STOPPED and "40001" in stopped.stopped_zh
    assert run.pk == stopped.pk and run.state == RunState.DONE
    assert "externalcontact/batch/get_by_user" not in town.asked[asked:]


def test_what_others_said_of_a_customer_stays() -> None:
    corp, town = a_corp(), a_town()
    sync(corp, town)
    customer = Customer.objects.within(corp.workspace_id).get(name="客户wm0")
    owner = a_member(corp.workspace)
    customers.change(owner, customer.pk, {"name": "王芳"}, now=NOON)

    town.contacts["wm0"]["name"], town.contacts["wm2"]["name"] = "改名", "山茶"
    town.friends["LinYue", "wm0"]["remark"] = "改"
    sync(corp, town)

    assert [name for external, name in seen(corp)["people"] if external in {"wm0", "wm2"}] == [
        "王芳",
        "山茶",
    ]


def test_who_was_erased_is_not_brought_back() -> None:
    corp, town = a_corp(), a_town()
    sync(corp, town)
    owner = a_member(corp.workspace)
    customer = Customer.objects.within(corp.workspace_id).get(name="客户wm4")

    told = customers.export(owner, customer.pk, now=NOON)
    customers.erase(owner, customer.pk, reason="", now=NOON)
    run = sync(corp, town)

    assert told["wecom"]["wecom_relations"][0]["external"] == "wm4"
    assert run.counts["contacts_left_out"] == 1
    assert "wm4" not in dict(seen(corp)["people"])
    assert not FollowRelation.objects.within(corp.workspace_id).filter(external="wm4").exists()


def events_of(corp: Corp) -> list[str]:
    """Return the types of what was recorded, as the warehouse shows it."""
    return shown_in(corp.workspace)
