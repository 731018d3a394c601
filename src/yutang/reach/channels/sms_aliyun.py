"""Text messages by Aliyun (dysmsapi 2017-05-25), requests signed with ACS3-HMAC-SHA256.

Aliyun keeps nobody from sending twice: what it did not answer is looked up by number and day, and known
by `OutId`: the token of a single message, the attempt of several.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.channels import _sms
from yutang.reach.channels._http import NoAnswer, Reply, request
from yutang.reach.channels._sms import (
    ENDPOINT,
    SECONDS,
    Meaning,
    check_endpoint,
    digest_of,
    in_full,
    instant,
    is_opt_out,
    local,
    meant,
    not_begun,
    rounds,
    unanswered,
    without_numbers,
)
from yutang.reach.channels.interface import (
    Account,
    Answer,
    Asked,
    Outcome,
    Outgoing,
    Receipt,
    ReceiptRefused,
    ReceiptState,
    Setting,
    Template,
    TemplateState,
)

__all__ = ["AliyunSms", "authorization"]

_PUBLIC = "https://dysmsapi.aliyuncs.com/"
_VERSION = "2017-05-25"
_MOST = 100
_NOTICED_WITHIN = timedelta(hours=2)
_MEANINGS: Mapping[str, Meaning] = {
    "isv.BUSINESS_LIMIT_CONTROL": _sms.number_limit(timedelta(hours=1)),
    "isv.DAY_LIMIT_CONTROL": _sms.DAILY,
    "isv.MONTH_LIMIT_CONTROL": _sms.DAILY,
    "Throttling*": _sms.LIMITED,
    "isv.AMOUNT_NOT_ENOUGH": _sms.NO_CREDIT,
    "isv.OUT_OF_SERVICE": _sms.ACCOUNT,
    "isv.ACCOUNT_*": _sms.ACCOUNT,
    "isv.PRODUCT_UN_SUBSCRIPT": _sms.ACCOUNT,
    "isp.RAM_PERMISSION_DENY": _sms.ACCOUNT,
    "Forbidden*": _sms.ACCOUNT,
    "NoPermission*": _sms.ACCOUNT,
    "SignatureDoesNotMatch": _sms.ACCOUNT,
    "SignatureNonceUsed": _sms.LIMITED,
    "IncompleteSignature*": _sms.ACCOUNT,
    "InvalidAccessKeyId*": _sms.ACCOUNT,
    "InvalidTimeStamp*": _sms.ACCOUNT,
    "isv.SMS_SIGNATURE_ILLEGAL": _sms.NOT_APPROVED,
    "isv.SMS_TEMPLATE_ILLEGAL": _sms.NOT_APPROVED,
    "isv.SMS_SIGN*": _sms.NOT_APPROVED,
    "isv.MOBILE_NUMBER_ILLEGAL": _sms.BAD_NUMBER,
    "isv.MOBILE_COUNT_OVER_LIMIT": _sms.REFUSED,
    "isv.TEMPLATE_MISSING_PARAMETERS": _sms.REFUSED,
    "isv.TEMPLATE_PARAMS_ILLEGAL": _sms.REFUSED,
    "isv.INVALID_JSON_PARAM": _sms.REFUSED,
    "isv.INVALID_PARAMETERS": _sms.REFUSED,
    "isv.PARAM_LENGTH_LIMIT": _sms.REFUSED,
    "isv.PARAM_NOT_SUPPORT_URL": _sms.REFUSED,
    "isv.BLACK_KEY_CONTROL_LIMIT": _sms.REFUSED,
    "isv.SMS_CONTENT_*": _sms.REFUSED,
    "isp.*": _sms.THEIR_FAULT,
    "InternalError*": _sms.THEIR_FAULT,
    "ServiceUnavailable*": _sms.THEIR_FAULT,
}
_TEMPLATE_STATES = {
    "AUDIT_STATE_INIT": TemplateState.WAITING,
    "AUDIT_STATE_PASS": TemplateState.APPROVED,
    "AUDIT_STATE_NOT_PASS": TemplateState.REFUSED,
    "AUDIT_STATE_CANCEL": TemplateState.WITHDRAWN,
    "AUDIT_SATE_CANCEL": TemplateState.WITHDRAWN,
}


class AliyunSms:
    """Sends approved templates, a hundred numbers a call, each with its own values."""

    name = "sms_aliyun"
    label = Text("阿里云短信", "Aliyun SMS")
    channel = "sms"
    address_kind: str | None = "phone"
    batch = _MOST
    patience = SECONDS * 2
    sure_after = 600.0
    parts = frozenset({"template"})
    can_look_up = True
    acknowledgement: Mapping[str, object] = {"code": 0, "msg": "接收成功"}
    settings: Sequence[Setting] = (
        Setting("access_key_id", Text("AccessKey ID", "AccessKey ID")),
        Setting("access_key_secret", Text("AccessKey Secret", "AccessKey secret"), secret=True),
        Setting(
            "sign_name",
            Text("短信签名", "Signature"),
            hint=Text("已审核通过，不带【】", "Approved, without brackets"),
        ),
        ENDPOINT,
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        wrong = check_endpoint(settings)
        if any(each in settings.get("sign_name", "") for each in "【】[]"):
            wrong["sign_name"] = Text("不要带【】", "should have no brackets")
        return wrong

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        until = present() + timedelta(seconds=self.patience - SECONDS)
        by_template: dict[str, list[Outgoing]] = {}
        for each in batch:
            by_template.setdefault(each.rendered.template, []).append(each)
        waiting = [call for some in by_template.values() for call in rounds(some, _MOST)][::-1]
        outcomes: list[Outcome] = []
        while waiting:
            call = waiting.pop()
            if outcomes and (present() > until or outcomes[-1].rest):
                outcomes += [not_begun(each.token, outcomes[-1]) for each in call]
                continue
            told = _send(account, call)
            if told is None:  # one of them is not to its liking: which, halves tell
                waiting += [call[len(call) // 2 :], call[: len(call) // 2]]
            else:
                outcomes += told
        return outcomes

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        until = present() + timedelta(seconds=self.patience)
        known: dict[UUID, Outcome] = {}
        for each in asked:
            if present() > until:
                break
            if each.address and (found := _looked_up(account, each)):
                known[each.token] = found
        return known

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        try:
            lines = json.loads(body)
            return [_receipt(account, each, now) for each in lines]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise ReceiptRefused("the body is not receipts", forged=False) from None

    def templates(self, account: Account) -> Sequence[Template]:
        said = _asked(account, "QuerySmsTemplateList", {"PageIndex": "1", "PageSize": "50"})
        if said.get("Code") != "OK":
            raise LookupError(f"{said.get('Code', '')}")
        return [_template(each) for each in said.get("SmsTemplateList") or []]


def authorization(
    key: tuple[str, str], method: str, query: str, headers: Mapping[str, str], body: bytes
) -> str:
    """Return the Authorization header of a request; `headers` are those that are signed, in lower case."""
    key_id, secret = key
    names = sorted(headers)
    canonical = "\n".join(
        [
            method,
            "/",
            query,
            *(f"{name}:{headers[name].strip()}" for name in names),
            "",
            ";".join(names),
            hashlib.sha256(body).hexdigest(),
        ]
    )
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return (
        f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={';'.join(names)},"
        f"Signature={signature}"
    )


def _call(account: Account, action: str, parameters: Mapping[str, str]) -> Reply:
    """Ask Aliyun; parameters travel in the body, where a hundred numbers have room.

    :raises NoAnswer:
    """
    url = account.settings.get("endpoint") or _PUBLIC
    body = "&".join(f"{_said(k)}={_said(v)}" for k, v in sorted(parameters.items())).encode()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "host": urlsplit(url).netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-acs-date": f"{present():%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": secrets.token_hex(16),
        "x-acs-version": _VERSION,
    }
    key = (account.settings["access_key_id"], account.settings["access_key_secret"])
    signed = authorization(key, "POST", "", headers, body)
    sent = {**headers, "authorization": signed, "accept": "application/json"}
    return request("POST", url, body, sent, seconds=SECONDS)


def _said(value: str) -> str:
    return quote(value, safe="~")


def _read(reply: Reply) -> dict[str, Any]:
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _asked(account: Account, action: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return an answer to a question.

    :raises LookupError:
    """
    try:
        return _read(_call(account, action, parameters))
    except NoAnswer as silence:
        raise LookupError(str(silence)) from None


