"""Whoever is named by an identity is found by it; who is new is made; who is shared is one."""

import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yutang.customers import service as customers
from yutang.customers.models import Conflict, Customer, Identity, Merge
from yutang.customers.tests.builders import a_workspace, resolve, who

PHONE = "+8613800138000"


def names(workspace) -> set[tuple[str, str]]:
    return set(Identity.objects.within(workspace).values_list("name", "value"))


def test_somebody_new_becomes_a_customer_and_is_found_again(db) -> None:
    tea = a_workspace()

    first, again = resolve(tea, {"phone": PHONE}), resolve(tea, {"phone": PHONE})

    assert first == again
    assert first[0].customer_id == first[0].origin_id > 0
    assert names(tea) == {("phone", PHONE)}


@pytest.mark.parametrize(
    "written",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0086 13800138000",
        "86-138-0013-8000", "（+86）13800138000", "１３８００１３８０００", " 13800138000\t",
        "+86.138.0013.8000", "13800138000.0", "\u202d13800138000\u202c",
    ],
)  # fmt: skip
def test_a_phone_in_any_spelling_is_one_phone(db, written: str) -> None:
    tea = a_workspace()

    assert who(tea, phone=written) == who(tea, phone="13800138000")
    assert names(tea) == {("phone", PHONE)}


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"phone": "12345"}, "customer.phone"),
        ({"phone": "1380013800\x000"}, "customer.phone"),
        ({"email": "nobody"}, "customer.email"),
        ({"unionid": "o" * 201}, "customer.unionid"),
        ({"unionid": ["o"]}, "customer.unionid"),
        ({"shoe_size": "42"}, "customer.shoe_size"),
        ({"openid:": "o1"}, "customer.openid:"),
        ({"openid:a b": "o1"}, "customer.openid:a b"),
        ({"phone": ""}, "customer"),
        ({}, "customer"),
    ],
)
def test_what_cannot_be_read_says_where_and_spoils_nobody_else(db, person, field) -> None:
    tea = a_workspace()

    unread, read = resolve(tea, person, {"member_no": "M1"})

    assert unread.problem and unread.problem.field == field
    assert (unread.customer_id, unread.origin_id) == (0, 0)
    assert read.customer_id > 0
    assert names(tea) == {("member_no", "M1")}


def test_sharing_a_strong_identity_makes_two_customers_one(db) -> None:
    tea = a_workspace()
    old, young = who(tea, phone=PHONE), who(tea, unionid="u1")

    (one,) = resolve(tea, {"phone": PHONE, "unionid": "u1"})

    assert (one.customer_id, one.origin_id) == (old, young)  # a unionid decides before a phone
    assert customers.origins(tea, old) == [old, young]
    assert customers.pending_overrides(tea) == {young: old}
    assert who(tea, unionid="u1") == old
    assert Customer.objects.get(pk=young).merged_into_id == old


def test_a_device_joins_nobody(db) -> None:
    tea = a_workspace()
    first, second = who(tea, phone=PHONE, device="d1"), who(tea, unionid="u1", device="d1")

    assert first != second
    assert who(tea, device="d1") == first


def test_somebody_new_takes_over_the_anonymous_past_of_her_device(db) -> None:
    tea = a_workspace()
    anonymous = who(tea, device="d1")

    assert who(tea, device="d1", phone=PHONE) == anonymous
    assert who(tea, device="d1", unionid="u2") != anonymous


def test_two_values_of_what_there_is_one_of_are_a_question_for_a_person(db) -> None:
    tea = a_workspace()
    first, second = who(tea, phone=PHONE, unionid="u1"), who(tea, phone="13900139000")

    (answer,) = resolve(tea, {"unionid": "u1", "phone": "13900139000"})

    assert answer.customer_id == first
    conflict = Conflict.objects.within(tea).get()
    assert (conflict.first_id, conflict.second_id, conflict.disputed) == (first, second, "phone")
    assert Merge.objects.within(tea).count() == 0


def test_a_second_value_never_seen_before_stands_alone_until_somebody_decides(db) -> None:
    tea = a_workspace()
    first = who(tea, phone=PHONE, unionid="u1")

    for _ in range(2):
        assert who(tea, unionid="u1", phone="13900139000") == first

    assert who(tea, phone="13900139000") != first
    assert Conflict.objects.within(tea).count() == 1


def test_openids_of_two_apps_may_belong_to_one_person(db) -> None:
    tea = a_workspace()

    assert who(tea, unionid="u1", openid__a="o1") == who(tea, unionid="u1", openid__b="o2")
    assert Conflict.objects.within(tea).count() == 0


