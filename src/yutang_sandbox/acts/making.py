"""Peopling a corp before anything happens: nothing of this calls back."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.acts.groups import found_group
from yutang_sandbox.world.clock import DAY
from yutang_sandbox.world.records import Department, Staff, Tag, TagGroup
from yutang_sandbox.world.tables import FRIENDS

STORES = (
    "徐汇",
    "静安",
    "西湖",
    "滨江",
    "鼓楼",
    "天河",
    "南山",
    "朝阳",
    "海淀",
    "武侯",
    "江汉",
    "雁塔",
)
FAMILY = (
    "林",
    "陈",
    "王",
    "李",
    "周",
    "吴",
    "徐",
    "孙",
    "马",
    "朱",
    "胡",
    "郭",
    "何",
    "高",
    "罗",
    "郑",
)
GIVEN = (
    "月",
    "波",
    "静",
    "楠",
    "悦",
    "涛",
    "敏",
    "佳",
    "晨",
    "雯",
    "磊",
    "莹",
    "浩",
    "琳",
    "欣",
    "然",
)
LATIN = ("lin", "chen", "wang", "li", "zhou", "wu", "xu", "sun", "ma", "zhu", "hu", "guo", "he", "gao",
         "luo", "zheng")  # fmt: skip
SECOND = ("yue", "bo", "jing", "nan", "ya", "tao", "min", "jia", "ch", "wen", "lei", "ying", "hao", "lin",
          "xin", "ran")  # fmt: skip
TAGS = {
    "意向": ("高", "中", "低"),
    "来源": ("门店", "包裹卡", "直播", "老客推荐"),
    "偏好": ("绿茶", "红茶", "乌龙", "茶具"),
}
GUIDES_A_STORE = 10


@act("corp.peoples")
def peoples(
    scene: Scene,
    *,
    staff: int = 10,
    customers: int = 100,
    relations: float = 1.2,
    groups: int = 0,
    tags: bool = True,
    days: int = 365,
    seed: int = 7,
    friends: bool = True,
) -> dict[str, Any]:
    """Add staff in stores, customers, their relations, groups and tags; return the counts.

    `relations`: relations a customer on average. `friends` false: customers know nobody yet.
    """
    dice = np.random.default_rng(seed)
    members = hire(scene, staff)
    if tags:
        make_tags(scene)
    people = scene.corp.customers.add_many(dice.choice([0, 1, 2], customers, p=[0.1, 0.32, 0.58]))
    if friends and members and customers:
        pairs = int(customers * relations)
        acquaint(scene, np.array(members), people, pairs, days=days, dice=dice)
    for number in range(groups if members else 0):
        size = int(dice.integers(20, 160))
        inside = sorted({int(one) for one in dice.integers(people.start, people.stop, size)})
        owner = members[number % len(members)]
        found_group(scene, owner, f"会员群 {number + 1}", inside, told=False)
    return {"staff": len(members), "customers": customers, "relations": len(scene.corp.relations)}


def hire(scene: Scene, count: int) -> list[int]:
    """Add members, ten to a store, and return their numbers."""
    corp, hired = scene.corp, []
    dice = random.Random(corp.key)  # noqa: S311 - the same people for the same corp
    start = len(corp.staff)
    for number in range(start, start + count):
        store = number // GUIDES_A_STORE
        one, two = number % 16, (number // 16 + number) % 16
        userid = f"{LATIN[one]}.{SECOND[two]}" + (f".{number}" if number >= 16 else "")
        person = Staff(userid, FAMILY[one] + GIVEN[two], [_store(scene, store)])
        person.position = "店长" if number % GUIDES_A_STORE == 0 else "导购"
        person.leader = person.position == "店长"
        person.mobile = f"138{dice.randrange(10**8):08}"
        hired.append(corp.add_staff(person))
    return hired


def _store(scene: Scene, number: int) -> int:
    """Return the department of a store, made with its region when first asked for."""
    departments = scene.corp.departments
    region, store = 2 + number // 10, 1000 + number
    if region not in departments:
        departments[region] = Department(region, f"大区 {region - 1}", 1)
    if store not in departments:
        round_, name = divmod(number, len(STORES))
        departments[store] = Department(store, f"{STORES[name]}店{round_ or ''}", region)
    return store


def make_tags(scene: Scene, told: Mapping[str, Sequence[str]] = TAGS) -> None:
    """Add tags in their groups, the usual ones if no others are told; once."""
    corp = scene.corp
    if corp.tag_groups:
        return
    for name, tags in told.items():
        group = TagGroup(corp.next_id("et"), name, scene.now)
        corp.tag_groups[group.id] = group
        for order, tag in enumerate(tags):
            corp.add_tag(Tag(corp.next_id("et"), tag, group.id, scene.now, order))


def acquaint(
    scene: Scene,
    members: Any,
    people: range,
    pairs: int,
    *,
    days: int,
    dice: np.random.Generator,
) -> None:
    """Make friends at random, everybody at least one while pairs suffice; no pair twice."""
    corp, table = scene.corp, scene.corp.relations
    whom = np.arange(people.start, people.stop)
    more = dice.integers(people.start, people.stop, max(pairs - len(whom), 0))
    customer = np.concatenate([whom, more])[:pairs]
    staff = members[dice.integers(0, len(members), pairs)]
    staff[: len(members)] = members[:pairs]  # nobody stands alone
    keys = np.unique(customer * len(corp.staff) + staff)
    created = np.sort(scene.now - dice.integers(0, max(days, 1) * DAY, len(keys)))
    keys = dice.permutation(keys)
    customer, staff = keys // len(corp.staff), keys % len(corp.staff)
    sets = _tag_sets(scene, dice)
    start, count = len(table), len(keys)
    older = _chain(scene, customer, start)
    values = {
        id(table.customer): customer,
        id(table.staff): staff,
        id(table.created): created,
        id(table.way): dice.choice([1, 3, 4, 16], count, p=[0.7, 0.1, 0.1, 0.1]),
        id(table.tags): sets[dice.integers(0, len(sets), count)],
        id(table.older): older,
    }
    nothing = np.full(count, FRIENDS)
    for column in table.columns():
        column.extend_by(values.get(id(column), nothing))
    order = np.argsort(staff, kind="stable")
    for member, mine in zip(*_runs(staff[order], start + order), strict=True):
        corp.staff[member].relations.extend_by(mine)


def _runs(keys: Any, values: Any) -> tuple[Any, list[Any]]:
    """Return each key of a sorted array with its values."""
    found, starts = np.unique(keys, return_index=True)
    return found, np.split(values, starts[1:])


def _chain(scene: Scene, customer: Any, start: int) -> Any:
    """Return 1 + the relation before it for each new one, and keep the newest with the customer."""
    first = scene.corp.customers.first.vector()
    order = np.argsort(customer, kind="stable")
    same = np.concatenate([[False], customer[order][1:] == customer[order][:-1]])
    before = np.concatenate([[0], start + order[:-1] + 1])
    older = np.zeros(len(customer), dtype=np.int64)
    older[order] = np.where(same, before, first[customer[order]])
    first[customer[order]] = start + order + 1  # the last of each wins
    return older


def _tag_sets(scene: Scene, dice: np.random.Generator) -> Any:
    tags = [tag.number for tag in scene.corp.tags if not tag.deleted]
    if not tags:
        return np.zeros(1, dtype=np.int64)
    picks = [set(map(int, dice.choice(tags, int(dice.integers(0, 4))))) for _ in range(60)]
    return np.array([0, *(scene.corp.tag_set(one) for one in picks)])


@act("corp.hires")
def hires(
    scene: Scene,
    userid: str,
    name: str,
    *,
    departments: list[int] | None = None,
    position: str = "",
    habit: str = "ask",
    mobile: str = "",
) -> dict[str, Any]:
    """Let an administrator add a member in the console; this does call back."""
    corp = scene.corp
    if corp.member(userid) is not None:
        raise Impossible(f"{userid} is there already")
    places = departments or [1]
    if unknown := [one for one in places if one not in corp.departments]:
        raise Impossible(f"there is no department {unknown[0]}")
    corp.add_staff(Staff(userid, name, places, position, mobile, habit=habit))
    told = {"UserID": userid, "Name": name, "Department": ",".join(map(str, places))}
    corp.tell("change_contact", "create_user", scene.now, **told, Status=1)
    return {"userid": userid}


@act("customer.appears")
def appears(scene: Scene, *, name: str = "", gender: int = 0, kind: int = 1) -> dict[str, Any]:
    """Let somebody exist who knows nobody here yet."""
    number = scene.corp.customers.add(gender=gender, kind=kind, name=name)
    return {"external_userid": scene.corp.external(number)}
