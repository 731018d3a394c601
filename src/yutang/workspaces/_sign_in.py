"""Signing in and out. A refusal never tells whether there is such an account."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from yutang.kit.errors import DomainError
from yutang.workspaces import _throttle as throttle
from yutang.workspaces._second_factor import passes_second_factor
from yutang.workspaces._sessions import open_session
from yutang.workspaces._users import has_password, user_at
from yutang.workspaces.models import SignInSession, User

__all__ = [
    "NoSuchSession",
    "SecondFactorNeeded",
    "SecondFactorNotRight",
    "SignedInUser",
    "WrongPassword",
    "end_my_session",
    "end_other_sessions",
    "my_sessions",
    "sign_in",
    "sign_out",
]


class WrongPassword(DomainError):
    """No account has this address and this password."""

    status = 401
    zh = "邮箱或密码不对。"
    en = "The address or the password is wrong."


class SecondFactorNeeded(DomainError):
    """The password is right; the account also asks for a code."""

    status = 401
    zh = "请输入验证器上的 6 位数字，或一个恢复码。"
    en = "Enter the six digits of your authenticator, or a recovery code."


class SecondFactorNotRight(DomainError):
    """The password is right, the code is not."""

    status = 401
    zh = "验证码不对，或已经用过。请输入验证器现在显示的 6 位数字。"
    en = "That is not the code, or it was used before. Enter the six digits shown now."


class NoSuchSession(DomainError):
    """Not one of your own."""

    status = 404
    zh = "没有这个登录记录，可能已经退出了。"
    en = "There is no such session; it may have ended."


@dataclass(frozen=True)
class SignedInUser:
    """Who signed in, and the secret for her browser's cookie."""

    user: User
    token: str


def sign_in(
    email: str, password: str, *, code: str = "", address: str, browser: str, now: datetime
) -> SignedInUser:
    """Sign a browser in.

    :raises TooManyAttempts, WrongPassword, SecondFactorNeeded, SecondFactorNotRight:
    """
    attempt = throttle.count_attempt(account=email, address=address, now=now)
    user = user_at(email)
    if not has_password(user, password) or user is None or not user.is_active:
        raise WrongPassword
    if user.totp_confirmed_at:
        if not code.strip():
            attempt.take_back()
            raise SecondFactorNeeded
        if not passes_second_factor(user, code, now=now):
            raise SecondFactorNotRight
    attempt.forgive()
    user.last_login = now
    user.save(update_fields=["last_login"])
    return SignedInUser(user, open_session(user, address=address, browser=browser, now=now))


def sign_out(session: SignInSession) -> None:
    """End this browser's session."""
    session.delete()


def my_sessions(user: User, *, now: datetime) -> QuerySet[SignInSession]:
    """Return the browsers the user is signed in with."""
    return SignInSession.objects.filter(user=user, expires_at__gt=now)


def end_my_session(user: User, session_id: int) -> None:
    """Sign one of one's own browsers out.

    :raises NoSuchSession:
    """
    if not SignInSession.objects.filter(user=user, pk=session_id).delete()[0]:
        raise NoSuchSession


def end_other_sessions(user: User, session: SignInSession) -> int:
    """Sign every other browser out; return how many."""
    return SignInSession.objects.filter(user=user).exclude(pk=session.pk).delete()[0]
