"""Other ends of channels, on this machine: each does what it is told, and keeps what reached it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qsl

from yutang.reach.channels.interface import Account, Channel, Outgoing
from yutang.reach.channels.registry import channels
from yutang.reach.tests.fake_mail import fake_smtp
from yutang.reach.tests.sending import SECRET, Heard, as_account, fake_server, outgoing

__all__ = ["CASES", "Case", "End", "a_hook", "a_tencent", "an_aliyun"]

# What another end may do: the words the contract test uses.
#   answers  takes everything          limits   wants us to wait        fault    has a fault of its own
#   hangs up  says nothing at all      garbage  200, and not a word     nothing  200, and no body
#   locked   does not know our key     refuses  will not have this one
Told = tuple[int, Mapping[str, str], bytes] | None


class End(Protocol):
    """Another end as a test sees it."""

    account: Account
    does: str

    @property
    def reached(self) -> list[str]:
        """Idempotency keys of what reached it, in order."""


@dataclass(frozen=True)
class Case:
    """A channel with an end to talk to."""

    name: str
    open: Callable[[], Any]  # a context manager of an End
    messages: Callable[[int], list[Outgoing]]
    words: frozenset[str]
    keeps_keys: bool = True

    @property
    def channel(self) -> Channel:
        return channels()[self.name]


@dataclass
class HttpEnd:
    """An end that speaks HTTP: how it does each thing is told by `acts`."""

    account: Account
    acts: Mapping[str, Callable[[Heard], Told]]
    keys: Callable[[Heard], Sequence[str]]
    does: str = "answers"
    reached: list[str] = field(default_factory=list)

    def __call__(self, heard: Heard) -> Told:
        self.reached += self.keys(heard)
        return self.acts[self.does](heard)


def plainly(status: int, said: object = None, **headers: str) -> Callable[[Heard], Told]:
    body = b"" if said is None else json.dumps(said).encode()
    return lambda _: (status, headers, body)


COMMON: Mapping[str, Callable[[Heard], Told]] = {
    "hangs up": lambda _: None,
    "garbage": lambda _: (200, {}, b"<html>welcome</html>"),
    "nothing": plainly(200),
    "half a word": lambda _: (200, {}, b'{"results": [{"id'),
    "a list": plainly(200, []),
    "a number": plainly(200, 7),
    "depth": lambda _: (200, {}, b"[" * 100_000),
}


def _params(heard: Heard) -> dict[str, str]:
    return dict(parse_qsl(heard.body.decode(), keep_blank_values=True))


@contextmanager
def a_hook(**settings: str) -> Iterator[HttpEnd]:
    def takes(heard: Heard) -> Told:
        results = [{"id": each["id"], "status": "sent"} for each in heard.json["messages"]]
        return 200, {}, json.dumps({"results": results}).encode()

    acts = COMMON | {
        "answers": takes,
        "limits": plainly(429, **{"retry-after": "7"}),
        "fault": plainly(503),
        "locked": plainly(401),
        "moved": plainly(302, location="http://127.0.0.1:1/"),
        "refuses": plainly(422),
    }
    with fake_server() as server:
        account = as_account(url=server.url + "/in", secret=SECRET, **settings)
        end = HttpEnd(account, acts, lambda heard: [each["id"] for each in heard.json["messages"]])
        server.says = end
        yield end


@contextmanager
def an_aliyun() -> Iterator[HttpEnd]:
    def said(code: str, status: int = 200, **more: str) -> Callable[[Heard], Told]:
        return plainly(status, {"Code": code, "Message": "13800000001 no", **more})

    acts = COMMON | {
        "answers": said("OK", BizId="900619^0"),
        "limits": said("Throttling.User", 400),
        "fault": said("isp.SYSTEM_ERROR", 500),
        "locked": said("SignatureDoesNotMatch", 400),
        "refuses": said("isv.MOBILE_NUMBER_ILLEGAL"),
        "ok without a number": said("OK"),
    }
    with fake_server() as server:
        account = as_account(
            access_key_id="SBX_AK",
            access_key_secret="SBX_SK",
            sign_name="测试签名",
            endpoint=server.url + "/",
        )
        end = HttpEnd(account, acts, lambda heard: [_params(heard).get("OutId", "")])
        server.says = end
        yield end


@contextmanager
def a_tencent() -> Iterator[HttpEnd]:
    def lines(code: str) -> Callable[[Heard], Told]:
        def said(heard: Heard) -> Told:
            status = [
                {"SerialNo": f"5000:{number[-4:]}", "PhoneNumber": number, "Code": code}
                for number in heard.json["PhoneNumberSet"]
            ]
            return 200, {}, json.dumps({"Response": {"SendStatusSet": status}}).encode()

        return said

    def error(code: str) -> Callable[[Heard], Told]:
        return plainly(200, {"Response": {"Error": {"Code": code, "Message": "+8613800000001"}}})

    acts = COMMON | {
        "answers": lines("Ok"),
        "limits": error("RequestLimitExceeded"),
        "limits one": lines("LimitExceeded.PhoneNumberDailyLimit"),
        "fault": error("InternalError.OtherError"),
        "locked": error("AuthFailure.SignatureFailure"),
        "refuses": lines("InvalidParameterValue.IncorrectPhoneNumber"),
    }
    with fake_server() as server:
        account = as_account(
            secret_id="SBX_ID",
            secret_key="SBX_KEY",
            sdk_app_id="1400000000",
            sign_name="测试签名",
            endpoint=server.url + "/",
        )
        end = HttpEnd(account, acts, lambda heard: [heard.json["SessionContext"]])
        server.says = end
        yield end


def _texts(count: int) -> list[Outgoing]:
    return outgoing(count, address="+8613800000000", template="SMS_1", values={"1": "A7"})


HTTP_WORDS = frozenset(COMMON) | {"answers", "limits", "fault", "locked", "refuses"}
CASES = [
    Case("webhook", a_hook, outgoing, HTTP_WORDS | {"moved"}),
    Case("sms_aliyun", an_aliyun, _texts, HTTP_WORDS | {"ok without a number"}),
    Case("sms_tencent", a_tencent, _texts, HTTP_WORDS | {"limits one"}),
    Case(
        "email",
        fake_smtp,
        lambda n: [
            each
            for k in range(n)
            for each in outgoing(1, address=f"guest{k}@tea.example", subject="新茶")
        ],
        frozenset({"answers", "limits", "fault", "locked", "refuses", "hangs up", "garbage"}),
    ),
]
