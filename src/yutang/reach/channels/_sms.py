"""What the text message channels share: numbers, opting out, what a provider's code means for a message."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yutang.kit.i18n import Text
from yutang.reach.channels._http import NoAnswer, is_address
from yutang.reach.channels.interface import Answer, Outcome, Outgoing, Setting

__all__ = [
    "BEIJING",
    "ENDPOINT",
    "SECONDS",
    "Meaning",
    "check_endpoint",
    "digest_of",
    "in_full",
    "instant",
    "is_opt_out",
    "local",
    "meant",
    "not_begun",
    "rounds",
    "unanswered",
    "without_numbers",
]

SECONDS = 10.0
BEIJING = timedelta(hours=8)
ENDPOINT = Setting(
    "endpoint",
    Text("接口地址", "Endpoint"),
    required=False,
    hint=Text("不填则用公网地址", "The public one by default"),
)
_REST = timedelta(seconds=30)
_LONG_REST = timedelta(minutes=5)
# What the rules on commercial text messages have customers answer, and what they do answer.
_OPT_OUT = frozenset(
    {"T", "TD", "N", "NO", "STOP", "QX", "UNSUBSCRIBE", "退订", "取消", "拒收", "回T", "回TD"}
)
_DIGITS = re.compile(r"\+?\d[\d -]{5,}\d")


def is_opt_out(text: str) -> bool:
    """Return whether a reply says that she wants no more: TD, T, 退订 and their kin, however written."""
    plain = unicodedata.normalize("NFKC", text).upper()
    word = "".join(each for each in plain if each.isalnum())
    return word in _OPT_OUT or (word.startswith("退订") and len(word) <= 8)


def local(number: str) -> str:
    """Return a number as providers in China write it: without +86; others without the plus."""
    return number.removeprefix("+86").removeprefix("+")


def in_full(number: str) -> str:
    """Return a number as we keep it, with its country: E.164."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits.startswith("1") and not number.startswith("+"):
        return f"+86{digits}"
    return f"+{digits}"


def without_numbers(said: str) -> str:
    """Return a provider's sentence without anybody's number in it."""
    return _DIGITS.sub(_masked, said)[:300]


def _masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) > 7 else "****"


def digest_of(secret: str, number: str) -> str:
    """Return a mark that tells numbers of one call apart and says nothing about them."""
    digest = hmac.digest(secret.encode(), local(number).encode(), hashlib.sha256)
    return digest[:6].hex()


def instant(written: str, now: datetime) -> datetime:
    """Return when something was, by a provider's clock in Beijing; never later than now."""
    try:
        local_time = datetime.strptime(written, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    except (TypeError, ValueError):
        return now
    return min(local_time.replace(tzinfo=UTC) - BEIJING, now)


def check_endpoint(settings: Mapping[str, str]) -> dict[str, Text]:
    """Return what is wrong with an endpoint that was given."""
    if settings.get("endpoint") and not is_address(settings["endpoint"]):
        said = Text(
            "应为 https:// 开头的公网地址", "should be a public address that begins with https://"
        )
        return {"endpoint": said}
    return {}


def rounds(batch: Sequence[Outgoing], most: int) -> Iterator[list[Outgoing]]:
    """Yield messages that one call can carry: a number once in each, `most` at a time."""
    waiting = list(batch)
    while waiting:
        call: dict[str, Outgoing] = {}
        rest: list[Outgoing] = []
        for each in waiting:
            if each.address in call or len(call) == most:
                rest.append(each)
            else:
                call[each.address] = each
        yield list(call.values())
        waiting = rest


@dataclass(frozen=True)
class Meaning:
    """What a provider's code says: of this message, of its number, of the account."""

    answer: Answer
    reason: str
    after: timedelta | None = None
    rest: timedelta | None = None
    counts: bool = True
    address_is_dead: bool = False
    of_one: bool = False  # said of a call for several, it may be meant for one of them

    def outcome(self, token: UUID, detail: str) -> Outcome:
        return Outcome(
            token,
            self.answer,
            reason=self.reason,
            detail=detail,
            after=self.after,
            rest=self.rest,
            counts=self.counts,
            address_is_dead=self.address_is_dead,
        )


LIMITED = Meaning(Answer.LATER, "limited", rest=_REST, counts=False)
ACCOUNT = Meaning(Answer.LATER, "account", rest=_LONG_REST, counts=False)
NO_CREDIT = Meaning(Answer.LATER, "no_credit", rest=_LONG_REST * 2, counts=False)
DAILY = Meaning(Answer.LATER, "limited", rest=timedelta(hours=1), counts=False)
NOT_APPROVED = Meaning(Answer.LATER, "not_approved", after=timedelta(minutes=10))
BAD_NUMBER = Meaning(Answer.FAILED, "bad_address", address_is_dead=True, of_one=True)
REFUSED = Meaning(Answer.FAILED, "refused", of_one=True)
BARRED = Meaning(Answer.FAILED, "barred", of_one=True)
SILENCE = Meaning(Answer.UNKNOWN, "not_understood")
THEIR_FAULT = Meaning(Answer.UNKNOWN, "their_fault")
NOT_KNOWN = Meaning(Answer.LATER, "turned_down", of_one=True)


def number_limit(after: timedelta) -> Meaning:
    """Return the meaning of a limit on what one number gets."""
    return Meaning(Answer.LATER, "limited", after=after, counts=False, of_one=True)


def meant(code: str, meanings: Mapping[str, Meaning]) -> Meaning:
    """Return what a code means: by its whole name, else by the longest beginning that is known."""
    known = [
        name
        for name in meanings
        if code == name or (name[-1] in ".*" and code.startswith(name.rstrip("*")))
    ]
    return meanings[max(known, key=len)] if known else NOT_KNOWN


def not_begun(token: UUID, last: Outcome) -> Outcome:
    """Return that there was no time left for this one, or that the channel asked for a rest before it."""
    return Outcome(token, Answer.LATER, reason="not_begun", rest=last.rest, counts=False)


def unanswered(token: UUID, silence: NoAnswer) -> Outcome:
    """Return what silence says: nothing, or that nobody was reached at all."""
    if silence.began:
        return Outcome(token, Answer.UNKNOWN, reason="no_answer", detail=str(silence))
    return Outcome(
        token, Answer.LATER, reason="not_reachable", detail=str(silence), rest=_REST, counts=False
    )
