"""The demo brand: the same from the same seed, believable, made once."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server
from zoneinfo import ZoneInfo

import httpx
import numpy as np
import polars as pl
import pytest
from django.db import connections

from yutang.audiences import service as audiences
from yutang.config.beside import Beside, beside_here
from yutang.config.demo.behaviour import life
from yutang.config.demo.labels import AUDIENCES
from yutang.config.demo.living import connect
from yutang.config.demo.making import DEMO_NAME, make_demo
from yutang.config.demo.people import DAY, Draw, people
from yutang.customers.models import Customer, Dependant, Identity, Merge, Relation
from yutang.engines import warehouse
from yutang.guides import service as guides
from yutang.journeys import service as journeys
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.reach import service as reach
from yutang.tags import service as tags
from yutang.wecom import service as wecom
from yutang.wecom.findings import State
from yutang.wecom.models import (
    ArchivedMessage,
    Callback,
    Corp,
    FollowRelation,
    MassKind,
    MassTask,
    RunState,
)
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Department, Staff, Workspace
from yutang.workspaces.tests.builders import a_user
from yutang_sandbox.testing import running

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def lived(count: int = 2_000, seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame]:
    draw = Draw(np.random.default_rng([seed, 0]), NOW)
    folk = people(draw, count)
    return folk, life(draw, folk)


def test_the_same_seed_gives_the_same_brand_and_another_another() -> None:
    (folk, events), (same_folk, same_events), (_, others) = lived(), lived(), lived(seed=8)

    assert folk.equals(same_folk)
    assert events.equals(same_events)
    assert not events.equals(others)


def test_nothing_happens_after_now_or_before_somebody_is_known() -> None:
    folk, events = lived()
    known = folk["_known"].gather(events["person"])

    assert events["ts"].max() <= int(NOW.timestamp() * 1000)
    # A visit may be moved to an earlier hour of the day on which she came.
    assert (known - events["ts"]).max() < DAY


def test_telephones_are_of_a_range_that_nobody_has_and_differ() -> None:
    folk, _ = lived()

    assert folk["phone"].str.contains(r"^154\d{8}$").all()
    assert folk["phone"].n_unique() == folk.height


def test_purchases_come_in_everybodys_own_rhythm() -> None:
    folk, events = lived(8_000)
    orders = events.filter(pl.col("type") == "order").sort("person", "ts")
    gaps = (
        orders.group_by("person")
        .agg((pl.col("ts").diff().mean() / DAY).alias("gap"), pl.len())
        .filter(pl.col("len") >= 6)
    )
    cycle = folk["_cycle_days"].gather(gaps["person"])

    assert gaps.height > 300
    assert np.corrcoef(gaps["gap"].to_numpy(), cycle.to_numpy())[0, 1] > 0.8


def test_a_few_people_make_most_of_the_visits() -> None:
    _, events = lived()
    per_person = events.group_by("person").len()["len"].sort(descending=True)

    busiest = per_person.head(len(per_person) // 10).sum() / per_person.sum()

    assert 0.3 < busiest < 0.7


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_made_once(open_warehouse) -> None:
    owner, said = a_user(), []

    made = make_demo(owner, count=300, seed=7, now=NOW, say=said.append)
    again = make_demo(owner, count=300, seed=7, now=NOW, say=said.append)
    beat_all_once("events.drain")

    house = made.workspace
    assert (made.is_new, again.is_new, again.workspace) == (True, False, house)
    assert (house.name, house.is_demo) == (DEMO_NAME, True)
    assert Workspace.objects.filter(is_demo=True).count() == 1
    sql = (
        "SELECT count() FROM events"
        " WHERE workspace = {workspace:UInt32} AND type != 'customer.merged'"
    )
    assert warehouse().value(sql, {"workspace": house.pk}) == made.events
    customers = Customer.objects.within(house)
    assert customers.filter(merged_into=None).count() == 300
    of_today = customers.filter(created_at__gt=NOW - timedelta(days=1), merged_into=None)
    assert of_today.count() < 10
    assert Merge.objects.within(house).exists()
    assert Dependant.objects.within(house).exists()
    kinds = set(Relation.objects.within(house).values_list("kind", flat=True))
    assert kinds == {"staff", "store", "group", "referrer"}
    assert {tag.name for tag in tags.list_tags(house) if tag.customers} >= {
        "高价值",
        "沉睡",
        "小程序",
    }


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Let this Yutang be heard, as it is served."""
    from yutang.config.wsgi import application

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:

        def serve() -> None:
            server.serve_forever(poll_interval=0.05)
            connections.close_all()

        thread = threading.Thread(target=serve, name="served", daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def beside(address: str, settings, monkeypatch) -> Iterator[Beside]:
    """Run a sandbox beside this Yutang."""
    settings.YUTANG_PUBLIC_URL = address
    settings.YUTANG_HOST, settings.YUTANG_PORT = "127.0.0.1", urlsplit(address).port
    with running() as sandbox:
        settings.YUTANG_WECOM_BASES = settings.YUTANG_WECOM_ARCHIVES = sandbox.base
        monkeypatch.setenv("YUTANG_DEMO_SANDBOX", sandbox.base)
        monkeypatch.setenv("YUTANG_DEMO_SPEED", "0.001")  # a test says when hours pass
        yield beside_here()


@pytest.mark.django_db(transaction=True)
def test_it_has_lived_for_two_months_and_lives_on(open_warehouse, beside) -> None:
    """People entered and left its audiences, were written to through the gate, journeys run; and the same
    people go on in the sandbox beside it, whether its corp is synced already or not.
    """
    house = make_demo(
        a_user(), count=2_000, seed=7, now=NOW, say=lambda _: None, beside=beside
    ).workspace
    connect(beside, now=NOW)
    beat_all_once("demo.living")  # the corp is connected, its first sync begun
    beat_all_once("events.drain", "customers.mirror", "demo.history")

    people_entered_and_left(house)
    beat_all_once("journeys.advance", "reach.tell", "events.drain")
    everybody_was_written_to(house)
    they_live_before_anybody_is_synced(house, beside)
    it_is_one_set_of_people(house, beside)
    it_speaks_for_itself(house)
    they_live_on(house, beside)


def people_entered_and_left(house: Workspace) -> None:
    saved = list(audiences.listed(house).order_by("pk"))
    today = NOW.astimezone(ZoneInfo(house.time_zone)).date()
    assert [each.name for each in saved] == [*AUDIENCES]
    for each in saved:
        days = audiences.growth(each, first=today - timedelta(days=62), last=today)
        assert each.count == days[-1].count
        moved = [day.on for day in days if day.entered + day.left]
        assert moved[0] <= today - timedelta(days=60) + timedelta(days=1)
        assert (each.created_at, each.schedule) == (NOW - timedelta(days=60), "on_time")
        assert each.next_refresh_at is not None
    busiest = max(saved, key=lambda each: each.count)
    recent = audiences.growth(busiest, first=today - timedelta(days=6), last=today)
    assert sum(day.entered for day in recent) < busiest.count
    assert sum(day.left for day in recent)
    sql = """
        SELECT count(), countIf(ts > {now:DateTime64(3, 'UTC')}), countIf(received_at != ts), countIf(ts < created_at)
        FROM events ANY LEFT JOIN profiles FINAL USING (workspace, customer)
        WHERE workspace = {workspace:UInt32} AND startsWith(type, 'audience.')
    """
    ((told, ahead, late, unknown),) = warehouse().rows(sql, {"workspace": house.pk, "now": NOW})
    assert told > 100
    assert (ahead, late, unknown) == (0, 0, 0)


def everybody_was_written_to(house: Workspace) -> None:
    rates = reach.rates(house, since=NOW - timedelta(days=60), until=NOW + timedelta(days=1))
    assert len({each.week for each in rates}) >= 5
    assert all(0 < each.reached <= each.meant for each in rates if each.meant > 20)
    owner = workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))
    said = [each.sent for each in guides.phrases_of(owner, q="lvcha")]
    assert said, "its guides have something to say of green tea"
    assert min(said) > 0
    made = reach.deliveries_of(owner)
    found = set(made.values_list("state", "reason").distinct())
    assert {("blocked", "capped"), ("blocked", "holdout"), ("blocked", "no_address")} <= found
    assert {"queued", "delivered", "opened", "clicked", "failed"} <= {state for state, _ in found}
    running = list(journeys.listed(house, state="active"))
    assert len(running) == 4
    assert all(journeys.counts(each) for each in running)
    (campaign,) = journeys.listed(house, state="active", view="campaign")
    effect = journeys.effect_of(campaign, now=NOW)
    assert effect.held_out.over > 50
    assert 0 < effect.treated.reached < effect.treated.over
    assert len(effect.days) >= 5


