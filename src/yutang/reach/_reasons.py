"""Why a message did not reach somebody, in words: the reason, and the very rule where one spoke."""

from collections.abc import Mapping

from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.reach._policy import policy_numbered
from yutang.reach.policy import PlatformChange, platform_rules
from yutang.reach.policy.sentences import cap_said, rule_said
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
    # What channels say, or do not.
    "account": Text(
        "渠道账号有问题，稍后再发", "Trouble with the channel account; it is tried later"
    ),
    "bad_address": Text("号码或地址不对", "The number or address is not one"),
    "barred": Text("渠道不向这个号码发送", "The channel does not send to this number"),
    "bounced": Text("邮件被退回", "The mail bounced"),
    "busy": Text("渠道要求稍后再发", "The channel asked to be told later"),
    "gave_up": Text("试了多次都没发出去", "Given up after several tries"),
    "lease_ran_out": Text("发送途中断了，不知道有没有发出", "Cut off on its way; it may have left"),
    "limited": Text("渠道限流，稍后再发", "The channel’s limit; it is tried later"),
    "never_came": Text("渠道没有收到过", "The channel never got it"),
    "no_answer": Text(
        "渠道没有回答，不知道有没有发出", "The channel did not answer; it may have left"
    ),
    "no_credit": Text("渠道余额不足", "The channel’s credit is used up"),
    "not_approved": Text("签名或模板没有通过审核", "The signature or template is not approved"),
    "not_begun": Text("还没轮到，稍后再发", "Not its turn yet; it is tried later"),
    "not_delivered": Text("运营商没有送达", "The carrier did not deliver it"),
    "not_reachable": Text("连不上渠道", "The channel could not be reached"),
    "not_understood": Text(
        "渠道的回答看不懂，不知道有没有发出", "The channel’s answer made no sense; it may have left"
    ),
    "refused": Text("渠道不接受这条消息", "The channel does not take this message"),
    "resent": Text("有人要求重发", "Somebody asked to send it again"),
    "secrets_unreadable": Text("渠道的密钥打不开", "The channel’s secrets cannot be opened"),
    "sent_again": Text("确认没有发出过，重新发送", "It never left, and is sent again"),
    "their_fault": Text("渠道自己出了故障", "A fault of the channel’s own"),
    "turned_down": Text("渠道拒绝了", "The channel turned it down"),
    # Of messages that staff confirm.
    "had_others": Text("这段时间收到的群发已到平台上限", "Had her share of mass messages by then"),
    "never_confirmed": Text("员工一直没有确认", "The staff never confirmed it"),
    "no_friend": Text("已经不是员工的好友", "No friend of the staff any more"),
    "not_shown": Text("没有显示给她", "It was not shown to her"),
    "not_chosen": Text("员工没有发给她", "The staff left her out"),
    "personal": Text(
        "群发对所有人内容相同，不能带每个人自己的内容",
        "A mass message says the same to everybody; this one had something of each one’s own",
    ),
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
                policy = policy_numbered(workspace, int(number) if number.isdigit() else 0)
                change = policy.rules.platform.get(name, PlatformChange())
                return rule_said(rule, change, clock.platform_day(clock.now()))
    return general
