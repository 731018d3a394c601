"""The catalogue: what modules declare, what people make, what the first event of its kind brought."""

import pytest

from yutang.events import service as events
from yutang.events.tests.builders import NOON, an_event, record
from yutang.kit.i18n import Text
from yutang.kit.pages import PageIn
from yutang.loop import Property, PropertyKind
from yutang.workspaces.models import AuditRecord, Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def add(owner: Member, name: str = "try_on", **kinds: PropertyKind) -> events.CatalogueEntry:
    return events.add_type(
        owner,
        name,
        zh="试穿",
        en="tried on",
        is_activity=True,
        properties=[Property(key, kind, Text("", "")) for key, kind in kinds.items()],
        now=NOON,
    )


def discovered(owner: Member, **properties: object) -> None:
    [judged] = events.shape_all(owner.workspace, [("step", properties)], now=NOON)
    assert isinstance(judged, events.Shape), judged


def judged(owner: Member, type_name: str, **properties: object) -> object:
    [found] = events.shape_all(owner.workspace, [(type_name, properties)], now=NOON)
    return found if isinstance(found, events.Shape) else [each.field for each in found]


def test_a_type_of_ones_own_judges_its_properties(owner: Member) -> None:
    add(owner, size=PropertyKind.NUMBER, day=PropertyKind.DATE, at=PropertyKind.TIME)

    assert judged(owner, "try_on", size="M") == ["properties.size"]
    assert judged(owner, "try_on", day="2026-02-30") == ["properties.day"]
    assert judged(owner, "try_on", at="2026-02-03T10:00:00") == ["properties.at"]
    assert judged(
        owner, "try_on", size=38, day="2026-02-28", at="2026-02-03T10:00:00+08:00"
    ) == events.Shape({"day": "2026-02-28", "at": "2026-02-03T02:00:00.000Z"}, {"size": 38}, {})


def test_a_discovered_text_may_be_sharpened_into_a_date_but_not_into_a_number(
    owner: Member,
) -> None:
    discovered(owner, due="2026-05-01")

    events.change_property(owner, "step", "due", kind=PropertyKind.DATE, now=NOON)

    assert judged(owner, "step", due="tomorrow") == ["properties.due"]
    with pytest.raises(events.KindFixed):
        events.change_property(owner, "step", "due", kind=PropertyKind.NUMBER, now=NOON)


def test_what_a_module_declares_keeps_its_kind_and_takes_new_words(owner: Member) -> None:
    changed = events.change_type(owner, "favorite", zh="种草", now=NOON)

    assert changed.type.label == Text("种草", "favourited")
    with pytest.raises(events.KindFixed):
        events.change_property(owner, "order", "amount", kind=PropertyKind.NUMBER, now=NOON)
    with pytest.raises(events.TypeInUse):
        events.remove_type(owner, "favorite", now=NOON)


def test_names_are_taken_once_and_look_like_names(owner: Member) -> None:
    add(owner)

    with pytest.raises(events.TypeTaken):
        add(owner)
    with pytest.raises(events.TypeTaken):
        add(owner, "favorite")
    for name in ("audience.made", "2nd", "a b", ""):
        with pytest.raises(events.NotATypeName):
            add(owner, name)
    with pytest.raises(events.PropertyTaken):
        events.add_property(
            owner, "order", Property("amount", PropertyKind.TEXT, Text("", "")), now=NOON
        )


def test_a_type_with_events_stays(owner: Member) -> None:
    add(owner)
    record(owner.workspace, an_event("try_on"))
    events.drain()

    with pytest.raises(events.TypeInUse):
        events.remove_type(owner, "try_on", now=NOON)


def test_a_catalogue_holds_so_much_and_no_more(
    owner: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yutang.events._catalogue.MOST_PROPERTIES", 2)
    discovered(owner, a=1, b=2)

    assert judged(owner, "step", c=3) == ["properties.c"]
    assert isinstance(judged(owner, "step", a=3), events.Shape)


def test_every_change_is_audited(owner: Member) -> None:
    add(owner)
    events.change_type(owner, "try_on", is_hidden=True, now=NOON)
    events.remove_type(owner, "try_on", now=NOON)

    done = AuditRecord.objects.within(owner.workspace).values_list("action", "target")
    assert list(done.order_by("pk")) == [
        ("events.type_added", "event_type:try_on"),
        ("events.type_changed", "event_type:try_on"),
        ("events.type_removed", "event_type:try_on"),
    ]


def test_hidden_types_are_listed_only_when_asked_for(owner: Member) -> None:
    events.change_type(owner, "search", is_hidden=True, now=NOON)
    every = PageIn(limit=200)

    shown = {each.type.name for each in events.entries(owner.workspace, every).items}
    hidden = {each.type.name for each in events.entries(owner.workspace, every, hidden=True).items}

    assert hidden - shown == {"search"}


def test_the_list_is_paged_by_name(owner: Member) -> None:
    page, names = PageIn(limit=7), []
    while True:
        found = events.entries(owner.workspace, page)
        names += [each.type.name for each in found.items]
        if found.next is None:
            break
        page = PageIn(limit=7, cursor=found.next)

    assert names == sorted(set(names))
    assert {"favorite", "pay", "join_membership"} <= set(names)


def test_the_wire(owner: Member) -> None:
    asker = as_member(owner)

    made = asker.post(
        "/event-types",
        {"name": "试穿", "zh": "试穿", "properties": [{"name": "size", "kind": "number"}]},
    )
    changed = asker.patch("/event-types/试穿/properties/size", {"zh": "尺码", "en": "size"})
    added = asker.post("/event-types/试穿/properties", {"name": "color", "kind": "text"})
    again = asker.post("/event-types/试穿/properties", {"name": "color", "kind": "text"})
    listed = asker.get("/event-types", {"limit": 200}).json()["items"]

    assert (made.status_code, changed.status_code, added.status_code) == (201, 200, 201)
    assert (again.status_code, again.json()["code"]) == (409, "events.property_taken")
    assert next(each for each in listed if each["name"] == "试穿") == {
        "name": "试穿",
        "label": "试穿",
        "zh": "试穿",
        "en": "试穿",
        "origin": "custom",
        "is_hidden": False,
        "is_activity": True,
        "events": 0,
        "last_seen_at": None,
        "properties": [
            {
                "name": "color",
                "kind": "text",
                "label": "color",
                "zh": "color",
                "en": "color",
                "is_hidden": False,
            },
            {
                "name": "size",
                "kind": "number",
                "label": "尺码",
                "zh": "尺码",
                "en": "size",
                "is_hidden": False,
            },
        ],
    }
    assert asker.delete("/event-types/试穿").status_code == 204
    assert asker.get("/event-types/试穿").status_code == 404


def test_who_may_only_read_may_not_change(owner: Member) -> None:
    guide = as_member(a_member(owner.workspace, Role.GUIDE, name="小林"))

    assert guide.get("/event-types/pay").status_code == 200
    assert guide.patch("/event-types/pay", {"zh": "付钱"}).status_code == 403


def test_the_rival_sees_only_her_own_words(owner: Member) -> None:
    rival = a_member(a_workspace("Coffee House"))
    add(owner)
    events.change_type(owner, "pay", zh="付钱", now=NOON)

    with pytest.raises(events.TypeNotFound):
        events.entry(rival.workspace, "try_on")
    assert events.entry(rival.workspace, "pay").type.label.zh == "支付"
