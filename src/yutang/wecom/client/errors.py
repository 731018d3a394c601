"""Error codes of the platform as refusals: what is so, and what to do.

A class names its codes; a code without a class is a `PlatformRefused`. Whoever calls branches on the class or on
`refused.errcode`.
"""

import re
from typing import ClassVar

from yutang.kit.errors import DomainError

__all__ = ["NoAnswer", "PlatformRefused", "Throttled", "refusal_of"]


class PlatformRefused(DomainError):
    """The platform said no, in a way that has no sentence of its own here."""

    status = 502
    zh = "企业微信没有接受“{api}”：{said}（{errcode}）。"
    en = "WeCom did not take “{api}”: {said} ({errcode})."
    codes: ClassVar[tuple[int, ...]] = ()

    @property
    def errcode(self) -> int:
        """Return the platform's number."""
        return int(str(self.params["errcode"]))

    @property
    def said(self) -> str:
        """Return what the platform said, without its hints."""
        return str(self.params["said"])


class NoAnswer(DomainError):
    """There was no usable answer. `began`: it may have been received and done all the same."""

    status = 502
    zh = "没有收到企业微信的回答：{why}。请检查网络和接口地址。"
    en = "There was no answer from WeCom: {why}. Check the network and the address of the platform."

    @property
    def began(self) -> bool:
        """Tell whether it may have been done all the same."""
        return bool(self.params.get("began"))


class Throttled(DomainError):
    """There is no room for this call for a while: the quota is used up, or kept for what is more urgent."""

    status = 429
    zh = "企业微信的“{api}”接口暂时用完了额度，{seconds} 秒后继续。"
    en = "The quota of WeCom’s “{api}” is used up for now; it goes on in {seconds} seconds."

    @property
    def seconds(self) -> float:
        """Return after how long to come again."""
        return float(str(self.params["seconds"]))


class Busy(PlatformRefused):
    """Busy, or several writers met; it was tried several times."""

    zh = "企业微信正忙，试了几次都没有办成“{api}”。过一会儿会再试。"
    en = (
        "WeCom is busy and “{api}” did not go through after several tries. It is tried again later."
    )
    codes = (-1, 6000, 45035)


class TooOften(PlatformRefused):
    """The platform counts differently than we do: it found too many calls."""

    status = 429
    zh = "企业微信限制了“{api}”的频率，过一会儿会继续。"
    en = "WeCom limits how often “{api}” may be called; it goes on later."
    codes = (45009, 45033, 41094)


class SecretNotAccepted(PlatformRefused):
    """The secret is not of this corp, was changed, or the app is disabled."""

    zh = "企业微信不认这个 Secret：可能复制错了、已重置，或应用被停用。请在管理后台的应用详情里重新复制。"
    en = "WeCom does not accept the Secret: copied wrongly, reset, or the app is disabled. Copy it again from the app’s page in the WeCom console."
    codes = (40001, 40091, 41004, 50003, 50006)


class CorpIdNotAccepted(PlatformRefused):
    """There is no such corp."""

    zh = "企业微信不认这个企业 ID。请在管理后台“我的企业 › 企业信息”最下方复制。"
    en = "WeCom does not know the corp ID. Copy it from “My company” at the very bottom, in the WeCom console."
    codes = (40013, 41002, 2000002)


class TokenNotAccepted(PlatformRefused):
    """A token fetched a moment ago is refused: of another app, or taken back again and again."""

    zh = "企业微信刚发的令牌又不认了。请检查是否有别的系统在用同一个应用的 Secret。"
    en = "WeCom refuses a token it gave a moment ago. See whether another system uses the same app’s Secret."
    codes = (40014, 41001, 42001)


class AddressNotTrusted(PlatformRefused):
    """Calls come from an address the app does not list."""

    zh = "服务器的出口 IP {ip} 不在应用的“企业可信 IP”里。请在应用详情页加上它，约一分钟后生效。"
    en = "The server’s address {ip} is not among the app’s trusted IPs. Add it on the app’s page; it takes about a minute."
    codes = (60020, 48009)


