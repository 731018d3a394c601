"""Why the platform would not hand one customer or group over, in words."""

from collections.abc import Mapping

from yutang.kit.i18n import Text

__all__ = ["OF_THE_PAIR", "reason_of"]

_BUSY = Text("正在另一次交接里", "is being handed over already")
_NOT_HERS = Text("已经不是交出员工的好友", "is no contact of the one who hands over any more")
_UNKNOWN = Text("企业微信没有接受（错误码 {code}）", "WeCom did not take it (error {code})")
_REASONS: Mapping[int, Text] = {
    40096: Text("企业微信里没有这位客户", "WeCom does not know this customer"),
    40097: Text("交出的员工还没有离职", "the one who hands over has not left"),
    40098: Text("接手的员工没有实名认证", "the one who takes over is not verified"),
    40099: Text("接手员工的客户数已满", "the one who takes over has as many customers as she may"),
    40100: _BUSY,
    40128: Text("90 天内已经交接满 2 次", "was handed over twice within 90 days"),
    40129: _BUSY,
    40130: Text("交出和接手的是同一个人", "giver and taker are the same"),
    40131: _NOT_HERS,
    40143: Text("接手的员工被企业微信限制", "the one who takes over is restricted by WeCom"),
    40205: Text("有员工超过一年没登录企业微信", "one of the two has not signed in for a year"),
    84061: _NOT_HERS,
    84074: Text(
        "接手的员工没有客户联系权限", "the one who takes over lacks the client-contact function"
    ),
    90500: Text("群主还没有离职", "its owner has not left"),
    90501: Text("不是客户群，或已经解散", "is no customer group, or was dismissed"),
    90502: Text("群主已经离职，要按离职继承交接", "its owner has left: hand it over as a leaver's"),
    90503: Text(
        "接手的员工没有激活或没有权限", "the new owner is not active or lacks the function"
    ),
    90504: Text("她已经是群主", "she owns it already"),
    90507: _BUSY,
    90508: Text("90 天内已经交接满 2 次", "was handed over twice within 90 days"),
}
# Said of the two, not of a customer: nothing between them will go, however often it is asked for.
OF_THE_PAIR = frozenset(
    {40003, 40031, 40097, 40098, 40130, 40143, 40205, 46004, 60111, 84074, 90503}
)


def reason_of(code: int) -> Text:
    """Return why, by the platform's code."""
    found = _REASONS.get(code)
    if found is not None:
        return found
    return Text(_UNKNOWN.zh.format(code=code), _UNKNOWN.en.format(code=code))
