"""Audiences have names of their own, ask about each other without circles, and are put away only when
nobody uses them."""

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.models import Audience, AudienceUse, RefreshSchedule
from yutang.audiences.tests.builders import (
    NOON,
    SECOND,
    a_live,
    customers_in,
    favourites,
    happened,
    known,
)
from yutang.engines import warehouse
from yutang.kit.i18n import speaking
from yutang.workspaces.models import AuditRecord, Workspace
from yutang.workspaces.tests.builders import a_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]


@pytest.fixture
def house() -> Workspace:
    return a_workspace()


def make(house: Workspace, name: str, condition: dict | None = None, **more: object) -> Audience:
    draft = audiences.Draft(name=name, condition=condition, **more)
    return audiences.make(house, draft, owner=None, actor="user:1", now=NOON)


def inside(*audience: Audience) -> dict[str, object]:
    return {"kind": "audience", "op": "in", "audiences": [each.pk for each in audience]}


def change(audience: Audience, **changes: object) -> Audience:
    return audiences.change(
        audience.workspace, audience.pk, changes, actor="user:1", now=NOON + SECOND
    )


def archive(audience: Audience) -> Audience:
    return audiences.archive(audience.workspace, audience.pk, actor="user:1", now=NOON + SECOND)


def test_a_condition_is_kept_with_what_it_listens_to(house: Workspace) -> None:
    audience = make(house, "近期收藏", favourites())

    assert audience.kind == "live"
    assert audience.condition["types"] == ["favorite"]
    assert audience.listens == ["@profile", "favorite"]
    assert audience.next_refresh_at == NOON


def test_without_a_condition_it_is_a_static_list(house: Workspace) -> None:
    audience = make(house, "线下活动名单")

    assert (audience.kind, audience.next_refresh_at) == ("static", None)
    with pytest.raises(audiences.NotLive):
        change(audience, condition=favourites())


@pytest.mark.parametrize("name", ["近期收藏", "近期收藏".upper()])
def test_two_audiences_have_two_names(house: Workspace, name: str) -> None:
    make(house, "近期收藏", favourites())

    with pytest.raises(audiences.NameTaken) as refused:
        make(house, name, favourites())

    assert str(refused.value) == "已经有一个人群叫“近期收藏”。请换一个名字。"
    assert Audience.objects.within(house).count() == 1


def test_a_condition_that_cannot_be_read_is_refused_and_nothing_is_kept(house: Workspace) -> None:
    with pytest.raises(audiences.ConditionUnreadable):
        make(house, "看不懂", {"kind": "event", "types": ["nothing_like_it"]})

    assert not Audience.objects.within(house).exists()


def test_an_audience_cannot_depend_on_itself_by_way_of_others(house: Workspace) -> None:
    first = make(house, "甲", favourites())
    second = make(house, "乙", inside(first))
    third = make(house, "丙", {"kind": "not", "of": inside(second)})

    with pytest.raises(audiences.UsesItself) as refused:
        change(first, condition=inside(third))

    assert str(refused.value) == "人群“甲”会绕回自己：甲 → 丙 → 乙 → 甲。请去掉其中一环。"
    first.refresh_from_db()
    assert first.condition["types"] == ["favorite"]
    assert AudienceUse.objects.within(house).count() == 2


def test_an_audience_in_use_is_not_archived_and_the_refusal_says_who_uses_it(
    house: Workspace,
) -> None:
    first = make(house, "甲", favourites())
    make(house, "乙", inside(first))
    make(house, "丙", inside(first))

    with pytest.raises(audiences.InUse) as refused:
        archive(first)

    assert str(refused.value) == "人群“甲”正被“丙”、“乙”使用。先改掉它们，再归档。"
    with speaking("en"):
        assert "is used by “丙”, “乙”" in str(refused.value)
    first.refresh_from_db()
    assert first.archived_at is None


def test_an_archived_audience_is_out_of_choice_and_comes_back_refreshed(house: Workspace) -> None:
    first = make(house, "甲", favourites())
    archive(first)

    with pytest.raises(audiences.ConditionUnreadable):
        make(house, "乙", inside(first))
    with pytest.raises(audiences.Archived):
        change(first, name="丁")
    restored = audiences.restore(house, first.pk, actor="user:1", now=NOON + 2 * SECOND)

    assert (restored.archived_at, restored.next_refresh_at) == (None, NOON + 2 * SECOND)


def test_deleting_takes_an_archived_audience_out_of_both_stores(house: Workspace) -> None:
    known(house, 1)
    happened(house, 1, at=NOON)
    audience = a_live(house)
    assert customers_in(audience) == [1]
    with pytest.raises(audiences.NotArchived):
        audiences.delete(house, audience.pk, actor="user:1", now=NOON)
    archive(audience)

    audiences.delete(house, audience.pk, actor="user:1", now=NOON + 2 * SECOND)

    assert not Audience.objects.within(house).exists()
    for table in ("members", "member_changes"):
        sql = f"SELECT count() FROM {table} WHERE workspace = {{workspace:UInt32}}"
        assert warehouse().value(sql, {"workspace": house.pk}) == 0


def test_every_change_is_written_down(house: Workspace) -> None:
    audience = make(house, "甲", favourites())
    change(audience, name="乙", schedule=RefreshSchedule.DAILY)
    archive(audience)

    records = AuditRecord.objects.filter(workspace=house).order_by("pk")
    assert [each.action for each in records] == [
        "audiences.made",
        "audiences.changed",
        "audiences.archived",
    ]
    assert records[1].detail == {
        "before": {"name": "甲", "schedule": "on_time"},
        "after": {"name": "乙", "schedule": "daily"},
    }


def test_a_rival_finds_none_of_it(house: Workspace) -> None:
    audience = make(house, "甲", favourites())
    rival = a_workspace("Coffee House")

    assert not audiences.listed(rival).exists()
    for act in (
        lambda: audiences.found(rival, audience.pk),
        lambda: audiences.change(rival, audience.pk, {"name": "乙"}, actor="user:2", now=NOON),
        lambda: audiences.archive(rival, audience.pk, actor="user:2", now=NOON),
        lambda: audiences.delete(rival, audience.pk, actor="user:2", now=NOON),
    ):
        with pytest.raises(audiences.NotFound):
            act()
    with pytest.raises(audiences.ConditionUnreadable):
        make(rival, "丙", inside(audience))