def _send(account: Account, call: Sequence[Outgoing]) -> Sequence[Outcome] | None:
    """Return what was said of each, or None: of one of several it was said that it cannot be taken."""
    try:
        reply = _send_one(account, call[0]) if len(call) == 1 else _send_several(account, call)
    except NoAnswer as silence:
        return [unanswered(each.token, silence) for each in call]
    said = _read(reply)
    code = said.get("Code")
    if reply.status == 200 and code == "OK" and isinstance(said.get("BizId"), str):
        return [_sent(account, each.token, each.address, said["BizId"]) for each in call]
    meaning = _meaning(reply, code)
    if meaning.of_one and len(call) > 1:
        return None
    detail = (
        without_numbers(f"{code}: {said.get('Message', '')}") if code else f"HTTP {reply.status}"
    )
    return [meaning.outcome(each.token, detail) for each in call]


def _meaning(reply: Reply, code: object) -> Meaning:
    if isinstance(code, str) and code and code != "OK":
        return meant(code, _MEANINGS)
    if reply.status == 429:
        return _sms.LIMITED
    if 400 <= reply.status < 500:
        return _sms.ACCOUNT
    return _sms.SILENCE


def _send_one(account: Account, one: Outgoing) -> Reply:
    parameters = {
        "PhoneNumbers": local(one.address),
        "SignName": account.settings["sign_name"],
        "TemplateCode": one.rendered.template,
        "OutId": str(one.token),
    }
    if one.rendered.values:
        parameters["TemplateParam"] = _json(dict(one.rendered.values))
    return _call(account, "SendSms", parameters)


