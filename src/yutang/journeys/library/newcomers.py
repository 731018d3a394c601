"""Ready journeys for people who have just come."""

from yutang.journeys.library._pieces import (
    graph,
    lasting,
    on,
    pause,
    send,
    still,
    task,
    until,
    until_time,
)
from yutang.journeys.library.ready import Copy, Ready
from yutang.kit.i18n import Text

__all__ = ["NEWCOMERS"]

_WEEK = Ready(
    "newcomer_week",
    Text("新客七天", "A newcomer’s first week"),
    Text(
        "加好友后七天里说五次话：认识、用得上、别人怎么说、一份见面礼、问一句要不要帮忙。买了就停。",
        "Five words within the week after she is added: who we are, something useful, what others say, a"
        " first gift, an offer of help. It ends when she buys.",
    ),
    Text("加了好友的人", "Whoever adds a member of staff as a friend"),
    graph(
        on("add_friend"),
        {
            "hello": send("hello", "day1"),
            "day1": until_time("20:00", "useful", after=1),
            "useful": send("useful", "day3"),
            "day3": until_time("20:00", "others", after=2),
            "others": send("others", "day5"),
            "day5": until_time("12:00", "gift", after=2),
            "gift": send("gift", "day7"),
            "day7": until_time("20:00", "help", after=2),
            "help": send("help", "answer"),
            "answer": until("message", within=lasting(2), then="call", otherwise=None),
            "call": task(
                Text("新客回了消息，接着聊一聊", "A newcomer has answered: go on talking")
            ),
        },
        exits=still("pay", "delete_friend"),
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(14),
            "name": Text("首单", "first order"),
        },
    ),
    {
        "hello": Copy(
            Text("新客·打招呼", "Newcomer: hello"),
            Text(
                "{{ customer.name | default: '你好' }}，我是{{ staff.name | default: '店里的小伙伴' }}，"
                "{{ brand.name }}的。以后选什么、怎么用、到货没有，直接在这里问我就行。",
                "Hi {{ customer.name | default: 'there' }}, I am {{ staff.name | default: 'with the shop' }}"
                " at {{ brand.name }}. What to choose, how to use it, whether it is in: just ask me here.",
            ),
        ),
        "useful": Copy(
            Text("新客·用得上", "Newcomer: something useful"),
            Text(
                "昨天刚认识，先送一份小抄：新手最常问的三件事，都写在这一页里，两分钟看完。",
                "We have only just met, so here is a cheat sheet: the three things people ask first, on"
                " one page, two minutes to read.",
            ),
        ),
        "others": Copy(
            Text("新客·别人怎么说", "Newcomer: what others say"),
            Text(
                "这几天店里回购最多的是这一款。我把几位老客人的真实评价放在一起了，好的坏的都有。",
                "This is what people came back for most this week. I have put some regulars’ reviews"
                " together, the good and the bad.",
            ),
        ),
        "gift": Copy(
            Text("新客·见面礼", "Newcomer: first gift"),
            Text(
                "给你留了一张新客券，首单直接减，三天内有效。不急，挑到喜欢的再用。",
                "I have kept a first-order coupon for you, good for three days. No hurry: use it once you"
                " find something you like.",
            ),
        ),
        "help": Copy(
            Text("新客·要不要帮忙", "Newcomer: can I help"),
            Text(
                "认识一周了。要是还没想好选哪个，回我一句平时怎么用、预算多少，我帮你挑两个。",
                "It has been a week. If you are still unsure, tell me how you would use it and what you"
                " want to spend, and I will pick two for you.",
            ),
        ),
    },
)

