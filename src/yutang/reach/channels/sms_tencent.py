"""Text messages by Tencent Cloud (sms 2021-01-11), requests signed with TC3-HMAC-SHA256.

One call carries one text to many numbers: messages that say the same leave together. What was not answered
is looked up by number; Tencent tells only what was handed to the carrier, so that not to be found
there says nothing.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
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
    in_full,
    instant,
    is_opt_out,
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

__all__ = ["TencentSms", "authorization"]

_PUBLIC = "https://sms.tencentcloudapi.com/"
_TYPE = "application/json; charset=utf-8"
_MOST = 200
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MEANINGS: Mapping[str, Meaning] = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": _sms.number_limit(timedelta(seconds=30)),
    "LimitExceeded.PhoneNumberOneHourLimit": _sms.number_limit(_HOUR),
    "LimitExceeded.PhoneNumberDailyLimit": _sms.number_limit(_DAY),
    "LimitExceeded.PhoneNumberSameContentDailyLimit": _sms.number_limit(_DAY),
    "LimitExceeded.*": _sms.DAILY,
    "LimitExceeded": _sms.LIMITED,
    "RequestLimitExceeded*": _sms.LIMITED,
    "AuthFailure*": _sms.ACCOUNT,
    "UnauthorizedOperation*": _sms.ACCOUNT,
    "InvalidParameterValue.SdkAppIdNotExist": _sms.ACCOUNT,
    "FailedOperation.InsufficientBalanceInSmsPackage": _sms.NO_CREDIT,
    "FailedOperation.SignatureIncorrectOrUnapproved": _sms.NOT_APPROVED,
    "FailedOperation.MissingSignature": _sms.NOT_APPROVED,
    "FailedOperation.TemplateIncorrectOrUnapproved": _sms.NOT_APPROVED,
    "FailedOperation.TemplateUnapprovedOrNotExist": _sms.NOT_APPROVED,
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": _sms.REFUSED,
    "FailedOperation.PhoneNumberInBlacklist": _sms.BARRED,
    "FailedOperation.ContainSensitiveWord": _sms.REFUSED,
    "FailedOperation.MarketingSendTimeConstraint": _sms.number_limit(_HOUR),
    "FailedOperation.FailResolvePacket": _sms.REFUSED,
    "InvalidParameterValue.IncorrectPhoneNumber": _sms.BAD_NUMBER,
    "InvalidParameter*": _sms.REFUSED,
    "UnsupportedOperation*": _sms.REFUSED,
    "InternalError*": _sms.THEIR_FAULT,
}
_TEMPLATE_STATES = {
    0: TemplateState.APPROVED,
    1: TemplateState.WAITING,
    2: TemplateState.WAITING,  # approved, in force later
    -1: TemplateState.REFUSED,
}


class TencentSms:
    """Sends approved templates; who gets the same text gets it by the same call."""

    name = "sms_tencent"
    label = Text("腾讯云短信", "Tencent Cloud SMS")
    channel = "sms"
    address_kind: str | None = "phone"
    batch = _MOST
    patience = SECONDS * 3
    sure_after = 600.0
    parts = frozenset({"template"})
    can_look_up = True
    acknowledgement: Mapping[str, object] = {"result": 0, "errmsg": "OK"}
    settings: Sequence[Setting] = (
        Setting("secret_id", Text("SecretId", "SecretId")),
        Setting("secret_key", Text("SecretKey", "SecretKey"), secret=True),
        Setting("sdk_app_id", Text("短信应用 SdkAppId", "SdkAppId")),
        Setting(
            "sign_name",
            Text("短信签名", "Signature"),
            hint=Text("已审核通过，不带【】", "Approved, without brackets"),
        ),
        Setting(
            "region",
            Text("地域", "Region"),
            required=False,
            hint=Text("默认 ap-guangzhou", "ap-guangzhou by default"),
        ),
        ENDPOINT,
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        wrong = check_endpoint(settings)
        if any(each in settings.get("sign_name", "") for each in "【】[]"):
            wrong["sign_name"] = Text("不要带【】", "should have no brackets")
        if settings.get("sdk_app_id") and not settings["sdk_app_id"].isdigit():
            wrong["sdk_app_id"] = Text("应为数字", "should be digits")
        region = settings.get("region", "")
        if region and not region.replace("-", "").isalnum():
            wrong["region"] = Text(
                "应为 ap-guangzhou 这样的地域名", "should be such as ap-guangzhou"
            )
        return wrong

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        until = present() + timedelta(seconds=self.patience - SECONDS)
        alike: dict[tuple[str, ...], list[Outgoing]] = {}
        for each in batch:
            alike.setdefault((each.rendered.template, *_values(each)), []).append(each)
        outcomes: list[Outcome] = []
        for some in alike.values():
            for call in rounds(some, _MOST):
                if outcomes and (present() > until or outcomes[-1].rest):
                    outcomes += [not_begun(each.token, outcomes[-1]) for each in call]
                else:
                    outcomes += _send(account, call)
        return outcomes

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        until = present() + timedelta(seconds=self.patience)
        known: dict[UUID, Outcome] = {}
        for each in asked:
            if present() > until:
                break
            if each.address and (found := _looked_up(account, each, now)):
                known[each.token] = found
        return known

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        try:
            said = json.loads(body)
            if isinstance(said, dict):
                return [_reply(said, now)]
            return [_receipt(each, now) for each in said]
        except (ValueError, TypeError, KeyError, AttributeError, OSError, RecursionError):
            raise ReceiptRefused("the body is not receipts", forged=False) from None

    def templates(self, account: Account) -> Sequence[Template]:
        asked = {"International": 0, "Limit": 100, "Offset": 0}
        try:
            said = _read(_call(account, "DescribeSmsTemplateList", asked))
        except NoAnswer as silence:
            raise LookupError(str(silence)) from None
        if "DescribeTemplateStatusSet" not in said:
            raise LookupError(_code(said) or "no answer")
        return [_template(each) for each in said["DescribeTemplateStatusSet"] or []]


def authorization(
    key: tuple[str, str], service: str, headers: Mapping[str, str], body: bytes, *, at: int
) -> str:
    """Return the Authorization header of a request at an instant in Unix seconds.

    `headers` are those that are signed, in lower case.
    """
    key_id, secret = key
    names = sorted(headers)
    lines = [f"{name}:{headers[name].strip().lower()}\n" for name in names]
    canonical = (
        f"POST\n/\n\n{''.join(lines)}\n{';'.join(names)}\n{hashlib.sha256(body).hexdigest()}"
    )
    day = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
    scope = f"{day}/{service}/tc3_request"
    to_sign = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signing = f"TC3{secret}".encode()
    for each in (day, service, "tc3_request"):
        signing = hmac.digest(signing, each.encode(), hashlib.sha256)
    signature = hmac.new(signing, to_sign.encode(), hashlib.sha256).hexdigest()
    return (
        f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={';'.join(names)},"
        f" Signature={signature}"
    )


def _call(account: Account, action: str, parameters: Mapping[str, object]) -> Reply:
    """Ask Tencent.

    :raises NoAnswer:
    """
    url = account.settings.get("endpoint") or _PUBLIC
    said = {"SmsSdkAppId": account.settings["sdk_app_id"], **parameters}
    if action == "DescribeSmsTemplateList":
        said.pop("SmsSdkAppId")
    body = json.dumps(said, ensure_ascii=False).encode()
    at = int(present().timestamp())
    signed = {
        "content-type": _TYPE,
        "host": urlsplit(url).netloc,
        "x-tc-action": action,
    }
    key = (account.settings["secret_id"], account.settings["secret_key"])
    headers = {
        **signed,
        "authorization": authorization(key, "sms", signed, body, at=at),
        "x-tc-version": "2021-01-11",
        "x-tc-region": account.settings.get("region") or "ap-guangzhou",
        "x-tc-timestamp": str(at),
    }
    return request("POST", url, body, headers, seconds=SECONDS)


def _read(reply: Reply) -> dict[str, Any]:
    try:
        said = json.loads(reply.body)["Response"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _code(said: Mapping[str, Any]) -> str:
    error = said.get("Error")
    return str(error.get("Code", "")) if isinstance(error, dict) else ""


def _values(each: Outgoing) -> list[str]:
    """Return a template's values in its order: by number where the names are numbers."""
    values = each.rendered.values
    numbered = all(name.isascii() and name.isdigit() for name in values)
    names = sorted(values, key=int) if numbered else list(values)
    return [values[name] for name in names]


