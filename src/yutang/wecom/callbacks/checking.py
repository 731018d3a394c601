"""Whether callbacks arrive: entered, reachable under the public address, checked by the platform, not refused."""

import secrets
import ssl
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from yutang.kit.i18n import Text
from yutang.wecom._secrets import opened
from yutang.wecom.callbacks.envelope import Envelope
from yutang.wecom.callbacks.inbox import LOOK
from yutang.wecom.findings import Finding, State
from yutang.wecom.models import Callback, Corp

__all__ = ["look_at_callbacks"]

_LABEL = Text("接收消息", "Callbacks")
_PLACE = Text(
    "企业微信管理后台 › 应用管理 › 应用详情 › 接收消息 › 设置 API 接收",
    "WeCom console › Apps › the app › Receive messages › Set API receiving",
)
_PUBLIC = Text("部署设置 YUTANG_PUBLIC_URL", "the installation’s setting YUTANG_PUBLIC_URL")
_WHY = {
    "callback_forged": Text("签名对不上，请核对 Token", "wrongly signed: check the Token"),
    "callback_unreadable": Text(
        "解不开，请核对 EncodingAESKey", "not decrypted: check the EncodingAESKey"
    ),
    "callback_for_another": Text("发给了别的企业 ID", "meant for another corp ID"),
    "callback_too_old": Text(
        "签名时间太旧，请核对服务器时钟", "signed too long ago: check the server’s clock"
    ),
}


def look_at_callbacks(corp: Corp, *, now: datetime) -> Finding:
    """Return how it stands with the callbacks of a corp."""
    if not corp.callback_token or not corp.callback_key:
        return _found(
            State.WRONG,
            "还没有填写 Token 和 EncodingAESKey：客户的添加、删除、进群都收不到通知。",
            "Token and EncodingAESKey were not entered: nothing is told of friends added, lost, joining groups.",
        )
    if unreachable := _unreachable(corp, now):
        return unreachable
    newest = Callback.objects.within(corp.workspace).filter(corp=corp).order_by("-received_at")
    last = newest.values_list("received_at", flat=True).first()
    if corp.refused_why and corp.refused_at and (last is None or corp.refused_at > last):
        why = _WHY.get(corp.refused_why, Text(corp.refused_why, corp.refused_why))
        return _found(
            State.WRONG,
            f"最近一次回调被拒收：{why.zh}。",
            f"The last callback was refused: {why.en}.",
        )
    if corp.verified_at is None and last is None:
        return _found(
            State.WRONG,
            "地址可以访问，但企业微信还没有来验证过。请在后台填好地址、Token 和 EncodingAESKey 后保存。",
            "The address answers, but WeCom has not checked it yet. Enter address, Token and EncodingAESKey there and save.",
        )
    if last is None or now - last > timedelta(days=2):
        return _found(
            State.UNSURE,
            "地址已验证，但最近两天没有收到回调。请确认勾选了“外部联系人变更回调”，并且应用可见范围里有在用的成员。",
            "The address was checked, but no callback came for two days. See that the events of external contacts are"
            " ticked, and that active members are within the app’s range.",
        )
    return _found(
        State.FINE, "地址已验证，回调正常到达。", "The address was checked, and callbacks arrive."
    )


def _unreachable(corp: Corp, now: datetime) -> Finding | None:
    """Come to our own door as the platform would."""
    import httpx

    host = urlsplit(settings.YUTANG_PUBLIC_URL).hostname or ""
    token, key = opened(corp, "callback_token"), opened(corp, "callback_key")
    envelope = Envelope(token, key, corp.corp_id)
    said, at, nonce = secrets.token_hex(8), str(int(now.timestamp())), secrets.token_hex(4)
    echo = envelope.seal(said)
    query = {"msg_signature": envelope.signature(at, nonce, echo), "timestamp": at, "nonce": nonce}
    try:
        answer = httpx.get(
            f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/wecom/{corp.door}",
            params=query | {"echostr": echo, LOOK: "1"},
            timeout=5,
        )
    except httpx.HTTPError as reason:
        return _not_there(reason, host)
    if answer.text != said:
        return _found(
            State.WRONG,
            f"回调地址有人应答，但不是本系统（{answer.status_code}）。请检查 {host} 的反向代理是否转发 /wecom/。",
            f"Somebody else answers at the address ({answer.status_code}). See whether the proxy of {host} forwards /wecom/.",
        )
    return None


def _not_there(reason: BaseException, host: str) -> Finding:
    seen: BaseException | None = reason
    while seen is not None and not isinstance(seen, ssl.SSLError):
        seen = seen.__cause__ or seen.__context__
    if isinstance(seen, ssl.SSLCertVerificationError) and seen.verify_code == 10:
        return _found(
            State.WRONG,
            f"{host} 的证书已过期，企业微信不会再来。请更新证书。",
            f"The certificate of {host} has expired; WeCom will not come any more. Renew it.",
            _PUBLIC,
        )
    if seen is not None:
        return _found(
            State.WRONG,
            f"{host} 的证书不可信或名字不符。请换成公开机构签发的证书。",
            f"The certificate of {host} is not trusted, or of another name. Use one of a public authority.",
            _PUBLIC,
        )
    return _found(
        State.WRONG,
        f"从本机访问不到公网地址 {host}。请检查域名、反向代理和防火墙。",
        f"The public address {host} is not reached from here. Check the name, the proxy and the firewall.",
        _PUBLIC,
    )


def _found(state: State, zh: str, en: str, place: Text = _PLACE) -> Finding:
    return Finding("callbacks", state, _LABEL, Text(zh, en), place)
