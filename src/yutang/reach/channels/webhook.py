"""Messages posted to a server of the brand's own, signed as Standard Webhooks says.

    POST  {"type": "messages", "messages": [{"id": "…", "to": "…", "customer": 7, "parts": […]}]}
    200   {"results": [{"id": "…", "status": "sent", "ref": "A1"}]}

`status` is sent, failed, later (with `after` seconds) or unknown; a 2xx that does not tell it of a message
leaves that one unknown. `webhook-id` is the message's token, or for several a number that the same
messages always have: a receiver that knows it already answers as it did before.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec

from yutang.kit.clock import now as present
from yutang.kit.i18n import Text
from yutang.reach.channels._http import NoAnswer, Reply, is_address, request
from yutang.reach.channels._signing import is_secret, signed, verify
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
)

__all__ = ["Webhook"]

_SPACE = UUID("6f0f3a52-6f53-5e2b-9a3c-6a7c0f1f5d11")
_SECONDS = 15.0
_REST = timedelta(seconds=30)
_LONG_REST = timedelta(minutes=5)
_MOST_REST = timedelta(hours=1)
_NOT_TAKEN = frozenset({400, 413, 422})  # what was said is at fault, not who said it


class _Result(msgspec.Struct):
    """What the receiver said of one message."""

    id: UUID
    status: str
    ref: str = ""
    reason: str = ""
    after: float | None = None


class _Results(msgspec.Struct):
    results: list[_Result]


class _Told(msgspec.Struct):
    """What the receiver tells of one message afterwards."""

    id: UUID
    status: str
    at: datetime | None = None
    reason: str = ""
    text: str = ""


class _Later(msgspec.Struct):
    receipts: list[_Told]


_results = msgspec.json.Decoder(_Results)
_later = msgspec.json.Decoder(_Later)


class Webhook:
    """Posts messages in signed batches; the receiver answers for each."""

    name = "webhook"
    label = Text("Webhook", "Webhook")
    channel = ""
    address_kind: str | None = None
    batch = 500
    patience = _SECONDS + 5
    sure_after = 0.0
    parts = frozenset(
        {"text", "image", "link", "mini_program", "video", "file", "template", "html"}
    )
    can_look_up = False
    acknowledgement: Mapping[str, object] = {"ok": True}
    settings: Sequence[Setting] = (
        Setting("url", Text("接收地址", "Address"), hint=Text("https://…", "https://…")),
        Setting(
            "secret",
            Text("签名密钥", "Signing secret"),
            secret=True,
            hint=Text("whsec_ 加 24 至 64 字节的 Base64", "whsec_ and 24 to 64 bytes in base64"),
        ),
        Setting(
            "previous_secret",
            Text("上一个签名密钥", "Secret before"),
            secret=True,
            required=False,
            hint=Text(
                "更换期间两个密钥都用来签名；换完后清空。",
                "While it is being replaced, both sign; clear it afterwards.",
            ),
        ),
        Setting(
            "batch",
            Text("每次请求最多几条", "Messages in one call at most"),
            required=False,
            hint=Text("1 至 500，默认 100", "1 to 500; 100 by default"),
        ),
    )

    def check(self, settings: Mapping[str, str]) -> Mapping[str, Text]:
        wrong: dict[str, Text] = {}
        if not is_address(settings.get("url", "")):
            wrong["url"] = Text(
                "应为 https:// 开头的公网地址",
                "should be a public address that begins with https://",
            )
        for name in ("secret", "previous_secret"):
            if settings.get(name) and not is_secret(settings[name]):
                wrong[name] = Text(
                    "应为 whsec_ 加 24 至 64 字节的 Base64",
                    "should be whsec_ and 24 to 64 bytes in base64",
                )
        if settings.get("batch") and _batch(settings) is None:
            wrong["batch"] = Text("应为 1 至 500 的整数", "should be a whole number from 1 to 500")
        return wrong

    def send(self, account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
        size = _batch(account.settings) or 100
        until = present() + timedelta(seconds=self.patience - _SECONDS)
        waiting = [batch[begin : begin + size] for begin in range(0, len(batch), size)][::-1]
        outcomes: list[Outcome] = []
        while waiting:
            some = waiting.pop()
            if outcomes and (present() > until or outcomes[-1].rest):
                outcomes += [_not_begun(each.token, outcomes[-1]) for each in some]
                continue
            told = _post(account, some)
            if told is None:  # one of them is not to its liking: which, halves tell
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
            else:
                outcomes += told
        return outcomes

    def look_up(
        self, account: Account, asked: Sequence[Asked], *, now: datetime
    ) -> Mapping[UUID, Outcome]:
        return {}

    def receipts(
        self, account: Account, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> Sequence[Receipt]:
        verify(_secrets(account), headers, body, now=now)
        try:
            told = _later.decode(body).receipts
            return [_receipt(each, now) for each in told]
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise ReceiptRefused("the body is not receipts", forged=False) from None


def _not_begun(token: UUID, last: Outcome) -> Outcome:
    """Return that what was before it used the time up, or asked for a rest."""
    return Outcome(token, Answer.LATER, reason="not_begun", rest=last.rest, counts=False)


def _batch(settings: Mapping[str, str]) -> int | None:
    written = settings.get("batch", "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    return number if 1 <= number <= 500 else None


def _secrets(account: Account) -> list[str]:
    both = (account.settings.get("secret", ""), account.settings.get("previous_secret", ""))
    return [each for each in both if each]


def _post(account: Account, batch: Sequence[Outgoing]) -> Sequence[Outcome] | None:
    """Return what was said of each, or None: of one of several it was said that it cannot be taken."""
    body = msgspec.json.encode({"type": "messages", "messages": [_said(each) for each in batch]})
    headers = {
        "content-type": "application/json",
        "user-agent": "Yutang",
        **signed(_secrets(account), _id_of(batch), body, at=present()),
    }
    try:
        reply = request("POST", account.settings["url"], body, headers, seconds=_SECONDS)
    except NoAnswer as silence:
        return [_unanswered(each.token, silence) for each in batch]
    if reply.status in _NOT_TAKEN and len(batch) > 1:
        return None
    return _understood(reply, batch)


def _id_of(batch: Sequence[Outgoing]) -> str:
    if len(batch) == 1:
        return str(batch[0].token)
    return str(uuid5(_SPACE, ",".join(sorted(str(each.token) for each in batch))))


class _Said(msgspec.Struct, omit_defaults=True, gc=False):
    """One message as the receiver gets it; what is empty is left out."""

    id: UUID
    customer: int
    to: str = ""
    purpose: str = ""
    subject: str = ""
    parts: Sequence[Mapping[str, Any]] = ()
    template: str = ""
    values: Mapping[str, str] = {}
    sender: int | None = None
    leave_url: str = ""


def _said(each: Outgoing) -> _Said:
    rendered = each.rendered
    return _Said(
        each.token,
        each.customer,
        each.address,
        each.purpose,
        rendered.subject,
        rendered.parts,
        rendered.template,
        dict(rendered.values),
        each.sender,
        each.leave_url,
    )


def _unanswered(token: UUID, silence: NoAnswer) -> Outcome:
    if silence.began:
        return Outcome(token, Answer.UNKNOWN, reason="no_answer", detail=str(silence))
    return Outcome(
        token, Answer.LATER, reason="not_reachable", detail=str(silence), rest=_REST, counts=False
    )


def _understood(reply: Reply, batch: Sequence[Outgoing]) -> Sequence[Outcome]:
    if 200 <= reply.status < 300:
        try:
            told = {each.id: each for each in _results.decode(reply.body).results}
        except (msgspec.MsgspecError, ValueError, RecursionError):
            told = {}
        return [_outcome(each.token, told.get(each.token)) for each in batch]
    return [_turned_down(each.token, reply) for each in batch]


def _turned_down(token: UUID, reply: Reply) -> Outcome:
    detail = f"HTTP {reply.status}"
    if reply.status in _NOT_TAKEN:
        return Outcome(token, Answer.FAILED, reason="refused", detail=detail)
    if reply.status == 429:
        rest = _wanted(reply.headers.get("retry-after", ""))
        return Outcome(
            token, Answer.LATER, reason="limited", detail=detail, rest=rest, counts=False
        )
    if reply.status >= 500:  # told again, the receiver knows it by its id
        return Outcome(token, Answer.LATER, reason="their_fault", detail=detail)
    return Outcome(
        token, Answer.LATER, reason="account", detail=detail, rest=_LONG_REST, counts=False
    )


def _wanted(header: str) -> timedelta:
    seconds = int(header) if header.isascii() and header.isdigit() and len(header) < 7 else 30
    return min(timedelta(seconds=max(1, seconds)), _MOST_REST)


def _outcome(token: UUID, told: _Result | None) -> Outcome:
    if told is None or told.status not in _ANSWERS:
        return Outcome(token, Answer.UNKNOWN, reason="not_understood")
    answer = _ANSWERS[told.status]
    after = None
    if answer == Answer.LATER and told.after is not None and 0 <= told.after <= 86_400 * 7:
        after = timedelta(seconds=told.after)
    return Outcome(
        token,
        answer,
        provider_ref=_line(told.ref, 120),
        reason=_line(told.reason, 40) if answer != Answer.SENT else "",
        after=after,
        counts=answer != Answer.LATER or told.reason != "limited",
    )


_ANSWERS = {
    "sent": Answer.SENT,
    "failed": Answer.FAILED,
    "later": Answer.LATER,
    "unknown": Answer.UNKNOWN,
}


def _line(said: str, most: int) -> str:
    if said.isprintable():
        return said[:most]
    return "".join(each for each in said if each.isprintable())[:most]


def _receipt(told: _Told, now: datetime) -> Receipt:
    at = told.at or now
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return Receipt(
        ReceiptState(told.status),
        min(at, now),
        token=told.id,
        reason=_line(told.reason, 40),
        said=told.text[:2000],
    )
