"""Who comes in from the platform: its OAuth, and the signatures its pages need.

    start(corp)  →  the platform asks nobody, it knows its member  →  come_in(corp, code, …)

A code lives five minutes and works once; the state that came back was put into this browser's own cookie.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from django.core import signing

from yutang.kit.errors import DomainError
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import SignedInUser

__all__ = [
    "NoCorp",
    "NotOneOfUs",
    "PageSignature",
    "Start",
    "StateNotOurs",
    "come_in",
    "sign_page",
    "signature",
    "start",
    "state_of",
]

STATE_LASTS = 600  # seconds
_SALT = "guides.oauth"


class NoCorp(DomainError):
    """Nothing is connected that could answer."""

    status = 404
    zh = "这里还没有启用企业微信。请先在“企业微信”页连接。"
    en = "WeCom is not switched on here. Connect it on the WeCom page first."


class StateNotOurs(DomainError):
    """Who came back did not set out from here, or too long ago."""

    status = 403
    zh = "这次登录不是从这里发起的，或已过期。请从企业微信里重新打开。"
    en = "This sign-in did not set out from here, or took too long. Open the page in WeCom again."


class NotOneOfUs(DomainError):
    """The platform knows her, but not as one of the staff here."""

    status = 403
    zh = "你不在可使用的员工名单里。请管理员把你加入应用可见范围，并同步通讯录。"
    en = (
        "You are not among the staff who may use this. Ask an administrator to make the app visible"
        " to you and to sync the contacts."
    )


@dataclass(frozen=True)
class Start:
    """Where to send a browser, and what it keeps until it comes back."""

    url: str
    cookie: str


@dataclass(frozen=True)
class PageSignature:
    """What the page hands to the JS-SDK: `config` signed for the corp, `agent` for the app."""

    corp_id: str
    agent_id: int
    timestamp: int
    nonce: str
    config: str
    agent: str


def start(corp: Corp, *, back: str, next_path: str, is_inside: bool) -> Start:
    """Return where the platform recognises its member, inside its own client or on a desktop."""
    state = secrets.token_hex(16)
    inside, desktop = wecom.entrances_of(corp)
    cookie = signing.dumps({"state": state, "door": str(corp.door), "next": next_path}, salt=_SALT)
    if not is_inside:
        asked = {
            "login_type": "CorpApp",
            "appid": corp.corp_id,
            "agentid": corp.agent_id,
            "redirect_uri": back,
            "state": state,
        }
        return Start(f"{desktop}?{urlencode(asked)}", cookie)
    # The platform reads these in this order.
    asked = {
        "appid": corp.corp_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
        "agentid": corp.agent_id,
    }
    return Start(f"{inside}?{urlencode(asked, quote_via=quote)}#wechat_redirect", cookie)


def state_of(corp: Corp, cookie: str, state: str) -> str:
    """Return where the browser wanted to go, if it is the one that set out.

    :raises StateNotOurs:
    """
    try:
        kept = signing.loads(cookie, salt=_SALT, max_age=STATE_LASTS)
    except signing.BadSignature:
        raise StateNotOurs from None
    if kept["door"] != str(corp.door) or not secrets.compare_digest(kept["state"], state):
        raise StateNotOurs
    return str(kept["next"])


def come_in(corp: Corp, code: str, *, address: str, browser: str, now: datetime) -> SignedInUser:
    """Sign in the member the platform recognised.

    :raises NotOneOfUs, StaffHasLeft, NeedsPassword, PlatformRefused, NoAnswer:
    """
    client = wecom.Client(corp)
    told = client.call("auth/getuserinfo", query={"code": code}, lane=wecom.Lane.STAFF)
    userid = str(told.get("userid") or told.get("UserId") or "")
    account = wecom.account_of(corp, userid) if userid else None
    if account is None:
        raise NotOneOfUs
    return workspaces.sign_in_staff(
        corp.workspace, account.staff_id, address=address, browser=browser, now=now
    )


def sign_page(workspace: Workspace, url: str, *, corp_door: str = "") -> PageSignature:
    """Sign one of our pages for the JS-SDK.

    :raises NoCorp, PlatformRefused, NoAnswer:
    """
    corps = wecom.active_corps(workspace)
    meant = [each for each in corps if str(each.door) == corp_door] or corps
    if not meant:
        raise NoCorp
    corp = meant[0]
    client, stamp, nonce = wecom.Client(corp), int(time.time()), secrets.token_hex(8)
    tickets = (
        client.ticket(wecom.TokenKind.CORP_TICKET),
        client.ticket(wecom.TokenKind.AGENT_TICKET),
    )
    config, agent = (signature(each, nonce, stamp, url) for each in tickets)
    return PageSignature(corp.corp_id, corp.agent_id, stamp, nonce, config, agent)


def signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the signature of a page: its address without what follows `#`, nothing escaped."""
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
