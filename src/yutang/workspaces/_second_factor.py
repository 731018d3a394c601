"""The second factor: six digits from an app on a telephone (TOTP), or one of the recovery codes."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
import structlog
from django.db import transaction

from yutang.kit.errors import DomainError
from yutang.kit.sealing import SealBroken, is_sealed_as_now, seal, unseal
from yutang.workspaces._sessions import hash_of
from yutang.workspaces._users import confirm_password
from yutang.workspaces.models import RecoveryCode, SignInSession, User

__all__ = [
    "CodeNotRight",
    "Enrolment",
    "SecondFactorAlreadyOn",
    "SecondFactorNotBegun",
    "begin_second_factor",
    "confirm_second_factor",
    "passes_second_factor",
    "remove_second_factor",
    "seal_anew",
    "turn_off_second_factor",
]

log = structlog.get_logger(__name__)
_STEP = 30
_RECOVERY_CODES = 10


class SecondFactorAlreadyOn(DomainError):
    """It is on; to change the telephone, turn it off first."""

    zh = "两步验证已经开启。要换手机，请先关闭再重新开启。"
    en = "Two-step verification is on. To change telephones, turn it off and on again."


class SecondFactorNotBegun(DomainError):
    """There is nothing to confirm."""

    zh = "还没有开始开启两步验证。请先扫描二维码。"
    en = "Two-step verification has not been begun. Scan the code first."


class CodeNotRight(DomainError):
    """The six digits are not those of now."""

    status = 422
    zh = "验证码不对。请看一下手机的时间是否准确，再输入现在显示的 6 位数字。"
    en = (
        "That is not the code. Check the telephone's clock, then enter the six digits it shows now."
    )


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs: to scan, or to type."""

    secret: str
    uri: str
    qr_svg: str


def begin_second_factor(user: User, *, password: str, now: datetime) -> Enrolment:
    """Make a new secret; it is asked for only once it was confirmed.

    :raises SecondFactorAlreadyOn, TooManyAttempts, PasswordNotCurrent:
    """
    if user.totp_confirmed_at:
        raise SecondFactorAlreadyOn
    confirm_password(user, password, now=now)
    secret = pyotp.random_base32()
    user.totp_secret = seal(secret, purpose=_purpose(user))
    user.save(update_fields=["totp_secret"])
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Yutang 鱼塘")
    return Enrolment(secret, uri, segno.make(uri, error="m").svg_data_uri(scale=4))


@transaction.atomic
def confirm_second_factor(
    user: User, session: SignInSession, *, code: str, now: datetime
) -> list[str]:
    """Turn it on; return the recovery codes, shown this once. Other browsers are signed out.

    :raises SecondFactorAlreadyOn, SecondFactorNotBegun, CodeNotRight:
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.totp_confirmed_at:
        raise SecondFactorAlreadyOn
    if not user.totp_secret:
        raise SecondFactorNotBegun
    if not _is_code_of_now(user, code, now=now):
        raise CodeNotRight
    user.totp_confirmed_at = now
    user.save(update_fields=["totp_confirmed_at"])
    SignInSession.objects.filter(user=user).exclude(pk=session.pk).delete()
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(_RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=_recovery_hash(user, each)) for each in codes
    )
    return codes


def turn_off_second_factor(user: User, *, password: str, now: datetime) -> None:
    """Turn it off for oneself; nothing happens if it is off.

    :raises TooManyAttempts, PasswordNotCurrent:
    """
    confirm_password(user, password, now=now)
    remove_second_factor(user)


@transaction.atomic
def remove_second_factor(user: User) -> None:
    """Forget the secret and the recovery codes."""
    User.objects.filter(pk=user.pk).update(totp_secret="", totp_confirmed_at=None)
    RecoveryCode.objects.filter(user=user).delete()


def passes_second_factor(user: User, code: str, *, now: datetime) -> bool:
    """Return whether the code is the one of now, not used before, or an unused recovery code."""
    return _is_code_of_now(user, code, now=now) or _is_recovery_code(user, code)


def _is_code_of_now(user: User, code: str, *, now: datetime) -> bool:
    """Return whether it is the code of this half minute, or of the one before or after it.

    The step it belongs to is taken by one conditional update: a code is good once.
    """
    digits = "".join(code.split())
    try:
        totp = pyotp.TOTP(unseal(user.totp_secret, purpose=_purpose(user)))
    except SealBroken:
        log.error("second factor cannot be opened: its key is not set", user=user.pk)  # noqa: TRY400
        return False
    step_now = int(now.timestamp()) // _STEP
    for step in (step_now, step_now - 1, step_now + 1):
        if hmac.compare_digest(totp.at(step * _STEP).encode(), digits.encode()):
            unused = User.objects.filter(pk=user.pk, totp_last_step__lt=step)
            return bool(unused.update(totp_last_step=step))
    return False


def seal_anew() -> tuple[int, int]:
    """Seal every secret under the key of now; return how many were, and how many no key opens."""
    done = broken = 0
    for user in User.objects.exclude(totp_secret="").iterator():
        before = user.totp_secret
        if is_sealed_as_now(before):
            continue
        try:
            secret = unseal(before, purpose=_purpose(user))
        except SealBroken:
            broken += 1
            continue
        mine = User.objects.filter(pk=user.pk, totp_secret=before)
        done += mine.update(totp_secret=seal(secret, purpose=_purpose(user)))
    return done, broken


def _purpose(user: User) -> str:
    return f"totp:{user.pk}"


def _is_recovery_code(user: User, code: str) -> bool:
    mine = RecoveryCode.objects.filter(user=user, code_hash=_recovery_hash(user, code))
    return bool(mine.delete()[0])


def _recovery_hash(user: User, code: str) -> str:
    return hash_of(f"{user.pk}:{''.join(code.split()).lower()}")
