"""Ready journeys for people who have bought: thanks, the next time, a review, coming back."""

from yutang.journeys.library._pieces import (
    all_of,
    attribute,
    audience_of,
    did,
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

__all__ = ["BUYERS"]

_PAYMENT = Ready(
    "at_payment",
    Text("付款这一刻", "At the moment of payment"),
    Text(
        "付款后一分钟内说谢谢、讲清楚什么时候到；三天后教她怎么用好。",
        "Thanks within a minute of payment and when it will arrive; three days later, how to make the most"
        " of it.",
    ),
    Text("付了款的人", "Whoever pays"),
    graph(
        on("pay", max_age=lasting(6, "hour")),
        {
            "thanks": send("thanks", "arrives"),
            "arrives": until_time("19:30", "how", after=3),
            "how": send("how", None),
        },
        reentry={"again": True, "one_at_a_time": False},
        exits=still("refund"),
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(60),
            "ends": False,
            "name": Text("再次购买", "bought again"),
        },
    ),
    {
        "thanks": Copy(
            Text("付款·谢谢", "Payment: thanks"),
            Text(
                "订单收到了，谢谢。48 小时内发出，发货我会在这里告诉你单号。",
                "We have your order, thank you. It leaves within 48 hours, and I will send the tracking"
                " number here.",
            ),
            "service",
        ),
        "how": Copy(
            Text("付款·怎么用好", "Payment: how to use it"),
            Text(
                "东西应该快到了。第一次用有个小窍门，我录了四十秒，照着做不会错。",
                "It should be with you soon. There is a knack to the first use: I recorded forty seconds"
                " of it.",
            ),
            "service",
        ),
    },
)

_REPURCHASE = Ready(
    "repurchase",
    Text("按各人周期提醒复购", "Repurchase, by each one’s own cycle"),
    Text(
        "每个人多久买一次，就在她自己的那个日子前后提醒；还没有规律的人按 30 天。中间买了就重新算。",
        "A reminder when her own usual time has passed; 30 days for whoever has no habit yet. It begins anew"
        " with every purchase.",
    ),
    Text("付了款的人", "Whoever pays"),
    graph(
        on("pay"),
        {
            "cycle": pause(30, "day", "hour", rhythm=["pay"]),
            "hour": until_time("10:30", "low"),
            "low": send("low", "back"),
            "back": until("pay", within=lasting(5), then=None, otherwise="last"),
            "last": send("last", None),
        },
        exits=still("pay", "refund"),
        reentry={"again": True, "one_at_a_time": False},
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(45),
            "name": Text("复购", "repurchase"),
        },
    ),
    {
        "low": Copy(
            Text("复购·差不多用完了", "Repurchase: running low"),
            Text(
                "算着上次买的快用完了。要不要按原来的再来一份？回我“要”，我帮你下单。",
                "By my count you are running low. The same again? Answer “yes” and I will order it for"
                " you.",
            ),
        ),
        "last": Copy(
            Text("复购·最后一次提醒", "Repurchase: the last reminder"),
            Text(
                "老样子那款这周有货，给你留到周日。不需要也没关系，以后再找我。",
                "Your usual is in stock this week and kept for you until Sunday. If you do not need it,"
                " that is fine too.",
            ),
        ),
    },
)

_REVIEW = Ready(
    "review",
    Text("邀请评价", "Asking for a review"),
    Text(
        "付款十天后、晚上八点，请她说说用得怎样；写了当晚道谢，没写不再追。",
        "Ten days after payment, at eight in the evening: how was it. Thanks the same evening if she writes,"
        " nothing more if she does not.",
    ),
    Text("付了款、十天内没退款的人", "Whoever paid and did not return it within ten days"),
    graph(
        on("pay"),
        {
            "use": until_time("20:00", "ask", after=10),
            "ask": send("ask", "wrote"),
            "wrote": until("review", within=lasting(5), then="thanks", otherwise=None),
            "thanks": send("thanks", None),
        },
        exits=still("refund", "complaint"),
        reentry={"again": True, "after": lasting(30)},
        goal={
            "event": {"types": ["review"]},
            "within": lasting(20),
            "ends": False,
            "name": Text("写了评价", "wrote a review"),
        },
    ),
    {
        "ask": Copy(
            Text("邀评·请说一句", "Review: a word"),
            Text(
                "用了几天，感觉怎么样？写两句真话就好，拍张照更好，后来的人都靠它做决定。",
                "You have had it for a few days: how is it? Two honest lines will do, a photo is even"
                " better. Others decide by it.",
            ),
            "service",
        ),
        "thanks": Copy(
            Text("邀评·谢谢", "Review: thanks"),
            Text(
                "看到你的评价了，谢谢你花时间写。30 积分已经到账。",
                "I have read your review; thank you for the time. 30 points are in your account.",
            ),
            "service",
        ),
    },
)

