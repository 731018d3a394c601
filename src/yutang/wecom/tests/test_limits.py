"""The platform's limits as a brand changes them: from a day on, seen wherever they bind, and the default again."""

from datetime import timedelta

import pytest

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.reach import service as reach
from yutang.reach.policy import caps_for
from yutang.wecom import service as wecom
from yutang.wecom.client.limits import platform_day
from yutang.wecom.models import Corp
from yutang.wecom.tests.builders import a_corp
from yutang.workspaces.models import AuditRecord, Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db
MARK = "externalcontact/mark_tag"


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def asker(owner: Member) -> Asker:
    return as_member(owner)


@pytest.fixture
def corp(owner: Member) -> Corp:
    return a_corp(owner)


def limit(asker: Asker, name: str) -> dict[str, object]:
    (found,) = (each for each in asker.get("/wecom/limits").json() if each["name"] == name)
    return found


def change(asker: Asker, name: str, value: int, days: int | None = None) -> object:
    since = None if days is None else (platform_day() + timedelta(days=days)).isoformat()
    return asker.put("/wecom/limits", {"name": name, "value": value, "since": since})


def test_every_limit_says_what_holds_and_where_it_was_read(asker: Asker) -> None:
    found = asker.get("/wecom/limits").json()

    assert len({each["name"] for each in found}) == len(found)
    assert {each["about"] for each in found} == {
        "caps",
        "messages",
        "mass",
        "transfer",
        "contact",
        "calls",
    }
    assert all(each["label"] and each["seen"] and each["value"] for each in found)
    assert all(each["source"] for each in found if each["seen"] != "ours")
    tags = limit(asker, "corp_tags")
    assert (tags["value"], tags["since"], tags["change"]) == (10_000, "2024-04", None)


def test_a_change_holds_at_once_where_it_binds_and_only_for_this_brand(
    asker: Asker, owner: Member, corp: Corp
) -> None:
    rivals = a_corp(a_member(a_workspace("Coffee House")))

    told = change(asker, "corp_tags", 3000).json()
    change(asker, f"{MARK}:at_once", 2)

    assert (told["value"], told["change"]["value"]) == (3000, 3000)
    assert told["change"]["made_by"] == owner.user.name
    assert (wecom.most("corp_tags", corp), wecom.most("corp_tags", rivals)) == (3000, 10_000)
    assert wecom.limits_of(MARK, corp).at_once == 2
    assert wecom.limits_of(MARK, rivals).at_once == 5
    actions = AuditRecord.objects.filter(workspace=owner.workspace, target="limit:corp_tags")
    assert [each.detail for each in actions] == [
        {"before": 10_000, "after": 3000, "from_day": platform_day().isoformat()}
    ]

    back = asker.delete("/wecom/limits?name=corp_tags").json()
    assert (back["value"], back["change"]) == (10_000, None)
    assert wecom.most("corp_tags", corp) == 10_000


@pytest.mark.parametrize(
    "name", ["mass_reminders_per_day", "cap:wecom.moments", "message:wecom.link.title"]
)
def test_a_change_from_a_day_to_come_leaves_what_holds_until_then(asker: Asker, name: str) -> None:
    default = limit(asker, name)["value"]
    change(asker, name, 9)

    told = change(asker, name, 7, days=10).json()

    assert default != 9
    assert (told["value"], told["change"]["value"], told["change"]["before"]) == (9, 7, 9)
    assert asker.delete(f"/wecom/limits?name={name}").json()["value"] == default


def test_a_cap_on_messages_is_the_contact_policys(asker: Asker, owner: Member) -> None:
    def moments(days: int) -> int | None:
        rules, at = reach.policy_of(owner.workspace).rules, clock.now() + timedelta(days=days)
        caps = caps_for(rules, channel="moments", purpose="service", has_journey=False, now=at)
        return next(each.most for each in caps if each.name == "wecom.moments")

    told = change(asker, "cap:wecom.moments", 8, days=3).json()

    assert (told["value"], moments(0), moments(4)) == (4, 4, 8)
    assert told["change"]["made_by"] == owner.user.name
    policy = asker.get("/reach/policy").json()
    assert policy["rules"]["platform"]["wecom.moments"]["most"] == 8
    assert asker.put("/reach/policy", policy["rules"]).status_code == 200, "as it was given"


def test_how_long_a_text_may_be_is_what_messages_are_judged_by_and_only_this_brands(
    asker: Asker, owner: Member
) -> None:
    def written(by: Asker, length: int) -> int:
        parts = [{"kind": "text", "text": "x" * length}]
        said = {"name": f"{length}", "channel": "wecom", "purpose": "service", "parts": parts}
        return by.post("/messages", said).status_code

    rival = as_member(a_member(a_workspace("Coffee House")))
    before = limit(asker, "message:wecom.text.text")
    told = change(asker, "message:wecom.text.text", 20).json()

    assert (before["value"], before["source"][:8]) == (4000, "https://")
    assert (told["value"], told["change"]["made_by"]) == (20, owner.user.name)
    assert (written(asker, 20), written(asker, 21), written(rival, 21)) == (201, 422, 201)
    kit = asker.get("/messages/kit").json()
    (wecom_,) = (each for each in kit["channels"] if each["name"] == "wecom")
    assert "20" in str(wecom_["parts"])

    asker.delete("/wecom/limits?name=message:wecom.text.text")
    assert written(asker, 22) == 201


def test_how_large_a_file_may_be_is_what_the_library_takes(asker: Asker, owner: Member) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"x" * 200
    change(asker, "message:wecom.image.file", 100)

    with pytest.raises(DomainError) as told:
        reach.add_material(owner, "茶", picture, kind="image", now=clock.now())

    assert told.value.status == 422


def test_what_nobody_can_mean_is_refused_with_a_sentence(asker: Asker, owner: Member) -> None:
    refused = [
        change(asker, "corp_tags", 0),
        change(asker, "corp_tags", 2_000_000_000),
        change(asker, "corp_tags", 10, days=5000),
    ]
    unknown = change(asker, "corp_cats", 10)
    reader = as_member(a_member(owner.workspace, Role.ANALYST))

    assert [each.status_code for each in refused] == [422, 422, 422]
    assert "1" in refused[0].json()["detail"]
    assert "2011-01-01" in refused[2].json()["detail"]
    assert unknown.status_code == 404
    assert change(reader, "corp_tags", 10).status_code == 403
    assert limit(asker, "corp_tags")["change"] is None