def they_live_before_anybody_is_synced(house: Workspace, beside: Beside) -> None:
    """As soon as the guides are known people buy, come and go; the sync of who is a friend may take its time."""
    corp = wecom.corps_of(house).get()
    (run,) = wecom.syncs_of(corp)
    people = f"/corps/{corp.corp_id}/population"
    before, by_till = told(house, "add_friend"), told(house, "pay", source="till")
    assert (beside.get(people)["since_start"], before, by_till) == ({}, 0, 0)

    wecom.run_sync(run.pk, without_room_for_contacts, clock=clock.now)
    beat_all_once("demo.living")

    assert beside.get(people)["since_start"]["hours"] == 1  # at once
    beside.post(people, {"inflow": 0.02})
    beside.post(f"{people}/run", {"hours": 24})
    beat_all_once("wecom.urgent", "wecom.callbacks", "events.drain")
    assert told(house, "pay", source="till") == beside.get(people)["orders"]["bought"] > 10
    assert told(house, "add_friend") > 5


def without_room_for_contacts(corp: Corp) -> Callable[..., object]:
    """Return a platform that has room for everything but the reading of contacts."""
    ask = wecom.platform_of(corp)

    def asked(api: str, body: dict[str, object] | None = None) -> object:
        if api.startswith("externalcontact/batch"):
            raise wecom.Throttled(api=api, seconds=30)
        return ask(api, body)

    return asked