class NotPermitted(PlatformRefused):
    """The app has no right to this function."""

    zh = "应用没有“{api}”的权限。请在“客户与上下游 › 客户联系 › API”里把它设为可调用接口的应用，并开通对应功能。"
    en = "The app may not call “{api}”. Make it one that may, under Customers › Customer Contact › API in the WeCom console, and switch the function on."
    codes = (48001, 48002, 48005, 48006, 60031, 84074, 301002, 40056, 90207, 92000)


class OutsideRange(PlatformRefused):
    """A member or department the app does not see."""

    zh = "“{api}”涉及的成员或部门不在应用的可见范围里，或者没有客户联系权限。请在应用详情里调整可见范围。"
    en = "A member or department of “{api}” is outside what the app sees, or has no client-contact function. Change the app’s visible range."
    codes = (60011, 60021, 60030, 50002, 90503, 84084)


class NoSuchMember(PlatformRefused):
    """No member has this id."""

    status = 404
    zh = "企业里没有这位成员，或者已经离职。"
    en = "The corp has no such member, or she has left."
    codes = (40003, 46004, 60111, 40031, 81013, 82001)


class NoSuchDepartmentThere(PlatformRefused):
    """No department has this id."""

    status = 404
    zh = "企业里没有这个部门。"
    en = "The corp has no such department."
    codes = (60003, 60123, 40066)


class NoRelation(PlatformRefused):
    """They are no friends (any more)."""

    zh = "这位成员和客户之间没有联系人关系。"
    en = "This member and this customer are not in contact."
    codes = (84061, 40131)


class NoSuchExternalContact(PlatformRefused):
    """The external id is of another corp, or of nobody."""

    status = 404
    zh = "企业微信里没有这位客户，或者跟进人不在应用的可见范围里。"
    en = "WeCom has no such customer, or the follower is outside what the app sees."
    codes = (40096, 41035, 41056)


class TagUnknownThere(PlatformRefused):
    """The tag was deleted there, or another app made it."""

    status = 404
    zh = "企业微信里没有这个标签，可能已被删除，或者是别的应用建的。"
    en = "WeCom has no such tag: deleted, or made by another app."
    codes = (40068,)


class TagNameTakenThere(PlatformRefused):
    """The group has a tag of this name."""

    zh = "企业微信的这个标签组里已有同名标签。"
    en = "The tag group in WeCom has a tag of this name already."
    codes = (40071, 40072)


class TagsFull(PlatformRefused):
    """The corp has as many tags as it may have."""

    zh = "企业微信的企业标签已到上限。新标签只在本系统里使用。"
    en = "WeCom takes no more corp tags. New tags are used here only."
    codes = (40126,)


class WelcomeTooLate(PlatformRefused):
    """The welcome code is spent or too old, or somebody else was first."""

    zh = "欢迎语没有发出：欢迎码已过 20 秒、已经用过，或者对话已经开始。"
    en = "The welcome was not sent: its code is older than 20 seconds or used, or the conversation has begun."
    codes = (41049, 41050, 41051)


class WelcomeContended(PlatformRefused):
    """Another app is just sending its welcome."""

    zh = "另一个应用正在给这位客户发欢迎语。"
    en = "Another app is just sending this customer its welcome."
    codes = (41096,)


class NobodyToSendTo(PlatformRefused):
    """None of those meant can be reached by it."""

    zh = "选中的客户里没有能收到的：都不是发送成员的好友。"
    en = "None of the customers can receive it: they are no contacts of the sender."
    codes = (41048,)


class StillDistributing(PlatformRefused):
    """The task is being handed out; its results come later."""

    zh = "任务还在下发，结果要稍后才有。"
    en = "The task is still being handed out; results come later."
    codes = (41063, 41079, 41078, 41062)


class TaskCancelled(PlatformRefused):
    """It was cancelled there."""

    zh = "任务在企业微信里已取消。"
    en = "The task was cancelled in WeCom."
    codes = (41093,)


class ContactWayNotAccepted(PlatformRefused):
    """Who or what stands in a contact way is not as it must be."""

    zh = "活码没有被接受：{said}（{errcode}）。成员需要已激活、已实名，并有客户联系权限。"
    en = "The contact way was not accepted: {said} ({errcode}). Members must be activated, real-name verified and have the client-contact function."
    codes = (41037, 41038, 41039, 41040, 41041, 41042, 41043, 41054, 40098)


