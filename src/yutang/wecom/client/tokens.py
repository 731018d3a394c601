"""Tokens and tickets, shared by all processes and fetched by one of them at a time.

Every process keeps what it read for as long as it is good. When the platform refuses one, whoever notices
looks first whether another process has a newer one by now; only then is a new one fetched. A secret the
platform refused is not tried again for a while: many tries with a wrong one block the whole address.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from yutang.kit import clock
from yutang.wecom._secrets import sealed_token, token_opened
from yutang.wecom.client.errors import (
    CorpIdNotAccepted,
    NoAnswer,
    PlatformRefused,
    SecretNotAccepted,
    refusal_of,
)
from yutang.wecom.client.wire import silent
from yutang.wecom.models import Corp, Token, TokenKind

__all__ = ["Fetched", "forget_refusal", "token_for"]

_FETCH_LASTS = timedelta(seconds=15)
_EARLY = timedelta(seconds=10)
_REFUSED_FOR = timedelta(minutes=10)
_RESTS = timedelta(seconds=30)
_HARD = (SecretNotAccepted, CorpIdNotAccepted)


@dataclass(frozen=True)
class Fetched:
    """What the platform gave: a token, and for how many seconds."""

    token: str = field(repr=False)
    seconds: int


@dataclass(frozen=True)
class _Known:
    token: str = field(repr=False)
    until: datetime


_known: dict[tuple[int, str], _Known] = {}
_lock = threading.Lock()


def token_for(
    corp: Corp, kind: TokenKind, fetch: Callable[[], Fetched], *, instead_of: str = ""
) -> str:
    """Return a token that is good; not the one the platform just refused (`instead_of`).

    :raises PlatformRefused, NoAnswer:
    """
    known = _known.get((corp.pk, kind))
    if known and known.token != instead_of and clock.now() < known.until:
        return known.token
    deadline = time.monotonic() + _FETCH_LASTS.total_seconds() + 5
    while time.monotonic() < deadline:
        row = _row(corp, kind)
        found = _usable(row, instead_of)
        if found:
            return _remember(corp, kind, found)
        _refuse_again(row)
        if _may_fetch(row):
            return _remember(corp, kind, _fetched(row, fetch))
        time.sleep(0.05)  # another process is fetching it
    raise silent("late", began=False)


def forget_refusal(corp: Corp) -> None:
    """Ask for tokens anew: the secret was changed, or somebody wants to know."""
    Token.objects.filter(corp=corp).update(
        sealed="", good_until=None, refused_code=0, refused_said="", refused_until=None
    )
    with _lock:
        for key in [key for key in _known if key[0] == corp.pk]:
            del _known[key]


def _row(corp: Corp, kind: TokenKind) -> Token:
    found: Token | None = Token.objects.filter(corp=corp, kind=kind).first()
    if found:
        return found
    made, _ = Token.objects.get_or_create(
        corp=corp, kind=kind, defaults={"workspace_id": corp.workspace_id}
    )
    return made


def _usable(row: Token, instead_of: str) -> _Known | None:
    if not row.sealed or row.good_until is None or clock.now() >= row.good_until:
        return None
    token = token_opened(row)
    return _Known(token, row.good_until) if token and token != instead_of else None


def _refuse_again(row: Token) -> None:
    if row.refused_until and clock.now() < row.refused_until:
        raise refusal_of("gettoken", row.refused_code, row.refused_said)


def _may_fetch(row: Token) -> bool:
    now = clock.now()
    free = Q(fetching_until=None) | Q(fetching_until__lt=now)
    # Who fetched it since we looked has left another instant.
    same = Q(fetched_at=row.fetched_at)
    rows = Token.objects.filter(free, same, pk=row.pk)
    return rows.update(fetching_until=now + _FETCH_LASTS) == 1


def _fetched(row: Token, fetch: Callable[[], Fetched]) -> _Known:
    mine = Token.objects.filter(pk=row.pk)
    try:
        got = fetch()
    except PlatformRefused as refused:
        until = clock.now() + (_REFUSED_FOR if isinstance(refused, _HARD) else _RESTS)
        said = f"{refused.said}, from ip: {refused.params['ip']}"[:300]
        mine.update(
            fetching_until=None,
            refused_code=refused.errcode,
            refused_said=said,
            refused_until=until,
        )
        raise
    except NoAnswer:
        mine.update(fetching_until=None)
        raise
    now = clock.now()
    good_until = now + max(timedelta(seconds=got.seconds) - _EARLY, timedelta(seconds=1))
    mine.update(
        sealed=sealed_token(row.corp_id, row.kind, got.token),
        good_until=good_until,
        fetching_until=None,
        fetched_at=now,
        refused_code=0,
        refused_said="",
        refused_until=None,
    )
    return _Known(got.token, good_until)


def _remember(corp: Corp, kind: TokenKind, known: _Known) -> str:
    with _lock:
        _known[corp.pk, kind] = known
    return known.token
