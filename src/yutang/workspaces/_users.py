"""People who sign in: their addresses, their passwords, their language."""

import secrets
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Language, Text
from yutang.workspaces import _throttle as throttle
from yutang.workspaces.models import SignInSession, User

__all__ = [
    "PASSWORD_LENGTH",
    "PasswordNotCurrent",
    "PasswordTooWeak",
    "change_my_password",
    "checked_password",
    "update_me",
    "user_at",
]

PASSWORD_LENGTH = 10
# Without letters and digits that are read for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_NOBODY = make_password(
    "nobody's"
)  # hashed against where there is no account: same work, same time


class PasswordTooWeak(DomainError):
    """The new password would be guessed."""

    status = 422
    zh = "这个密码太容易被猜到：{reason}。请换一个。"
    en = "This password is easily guessed: {reason}. Choose another."


class PasswordNotCurrent(DomainError):
    """The password given as the present one is not."""

    status = 403
    zh = "当前密码不对。"
    en = "That is not your present password."


def user_at(email: str) -> User | None:
    """Return the user of this address, however it is written."""
    return User.objects.filter(email=email.strip().lower()).first()


def one_time_password() -> str:
    """Return a password to be handed over once, easy to read aloud: `k7wm-x3pd-9rtq`."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


@cache
def _nobodys_password() -> str:
    """Return what is hashed against where there is no account: the same work, the same time."""
    return make_password(secrets.token_hex())


def has_password(user: User | None, password: str) -> bool:
    """Return whether this is the user's password; takes as long when there is no such user."""
    return (
        check_password(password, user.password if user else _nobodys_password())
        and user is not None
    )


def checked_password(password: str, *, email: str = "", name: str = "", field: str) -> str:
    """Return the password if it may be chosen.

    :raises PasswordTooWeak:
    """
    own_words = [word for word in (email.partition("@")[0].lower(), name.lower()) if len(word) > 2]
    reason = None
    if len(password) < PASSWORD_LENGTH:
        reason = Text(
            f"不到 {PASSWORD_LENGTH} 个字符", f"shorter than {PASSWORD_LENGTH} characters"
        )
    elif len(set(password)) < 4:
        reason = Text("只有几个不同的字符", "made of very few different characters")
    elif password.lower() in CommonPasswordValidator().passwords:
        reason = Text("许多人都在用", "many people use it")
    elif any(word in password.lower() for word in own_words):
        reason = Text("里面有你的名字或邮箱", "your name or address is in it")
    if reason:
        weak = PasswordTooWeak(reason=reason)
        weak.errors = [FieldProblem(field=field, message=weak.sentence())]
        raise weak
    return password


@transaction.atomic
def set_password(user: User, password: str, *, one_time: bool) -> None:
    """Give the user a password; whoever was signed in with the old one is signed out."""
    user.password = make_password(password)
    user.must_change_password = one_time
    user.save(update_fields=["password", "must_change_password"])
    SignInSession.objects.filter(user=user).delete()


def change_my_password(
    user: User, session: SignInSession, *, current: str, new: str, now: datetime
) -> None:
    """Change one's own password. Every other browser is signed out.

    :raises TooManyAttempts, PasswordNotCurrent, PasswordTooWeak:
    """
    confirm_password(user, current, now=now)
    checked_password(new, email=user.email, name=user.name, field="new")
    if has_password(user, new):
        same = Text("和现在的一样", "it is the present one")
        raise PasswordTooWeak(reason=same)
    with transaction.atomic():
        user.password = make_password(new)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        SignInSession.objects.filter(user=user).exclude(pk=session.pk).delete()


def confirm_password(user: User, password: str, *, now: datetime) -> None:
    """Make sure that it is still her in front of the browser.

    :raises TooManyAttempts, PasswordNotCurrent:
    """
    attempt = throttle.count_attempt(account=user.email, address=None, now=now)
    if not has_password(user, password):
        raise PasswordNotCurrent
    attempt.forgive()


def update_me(user: User, *, name: str | None = None, language: Language | None = None) -> User:
    """Change one's own name or language."""
    user.name = user.name if name is None else name
    user.language = language or user.language
    user.save(update_fields=["name", "language"])
    return user
