"""What the demo's guides say again and again: texts and cards in folders, under labels, used more or less."""

from datetime import datetime
from typing import Any

from yutang.guides import service as guides
from yutang.workspaces.service import Member

__all__ = ["fill_library"]

_SHOP = "https://tea.example"
# By folder: kind, title, words, address, labels, how often a guide sent it.
_LIBRARY: dict[str, tuple[tuple[str, str, str, str, tuple[str, ...], int], ...]] = {
    "开场与回访": (
        ("text", "加好友问好", "{{ customer.name | default: '你' }}好，我是青山茶事的{{ staff.name }}，喝茶的事随时找我", "", ("新客",), 9),
        ("text", "收到货后三天回访", "茶收到几天了，泡着还顺口吗？水温降到 85 度会更鲜", "", ("回访",), 6),
        ("text", "喝完了提醒", "算着这罐差不多见底了，要不要留一罐同一批的？", "", ("回访", "复购"), 4),
    ),
    "上新与活动": (
        ("link", "明前龙井 50g", "明前龙井到店，三天内发货", f"{_SHOP}/products/longjing", ("新品", "绿茶"), 8),
        ("link", "冷泡茶组合 12包", "办公室冷泡，十二天不重样", f"{_SHOP}/products/cold-brew", ("夏季",), 5),
        ("link", "中秋茶礼盒", "中秋礼盒可以写贺卡，整箱有价", f"{_SHOP}/products/mid-autumn", ("送礼",), 3),
        ("text", "周六试喝邀请", "本周六下午三点店里试喝新茶，带上杯子就行，给你留位吗？", "", ("活动",), 2),
    ),
    "冲泡与常识": (
        ("text", "绿茶怎么泡", "绿茶 3 克、水 85 度、150 毫升，第一泡 30 秒，别盖盖子", "", ("冲泡",), 7),
        ("text", "白茶存放", "白茶装袋、避光、离厨房远一点，放三年味道会更甜", "", ("存放",), 1),
    ),
}  # fmt: skip


def fill_library(member: Member, *, now: datetime) -> None:
    """Put everything there that is not there yet."""
    known = {each.name for each in guides.phrase_groups(member)}
    for folder, materials in _LIBRARY.items():
        if folder in known:
            continue
        group = guides.create_phrase_group(member, name=folder, is_shared=True, now=now)
        for kind, title, text, url, labels, sent in materials:
            fields: dict[str, Any] = {"kind": kind, "title": title, "text": text, "url": url}
            fields |= {"description": "", "picture": "", "app_id": "", "labels": list(labels)}
            made = guides.create_phrase(member, group.pk, fields, now=now)
            for _ in range(sent):
                guides.count_sent(member, made.pk)
