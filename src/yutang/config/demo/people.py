"""The people of the demo: names, cities, birthdays, how they came, how they live with the brand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

__all__ = ["DAY", "SPAN_DAYS", "Draw", "moment", "people"]

DAY = 86_400_000  # ms
SPAN_DAYS = 425  # fourteen months of life up to now
_MEMBERS_FOR = 1_100  # the first members joined some three years ago

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_FEMALE = [
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "艳",
    "娟",
    "霞",
    "秀英",
    "玲",
    "桂英",
    "丹",
    "萍",
    "红",
    "雪",
    "慧",
    "颖",
    "婷",
    "雅",
    "倩",
    "琳",
    "洁",
    "薇",
    "佳怡",
    "欣怡",
    "梦洁",
    "雨桐",
    "诗涵",
    "思琪",
    "晓燕",
    "淑珍",
    "子涵",
    "梓萱",
    "若曦",
    "语嫣",
    "婉清",
    "依诺",
    "可馨",
    "美玲",
    "春梅",
]
_MALE = [
    "伟",
    "强",
    "磊",
    "军",
    "勇",
    "杰",
    "涛",
    "超",
    "明",
    "刚",
    "平",
    "辉",
    "鹏",
    "华",
    "飞",
    "斌",
    "波",
    "宇",
    "浩",
    "凯",
    "健",
    "俊",
    "帆",
    "志强",
    "建国",
    "文博",
    "子轩",
    "浩然",
    "宇航",
    "博文",
    "俊杰",
    "明轩",
    "天佑",
    "嘉豪",
    "泽宇",
    "国栋",
    "海涛",
    "晓东",
    "振华",
    "少华",
]
_CITIES = (
    ("上海", "上海", 150), ("浙江", "杭州", 140), ("北京", "北京", 120), ("广东", "广州", 80),
    ("广东", "深圳", 90), ("四川", "成都", 70), ("江苏", "南京", 60), ("江苏", "苏州", 65),
    ("福建", "厦门", 45), ("福建", "福州", 40), ("湖北", "武汉", 45), ("浙江", "宁波", 40),
    ("陕西", "西安", 30), ("重庆", "重庆", 35), ("湖南", "长沙", 35), ("天津", "天津", 25),
    ("山东", "青岛", 25), ("河南", "郑州", 25), ("云南", "昆明", 20), ("安徽", "合肥", 20),
)  # fmt: skip
_SOURCES = (
    ("门店扫码", 30), ("小程序", 24), ("包裹卡", 16), ("直播间", 12), ("好友推荐", 11), ("公众号", 7),
)  # fmt: skip


@dataclass
class Draw:
    """Chance, from a seed, and the instant everything is relative to."""

    rng: np.random.Generator
    now: datetime

    @property
    def now_ms(self) -> int:
        return int(self.now.timestamp() * 1000)

    def choice(self, weights: list[int], size: int) -> np.ndarray:
        share = np.array(weights, dtype=float)
        return self.rng.choice(len(weights), size=size, p=share / share.sum())


def moment(ms: int) -> datetime:
    """Return an instant given in Unix ms."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def people(draw: Draw, count: int) -> pl.DataFrame:
    """Return who they are, one row each; columns whose names begin with `_` steer their behaviour."""
    rng = draw.rng
    female = rng.random(count) < 0.68
    city = draw.choice([weight for *_, weight in _CITIES], count)
    source = draw.choice([weight for _, weight in _SOURCES], count)
    # Known for up to three years, more of them lately; members joined when they came or soon after.
    known_days = rng.exponential(330, count) % _MEMBERS_FOR + 0.05
    known = draw.now_ms - (known_days * DAY).astype(np.int64)
    is_member = rng.random(count) < 0.72
    joined = known + (rng.exponential(6, count) * DAY).astype(np.int64)
    is_member &= joined < draw.now_ms
    activity = rng.lognormal(-0.35, 1.0, count)  # heavy-tailed: a few live in the shop
    return pl.DataFrame(
        {
            "name": _names(draw, female),
            "gender": np.where(female, "female", "male"),
            "birthday": _birthdays(draw, count),
            "province": [_CITIES[each][0] for each in city],
            "city": [_CITIES[each][1] for each in city],
            "source": [_SOURCES[each][0] for each in source],
            "joined_at": pl.Series(np.where(is_member, joined, 0), dtype=pl.Int64),
            "phone": [f"154{n:08d}" for n in _distinct(rng, count)],
            "has_phone": rng.random(count) < 0.86,
            "has_unionid": rng.random(count) < 0.74,
            "is_friend": rng.random(count) < 0.62,
            "_known": known,
            "_activity": np.clip(activity, 0.02, 12),
            "_cycle_days": rng.gamma(4.0, 12.0, count) + 4,
            "_buys": rng.random(count) < 0.55,
            "_ends": _ends(draw, known, count),
        }
    ).with_columns(pl.col("joined_at").replace(0, None))


def _names(draw: Draw, female: np.ndarray) -> list[str]:
    surname = draw.choice([60 - n for n in range(len(_SURNAMES))], len(female))
    given = draw.rng.integers(0, 40, len(female))
    return [
        _SURNAMES[s] + (_FEMALE if f else _MALE)[g]
        for s, g, f in zip(surname, given, female, strict=True)
    ]


def _birthdays(draw: Draw, count: int) -> list[date | None]:
    ages = np.clip(draw.rng.normal(36, 10, count), 18, 75)
    days = (ages * 365.25 + draw.rng.integers(0, 365, count)).astype(int)
    told = draw.rng.random(count) < 0.77
    today = draw.now.date()
    return [
        today - timedelta(days=int(each)) if said else None
        for each, said in zip(days, told, strict=True)
    ]


def _distinct(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return different numbers of eight digits, scattered: an affine walk visits each once."""
    start, step = int(rng.integers(0, 10**8)), 61_803_399  # the step has no factor of 2 or 5
    return (start + np.arange(count, dtype=np.int64) * step) % 10**8


def _ends(draw: Draw, known: np.ndarray, count: int) -> np.ndarray:
    """Return when each falls silent: two of five have, the others never within sight."""
    alive = (draw.now_ms - known).astype(float)
    silent = draw.rng.random(count) < 0.42
    share = draw.rng.beta(1.4, 1.8, count)
    return np.where(silent, known + alive * share, draw.now_ms + 1).astype(np.int64)
