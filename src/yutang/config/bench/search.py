"""Finding customers over HTTP as people type: names, pinyin, initials, ends of telephones, tags.

`--customers` people come in through `customers.upsert_many`, with a telephone, a member number, a name
and a city each (`upsert_rows_per_s` is that, on the way); every tenth has a tag, and every thousandth a
rare one. Then readers search: of each kind as many, a page of 20. `value` is the p95 of one search, in
milliseconds. The floor is the statement of a name's beginning alone, by hand, under as many readers.
"""

import http.client
import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from yutang.config.bench.product import product_running, together
from yutang.config.bench.stage import Figures, Stage, percentiles

if TYPE_CHECKING:
    from yutang.workspaces.models import Workspace
    from yutang.workspaces.service import Member

__all__ = ["FLAGS", "measure"]

FLAGS = {"customers": 1_000_000, "readers": 8, "searches": 2_000}

_AT_ONCE = 25_000
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉萍红建国华文金素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"
_CITIES = ("北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "西安")
_BY_HAND = """
    SELECT customer_id FROM customers_searchkey
    WHERE workspace_id = %s AND key >= %s AND key < %s ORDER BY key, customer_id LIMIT 21
"""


def measure(stage: Stage, *, customers: int, readers: int, searches: int) -> Figures:
    """Let people in, then search; return the p95 of a search in milliseconds."""
    from django.db import connection

    member, key = _workspace()
    workspace = member.workspace
    chance = random.Random(7)
    people, rate = _fill(stage, workspace, customers, chance)
    common, rare = _tag(member, "常客", people[::10]), _tag(member, "贵宾", people[::1000])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = _searches(chance, searches, customers, common, rare)
    floor = percentiles(_by_hand(workspace.pk, chance, searches, readers))["p95_ms"]
    stage.say(f"{readers} readers, {len(asked):,} searches")
    with product_running(stage) as port:
        _search_all(port, key, asked[: readers * 20], readers)
        times = _search_all(port, key, asked, readers)
    every = [each for some in times.values() for each in some]
    by_kind = {f"{kind}_p95_ms": percentiles(some)["p95_ms"] for kind, some in times.items()}
    more: dict[str, Any] = percentiles(every) | by_kind
    more |= {"upsert_rows_per_s": rate, "customers": customers, "readers": readers}
    value = percentiles(every)["p95_ms"]
    return Figures(value, "ms", floor, value / floor, more)


def _workspace() -> tuple["Member", str]:
    from yutang.kit.clock import now
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=now())
    house = workspaces.workspaces_of_everyone()[0]
    owner = workspaces.members_of(house)[0].user
    may = ["customers.read", "tags.read"]
    _, key = workspaces.make_key(house, "bench", may, created_by=None, expires_at=None, now=now())
    return workspaces.member_of_user(owner, str(house.pk)), key


def _fill(
    stage: Stage, workspace: "Workspace", count: int, chance: random.Random
) -> tuple[list[int], float]:
    """Let people in; return their numbers, and rows per second without what it takes to make them up."""
    from yutang.customers import service as customers
    from yutang.kit.clock import now

    spent = 0.0
    people: list[int] = []
    for begin in range(0, count, _AT_ONCE):
        rows = [
            customers.ProfileRow(
                {"phone": f"139{number:08d}", "member_no": f"M{number}"},
                {"name": _name(chance), "city": chance.choice(_CITIES)},
            )
            for number in range(begin, min(begin + _AT_ONCE, count))
        ]
        began = time.perf_counter()
        people += customers.upsert_many(workspace, rows, source="bench", now=now()).customers
        spent += time.perf_counter() - began
        if begin % (10 * _AT_ONCE) == 0:
            stage.say(f"{begin + len(rows):,} customers, {(begin + len(rows)) / spent:,.0f}/s")
    return people, count / spent


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2, 2))))


def _tag(member: "Member", name: str, people: Sequence[int]) -> int:
    from yutang.kit.clock import now
    from yutang.tags import service as tags

    group = tags.create_group(member, name=f"{name}组", now=now())
    tag = tags.create_tag(member, group_id=group.pk, name=name, now=now())
    for begin in range(0, len(people), _AT_ONCE):
        tags.apply(
            member.workspace,
            tag.pk,
            add=people[begin : begin + _AT_ONCE],
            remove=[],
            actor=member.actor,
            reason="",
            source="api",
            now=now(),
        )
    return int(tag.pk)


Search = tuple[str, dict[str, object]]


def _searches(
    chance: random.Random, count: int, customers: int, common: int, rare: int
) -> list[Search]:
    """Return searches of every kind in turn, each as `(kind, parameters)`."""
    from pypinyin import lazy_pinyin

    found: list[Search] = []
    while len(found) < count:
        name = _name(chance)
        sounds = lazy_pinyin(name)
        phone = f"139{chance.randrange(customers):08d}"
        found += [
            ("surname", {"q": name[0]}),
            ("name", {"q": name}),
            ("given", {"q": name[1:]}),
            ("pinyin", {"q": "".join(sounds)[: chance.randint(3, 9)]}),
            ("initials", {"q": "".join(each[0] for each in sounds)}),
            ("tail", {"q": phone[-4:]}),
            ("phone", {"q": phone}),
            ("nobody", {"q": "查无此人"}),
            ("common_tag", {"tag_id": common}),
            ("rare_tag", {"tag_id": rare}),
            ("name_with_common_tag", {"q": name[0], "tag_id": common}),
            ("name_with_rare_tag", {"q": name[0], "tag_id": rare}),
        ]
    return found[:count]


def _by_hand(workspace: int, chance: random.Random, count: int, readers: int) -> list[float]:
    from django.db import connection

    times: list[float] = []

    def read(share: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            for key in share:
                began = time.perf_counter()
                cursor.execute(_BY_HAND, [workspace, key, f"{key}\U0010ffff"])
                cursor.fetchall()
                times.append((time.perf_counter() - began) * 1000)
        connection.close()

    together(read, [_name(chance) for _ in range(count)], readers)
    return times


def _search_all(
    port: int, key: str, asked: Sequence[Search], readers: int
) -> dict[str, list[float]]:
    """Return the milliseconds of each search, by kind."""
    times: dict[str, list[float]] = defaultdict(list)

    def read(share: Sequence[Search]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for kind, parameters in share:
            path = f"/api/v1/customers?{urlencode({**parameters, 'limit': 20})}"
            began = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
            answer = connection.getresponse()
            body = answer.read()
            times[kind].append((time.perf_counter() - began) * 1000)
            found = answer.status == 200 and json.loads(body)["items"]
            if answer.status != 200 or (kind in {"surname", "phone", "common_tag"} and not found):
                raise RuntimeError(f"{path}: {answer.status} {body[:300]!r}")

    together(read, asked, readers)
    return times
