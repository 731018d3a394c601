"""Ready journeys for members and groups: days to keep, renewals, groups that fell asleep."""

from typing import Any

from yutang.journeys.library._pieces import (
    all_of,
    attribute,
    audience_of,
    branch,
    did,
    end,
    graph,
    lasting,
    on,
    pause,
    send,
    still,
    task,
    until,
    until_date,
    until_time,
)
from yutang.journeys.library.ready import Copy, Ready
from yutang.kit.i18n import Text

__all__ = ["MEMBERS"]


def _child(low: int, high: int) -> dict[str, Any]:
    return {"kind": "dependant", "who": "child", "age_months": [low, high]}


_BIRTHDAY = Ready(
    "birthday",
    Text("生日", "Birthday"),
    Text(
        "生日前七天送上礼遇，当天只说祝福不谈买。每年一次；要过农历，把两个等待改成农历就行。",
        "A gift seven days before her birthday, and on the day itself nothing but good wishes. Every year;"
        " for lunar birthdays switch both waits to the lunar calendar.",
    ),
    Text("知道生日的人", "Whoever’s birthday is known"),
    graph(
        audience_of(attribute("birthday", "known"), cron="0 3 * * *"),
        {
            "week_before": until_date(
                "birthday", "gift", every="year", offset=lasting(-7), at="10:00"
            ),
            "gift": send("gift", "the_day"),
            "the_day": until_date("birthday", "wish", every="year", at="08:30"),
            "wish": send("wish", "rest"),
            "rest": pause(1, "day", "week_before"),
        },
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(30),
            "ends": False,
            "name": Text("生日购买", "bought around the birthday"),
        },
    ),
    {
        "gift": Copy(
            Text("生日·礼遇", "Birthday: a gift"),
            Text(
                "下周是你的生日。店里给你备了一份小礼物，生日前后七天到店，或下单时备注“生日”都可以。",
                "Your birthday is next week. There is a small present for you: come by within a week of it,"
                " or write “birthday” on an order.",
            ),
        ),
        "wish": Copy(
            Text("生日·当天", "Birthday: the day"),
            Text(
                "{{ customer.name | default: '今天的寿星' }}，生日快乐。愿新的一岁，吃好睡好，心里有光。",
                "{{ customer.name | default: 'To you' }}: happy birthday. May the new year of your life be"
                " a bright one.",
            ),
        ),
    },
)

_MONTHS = Ready(
    "child_months",
    Text("宝宝月龄", "A child’s months"),
    Text(
        "每到宝宝满月的那天，按月龄说这个月最用得上的一件事；满三岁自然结束。",
        "On the day each month when the child grows a month older: the one thing that helps at that age. It"
        " ends by itself at three years.",
    ),
    Text("家里有三岁以下宝宝的人", "Whoever has a child under three"),
    graph(
        audience_of(_child(0, 36), cron="0 3 * * *"),
        {
            "month": until_date(
                "birthday", "age", of="child", every="month", at="09:30", otherwise="grown"
            ),
            "age": branch(
                [
                    (_child(0, 6), "newborn"),
                    (_child(6, 12), "first_food"),
                    (_child(12, 36), "walking"),
                ],
                "grown",
            ),
            "newborn": send("newborn", "rest"),
            "first_food": send("first_food", "rest"),
            "walking": send("walking", "rest"),
            "rest": pause(1, "day", "month"),
            "grown": end("grown"),
        },
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(90),
            "ends": False,
            "name": Text("母婴购买", "bought for the child"),
        },
    ),
    {
        "newborn": Copy(
            Text("月龄·半岁前", "Months: under half a year"),
            Text(
                "宝宝又满一个月了。这个月多趴一趴、多说话，睡前固定一首歌。奶量和睡眠拿不准，随时问我。",
                "Another month. More time on the tummy, more talking, the same song before sleep. Ask me"
                " any time about feeding or sleep.",
            ),
        ),
        "first_food": Copy(
            Text("月龄·加辅食", "Months: first food"),
            Text(
                "宝宝到了加辅食的月份：先一种，三天不过敏再换。我整理了一份本月食谱，照着买不会多。",
                "Time for first foods: one at a time, three days each. Here is a menu for the month, with"
                " nothing too much to buy.",
            ),
        ),
        "walking": Copy(
            Text("月龄·学走路", "Months: walking"),
            Text(
                "这个月的宝宝爱走爱爬。鞋底要软、家具边角要包，下面这份安全清单两分钟看完。",
                "They love to walk and climb now: soft soles, covered corners. A safety list, two minutes"
                " to read.",
            ),
        ),
    },
)