_TRIAL = Ready(
    "trial",
    Text("试用 → 反馈 → 感谢", "Trial, feedback, thanks"),
    Text(
        "领了试用装，三天后问用得怎样；写了反馈当天道谢并送券；没写的，再轻轻问一次，之后交给人。",
        "Three days after a sample was asked for: how is it. Thanks and a coupon on the day she answers;"
        " one more gentle question if she does not; then a colleague.",
    ),
    Text("提交了试用申请的人", "Whoever sends in a form for a sample"),
    graph(
        on("form_submit", where=[{"property": "content", "op": "contains", "value": "试用"}]),
        {
            "got": send("got", "used"),
            "used": until_time("20:00", "how", after=3),
            "how": send("how", "told"),
            "told": until(
                "form_submit",
                "review",
                "message",
                within=lasting(4),
                then="thanks",
                otherwise="again",
            ),
            "again": send("again", "told2"),
            "told2": until(
                "form_submit",
                "review",
                "message",
                within=lasting(4),
                then="thanks",
                otherwise="ask",
            ),
            "thanks": send("thanks", None),
            "ask": task(
                Text("试用后一直没有反馈，打个招呼", "No feedback on the sample: say hello")
            ),
        },
        reentry={"again": True, "after": lasting(90)},
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(30),
            "name": Text("试用转正装", "bought after the trial"),
        },
    ),
    {
        "got": Copy(
            Text("试用·收到申请", "Trial: request received"),
            Text(
                "试用装登记好了，今天就寄。收到后先看一眼盒子里的小卡，用法都在上面。",
                "Your sample is on its way today. Have a look at the little card in the box first: it says"
                " how to use it.",
            ),
            "service",
        ),
        "how": Copy(
            Text("试用·用得怎样", "Trial: how is it"),
            Text(
                "试用装用上了吗？一句话也行：哪里喜欢，哪里不顺手，我都想听。",
                "Have you tried it yet? A single line will do: what you like, and what you do not. I want"
                " to hear both.",
            ),
        ),
        "again": Copy(
            Text("试用·再问一次", "Trial: asking once more"),
            Text(
                "忙的话不用写字，回个 1 是喜欢，2 是一般，3 是不合适，我就知道怎么帮你了。",
                "If you are busy, just a number: 1 I like it, 2 so so, 3 not for me. Then I know how to"
                " help.",
            ),
        ),
        "thanks": Copy(
            Text("试用·感谢", "Trial: thanks"),
            Text(
                "谢谢你告诉我，已经转给做产品的同事了。给你放了一张正装券，七天内都能用。",
                "Thank you for telling me; the people who make it have read it. There is a coupon for the"
                " full size in your account, good for seven days.",
            ),
        ),
    },
)

_CART = Ready(
    "cart",
    Text("加购与收藏提醒", "Left in the cart, or favourited"),
    Text(
        "加购或收藏两小时还没下单，提醒一次；第二天还在犹豫，再说一次它的好处。下单就停，一周最多一轮。",
        "Two hours after something was put in the cart or favourited without an order: one reminder, and one"
        " more the next day. It ends with an order, and comes once a week at most.",
    ),
    Text("加购或收藏了商品的人", "Whoever puts something in the cart or favourites it"),
    graph(
        on("cart", "favorite"),
        {
            "think": pause(2, "hour", "remind"),
            "remind": send("remind", "next_day"),
            "next_day": until_time("12:30", "why", after=1),
            "why": send("why", None),
        },
        exits=still("order", "pay"),
        reentry={"again": True, "after": lasting(7)},
        goal={"event": {"types": ["pay"]}, "within": lasting(3), "name": Text("付款", "payment")},
    ),
    {
        "remind": Copy(
            Text("加购·提醒", "Cart: reminder"),
            Text(
                "你看中的{{ event.content | default: '那一件' }}我帮你留意着，今天还有货。尺码、搭配拿不准，问我。",
                "I am keeping an eye on {{ event.content | default: 'what you liked' }}: it is in stock"
                " today. If you are unsure of the size, ask me.",
            ),
        ),
        "why": Copy(
            Text("加购·第二天", "Cart: the next day"),
            Text(
                "昨天那件还想要吗？七天内不合适包退，来回运费我们出，可以放心试。",
                "Still thinking about it? You can send it back within seven days and we pay the postage"
                " both ways, so try it without worry.",
            ),
        ),
    },
)

NEWCOMERS = (_WEEK, _TRIAL, _CART)