class NoSuchWay(PlatformRefused):
    """There is no such contact way, group way, link or template."""

    status = 404
    zh = "企业微信里已没有这个活码、链接或模板，或者它是别的应用建的。"
    en = "WeCom has no such contact way, link or template any more, or another app made it."
    codes = (41044, 41058, 41046, 41047, 41059, 41060, 41061, 41067)


class FullThere(PlatformRefused):
    """The platform holds as many of these as it may."""

    zh = "企业微信里的这类对象已到上限（{errcode}）。请先清理不用的。"
    en = "WeCom holds as many of these as it may ({errcode}). Clear away what is not used."
    codes = (41045, 41055, 41091, 41095, 81017)


class CannotTransfer(PlatformRefused):
    """The customer cannot be handed over now."""

    zh = "这位客户现在不能转交：{said}（{errcode}）。"
    en = "This customer cannot be handed over now: {said} ({errcode})."
    codes = (40097, 40099, 40100, 40128, 40129, 40130, 40143, 40205)


class CannotTransferGroup(PlatformRefused):
    """The group cannot be handed over now."""

    zh = "这个群现在不能转交：{said}（{errcode}）。"
    en = "This group cannot be handed over now: {said} ({errcode})."
    codes = (90500, 90502, 90504, 90507, 90508, 90510)


class NoSuchGroupThere(PlatformRefused):
    """Not a customer group of the corp."""

    status = 404
    zh = "企业微信里没有这个客户群。"
    en = "WeCom has no such customer group."
    codes = (40050, 86001, 90501, 90509, 90511)


class ContentNotAccepted(PlatformRefused):
    """Blocked by the platform's rules against spam."""

    zh = "内容被企业微信的反垃圾规则拦下。请改一改文字再发。"
    en = "WeCom’s rules against spam stopped the content. Change the text."
    codes = (40201, 40204)


class MediaNotAccepted(PlatformRefused):
    """The file is of a wrong kind or size, or the platform no longer holds it."""

    zh = "文件没有被接受：{said}（{errcode}）。请检查格式和大小。"
    en = "The file was not accepted: {said} ({errcode}). Check its kind and size."
    codes = (
        40004,
        40005,
        40006,
        40009,
        40011,
        40123,
        41064,
        41065,
        41072,
        41080,
        41081,
        41082,
        41090,
        44001,
        45001,
    )


class MediaGone(PlatformRefused):
    """The media id is unknown, older than three days, or of the wrong upload."""

    zh = "企业微信已不再保存这个文件，会重新上传。"
    en = "WeCom does not hold this file any more; it is uploaded again."
    codes = (40007, 41006)


class SignInOver(PlatformRefused):
    """The code of the sign-in is used or too old."""

    status = 401
    zh = "这次登录已过期。请从企业微信重新打开。"
    en = "This sign-in has run out. Open it again from WeCom."
    codes = (40029, 42003, 42022, 41008)


class CursorNotAccepted(PlatformRefused):
    """The place in a list is not known any more: the list is read again."""

    zh = "企业微信不认列表的续读位置，需要从头读。"
    en = "WeCom does not know the place in the list any more; it is read from the start."
    codes = (50100,)


class NotAsExpectedThere(PlatformRefused):
    """The call itself is not as the platform wants it."""

    zh = "企业微信认为“{api}”的参数不对：{said}（{errcode}）。"
    en = "WeCom finds the parameters of “{api}” wrong: {said} ({errcode})."
    codes = (40032, 40033, 40035, 40058, 40063, 40206, 41052, 41089, 44004, 45002, 45008, 45029)


_BY_CODE: dict[int, type[PlatformRefused]] = {
    code: kind for kind in PlatformRefused.__subclasses__() for code in kind.codes
}
_HINTS = re.compile(r",?\s*(hint: \[|from ip: |more info at ).*$", re.DOTALL)
_IP = re.compile(r"from ip: ([0-9a-fA-F.:]{3,45})")


def refusal_of(api: str, errcode: int, errmsg: str) -> PlatformRefused:
    """Return what the platform's answer means."""
    kind = _BY_CODE.get(errcode, PlatformRefused)
    said = _HINTS.sub("", errmsg.removeprefix("Warning: wrong json format. "))[:200]
    found = _IP.search(errmsg)
    return kind(api=api, errcode=errcode, said=said, ip=found[1].rstrip(",.:") if found else "?")
