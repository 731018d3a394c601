"""One corp, spoken to.

    client = Client(corp)
    client.call("externalcontact/list", query={"userid": "lin.yue"})                    # GET
    client.call("externalcontact/batch/get_by_user", {"userid_list": [...]}, lane=Lane.SYNC)   # POST

An answer is a dictionary whose `errcode` was 0; all else raises what it means. What can be waited for (quotas,
too many at once, busy) is waited for as long as the lane's patience lasts. A call that may have been done
although no answer came is not repeated, unless it only reads.
"""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from yutang.kit.errors import DomainError
from yutang.kit.metrics import counter
from yutang.wecom._secrets import opened
from yutang.wecom.client import wire
from yutang.wecom.client.errors import NoAnswer, Throttled, refusal_of
from yutang.wecom.client.limits import Lane, lane_rules
from yutang.wecom.client.quota import block, ease, room_for
from yutang.wecom.client.tokens import Fetched, token_for
from yutang.wecom.client.wire import Answer, Upload
from yutang.wecom.models import Corp, CorpState, TokenKind

__all__ = ["Client", "CorpPaused"]

log = structlog.get_logger(__name__)

_TOKEN_GONE = {40014, 41001, 42001}
_TRY_AGAIN = {-1, 6000, 45035}
_TOO_OFTEN, _TOO_MANY_AT_ONCE = 45009, 45033
_MOST_TRIES = 3
# What APIs that change nothing begin with.
_READS = ("get", "list", "simplelist", "statistic", "customer")
_CALLED = counter("yutang_wecom_calls", "Calls to the platform.", "api", "outcome")


class CorpPaused(DomainError):
    """Nothing is asked of the platform while it is paused."""

    zh = "企业“{name}”已暂停连接。请先在“企业微信”页恢复。"
    en = "The connection to “{name}” is paused. Resume it on the WeCom page first."


