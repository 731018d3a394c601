"""A code's rules as one reads them aloud."""

from collections.abc import Iterable, Mapping, Sequence

from yutang.acquisition._rules import MemberRule, Rules
from yutang.kit.i18n import Text
from yutang.kit.week import Window

__all__ = ["sentence_of", "windows_said"]

_DAYS = [
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
]
_SETS = {
    (1, 2, 3, 4, 5, 6, 7): Text("每天", "every day"),
    (1, 2, 3, 4, 5): Text("工作日", "on weekdays"),
    (6, 7): Text("周末", "at weekends"),
}


def sentence_of(rules: Rules, people: Mapping[int, str], tags: Mapping[int, str]) -> Text:
    """Return what a code does; `people` and `tags` are names by number."""
    said = [
        *(_served(group, people) for group in _alike(rules.members)),
        *_backups(rules, people),
        *_groups(rules),
        _verified(rules),
        *_after(rules, tags),
    ]
    zh = "。".join(each.zh for each in said) + "。"
    return Text(zh, " ".join(f"{each.en[:1].upper()}{each.en[1:]}." for each in said))


def windows_said(windows: Sequence[Window]) -> Text:
    """Return windows in words: `工作日 09:00–18:00`."""
    if not windows:
        return Text("全天", "at any time")
    said = [_window(each) for each in windows]
    return Text("、".join(each.zh for each in said), " and ".join(each.en for each in said))


def _window(window: Window) -> Text:
    days = tuple(sorted(set(window.days)))
    named = _SETS.get(days) or Text(
        "、".join(_DAYS[day - 1].zh for day in days),
        "on " + ", ".join(_DAYS[day - 1].en for day in days),
    )
    if (window.begin, window.end) == ("00:00", "24:00"):
        return named
    hours = f"{window.begin}–{window.end}"
    return Text(f"{named.zh} {hours}", f"{named.en} {hours}")


def _spaced(zh: str) -> str:
    """Figures stand apart from the Chinese after them."""
    return f"{zh} " if zh[-1:].isdigit() else zh


def _alike(members: Iterable[MemberRule]) -> list[list[MemberRule]]:
    """Put those of the same hours together, in their order."""
    by_hours: dict[tuple[object, ...], list[MemberRule]] = {}
    for each in members:
        hours = tuple((tuple(one.days), one.begin, one.end) for one in each.windows)
        by_hours.setdefault(hours, []).append(each)
    return list(by_hours.values())


def _served(group: Sequence[MemberRule], people: Mapping[int, str]) -> Text:
    weights = len({each.weight for each in group}) > 1
    caps = {each.cap for each in group}
    one_cap = caps.pop() if len(caps) == 1 else None
    said = [_member(each, people, with_weight=weights, with_cap=one_cap is None) for each in group]
    when = windows_said(group[0].windows)
    cap_zh, cap_en = "", ""
    if one_cap is not None:
        each_zh, each_en = ("每人", " each") if len(group) > 1 else ("", "")
        cap_zh = f"，{each_zh}每天最多 {one_cap} 位"
        cap_en = f", at most {one_cap} a day{each_en}"
    return Text(
        f"{_spaced(when.zh)}由{'、'.join(each.zh for each in said)}接待{cap_zh}",
        f"{', '.join(each.en for each in said)} {'receive' if len(group) > 1 else 'receives'} "
        f"{when.en}{cap_en}",
    )


def _member(
    rule: MemberRule, people: Mapping[int, str], *, with_weight: bool, with_cap: bool
) -> Text:
    name = people.get(rule.staff, f"#{rule.staff}")
    zh = [f"占 {rule.weight} 份"] if with_weight else []
    en = [f"{rule.weight} share{'s' if rule.weight > 1 else ''}"] if with_weight else []
    if with_cap and rule.cap is not None:
        zh.append(f"每天最多 {rule.cap} 位")
        en.append(f"at most {rule.cap} a day")
    return Text(
        f"{name}（{'，'.join(zh)}）" if zh else name, f"{name} ({', '.join(en)})" if en else name
    )


def _backups(rules: Rules, people: Mapping[int, str]) -> list[Text]:
    if not rules.backups:
        return []
    names = [people.get(each, f"#{each}") for each in rules.backups]
    return [
        Text(
            f"没人能接待时转给{'、'.join(names)}",
            f"when nobody of them can, {', '.join(names)} {'do' if len(names) > 1 else 'does'}",
        )
    ]


def _groups(rules: Rules) -> list[Text]:
    if not rules.groups:
        return []
    count = len(rules.groups)
    more = (
        Text("，都满了自动建新群", ", then into new ones") if rules.founds_groups else Text("", "")
    )
    return [
        Text(
            f"依次进 {count} 个群，满一个换一个{more.zh}",
            f"people join {count} group{'s' if count > 1 else ''}, one after the other{more.en}",
        )
    ]


def _verified(rules: Rules) -> Text:
    if rules.groups:
        return Text("扫码就能进群", "scanning is joining")
    if rules.skip == "always":
        return Text("加好友不用验证", "friends are taken in without being confirmed")
    if rules.skip == "never":
        return Text("加好友要验证", "friends are confirmed first")
    when = windows_said(rules.skip_windows)
    return Text(
        f"{_spaced(when.zh)}加好友不用验证，其他时间要验证",
        f"friends are taken in without being confirmed {when.en}, and confirmed first otherwise",
    )


def _after(rules: Rules, tags: Mapping[int, str]) -> list[Text]:
    zh, en = [], []
    if rules.tags:
        names = [tags.get(each, f"#{each}") for each in rules.tags]
        zh.append("打上" + "、".join(f"“{each}”" for each in names))
        en.append("tagged " + ", ".join(f"“{each}”" for each in names))
    if rules.remark:
        zh.append(f"备注为“{rules.remark.replace('{name}', '昵称')}”")
        en.append(f"remarked “{rules.remark.replace('{name}', 'her name')}”")
    if rules.welcomes:
        count = len(rules.welcomes)
        zh.append("自动说欢迎语" if count == 1 else f"按时段说 {count} 种欢迎语")
        en.append("welcomed" if count == 1 else f"welcomed in one of {count} ways, by the hour")
    return [Text(f"来的人{'，'.join(zh)}", f"whoever comes is {', '.join(en)}")] if zh else []
