"""The event types every brand has; modules declare their own beside these."""

from yutang.kit.i18n import Text
from yutang.loop import EventType, Property, PropertyKind, declare

__all__: list[str] = []

_AMOUNT = Property("amount", PropertyKind.MONEY, Text("金额", "amount"))
_CONTENT = Property("content", PropertyKind.TEXT, Text("内容", "content"))
_ITEM = Property("content", PropertyKind.TEXT, Text("商品", "item"))
_CATEGORY = Property("category", PropertyKind.TEXT, Text("品类", "category"))
_QUANTITY = Property("quantity", PropertyKind.NUMBER, Text("数量", "quantity"))
_ORDER = Property("order_no", PropertyKind.TEXT, Text("订单号", "order number"))
_GROUP = Property("group", PropertyKind.NUMBER, Text("群", "group"))
_STAFF = Property("staff", PropertyKind.NUMBER, Text("员工", "staff member"))
_STATE = Property("state", PropertyKind.TEXT, Text("渠道参数", "state of the code"))
_CODE = Property("code", PropertyKind.TEXT, Text("活码", "live code"))
_CHANNEL = Property("channel", PropertyKind.TEXT, Text("渠道", "channel"))
_WAY = Property("way", PropertyKind.TEXT, Text("添加方式", "how"))
_BY = Property("by", PropertyKind.TEXT, Text("由谁", "by whom"))
_PAGE = Property("title", PropertyKind.TEXT, Text("页面", "page"))
_URL = Property("url", PropertyKind.TEXT, Text("网址", "address"))

declare(
    EventType("view", Text("浏览", "viewed"), (_ITEM, _CATEGORY, _PAGE, _URL)),
    EventType(
        "search",
        Text("搜索", "searched"),
        (Property("query", PropertyKind.TEXT, Text("关键词", "words")),),
    ),
    EventType("favorite", Text("收藏", "favourited"), (_ITEM, _CATEGORY)),
    EventType("unfavorite", Text("取消收藏", "unfavourited"), (_ITEM, _CATEGORY)),
    EventType("cart", Text("加购", "added to cart"), (_ITEM, _CATEGORY, _QUANTITY)),
    EventType("order", Text("下单", "ordered"), (_AMOUNT, _ITEM, _CATEGORY, _QUANTITY, _ORDER)),
    EventType("pay", Text("支付", "paid"), (_AMOUNT, _ITEM, _CATEGORY, _QUANTITY, _ORDER)),
    EventType("refund", Text("退款", "refunded"), (_AMOUNT, _ITEM, _CATEGORY, _QUANTITY, _ORDER)),
    EventType(
        "add_friend", Text("添加好友", "added as a friend"), (_STAFF, _WAY, _STATE, _CODE, _CHANNEL)
    ),
    EventType(
        "delete_friend", Text("删除好友", "deleted the friend"), (_STAFF, _BY), activity=False
    ),
    EventType(
        "join_group", Text("进群", "joined a group"), (_GROUP, _WAY, _STATE, _CODE, _CHANNEL)
    ),
    EventType("leave_group", Text("退群", "left a group"), (_GROUP,), activity=False),
    EventType("message", Text("发消息", "wrote a message"), (_CONTENT, _STAFF, _GROUP)),
    EventType("click", Text("点击", "clicked"), (_CONTENT, _URL)),
    EventType("open", Text("打开", "opened"), (_CONTENT, _PAGE, _URL)),
    EventType("sign_in", Text("登录", "signed in")),
    EventType("share", Text("分享", "shared"), (_CONTENT, _URL)),
    EventType(
        "review",
        Text("评价", "reviewed"),
        (_ITEM, Property("rating", PropertyKind.NUMBER, Text("评分", "rating"))),
    ),
    EventType("join_membership", Text("入会", "joined the membership")),
    EventType("scan", Text("扫码", "scanned a code"), (_CONTENT,)),
    EventType("form_submit", Text("提交表单", "submitted a form"), (_CONTENT,)),
    EventType("complaint", Text("投诉", "complained"), (_CONTENT,)),
)
