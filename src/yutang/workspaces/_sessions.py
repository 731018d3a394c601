"""Browsers that are signed in. The cookie carries a secret; the table carries its hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from yutang.engines import ComposedOnce
from yutang.workspaces.models import SignInSession, User

__all__ = ["SESSION_COOKIE", "SESSION_LASTS", "hash_of", "open_session", "session_of"]

SESSION_COOKIE = "yutang_session"
SESSION_LASTS = timedelta(days=14)
_SEEN_EVERY = timedelta(minutes=5)  # a row is not rewritten for every request


def hash_of(secret: str) -> str:
    """Return what is kept of a secret that has full entropy of its own."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def open_session(user: User, *, address: str, browser: str, now: datetime) -> str:
    """Sign a browser in and return its secret; every sign-in has a new one."""
    token = secrets.token_urlsafe(32)
    SignInSession.objects.create(
        user=user,
        token_hash=hash_of(token),
        address=address[:45],
        browser=browser[:200],
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_LASTS,
    )
    return token


_BY_HASH = ComposedOnce(
    lambda token_hash: SignInSession.objects.select_related("user__last_workspace").filter(
        token_hash=token_hash, user__is_active=True
    )
)


def session_of(token: str, *, now: datetime) -> SignInSession | None:
    """Return the session of this secret, if it has one that has not ended."""
    session = _BY_HASH.first(hash_of(token))
    if session is None or session.expires_at <= now:
        return None
    if now - session.last_seen_at > _SEEN_EVERY:
        SignInSession.objects.filter(pk=session.pk).update(
            last_seen_at=now, expires_at=now + SESSION_LASTS
        )
    return session