@dataclass(frozen=True)
class Client:
    """Speaks to the platform for one corp; light to make, safe in threads."""

    corp: Corp
    is_diagnosis: bool = False

    def call(
        self,
        api: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        lane: Lane = Lane.STAFF,
        patience: float | None = None,
        alone: str = "",
    ) -> dict[str, Any]:
        """Ask an API: with a body by POST, without one by GET.

        `patience` is how many seconds to wait for room (the lane's, by default); of calls that are `alone`
        by the same name, no two overlap.

        :raises PlatformRefused, NoAnswer, Throttled, CorpPaused, CorpSecretsUnreadable:
        """
        written = None if body is None else msgspec.json.encode(body)
        asked = {name: str(value) for name, value in (query or {}).items()}
        waits = lane_rules(lane).patience if patience is None else patience
        return self._asked(_Call(api, asked, written, None, lane, waits, alone))

    def upload(
        self, api: str, file: Upload, *, query: Mapping[str, str], lane: Lane = Lane.STAFF
    ) -> dict[str, Any]:
        """Send a file.

        :raises PlatformRefused, NoAnswer, Throttled, CorpPaused, CorpSecretsUnreadable:
        """
        return self._asked(_Call(api, query, None, file, lane, lane_rules(lane).patience, ""))

    def token(self, *, instead_of: str = "") -> str:
        """Return the access token.

        :raises PlatformRefused, NoAnswer, Throttled:
        """
        return token_for(self.corp, TokenKind.ACCESS, self._fetch_token, instead_of=instead_of)

    def ticket(self, kind: TokenKind) -> str:
        """Return what signs pages for the JS-SDK.

        :raises PlatformRefused, NoAnswer, Throttled:
        """
        return token_for(self.corp, kind, lambda: self._fetch_ticket(kind))

    def _asked(self, call: "_Call") -> dict[str, Any]:
        if self.corp.state == CorpState.PAUSED and not self.is_diagnosis:
            raise CorpPaused(name=self.corp.name)
        until = time.monotonic() + call.waits
        token, renewed, tries = self.token(), False, 0
        while True:
            try:
                answer = self._once(call, token, until)
            except NoAnswer as silence:
                tries += 1
                _CALLED.labels(call.api, "silent").inc()
                if tries >= _MOST_TRIES or (silence.began and not call.only_reads):
                    raise
                time.sleep(_pause(tries))
                continue
            errcode = _errcode(call.api, answer)
            if errcode == 0:
                return answer
            if errcode in _TOKEN_GONE and not renewed:
                token, renewed = self.token(instead_of=token), True
            else:
                tries += errcode in _TRY_AGAIN
                self._wait(call, answer, tries, until)

    def _once(self, call: "_Call", token: str, until: float) -> dict[str, Any]:
        left = max(until - time.monotonic(), 0.0)
        with room_for(self.corp, call.api, call.lane, patience=left, alone=call.alone):
            got = wire.ask(
                self.corp.base,
                call.api,
                {**call.query, "access_token": token},
                body=call.body,
                upload=call.file,
                seconds=lane_rules(call.lane).timeout,
            )
        return _read(got)

    def _wait(self, call: "_Call", answer: Mapping[str, Any], tries: int, until: float) -> None:
        """Wait for what can be waited for; raise what the answer means where it cannot."""
        errcode = int(answer["errcode"])
        if errcode == _TOO_OFTEN:
            block(self.corp, call.api)  # the next look for room waits, or says for how long
        elif errcode == _TOO_MANY_AT_ONCE:
            ease(self.corp, call.api)
            if time.monotonic() > until:
                raise Throttled(api=call.api, seconds=5)
            time.sleep(random.uniform(0.05, 0.3))  # noqa: S311  so that not all come back at once
        elif errcode in _TRY_AGAIN and tries < _MOST_TRIES:
            time.sleep(_pause(tries))
        else:
            raise refusal_of(call.api, errcode, str(answer.get("errmsg") or ""))

    def _fetch_token(self) -> Fetched:
        query = {"corpid": self.corp.corp_id, "corpsecret": opened(self.corp, "secret")}
        got = self._fetched("gettoken", query)
        return Fetched(str(got.get("access_token", "")), int(got.get("expires_in") or 0))

    def _fetch_ticket(self, kind: TokenKind) -> Fetched:
        if kind == TokenKind.CORP_TICKET:
            got = self.call("get_jsapi_ticket")
        else:
            got = self.call("ticket/get", query={"type": "agent_config"})
        return Fetched(str(got.get("ticket", "")), int(got.get("expires_in") or 0))

    def _fetched(self, api: str, query: Mapping[str, str]) -> dict[str, Any]:
        tries = 0
        while True:
            with room_for(self.corp, api, Lane.WELCOME):
                answer = _read(wire.ask(self.corp.base, api, query, seconds=5))
            errcode = _errcode(api, answer)
            if errcode == 0:
                return answer
            tries += 1
            if errcode not in _TRY_AGAIN or tries == _MOST_TRIES:
                raise refusal_of(api, errcode, str(answer.get("errmsg") or ""))
            time.sleep(_pause(tries))


@dataclass(frozen=True)
class _Call:
    api: str
    query: Mapping[str, str]
    body: bytes | None
    file: Upload | None
    lane: Lane
    waits: float
    alone: str

    @property
    def only_reads(self) -> bool:
        """Tell whether it may be repeated without doing anything twice."""
        reads = self.api.rpartition("/")[2].startswith(_READS)
        return reads or (self.body is None and self.file is None)


def _errcode(api: str, answer: Mapping[str, Any]) -> int:
    errcode = int(answer.get("errcode") or 0)
    _CALLED.labels(api, str(errcode)).inc()
    return errcode


def _read(got: Answer) -> dict[str, Any]:
    """Return an answer; of another status than 200, or not JSON, it is none."""
    if got.status >= 500:
        raise wire.silent("closed", began=True)
    try:
        answer = msgspec.json.decode(got.body)
    except (msgspec.DecodeError, RecursionError):
        raise wire.silent("not_json", began=True) from None
    if not isinstance(answer, dict):
        raise wire.silent("not_json", began=True)
    return answer


def _pause(tries: int) -> float:
    return random.uniform(0.5, 1.0) * (0.1 * (1 << tries))  # noqa: S311  so that not all come back at once
