"""How somebody became a friend (`add_way`), by the platform's number: for events, filters and readers."""

from collections.abc import Mapping
from typing import Final

from yutang.kit.i18n import Text

__all__ = ["WAYS", "way_named"]

WAYS: Final[Mapping[int, tuple[str, Text]]] = {
    0: ("unknown", Text("未知", "Unknown")),
    1: ("scan", Text("扫描二维码", "Scanned a code")),
    2: ("mobile", Text("搜索手机号", "Searched a mobile number")),
    3: ("card", Text("名片分享", "Shared card")),
    4: ("group", Text("群聊", "Group chat")),
    5: ("phone_book", Text("手机通讯录", "Phone book")),
    6: ("wechat_contact", Text("微信联系人", "WeChat contact")),
    8: ("service_staff", Text("安装第三方应用时添加的客服", "Service staff of an app")),
    9: ("email", Text("搜索邮箱", "Searched an e-mail address")),
    10: ("channels", Text("视频号添加", "Channels")),
    11: ("calendar", Text("日程参与人", "Calendar participant")),
    12: ("meeting", Text("会议参与人", "Meeting participant")),
    13: ("wechat_friend", Text("微信好友对应的企业微信", "WeCom account of a WeChat friend")),
    14: ("hardware", Text("智慧硬件专属客服", "Smart hardware service")),
    15: ("home_visit", Text("上门服务客服", "Home visit service")),
    16: ("acquisition", Text("获客链接", "Acquisition link")),
    17: ("custom", Text("定制开发", "Customised development")),
    18: ("reply", Text("需求回复", "Reply to a request")),
    21: ("presales", Text("第三方售前客服", "Third-party pre-sales service")),
    22: ("partner", Text("可能的商务伙伴", "Possible business partner")),
    24: ("accepted", Text("接受微信账号收到的好友申请", "Accepted a friend request")),
    201: ("shared", Text("内部成员共享", "Shared by a colleague")),
    202: ("assigned", Text("管理员分配", "Assigned by an administrator")),
}


def way_named(number: int) -> str:
    """Return the name a way of adding goes by in events; one the platform adds later by its number."""
    known = WAYS.get(number)
    return known[0] if known else f"way_{number}"