_WIN_BACK = Ready(
    "win_back",
    Text("唤回沉睡客人", "Win back"),
    Text(
        "两个月没买的老客人，先问候不谈钱；一周没动静，再给一张回来看看的券。两种问候自动比出更好的。",
        "For customers who have not bought for two months: first a word without an offer, a week later a"
        " coupon. Of two greetings the better one is found while they are used.",
    ),
    Text(
        "60 到 90 天没有付款的老客人，每天 10:30", "Who paid last 60 to 90 days ago, daily at 10:30"
    ),
    graph(
        audience_of(
            all_of(
                {
                    "kind": "moment",
                    "which": "last",
                    "types": ["pay"],
                    "op": "more_than_ago",
                    "value": lasting(60),
                },
                {
                    "kind": "moment",
                    "which": "last",
                    "types": ["pay"],
                    "op": "less_than_ago",
                    "value": lasting(90),
                },
                did("complaint", days=90, did=False),
            ),
            cron="30 10 * * *",
        ),
        {
            "which": {
                "kind": "split",
                "best": True,
                "arms": [
                    {"name": Text("问近况", "how are you"), "weight": 1, "next": "care"},
                    {"name": Text("说新品", "what is new"), "weight": 1, "next": "news"},
                ],
            },
            "care": send("care", "answer"),
            "news": send("news", "answer"),
            "answer": until("pay", "message", within=lasting(7), then=None, otherwise="evening"),
            "evening": until_time("20:00", "coupon"),
            "coupon": send("coupon", None),
        },
        exits=still("pay"),
        reentry={"again": True, "after": lasting(120)},
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(21),
            "name": Text("回来购买", "came back"),
        },
    ),
    {
        "care": Copy(
            Text("唤回·问近况", "Win back: how are you"),
            Text(
                "{{ customer.name | default: '好久不见' }}，有两个月没见你了。上次买的还合用吗？有不顺手的地方告诉我。",
                "{{ customer.name | default: 'Hello' }}, it has been two months. Is what you bought still"
                " doing well? Tell me if anything is not right.",
            ),
        ),
        "news": Copy(
            Text("唤回·说新品", "Win back: what is new"),
            Text(
                "你上次喜欢的那个系列出了新款，我先给你看两张图，喜欢再说。",
                "There is something new in the series you liked. Two pictures first; tell me if it is for"
                " you.",
            ),
        ),
        "coupon": Copy(
            Text("唤回·一张券", "Win back: a coupon"),
            Text(
                "给老朋友留了一张券，回来看看用得上，这个月内都有效。",
                "A coupon kept for an old friend, good until the end of the month, if you feel like"
                " looking in.",
            ),
        ),
    },
)

_COUPON = Ready(
    "large_coupon",
    Text("大额券给真正在看的人", "A large coupon for those who are really looking"),
    Text(
        "近 30 天收藏过、近 7 天来过、在北京、女性、入会满一年的客人，周四晚上发一张大额券；三天里没用，最后一天提醒一次。",
        "For women in Beijing, members for over a year, who favourited something within 30 days and were here"
        " within 7: a large coupon on Thursday evening, and one reminder on its last day.",
    ),
    Text(
        "近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年",
        "Favourited within 30 days, active within 7, Beijing, female, a member for over a year",
    ),
    graph(
        audience_of(
            all_of(
                did("favorite", days=30),
                did(days=7),
                attribute("city", "eq", "北京"),
                attribute("gender", "eq", "female"),
                attribute("joined_at", "more_than_ago", lasting(1, "year")),
            ),
            weekdays=[3],
            time="20:00",
        ),
        {
            "coupon": send("coupon", "used"),
            "used": until("pay", within=lasting(2), then=None, otherwise="noon"),
            "noon": until_time("12:00", "last_day"),
            "last_day": send("last_day", None),
        },
        reentry={"again": True, "after": lasting(45)},
        goal={
            "event": {"types": ["pay"]},
            "within": lasting(4),
            "name": Text("用券购买", "used the coupon"),
        },
    ),
    {
        "coupon": Copy(
            Text("大额券·给你", "Large coupon: for you"),
            Text(
                "你收藏的那几件我看到了。给会员满一年的你单独申请了一张大额券，三天内可用，一人一张。",
                "I saw what you favourited. As you have been a member for over a year, I asked for a large"
                " coupon for you alone: three days, one each.",
            ),
        ),
        "last_day": Copy(
            Text("大额券·最后一天", "Large coupon: last day"),
            Text(
                "那张大额券今晚 24 点到期。要是没有想要的，就让它过期，不用勉强。",
                "That coupon ends tonight at midnight. If there is nothing you want, let it go.",
            ),
        ),
    },
)

_REFERRAL = Ready(
    "referral",
    Text("邀请老带新", "Invitation to refer"),
    Text(
        "刚给过好评的客人，第二天请她把好东西分享给一位朋友；分享了就道谢，不追问。",
        "The day after somebody wrote a good review: would she pass it on to one friend. Thanks if she does,"
        " no question if she does not.",
    ),
    Text("写了 4 分以上评价的人", "Whoever reviewed with 4 points or more"),
    graph(
        on("review", where=[{"property": "rating", "op": "ge", "value": 4}]),
        {
            "next_day": until_time("12:30", "invite", after=1),
            "invite": send("invite", "shared"),
            "shared": until("share", within=lasting(7), then="thanks", otherwise=None),
            "thanks": send("thanks", "care"),
            "care": task(
                Text(
                    "老客人帮忙分享了，亲自道声谢", "She shared with a friend: thank her in person"
                )
            ),
        },
        exits=still("complaint", "refund"),
        reentry={"again": True, "after": lasting(90)},
        goal={
            "event": {"types": ["share"]},
            "within": lasting(14),
            "ends": False,
            "name": Text("分享", "shared"),
        },
    ),
    {
        "invite": Copy(
            Text("老带新·邀请", "Referral: invitation"),
            Text(
                "谢谢你的好评。要是身边有人也用得上，把这张卡片转给她，你们各得一张券。",
                "Thank you for your kind review. If somebody you know could use it, pass this card on: a"
                " coupon for each of you.",
            ),
        ),
        "thanks": Copy(
            Text("老带新·谢谢", "Referral: thanks"),
            Text(
                "看到你分享了，谢谢你替我们说话。券已经放进你的账户，朋友下单后还有一份。",
                "I saw that you shared it; thank you for speaking up for us. A coupon is in your account,"
                " and another follows when your friend orders.",
            ),
        ),
    },
)

BUYERS = (_PAYMENT, _REPURCHASE, _REVIEW, _WIN_BACK, _COUPON, _REFERRAL)
