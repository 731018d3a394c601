"""The second factor: a code from the telephone, good once; recovery codes when it is lost."""

from datetime import timedelta

import pyotp
import pytest

from yutang.kit.sealing import new_key, unseal
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import RecoveryCode, SignInSession, User
from yutang.workspaces.tests.builders import NOON, a_member, a_user, a_workspace, as_member, nobody

pytestmark = pytest.mark.django_db
PASSWORD = "longjing-before-rain"
LATER = NOON + timedelta(minutes=5)


def a_user_with_second_factor() -> tuple[User, list[str]]:
    user = a_user(password=PASSWORD)
    workspaces.begin_second_factor(user, password=PASSWORD, now=NOON)
    return user, confirm(user)


def confirm(user: User, code: str | None = None) -> list[str]:
    workspaces.open_session(user, address="127.0.0.1", browser="Test", now=NOON)
    session = SignInSession.objects.filter(user=user).last()
    code = code or code_of(user, NOON)
    return workspaces.confirm_second_factor(user, session, code=code, now=NOON)


def sign_in(user: User, code: str = "", at=LATER) -> workspaces.SignedInUser:
    return workspaces.sign_in(
        user.email, PASSWORD, code=code, address="203.0.113.7", browser="Test", now=at
    )


def code_of(user: User, at=LATER) -> str:
    return pyotp.TOTP(secret_of(user)).at(at)


def secret_of(user: User) -> str:
    return unseal(User.objects.get(pk=user.pk).totp_secret, purpose=f"totp:{user.pk}")


def test_it_is_asked_for_once_the_first_code_was_confirmed() -> None:
    user = a_user(password=PASSWORD)
    workspaces.begin_second_factor(user, password=PASSWORD, now=NOON)

    before = sign_in(user)
    confirm(user)

    assert before.user == user
    with pytest.raises(workspaces.SecondFactorNeeded):
        sign_in(user)
    assert sign_in(user, code_of(user)).user == user


def test_the_code_is_shown_as_something_to_scan() -> None:
    enrolment = workspaces.begin_second_factor(
        a_user(password=PASSWORD), password=PASSWORD, now=NOON
    )

    assert enrolment.uri.startswith("otpauth://totp/Yutang")
    assert enrolment.qr_svg.startswith("data:image/svg+xml")
    assert len(enrolment.secret) == 32


def test_a_code_is_good_once() -> None:
    user, _ = a_user_with_second_factor()
    code = code_of(user)
    sign_in(user, code)

    with pytest.raises(workspaces.SecondFactorNotRight):
        sign_in(user, code)


@pytest.mark.parametrize("seconds", [-30, 30])
def test_a_telephone_may_be_half_a_minute_off(seconds: int) -> None:
    user, _ = a_user_with_second_factor()

    assert sign_in(user, code_of(user, LATER + timedelta(seconds=seconds))).user == user


@pytest.mark.parametrize("seconds", [-90, 90])
def test_but_not_more(seconds: int) -> None:
    user, _ = a_user_with_second_factor()

    with pytest.raises(workspaces.SecondFactorNotRight):
        sign_in(user, code_of(user, LATER + timedelta(seconds=seconds)))


def test_a_recovery_code_opens_once() -> None:
    user, codes = a_user_with_second_factor()

    assert len(codes) == 10
    assert sign_in(user, f" {codes[0].upper()} ").user == user
    with pytest.raises(workspaces.SecondFactorNotRight):
        sign_in(user, codes[0])


def test_recovery_codes_are_kept_as_hashes() -> None:
    user, codes = a_user_with_second_factor()

    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()
    assert RecoveryCode.objects.filter(user=user).count() == 10


def test_wrong_codes_are_counted_as_wrong_passwords_are() -> None:
    user, _ = a_user_with_second_factor()
    for _ in range(10):
        with pytest.raises(workspaces.SecondFactorNotRight):
            sign_in(user, "000000")

    with pytest.raises(workspaces.TooManyAttempts):
        sign_in(user, code_of(user))


def test_being_asked_for_the_code_is_not_counted() -> None:
    user, _ = a_user_with_second_factor()
    for _ in range(12):
        with pytest.raises(workspaces.SecondFactorNeeded):
            sign_in(user)

    assert sign_in(user, code_of(user)).user == user


