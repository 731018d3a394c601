"""The demo's people in the sandbox beside it: the same brand, the same names, the same friends and groups.

The demo decides who they are and what they did up to now; the sandbox decides what they do from now on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from yutang.config.beside import Beside
from yutang.config.demo.people import DAY, Draw
from yutang.config.demo.places import BRAND, DEPARTMENTS, GROUPS, STAFF, staff_code
from yutang.config.demo.products import PRODUCTS

__all__ = ["Marks", "There", "goods"]

_TASTES = ("绿茶", "红茶", "乌龙", "茶器")  # as the sandbox numbers them
_TAGS = {"意向": ["高", "中", "低"]}
_WAYS = {
    "门店扫码": 1,
    "好友推荐": 4,
    "直播间": 10,
}  # add_way; whoever came otherwise: 16, a campaign
_FAR = 4.0  # who fell silent, or never bought, does so as much more seldom


@dataclass(frozen=True)
class Marks:
    """What people are called there, in their order."""

    external: Sequence[str]
    union: Sequence[str]


@dataclass(frozen=True)
class There:
    """The demo's corp in the sandbox beside it, known by the demo's seed."""

    beside: Beside
    seed: int

    @property
    def corp(self) -> str:
        """Return the corp's id."""
        return f"wwdemo{self.seed % 16**10:010x}"

    def found(self) -> None:
        """Found the corp with its departments, guides, groups and tags, if it is not there."""
        if not self.beside.has(self.corp):
            self.beside.post("/corps", {"id": self.corp, "name": BRAND, "seed": self.seed})
        self.beside.post(f"/corps/{self.corp}/acts/corp.opens", _brand())
        self.beside.post(f"/corps/{self.corp}/population", {"seed": self.seed})

    def marks(self, first: int, count: int) -> Marks:
        """Return what people will be called there, from a number on."""
        told = self.beside.get(f"/corps/{self.corp}/marks", first=first, count=count)
        return Marks(told["external_userid"], told["unionid"])

    def enter(self, first: int, folk: pl.DataFrame, known: "Known", draw: Draw) -> None:
        """Let people exist there, from a number on; those who do already stay as they are."""
        people = {"first": first, "people": _people(folk, known, draw)}
        self.beside.post(f"/corps/{self.corp}/acts/corp.enters", people)
        past = {"first": first, **_past(folk, known.lived, draw)}
        self.beside.post(f"/corps/{self.corp}/population/recalls", past)
        # What stands here must stand there, however either ends.
        self.beside.post("/keep", {})


@dataclass(frozen=True)
class Known:
    """What else the demo knows of people: each one's guide (a userid, "" without), who joined which of the
    groups, what they did.
    """

    guides: Sequence[str]
    joined: pl.DataFrame
    lived: pl.DataFrame


def _brand() -> dict[str, object]:
    """Return the departments, guides, groups and tags as the sandbox takes them."""
    numbers = {name: number for number, name in enumerate(DEPARTMENTS, 2)}
    staff = [
        {
            "userid": staff_code(nth),
            "name": name,
            "departments": [numbers[department]],
            "position": "导购",
            "mobile": f"154{nth:08}",
            # One waits for whoever tries the demo to do it on the phone.
            "habit": "never" if nth == 1 else "ask",
        }
        for nth, (name, department) in enumerate(STAFF, 1)
    ]
    return {
        "departments": [
            {"id": number, "name": name, "parent": 1, "order": 100 - number}
            for name, number in numbers.items()
        ],
        "staff": staff,
        "groups": [
            {"name": name, "owner": staff_code(nth % len(STAFF) + 1)}
            for nth, (name, _) in enumerate(GROUPS)
        ],
        "tags": _TAGS,
    }


def _people(folk: pl.DataFrame, known: Known, draw: Draw) -> dict[str, object]:
    """Return people in the columns the sandbox takes."""
    left = np.zeros(folk.height, dtype=bool)
    left[known.lived.filter(pl.col("type") == "delete_friend")["person"].to_numpy()] = True
    group, since = [""] * folk.height, [0] * folk.height
    for person, number, ts in known.joined.select("person", "group", "ts").iter_rows():
        group[person], since[person] = GROUPS[number][0], ts // 1000
    eager = draw.rng.choice(["", "", "高", "中", "低"], folk.height).tolist()
    return {
        "name": folk["name"].to_list(),
        "gender": [2 if each == "female" else 1 for each in folk["gender"]],
        "staff": list(known.guides),
        "since": (folk["_known"] // 1000 + 60).to_list(),
        "way": [_WAYS.get(source, 16) for source in folk["source"]],
        "left": left.tolist(),
        "tag": eager,
        "group": group,
        "joined": since,
    }


def _past(folk: pl.DataFrame, lived: pl.DataFrame, draw: Draw) -> dict[str, list[float]]:
    """Return how each has bought: the days between, the days since, what of most."""
    orders = lived.filter(pl.col("type") == "order")
    last = orders.group_by("person").agg(pl.col("ts").max())
    most = (
        orders.filter(pl.col("category").is_in(_TASTES))
        .group_by("person", "category")
        .len()
        .sort("person", "len", "category", descending=[False, True, False])
        .unique("person", keep="first", maintain_order=True)
    )
    ago, taste = np.full(folk.height, -1.0), np.full(folk.height, -1)
    ago[last["person"].to_numpy()] = (draw.now_ms - last["ts"].to_numpy()) / DAY
    taste[most["person"].to_numpy()] = [_TASTES.index(each) for each in most["category"]]
    goes_on = (folk["_buys"] & (folk["_ends"] > draw.now_ms)).to_numpy()
    cycle = folk["_cycle_days"].to_numpy() * np.where(goes_on, 1.0, _FAR)
    return {"cycle_days": cycle.tolist(), "ago_days": ago.tolist(), "taste": taste.tolist()}


def goods() -> list[list[str]]:
    """Return what is sold of each taste, the category first."""
    return [
        [taste, *(each.name for each in PRODUCTS if each.category == taste)] for taste in _TASTES
    ]
