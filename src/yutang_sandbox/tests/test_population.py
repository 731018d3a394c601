"""People respond to what is sent: at the right time they buy, beyond bearing they leave."""

import asyncio
import hmac
import json
from base64 import b64encode

import httpx
import numpy as np
import pytest

from yutang_sandbox.acts import Scene
from yutang_sandbox.acts.making import peoples
from yutang_sandbox.population import shop
from yutang_sandbox.population.life import Life
from yutang_sandbox.population.mind import HOURS, Mind, Offer
from yutang_sandbox.population.offers import offer_of
from yutang_sandbox.population.truth import effect_of
from yutang_sandbox.testing import Refusal, Running
from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.corp import LifeSettings, new_corp

PEOPLE = 10_000


@pytest.fixture(scope="module")
def settled() -> Mind:
    mind = Mind(7)
    mind.grow(PEOPLE)
    mind.alive[:] = True
    mind.hour = 9
    for _ in range(10 * HOURS):
        mind.live()
    return mind


def fortnight(mind: Mind, sends: int) -> tuple[int, int, int]:
    """Return (orders, who left, who muted) with so many messages in fourteen days."""
    world, orders, left = mind.copy(), 0, 0
    world.params = mind.params
    for hour in range(14 * HOURS):
        if (
            hour % HOURS == 10
            and (hour // HOURS * sends) // 14 != ((hour // HOURS + 1) * sends) // 14
        ):
            gone = world.receive(np.flatnonzero(world.alive), Offer(worth=0.3), hour).dropped
            world.alive[gone] = False
            left += len(gone)
        orders += len(world.live().buyers)
    return orders, left, int(world.muted.sum())


def test_a_good_offer_does_more_and_does_most_for_who_needs_it(settled: Mind) -> None:
    everyone = np.arange(PEOPLE)
    needs = settled.need(everyone)
    soon, later = everyone[needs > 0.6], everyone[needs < 0.02]

    plain = effect_of(settled, soon, 72, Offer())
    good = effect_of(settled, soon, 72, Offer(worth=0.8))

    assert 0.01 < plain.lift < good.lift
    assert effect_of(settled, later, 72, Offer(worth=0.8)).lift < good.lift / 4


def test_the_right_taste_at_the_right_person_is_worth_more_than_any(settled: Mind) -> None:
    fans = np.flatnonzero(settled.taste == 1)

    right = effect_of(settled, fans, 72, Offer(taste=1, worth=0.4)).lift
    wrong = effect_of(settled, fans, 72, Offer(taste=2, worth=0.4)).lift

    assert right > 1.5 * wrong > 0


def test_too_many_messages_cost_people_and_then_orders(settled: Mind) -> None:
    none, one, seven, daily = (fortnight(settled, sends) for sends in (0, 1, 7, 14))

    assert none[0] < one[0] < seven[0]
    assert daily[0] < 1.04 * seven[0]
    assert (none[1], one[1] < 20) == (0, True)
    assert daily[1] > 4 * seven[1] > 40
    assert daily[2] > seven[2] > one[2]


def test_a_message_changes_nobody_who_does_not_get_it(settled: Mind) -> None:
    told, world, twin = np.arange(0, PEOPLE, 2), settled.copy(), settled.copy()
    world.receive(told, Offer(worth=1.0))
    bought = [set(), set()]
    for _ in range(48):
        for one, all_of in zip((world, twin), bought, strict=True):
            all_of.update(one.live().buyers.tolist())

    differ = bought[0] ^ bought[1]
    assert differ
    assert all(person % 2 == 0 for person in differ)


def test_who_somebody_is_does_not_depend_on_when_they_came() -> None:
    at_once, bit_by_bit = Mind(3), Mind(3)
    at_once.grow(500)
    for count in (1, 40, 41, 500):
        bit_by_bit.grow(count)

    assert (at_once.cycle == bit_by_bit.cycle).all()
    assert (at_once.taste == bit_by_bit.taste).all()
    other = Mind(4)
    other.grow(500)
    assert (at_once.cycle != other.cycle).mean() > 0.99


@pytest.mark.parametrize(
    ("words", "taste", "worth"),
    [("早安", -1, 0.0), ("绿茶 8折", 0, 0.4), ("绿茶红茶都5折", -1, 1.0), ("满减券", -1, 0.5)],
)
def test_words_become_offers(words: str, taste: int, worth: float) -> None:
    offer = offer_of(words, "mass")

    assert (offer.taste, offer.worth) == (taste, pytest.approx(worth))


def test_a_corp_lives_by_its_seed(sandbox: Running, make_corp) -> None:
    def fortnight_of(seed: int) -> tuple[list, dict]:
        before = sandbox.get("/clock")["now"]
        sandbox.post("/clock", set=1_767_225_600)
        corp = make_corp(staff=4, customers=300, groups=1)
        sandbox.post(f"/corps/{corp.id}/population", seed=seed, inflow=0.02)
        guides = sandbox.call(corp, "externalcontact/get_follow_user_list")["follow_user"]
        sandbox.act(corp, "corp.changes_staff", staff=guides[0], habit="never")
        for guide in guides:
            message = {"sender": guide, "text": {"content": "新茶到了，绿茶8折"}}
            sandbox.call(corp, "externalcontact/add_msg_template", message)
        counts = sandbox.post(f"/corps/{corp.id}/population/run", days=14)
        sandbox.post("/clock", set=before)
        orders = sandbox.get(f"/corps/{corp.id}/population/orders")["orders"]
        kinds = {one["event"].get("ChangeType") for one in sandbox.events(corp)}
        assert {"add_external_contact", "update"} <= kinds
        counts.pop("now")
        return [(one["at"], one["amount_fen"], one["category"]) for one in orders], counts

    first, again, other = fortnight_of(5), fortnight_of(5), fortnight_of(6)

    assert [one[1:] for one in first[0]] == [one[1:] for one in again[0]] != other[0]
    assert 0 < first[1]["told"] < 1.2 * 300
    assert first[1]["orders"] > 60
    assert first[1]["came"] > 20


def test_another_seed_needs_another_corp(sandbox: Running, make_corp) -> None:
    corp = make_corp()
    sandbox.post(f"/corps/{corp.id}/population", seed=5)

    with pytest.raises(Refusal, match="somebody already"):
        sandbox.post(f"/corps/{corp.id}/population", seed=6)
    told = sandbox.post(f"/corps/{corp.id}/population/truth", text="绿茶5折", hours=24)
    assert set(told) >= {"bought_with", "bought_without", "lift"}


def test_the_till_posts_every_order_once_whatever_the_receiver_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corp = new_corp("wwtill", "", 7)
    for number in range(shop.AT_ONCE + 20):
        for column, value in zip(
            (corp.orders.at, corp.orders.customer, corp.orders.fen, corp.orders.taste),
            (1_767_225_600 + number, number % 9, 12_800, 1),
            strict=True,
        ):
            column.append(value)
    corp.customers.add_many(np.zeros(9))
    answers, taken = [200, 503, 200], []

    def receive(request: httpx.Request) -> httpx.Response:
        status = answers.pop(0)
        mark = hmac.new(b"till", digestmod="sha256")
        head = request.headers
        mark.update(f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + request.content)
        assert head["webhook-signature"] == f"v1,{b64encode(mark.digest()).decode()}"
        if status == 200:
            taken.extend(one["id"] for one in json.loads(request.content)["orders"])
        return httpx.Response(status)

    real = httpx.AsyncClient
    monkeypatch.setattr(
        shop.httpx, "AsyncClient", lambda **given: real(transport=httpx.MockTransport(receive))
    )
    secret = f"whsec_{b64encode(b'till').decode()}"
    settings = LifeSettings(shop_url="https://shop.example/hook", shop_secret=secret)
    where = (corp, Clock(), settings)

    assert asyncio.run(shop.post_orders(*where)) == "HTTP 503"
    assert asyncio.run(shop.post_orders(*where)) == ""
    assert taken == [f"wwtill-{number}" for number in range(shop.AT_ONCE + 20)]


def test_a_till_with_a_key_says_that_it_was_ordered_and_paid() -> None:
    corp = new_corp("wwtill", "", 7)
    corp.customers.add_many(np.zeros(1))
    for column, value in zip(
        (corp.orders.at, corp.orders.customer, corp.orders.fen, corp.orders.taste),
        (1_767_225_600, 0, 12_800, 1),
        strict=True,
    ):
        column.append(value)

    ordered, paid = shop.events_of(shop.order(corp, 0))

    assert (ordered["type"], paid["type"]) == ("order", "pay")
    assert ordered["id"] != paid["id"]
    assert ordered["customer"] == {"unionid": corp.marks.person(0)[1]}
    assert (paid["amount"], paid["occurred_at"]) == (12_800, 1_767_225_600_000)
    assert shop.events_of(shop.order(corp, 0)) == [ordered, paid]


def test_people_live_fast_up_to_the_present_and_then_with_it() -> None:
    clock = Clock()
    clock.advance(1800 - clock.wall() % 3600)  # in the middle of an hour
    clock.run(-5 * 3600)
    corp = new_corp("wwpace", "", 7)
    peoples(Scene(corp, clock), staff=1, customers=20)
    corp.life = LifeSettings(pace=2)
    life = Life(corp, clock)

    lived = [asyncio.run(life.pass_second()) for _ in range(5)]
    clock.advance(3600)

    assert lived == [2, 2, 1, 0, 0]
    assert clock.now() <= clock.wall()
    assert asyncio.run(life.pass_second()) == 1