def _send(account: Account, call: Sequence[Outgoing]) -> Sequence[Outcome]:
    session = call[0].token if len(call) == 1 else call[0].attempt
    parameters = {
        "PhoneNumberSet": [each.address for each in call],
        "TemplateId": call[0].rendered.template,
        "SignName": account.settings["sign_name"],
        "TemplateParamSet": _values(call[0]),
        "SessionContext": str(session),
    }
    try:
        reply = _call(account, "SendSms", parameters)
    except NoAnswer as silence:
        return [unanswered(each.token, silence) for each in call]
    said = _read(reply)
    if code := _code(said):
        detail = without_numbers(f"{code}: {said['Error'].get('Message', '')}")
        return [meant(code, _MEANINGS).outcome(each.token, detail) for each in call]
    lines = said.get("SendStatusSet")
    if not isinstance(lines, list):
        meaning = _sms.LIMITED if reply.status == 429 else _sms.SILENCE
        return [meaning.outcome(each.token, f"HTTP {reply.status}") for each in call]
    told = {str(line.get("PhoneNumber")): line for line in lines if isinstance(line, dict)}
    return [_outcome(each.token, told.get(each.address)) for each in call]


def _outcome(token: UUID, line: Mapping[str, Any] | None) -> Outcome:
    code = str((line or {}).get("Code") or "")
    if line is None or not code:
        return _sms.SILENCE.outcome(token, "")
    if code == "Ok":
        return Outcome(token, Answer.SENT, provider_ref=str(line.get("SerialNo", ""))[:120])
    return meant(code, _MEANINGS).outcome(
        token, without_numbers(f"{code}: {line.get('Message', '')}")
    )


