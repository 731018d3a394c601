"""Chinese regions in one spelling: 北京市 is 北京, 广西壮族自治区 is 广西.

The provinces are a closed list. Cities lose their 市; everything else (地区, 州, 盟, 区, 县) stays as
written, since two places often differ in nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Final

__all__ = ["normal_city", "normal_place", "normal_province", "normal_region"]

_PROVINCES: Final = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
]
_SUFFIXES: Final = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "省",
    "市",
)
_FULL: Final = {
    province + suffix: province for province in _PROVINCES for suffix in ("", *_SUFFIXES)
}


def normal_province(text: str) -> str:
    """Return a province without its suffix; a text that is none of them stays as it is."""
    return _FULL.get(text.replace(" ", ""), text)


def normal_city(text: str) -> str:
    """Return a city without 市: 深圳市 is 深圳, but 沙市 stays."""
    return text.removesuffix("市") if len(text) > 2 else text


def normal_place(text: str) -> str:
    """Return a country or district as written."""
    return text


def normal_region(text: str) -> str:
    """Return `province/city/district`, each part in one spelling; later parts may be missing."""
    parts = [part.strip() for part in text.replace("／", "/").split("/")]
    levels: tuple[Callable[[str], str], ...] = (normal_province, normal_city, normal_place)
    return "/".join(level(part) for level, part in zip(levels, parts, strict=False) if part)


BY_ATTRIBUTE: Mapping[str, Callable[[str], str]] = {
    "province": normal_province,
    "city": normal_city,
    "district": normal_place,
    "country": normal_place,
}
