"""A customer's timeline over HTTP: for those who may see the customer, in their language."""

import pytest

from yutang.tracking.tests.builders import accept, an_item, shown_in
from yutang.workspaces.models import Role, ScopeKind
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def test_a_timeline_follows_the_customer_through_a_merge() -> None:
    owner = a_member(a_workspace())
    accept(owner.workspace, an_item("view", customer={"openid:wx": "o1"}, content="A1"))
    accept(owner.workspace, an_item("favorite", content="A1"))
    accept(
        owner.workspace, an_item("sign_in", customer={"openid:wx": "o1", "phone": "13800138000"})
    )
    [customer] = {min(shown_in(owner.workspace, "customer"))}

    response = as_member(owner, language="en").get(f"/customers/{customer}/timeline")

    assert response.status_code == 200
    said = {each["sentence"] for each in response.json()["items"]}
    [merged] = [each for each in said if each.startswith("Merged with customer")]
    assert said - {merged} == {"Signed in", "Favourited item A1", "Viewed item A1"}


def test_pages_follow_one_another_and_types_can_be_chosen() -> None:
    owner = a_member(a_workspace())
    accept(owner.workspace, *(an_item(each) for each in ("view", "pay", "view", "pay")))
    customer = shown_in(owner.workspace, "customer")[0]
    asker = as_member(owner)

    first = asker.get(f"/customers/{customer}/timeline", {"limit": 3}).json()
    rest = asker.get(f"/customers/{customer}/timeline", {"cursor": first["next"]}).json()
    paid = asker.get(f"/customers/{customer}/timeline?type=pay&type=refund").json()

    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)
    assert [each["label"] for each in paid["items"]] == ["支付", "支付"]


def test_a_guide_does_not_see_customers_of_others() -> None:
    house = a_workspace()
    accept(house, an_item())
    [customer] = shown_in(house, "customer")
    guide = a_member(house, Role.GUIDE, ScopeKind.OWN, name="小林")

    assert as_member(guide).get(f"/customers/{customer}/timeline").status_code == 404


def test_the_rival_is_told_there_is_no_such_customer() -> None:
    house, rival = a_workspace(), a_member(a_workspace("Coffee House"))
    accept(house, an_item())
    [customer] = shown_in(house, "customer")

    response = as_member(rival).get(f"/customers/{customer}/timeline")

    assert (response.status_code, response.json()["code"]) == (404, "customers.not_found")


def test_staff_stores_and_groups_are_called_by_their_names() -> None:
    owner = a_member(a_workspace())
    asker = as_member(owner)
    staff = asker.post("/staff", {"name": "小林"}).json()["id"]
    store = asker.post("/stores", {"name": "静安店"}).json()["id"]
    group = asker.post("/customers/groups", {"name": "老客福利群"}).json()["id"]
    accept(owner.workspace, an_item("message", staff=staff, store=store, group=group))
    [customer] = shown_in(owner.workspace, "customer")

    [event] = asker.get(f"/customers/{customer}/timeline").json()["items"]

    assert event["sentence"] == "发消息了 员工 小林，群 老客福利群，门店 静安店"
    assert event["names"] == {"staff": "小林", "store": "静安店", "group": "老客福利群"}