def it_is_one_set_of_people(house: Workspace, beside: Beside) -> None:
    """Whom WeCom tells of, and the till, is who was there; nothing that happened meanwhile is lost or double."""
    corp = wecom.corps_of(house).get()
    (run,) = wecom.syncs_of(corp)
    friends = FollowRelation.objects.within(house).filter(corp=corp)
    by_callbacks = friends.count()

    wecom.run_sync(run.pk, wecom.platform_of, clock=clock.now)
    beat_all_once("events.drain", "customers.squash")

    run.refresh_from_db()
    assert run.state == RunState.DONE, run.stopped_en
    assert run.counts["contacts_read"] == friends.count()
    assert run.counts["contacts_new"] == friends.count() - by_callbacks
    assert told(house, "add_friend") == friends.count() > 1000
    assert told(house, "join_group") - told(house, "leave_group") == related(house, "group") > 300
    assert related(house, "staff") == friends.exclude(ended__in=["staff", "transfer"]).count()
    assert (run.counts["staff_read"], Staff.objects.within(house).count()) == (24, 24)
    assert not Department.objects.within(house).exclude(
        name__in=["青山茶事", "华东", "华北", "华南", "西南", "线上"]
    )
    everybody_has_her_own_orders(house, beside, corp)
    beat_all_once("wecom.archive", "guides.check_chats")
    said = ArchivedMessage.objects.within(house)
    assert said.filter(by_staff=True).exists()
    assert said.filter(by_staff=False).count() > 5
    entrance = beside.corps()[corp.corp_id]["apps"][0]["home"]
    assert httpx.get(entrance).headers["location"].startswith(f"{beside.base}/wwlogin/")
    corp.refresh_from_db()  # its archive was read meanwhile
    findings = {each.name: each.state for each in wecom.diagnose(corp, now=clock.now())}
    assert set(findings.values()) == {State.FINE}


def it_speaks_for_itself(house: Workspace) -> None:
    """New friends are greeted by day and by night; the first guide has a message to groups and a post to confirm."""
    for _ in range(2):  # said once, however often it is looked for
        beat_all_once("demo.living")

    assert [bool(each["windows"]) for each in wecom.corps_of(house).get().welcome] == [True, False]
    tasks = MassTask.objects.within(house).exclude(kind=MassKind.CUSTOMERS)
    assert sorted(each.kind for each in tasks) == sorted([MassKind.GROUPS, MassKind.MOMENTS])


def related(house: Workspace, kind: str) -> int:
    return Relation.objects.within(house).filter(kind=kind, is_hidden=False).count()


def everybody_has_her_own_orders(house: Workspace, beside: Beside, corp: Corp) -> None:
    """Who bought under the one name and is a friend under the other is one customer, with all she bought."""
    named = Identity.objects.within(house).filter(name__in=["unionid", "external_userid"])
    who = dict(named.values_list("value", "customer"))
    sold = beside.get(f"/corps/{corp.corp_id}/population/orders")["orders"]
    assert {who[each["unionid"]] for each in sold} == {
        who[each["external_userid"]] for each in sold
    }
    sql = """
        SELECT customer, count() FROM events
        WHERE workspace = {workspace:UInt32} AND type = 'pay' AND source = 'till' GROUP BY customer
    """
    bought = Counter(who[each["unionid"]] for each in sold)
    assert dict(warehouse().rows(sql, {"workspace": house.pk})) == bought


def they_live_on(house: Workspace, beside: Beside) -> None:
    """What is bought comes in by the till, friends that come are heard of, and a second start keeps it all."""
    corp = wecom.corps_of(house).get()
    before = told(house, "pay")
    people = f"/corps/{corp.corp_id}/population"
    beside.post(people, {"inflow": 0.02})

    lived = beside.post(f"{people}/run", {"hours": 24})
    beat_all_once("wecom.urgent", "wecom.callbacks", "events.drain", "customers.mirror")

    assert lived["orders"] > 10
    assert beside.get(people)["trouble"] == ""
    assert told(house, "pay") == before + lived["orders"]
    assert told(house, "pay", source="till", named=True) == told(house, "pay", source="till")
    heard = Callback.objects.within(house).filter(change_type="add_external_contact")
    assert heard.count() >= lived["came"] > 5
    assert make_demo(a_user(), count=2_000, seed=7, now=NOW, say=str, beside=beside).is_new is False
    connect(beside, now=NOW)
    assert wecom.corps_of(house).get().base == beside.base


def told(house: Workspace, kind: str, *, source: str = "", named: bool = False) -> int:
    """Count events of a type; `named`: of customers who have a name."""
    sql = """
        SELECT count() FROM events ANY LEFT JOIN profiles FINAL USING (workspace, customer)
        WHERE workspace = {workspace:UInt32} AND type = {kind:String}
        AND ({source:String} = '' OR events.source = {source:String}) AND (name != '' OR NOT {named:Bool})
    """
    asked = {"workspace": house.pk, "kind": kind, "source": source, "named": named}
    return int(warehouse().value(sql, asked))
