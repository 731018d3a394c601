"""Why a message did not reach somebody, in words: the reason, and the very rule where one spoke."""

from collections.abc import Mapping

from yutang.kit.i18n import Text
from yutang.reach._policy import policy_numbered
from yutang.reach.policy import platform_rules
from yutang.reach.policy.sentences import cap_said
from yutang.workspaces.models import Workspace

__all__ = ["REASONS", "reason_said"]

REASONS: Mapping[str, Text] = {
    "gone": Text("客户已删除或已并入他人", "The customer was erased or merged away"),
    "withdrawn": Text("客户不同意接收", "She withdrew her consent"),
    "no_consent": Text("客户没有明确同意过", "She never gave her consent"),
    "suppressed": Text("在免打扰名单里", "On the list of those not to be reached"),
    "no_address": Text("没有可用的联系方式", "No address on this channel"),
    "quiet_hours": Text("落在免打扰时段", "Within quiet hours"),
    "expired": Text("等到能发时已经过时", "No use any more by the time it could go"),
    "capped": Text("超出频次上限", "Over a frequency cap"),
    "channel_rule": Text("超出平台自身的限制", "Over the platform’s own limit"),
    "sender_budget": Text("员工当天的发送额度用完", "The sender’s budget of the day is spent"),
    "holdout": Text("属于对照组", "In the holdout"),
    "displaced": Text("让位给更重要的消息", "Gave way to a more important message"),
    "cancelled": Text("发送被取消", "The sending was cancelled"),
    "unrenderable": Text("消息缺少必要的内容", "The message lacked what it needs"),
}


def reason_said(workspace: Workspace, reason: str, detail: str = "") -> Text:
    """Return a reason as a sentence; of a cap, the rule as it stood when it spoke."""
    general = REASONS.get(reason, Text(reason, reason))
    number, _, name = detail.partition(":")
    if reason == "capped" and number.isdigit() and name.startswith("cap:"):
        caps = policy_numbered(workspace, int(number)).rules.caps
        place = int(name.removeprefix("cap:"))
        if place < len(caps):
            said = cap_said(caps[place])
            return Text(f"{general.zh}：{said.zh}", f"{general.en}: {said.en}")
    if reason == "channel_rule":
        for rule in platform_rules(None):
            if rule.name == name:
                return Text(rule.zh, rule.en)
    return general