def test_a_batch_is_answered_in_its_order_and_joins_its_own_people(db) -> None:
    tea = a_workspace()

    answers = resolve(
        tea,
        {"phone": PHONE},
        {"unionid": "u1"},
        {"email": "An@Example.com"},
        {"phone": PHONE, "unionid": "u1"},
        {"email": "an@example.com"},
    )

    a, b, c, d, e = (answer.customer_id for answer in answers)
    assert a == b == d
    assert c == e != a
    assert Customer.objects.within(tea).count() == 2


def test_the_rival_has_its_own_customers(db) -> None:
    tea, coffee = a_workspace(), a_workspace("Coffee House")
    ours = who(tea, phone=PHONE)

    theirs = who(coffee, phone=PHONE)

    assert ours != theirs
    assert customers.origins(coffee, ours) == []


def test_known_people_take_one_statement_and_no_lock(db) -> None:
    tea = a_workspace()
    people = [{"phone": f"139{i:08d}"} for i in range(500)]
    resolve(tea, *people)
    before = Customer.objects.within(tea).count()

    assert len({answer.customer_id for answer in resolve(tea, *people)}) == before == 500


# Kinds of which one person may have many: then who is one depends on nothing but who shares what.
PERSON = st.dictionaries(
    st.sampled_from(["email", "buyer_id:a", "buyer_id:b"]),
    st.sampled_from(["1@t.cn", "2@t.cn", "3@t.cn", "4@t.cn"]),
    min_size=1,
)


def parts(people) -> set[frozenset[tuple[str, str]]]:
    """Return the sets of identities that are connected, the plain way."""
    found: list[set[tuple[str, str]]] = []
    for person in people:
        whole = set(person.items())
        for other in [each for each in found if each & whole]:
            found.remove(other)
            whole |= other
        found.append(whole)
    return {frozenset(each) for each in found}


def stored(workspace) -> set[frozenset[tuple[str, str]]]:
    by_customer: dict[int, set[tuple[str, str]]] = {}
    for customer, name, value in Identity.objects.within(workspace).values_list(
        "customer", "name", "value"
    ):
        by_customer.setdefault(customer, set()).add((name, value))
    return {frozenset(each) for each in by_customer.values()}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(people=st.lists(PERSON, max_size=8), data=st.data())
def test_who_is_one_does_not_depend_on_order_or_batches(db, people, data) -> None:
    tea = a_workspace()
    order = data.draw(st.permutations(people))
    cut = data.draw(st.integers(0, len(people)))

    for batch in (order[:cut], order[cut:], order):
        resolve(tea, *batch)

    assert stored(tea) == parts(people)
    for customer, home in Identity.objects.within(tea).values_list("customer", "home"):
        assert Customer.objects.get(pk=home).current_id == customer


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(
        st.dictionaries(
            st.sampled_from(["unionid", "phone", "email", "device"]),
            st.sampled_from(["13800138001", "13800138002", "13800138003"]),
            min_size=1,
        ),
        max_size=8,
    )
)
def test_nobody_ever_has_two_of_what_there_is_one_of(db, people) -> None:
    tea = a_workspace()
    spelled = [
        {name: f"{value}@t.cn" if name == "email" else value for name, value in person.items()}
        for person in people
    ]

    resolve(tea, *spelled[:3])
    resolve(tea, *spelled)
    last = resolve(tea, *spelled)

    held = list(
        Identity.objects.within(tea)
        .filter(name__in=["unionid", "phone"])
        .values_list("customer", "name")
    )
    assert len(held) == len(set(held))
    assert last == resolve(tea, *spelled)


def test_many_who_bring_the_same_people_at_once_agree(transactional_db) -> None:
    tea = a_workspace()
    batches = [
        [{"phone": f"138{i:08d}"} for i in range(60)],
        [{"phone": f"138{i:08d}", "unionid": f"u{i}"} for i in reversed(range(60))],
        [{"unionid": f"u{i}"} for i in range(60)],
        [{"unionid": f"u{i}", "phone": f"138{i:08d}"} for i in range(60)],
    ]
    problems: list[Exception] = []

    def bring(batch) -> None:
        try:
            for start in range(0, 60, 15):
                resolve(tea, *batch[start : start + 15])
        except Exception as problem:  # noqa: BLE001
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert len({who(tea, phone=f"138{i:08d}") for i in range(60)}) == 60
    assert len(stored(tea)) == 60