def _looked_up(account: Account, asked: Asked, now: datetime) -> Outcome | None:
    """Return what Tencent knows of a message, or None where it does not answer."""
    parameters = {
        "PhoneNumber": asked.address,
        "BeginTime": int((asked.at - _HOUR).timestamp()),
        "EndTime": int(now.timestamp()),
        "Offset": 0,
        "Limit": 100,
    }
    try:
        said = _read(_call(account, "PullSmsSendStatusByPhoneNumber", parameters))
        lines = said["PullSmsSendStatusSet"]
        ours = {str(asked.token), str(asked.attempt)}
        found = next((each for each in lines if each.get("SessionContext") in ours), None)
    except (NoAnswer, KeyError, TypeError, AttributeError):
        return None
    if found is None:
        return Outcome(asked.token, Answer.UNKNOWN)
    return Outcome(asked.token, Answer.SENT, provider_ref=str(found.get("SerialNo", ""))[:120])


def _receipt(line: Mapping[str, Any], now: datetime) -> Receipt:
    delivered = line["report_status"] == "SUCCESS"
    session = _uuid(line.get("ext"))
    return Receipt(
        ReceiptState.DELIVERED if delivered else ReceiptState.FAILED,
        instant(line.get("user_receive_time", ""), now),
        token=session,
        attempt=session,
        provider_ref=str(line["sid"])[:120],
        address=_number(line),
        reason="" if delivered else "not_delivered",
        detail="" if delivered else without_numbers(str(line.get("errmsg", ""))),
    )


def _reply(said: Mapping[str, Any], now: datetime) -> Receipt:
    text = str(said["text"])
    at = min(datetime.fromtimestamp(int(said["time"]), UTC), now) if said.get("time") else now
    state = ReceiptState.OPTED_OUT if is_opt_out(text) else ReceiptState.REPLIED
    return Receipt(state, at, address=_number(said), said=text)


def _number(line: Mapping[str, Any]) -> str:
    return in_full(f"+{line.get('nationcode') or '86'}{line['mobile']}")


def _uuid(written: object) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None


def _template(line: Mapping[str, Any]) -> Template:
    return Template(
        code=str(line.get("TemplateId", "")),
        name=str(line.get("TemplateName", "")),
        text=str(line.get("TemplateContent") or ""),
        state=_TEMPLATE_STATES.get(line.get("StatusCode", 1), TemplateState.WAITING),
        reason=str(line.get("ReviewReply") or ""),
    )