_RENEWAL = Ready(
    "member_renewal",
    Text("付费会员续费", "Paid members: renewal"),
    Text(
        "入会 335 天时先算一笔账：这一年省了多少；到期前十天提醒一次，到期当周由人打个招呼。续了就停。",
        "After 335 days: what membership saved her this year. One reminder ten days before it ends, a word"
        " from a colleague in its last week. It ends when she renews.",
    ),
    Text("入会（付费）的人", "Whoever joins the membership"),
    graph(
        on("join_membership"),
        {
            "year": pause(335, "day", "morning"),
            "morning": until_time("10:00", "sum", days="working"),
            "sum": send("sum", "renewed"),
            "renewed": until("join_membership", within=lasting(20), then=None, otherwise="soon"),
            "soon": send("soon", "renewed2"),
            "renewed2": until("join_membership", within=lasting(5), then=None, otherwise="call"),
            "call": task(
                Text("会员这周到期，亲自问一声", "Membership ends this week: ask in person")
            ),
        },
        reentry={"again": True, "one_at_a_time": False},
        exits=still("join_membership"),
        goal={
            "event": {"types": ["join_membership"]},
            "within": lasting(365),
            "name": Text("续费", "renewed"),
        },
    ),
    {
        "sum": Copy(
            Text("续费·这一年", "Renewal: this year"),
            Text(
                "你的会员陪了你快一年。省下的钱和用过的权益我列成了一张单子，看看值不值，再决定续不续。",
                "You have been a member for almost a year. I have listed what you saved and what you used:"
                " see whether it is worth it before you renew.",
            ),
            "service",
        ),
        "soon": Copy(
            Text("续费·还有十天", "Renewal: ten days left"),
            Text(
                "会员还有十天左右到期。现在续，时间接着算，一天不少。",
                "Your membership ends in about ten days. Renew now and not a day is lost.",
            ),
            "service",
        ),
    },
)

_GROUP = Ready(
    "dormant_group",
    Text("沉睡的群友", "Quiet in the group"),
    Text(
        "还在群里、一个月没说话的人，周一中午私下问一句想看什么；回了就交给群主接住，没回就安静。",
        "For those still in a group who have said nothing for a month: on Monday at noon, one private question."
        " If she answers, the group’s host takes over; if not, silence.",
    ),
    Text(
        "在群里、近 30 天没说话的人，每周一 12:00",
        "In a group and silent for 30 days, Mondays at noon",
    ),
    graph(
        audience_of(
            all_of(
                {"kind": "relation", "to": "group", "op": "any"},
                did("message", days=30, did=False),
                did("leave_group", days=30, did=False),
            ),
            weekdays=[0],
            time="12:00",
        ),
        {
            "pace": {"kind": "rate", "most": 2000, "per": lasting(1, "hour"), "next": "ask"},
            "ask": send("ask", "answer"),
            "answer": until("message", within=lasting(3), then="host", otherwise="quiet"),
            "host": task(Text("沉睡群友开口了，接住她", "A quiet member spoke: answer her")),
            "quiet": end("quiet"),
        },
        reentry={"again": True, "after": lasting(60)},
        goal={
            "event": {"types": ["message"]},
            "within": lasting(7),
            "ends": False,
            "name": Text("又说话了", "spoke again"),
        },
    ),
    {
        "ask": Copy(
            Text("群友·想看什么", "Group: what would you like"),
            Text(
                "群里最近聊得有点散，想听听你的：更想看新品、用法，还是只要福利？回一个词就行，我来调。",
                "The group has been a little scattered. What would you rather see: new things, how to use"
                " them, or offers only? One word will do.",
            ),
        ),
    },
)

_MEMBER_DAY = Ready(
    "member_welcome",
    Text("入会欢迎", "Welcome to the membership"),
    Text(
        "入会当天讲清三项权益，第三天教她用第一项，第十四天还没用过就提醒一次。",
        "On the day she joins: three benefits. On the third day: how to use the first. On the fourteenth, if"
        " she has bought nothing: one reminder.",
    ),
    Text("刚入会的人", "Whoever has just joined the membership"),
    graph(
        on("join_membership"),
        {
            "welcome": send("welcome", "day3"),
            "day3": until_time("19:30", "first", after=3),
            "first": send("first", "used"),
            "used": until("pay", within=lasting(11), then=None, otherwise="remind"),
            "remind": send("remind", None),
        },
        reentry={"again": True, "after": lasting(180)},
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(30),
            "name": Text("首次用权益", "used a benefit"),
        },
    ),
    {
        "welcome": Copy(
            Text("入会·欢迎", "Membership: welcome"),
            Text(
                "会员开好了。记住三样就够：会员价直接看得到，每月一张券，生日有礼。",
                "You are a member now. Three things to remember: member prices show by themselves, a coupon"
                " every month, a present on your birthday.",
            ),
            "service",
        ),
        "first": Copy(
            Text("入会·第一项权益", "Membership: the first benefit"),
            Text(
                "这个月的会员券已经在账户里，满一百可用。第一次用，我陪你挑。",
                "This month’s coupon is in your account, good from 100 yuan on. For the first time, let me"
                " help you choose.",
            ),
        ),
        "remind": Copy(
            Text("入会·还没用", "Membership: not used yet"),
            Text(
                "入会两周了，会员券还没动。快过期的话我提前告诉你，先看看有没有缺的日用。",
                "Two weeks in, and the coupon is still there. Have a look whether anything you use every"
                " day is running out.",
            ),
        ),
    },
)

MEMBERS = (_BIRTHDAY, _MONTHS, _RENEWAL, _MEMBER_DAY, _GROUP)
