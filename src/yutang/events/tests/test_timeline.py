"""One person's history: newest first, page by page, each event a line that people read."""

from datetime import timedelta
from uuid import uuid4

import pytest

from yutang.events import service as events
from yutang.events.service import NewEvent
from yutang.events.tests.builders import NOON, an_event, record
from yutang.kit.pages import CursorUnknown
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


def lived(house: Workspace, *given: NewEvent) -> None:
    record(house, *given, now=NOON + timedelta(days=1))
    events.drain()


def sentence(language: str, type_name: str, **given: object) -> str:
    house = a_workspace()
    lived(house, an_event(type_name, **given))
    [event] = events.timeline(house, [7]).items
    return event.sentence(language)


@pytest.mark.parametrize(
    ("type_name", "given", "zh", "en"),
    [
        ("favorite", {"content": "A1"}, "收藏了 商品 A1", "Favourited item A1"),
        ("sign_in", {}, "登录了", "Signed in"),
        (
            "order",
            {"amount": 1_280_050, "content": "A1", "properties": {"quantity": 2}},
            "下单了 ¥12,800.50，商品 A1，数量 2",
            "Ordered ¥12,800.50, item A1, quantity 2",
        ),
        ("join_group", {"group": 12}, "进群了 群 12", "Joined a group group 12"),
        ("share", {"store": 3}, "分享了 门店 3", "Shared store 3"),
        (
            "试穿",
            {"properties": {"gift": True, "sizes": ["M", "L"], "note": "x" * 90}},
            f"试穿：gift 是，note {'x' * 59}…，sizes M、L",
            f"试穿 gift yes, note {'x' * 59}…, sizes M, L",
        ),
    ],
)
def test_an_event_reads_as_a_line(type_name: str, given: dict, zh: str, en: str) -> None:
    assert sentence("zh", type_name, **given) == zh
    assert sentence("en", type_name, **given) == en


def test_the_workspaces_own_words_are_used() -> None:
    owner = a_member(a_workspace())
    lived(owner.workspace, an_event(content="A1"))
    events.change_type(owner, "favorite", zh="种草", en="fell for", now=NOON)
    events.change_property(owner, "favorite", "content", zh="好物", now=NOON)

    [event] = events.timeline(owner.workspace, [7]).items

    assert (event.sentence("zh"), event.sentence("en")) == ("种草了 好物 A1", "Fell for item A1")


def test_every_event_is_on_exactly_one_page_newest_first() -> None:
    house = a_workspace()
    same_instant = [NOON] * 12
    spread = [NOON - timedelta(days=40 * n) for n in range(12)]
    given = [
        an_event(customer=7 + n % 2, occurred_at=at) for n, at in enumerate(same_instant + spread)
    ]
    lived(house, *given)

    seen, cursor = [], None
    while True:
        page = events.timeline(house, [7, 8], before=cursor, limit=5)
        seen += page.items
        cursor = page.next
        if cursor is None:
            break

    assert len(seen) == len({each.id for each in seen}) == 24
    assert [each.occurred_at for each in seen] == sorted(same_instant + spread, reverse=True)


def test_only_the_asked_types_and_origins_are_shown() -> None:
    house = a_workspace()
    lived(house, an_event("view"), an_event("pay"), an_event("pay", customer=9))

    page = events.timeline(house, [7], types=["pay", "refund"])

    assert [each.type.name for each in page.items] == ["pay"]
    assert events.timeline(house, []).items == []


def test_a_merged_customer_is_read_by_all_her_origins() -> None:
    house = a_workspace()
    lived(house, an_event(customer=7, origin=5), an_event(customer=7, origin=7))

    assert len(events.timeline(house, [5, 7]).items) == 2


def test_properties_come_back_as_they_were() -> None:
    house = a_workspace()
    properties = {"gift": False, "price": 12.5, "count": 3, "colours": ["red"], "sku": "A1"}
    lived(house, an_event(properties=properties))

    [event] = events.timeline(house, [7]).items

    assert event.properties == properties


def test_the_rival_sees_nothing() -> None:
    house, rival = a_workspace(), a_workspace("Coffee House")
    lived(house, an_event())

    assert events.timeline(rival, [7]).items == []


def test_a_cursor_of_our_own_making_is_refused() -> None:
    with pytest.raises(CursorUnknown):
        events.timeline(a_workspace(), [7], before=str(uuid4()))


def test_what_was_said_comes_back_as_it_was() -> None:
    house = a_workspace()
    said = {
        "amount": -(2**53) - 1,
        "staff": 2**32 - 1,
        "content": 'A/1 "茶" \\ \n\t 𠮷 👨‍👩‍👧 %s {}',
        "campaign": "'); --",
        "properties": {
            "words": "[null, \u2028]",
            "whole": 2**40,
            "part": 0.1,
            "small": -1.5e-300,
            "many": ["", '"', "茶, 红"],
        },
    }
    lived(house, an_event("试穿", **said))

    ((newest,), (of_type,)) = (
        events.timeline(house, [7], types=types).items for types in ((), ("试穿",))
    )

    assert newest == of_type
    properties = said.pop("properties")
    assert {name: getattr(newest, name) for name in said} == said
    assert newest.properties == properties
    assert (newest.occurred_at, newest.received_at) == (NOON + timedelta(days=1),) * 2
