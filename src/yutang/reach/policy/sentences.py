"""What a policy says, rule by rule, in both languages."""

from collections.abc import Iterator
from datetime import date

from yutang.kit.i18n import Text
from yutang.reach.policy.platform import PlatformRule, platform_rules
from yutang.reach.policy.rules import (
    CHANNELS,
    PURPOSES,
    Cap,
    PlatformChange,
    Quiet,
    Rules,
    SenderBudget,
)

__all__ = ["cap_said", "platform_said", "rule_said", "sentences_of"]


def sentences_of(rules: Rules) -> Iterator[tuple[str, Text]]:
    """Yield each rule's place (`quiet:0`, `cap:1`, …) and its sentence."""
    yield from ((f"quiet:{place}", _quiet(each)) for place, each in enumerate(rules.quiet))
    yield from ((f"cap:{place}", cap_said(each)) for place, each in enumerate(rules.caps))
    yield from ((f"budget:{place}", _budget(each)) for place, each in enumerate(rules.budgets))
    for channel, purpose in rules.opt_in:
        who, what = CHANNELS[channel], PURPOSES[purpose]
        yield (
            f"opt_in:{channel}:{purpose}",
            Text(
                f"{who.zh}的{what.zh}，要客户明确同意过才发",
                f"{what.en} by {who.en} needs her explicit consent",
            ),
        )
    if rules.holdout_percent:
        share = f"{rules.holdout_percent:g}%"
        yield (
            "holdout",
            Text(
                f"{share} 的客户作为对照组，不收营销消息",
                f"{share} of customers are a holdout and get no marketing",
            ),
        )
    yield (
        "approval",
        Text(
            f"一次发给超过 {rules.approval_over:,} 人，要另一位同事审批",
            f"A message to more than {rules.approval_over:,} people needs a colleague’s approval",
        ),
    )


def cap_said(cap: Cap) -> Text:
    """Return a cap's sentence: 每人每 7 天最多收到 3 条营销推广消息."""
    zh_when, en_when = _span(cap)
    by = "" if cap.channel == "any" else CHANNELS[cap.channel].zh
    via = "" if cap.channel == "any" else f" by {CHANNELS[cap.channel].en}"
    zh_what, en_what = _all_of(cap.purposes)
    one_zh, one_en = ("同一旅程里，", " from one journey") if cap.per_journey else ("", "")
    messages = "message" if cap.most == 1 else "messages"
    counted = cap.counts == "all" and set(cap.purposes) != set(PURPOSES)
    return Text(
        f"{one_zh}每人{zh_when}最多收到 {cap.most} 条{by}{zh_what}消息"
        + ("（其他消息也计数）" if counted else ""),
        f"Nobody gets more than {cap.most} {en_what} {messages}{via}{one_en} {en_when}"
        + (" (others count, too)" if counted else ""),
    )


def _span(cap: Cap) -> tuple[str, str]:
    if cap.per == "rolling":
        days = "day" if cap.days == 1 else f"{cap.days} days"
        return f"每 {cap.days} 天", f"within any {days}"
    zh = {"day": "每天", "week": "每周", "month": "每月"}[cap.per]
    return zh, f"a {cap.per}"


def _quiet(quiet: Quiet) -> Text:
    zh_what, en_what = _all_of(quiet.purposes)
    zh_by = "、".join(CHANNELS[each].zh for each in quiet.channels)
    en_by = ", ".join(CHANNELS[each].en for each in quiet.channels)
    then = (
        Text("推迟到之后再发", "waits until after")
        if quiet.then == "defer"
        else Text("不再发", "is dropped")
    )
    via = f" by {en_by}" if en_by else ""
    return Text(
        f"{quiet.start} 到 {quiet.end} 不打扰：{zh_by}{zh_what}消息{then.zh}",
        f"Between {quiet.start} and {quiet.end} {en_what}{via} {then.en}",
    )


def _budget(budget: SenderBudget) -> Text:
    zh = f"每位员工每天最多用{CHANNELS[budget.channel].zh}发 {budget.daily} 条"
    en = f"Each staff member sends at most {budget.daily} a day by {CHANNELS[budget.channel].en}"
    steps = [step for step in budget.warm_up if step.most < budget.daily]
    if steps:
        zh += "；新账号" + "，".join(
            f"第 {step.from_day + 1} 天起 {step.most} 条" for step in steps
        )
        en += "; new accounts " + ", ".join(
            f"{step.most} from day {step.from_day + 1}" for step in steps
        )
    return Text(zh, en)


def _all_of(purposes: tuple[str, ...]) -> tuple[str, str]:
    if set(purposes) == set(PURPOSES):
        return "", "any"
    named = [PURPOSES[each] for each in purposes]
    return "、".join(each.zh for each in named), " and ".join(each.en.lower() for each in named)


def platform_said(rules: Rules, on: date) -> Iterator[tuple[str, Text, str, bool]]:
    """Yield each platform rule in force: its name, sentence, source, and whether the brand changed it."""
    for rule in platform_rules(on):
        change = rules.platform.get(rule.name, PlatformChange())
        changed = change != PlatformChange()
        yield rule.name, rule_said(rule, change, on), rule.source, changed


def rule_said(rule: PlatformRule, change: PlatformChange, on: date) -> Text:
    """Return a platform's rule in words, and what the brand made of it where that holds on a day."""
    if change.off:
        return Text(f"{rule.zh}（不用这条）", f"{rule.en} (not applied)")
    number = change.on(on, rule.most)
    if number == rule.most:
        return Text(rule.zh, rule.en)
    return Text(f"{rule.zh}（已改为 {number}）", f"{rule.en} (changed to {number})")