def test_turning_it_on_signs_other_browsers_out() -> None:
    user = a_user(password=PASSWORD)
    workspaces.open_session(user, address="198.51.100.1", browser="Other", now=NOON)
    workspaces.begin_second_factor(user, password=PASSWORD, now=NOON)

    confirm(user)

    assert SignInSession.objects.filter(user=user, browser="Other").count() == 0


def test_the_wrong_code_does_not_turn_it_on() -> None:
    user = a_user(password=PASSWORD)
    workspaces.begin_second_factor(user, password=PASSWORD, now=NOON)

    with pytest.raises(workspaces.CodeNotRight):
        confirm(user, "000000")

    assert sign_in(user).user == user


def test_there_is_something_to_confirm_only_after_it_was_begun() -> None:
    with pytest.raises(workspaces.SecondFactorNotBegun):
        confirm(a_user(password=PASSWORD), "000000")


def test_while_it_is_on_it_is_neither_begun_nor_confirmed_again() -> None:
    user, _ = a_user_with_second_factor()
    user.refresh_from_db()

    with pytest.raises(workspaces.SecondFactorAlreadyOn):
        workspaces.begin_second_factor(user, password=PASSWORD, now=NOON)
    with pytest.raises(workspaces.SecondFactorAlreadyOn):
        confirm(user)


def test_turning_it_off_takes_the_password() -> None:
    user, _ = a_user_with_second_factor()

    with pytest.raises(workspaces.PasswordNotCurrent):
        workspaces.turn_off_second_factor(user, password="a guess", now=NOON)
    workspaces.turn_off_second_factor(user, password=PASSWORD, now=NOON)

    assert sign_in(user).user == user
    assert RecoveryCode.objects.filter(user=user).count() == 0


def test_the_whole_way_over_http() -> None:
    member = a_member(a_workspace(), user=a_user(password=PASSWORD))
    asker = as_member(member)

    enrolment = asker.post("/me/second-factor", {"password": PASSWORD})
    code = pyotp.TOTP(enrolment.json()["secret"]).now()
    confirmed = asker.post("/me/second-factor/confirm", {"code": code})
    asked = nobody().post("/auth/sign-in", {"email": member.user.email, "password": PASSWORD})
    off = asker.post("/me/second-factor/turn-off", {"password": PASSWORD})

    assert enrolment["Cache-Control"] == confirmed["Cache-Control"] == "no-store"
    assert len(confirmed.json()["codes"]) == 10
    assert (asked.status_code, asked.json()["code"]) == (401, "workspaces.second_factor_needed")
    assert off.status_code == 204


def test_its_secret_lies_sealed_in_the_database_and_opens_for_nobody_else() -> None:
    user, _ = a_user_with_second_factor()
    other, _ = a_user_with_second_factor()
    sealed = User.objects.get(pk=user.pk).totp_secret
    assert secret_of(user) not in sealed

    User.objects.filter(pk=other.pk).update(totp_secret=sealed)

    with pytest.raises(workspaces.SecondFactorNotRight):
        sign_in(other, code_of(user))


def test_a_new_key_seals_what_the_old_one_did_and_then_the_old_one_may_go(settings) -> None:
    user, _ = a_user_with_second_factor()
    other, _ = a_user_with_second_factor()
    first, second = new_key("2026"), new_key("2027")
    settings.YUTANG_SECRETS_KEYS = first
    moved = workspaces.seal_anew()
    settings.YUTANG_SECRETS_KEYS = f"{second},{first}"
    still = sign_in(user, code_of(user)).user
    moved_again = workspaces.seal_anew()

    settings.YUTANG_SECRETS_KEYS, settings.SECRET_KEY = second, "another-installation"

    assert (moved, moved_again, workspaces.seal_anew()) == ((2, 0), (2, 0), (0, 0))
    assert (still, sign_in(other, code_of(other)).user) == (user, other)


def test_where_its_key_is_gone_a_recovery_code_opens(settings) -> None:
    user, codes = a_user_with_second_factor()
    code = code_of(user)

    settings.SECRET_KEY = "another-installation"

    with pytest.raises(workspaces.SecondFactorNotRight):
        sign_in(user, code)
    assert sign_in(user, codes[0]).user == user
    assert workspaces.seal_anew() == (0, 1)