def _send_several(account: Account, call: Sequence[Outgoing]) -> Reply:
    parameters = {
        "PhoneNumberJson": _json([local(each.address) for each in call]),
        "SignNameJson": _json([account.settings["sign_name"]] * len(call)),
        "TemplateCode": call[0].rendered.template,
        "OutId": str(call[0].attempt),
    }
    if any(each.rendered.values for each in call):
        parameters["TemplateParamJson"] = _json([dict(each.rendered.values) for each in call])
    return _call(account, "SendBatchSms", parameters)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ref(account: Account, biz_id: str, number: str) -> str:
    """Return our reference: Aliyun's is one for a whole call."""
    return f"{biz_id[:100]}/{digest_of(account.settings['access_key_secret'], number)}"


def _sent(account: Account, token: UUID, number: str, biz_id: str) -> Outcome:
    return Outcome(token, Answer.SENT, provider_ref=_ref(account, biz_id, number))


def _looked_up(account: Account, asked: Asked) -> Outcome | None:
    """Return what Aliyun knows of a message, or None where it does not answer."""
    known: list[Mapping[str, Any]] = []
    # When silence was noticed; the message left a little earlier, at midnight the day before.
    earliest, latest = (
        f"{asked.at + _sms.BEIJING - ago:%Y%m%d}" for ago in (_NOTICED_WITHIN, timedelta())
    )
    try:
        for day in dict.fromkeys((earliest, latest)):
            parameters = {
                "PhoneNumber": local(asked.address),
                "SendDate": day,
                "PageSize": "50",
                "CurrentPage": "1",
            }
            said = _asked(account, "QuerySendDetails", parameters)
            if said.get("Code") != "OK":
                return None
            known += said["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
        ours = {str(asked.token), str(asked.attempt)}
        found = next((each for each in known if each.get("OutId") in ours), None)
    except (LookupError, TypeError, AttributeError):
        return None
    if found is None:
        return Outcome(asked.token, Answer.LATER, reason="never_came")
    if found.get("SendStatus") == 2:
        detail = without_numbers(str(found.get("ErrCode", "")))
        return Outcome(asked.token, Answer.FAILED, reason="not_delivered", detail=detail)
    return Outcome(asked.token, Answer.SENT)


def _receipt(account: Account, line: Mapping[str, Any], now: datetime) -> Receipt:
    number = str(line["phone_number"])
    if "content" in line:  # a reply (SmsUp)
        said = str(line["content"])
        state = ReceiptState.OPTED_OUT if is_opt_out(said) else ReceiptState.REPLIED
        at = instant(line.get("send_time", ""), now)
        return Receipt(state, at, address=in_full(number), said=said)
    delivered = line["success"] is True
    return Receipt(
        ReceiptState.DELIVERED if delivered else ReceiptState.FAILED,
        instant(line.get("report_time", ""), now),
        token=_uuid(line.get("out_id")),
        attempt=_uuid(line.get("out_id")),
        provider_ref=_ref(account, str(line["biz_id"]), number),
        address=in_full(number),
        reason="" if delivered else "not_delivered",
        detail="" if delivered else without_numbers(str(line.get("err_code", ""))),
    )


def _uuid(written: object) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None


def _template(line: Mapping[str, Any]) -> Template:
    reason = line.get("Reason") or {}
    return Template(
        code=str(line.get("TemplateCode", "")),
        name=str(line.get("TemplateName", "")),
        text=str(line.get("TemplateContent", "")),
        state=_TEMPLATE_STATES.get(str(line.get("AuditStatus")), TemplateState.WAITING),
        reason=str(reason.get("RejectInfo", "") if isinstance(reason, dict) else reason),
    )
