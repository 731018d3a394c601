"""Slows down guessing: wrong passwords are counted for each account and for each address.

An attempt is counted before the password is looked at, so that a hundred guesses at once are a
hundred guesses; a right one is forgiven afterwards.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from yutang.kit.errors import DomainError
from yutang.workspaces.models import SignInAttempt

__all__ = ["Attempt", "TooManyAttempts", "count_attempt"]

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 100  # a shop's people share one address

_COUNT = """
INSERT INTO workspaces_signinattempt AS past (subject, count, window_ends_at)
VALUES (%(subject)s, 1, %(ends)s)
ON CONFLICT (subject) DO UPDATE SET
    count = CASE WHEN past.window_ends_at <= %(now)s THEN 1 ELSE past.count + 1 END,
    window_ends_at = CASE WHEN past.window_ends_at <= %(now)s THEN %(ends)s
                          ELSE past.window_ends_at END
RETURNING count, window_ends_at
"""


class TooManyAttempts(DomainError):
    """Too many wrong passwords for this account or from this address."""

    status = 429
    zh = "密码错得太多了。{minutes} 分钟后再试。"
    en = "Too many wrong passwords. Try again in {minutes} min."


@dataclass(frozen=True)
class Attempt:
    """One counted attempt."""

    account: str
    address: str | None

    def forgive(self) -> None:
        """Forget the account's wrong ones, and this one of the address: the password was right."""
        SignInAttempt.objects.filter(subject=self.account).delete()
        if self.address:
            _take_back(self.address)

    def take_back(self) -> None:
        """Do not count this attempt: nothing was guessed."""
        for subject in filter(None, (self.account, self.address)):
            _take_back(subject)


def count_attempt(*, account: str, address: str | None, now: datetime) -> Attempt:
    """Count an attempt on an account (whether there is such an account or not) from an address.

    :raises TooManyAttempts:
    """
    attempt = Attempt(
        _subject("account", account.strip().lower()),
        _subject("address", address) if address else None,
    )
    _count(attempt.account, PER_ACCOUNT, now)
    if attempt.address:
        _count(attempt.address, PER_ADDRESS, now)
    return attempt


def _count(subject: str, limit: int, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"subject": subject, "now": now, "ends": now + WINDOW})
        count, ends = cursor.fetchone()
    if count > limit:
        raise TooManyAttempts(minutes=max(1, -int((now - ends).total_seconds() // 60)))


def _take_back(subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workspaces_signinattempt SET count = greatest(count - 1, 0) WHERE subject = %s",
            [subject],
        )


def _subject(kind: str, named: str) -> str:
    """Return a keyed hash: the table tells nobody who tries to sign in."""
    written = f"{kind}:{named}".encode("utf-8", "surrogatepass")
    return hmac.digest(settings.SECRET_KEY.encode(), written, "sha256").hex()
