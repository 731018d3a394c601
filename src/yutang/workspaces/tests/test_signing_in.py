"""Signing in: an address and its password open the account; a refusal tells nothing of accounts."""

from datetime import timedelta

import pytest

from yutang.kit.clock import now
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import SignInAttempt, SignInSession, User
from yutang.workspaces.tests.builders import (
    NOON,
    Asker,
    a_member,
    a_user,
    a_workspace,
    as_member,
    nobody,
)

pytestmark = pytest.mark.django_db
PASSWORD = "longjing-before-rain"


def sign_in(user: User, password: str = PASSWORD, **options: object) -> workspaces.SignedInUser:
    options = {"address": "203.0.113.7", "browser": "Test", "now": NOON} | options
    return workspaces.sign_in(user.email, password, **options)


def over_http(user: User, password: str = PASSWORD, **headers: str) -> tuple[Asker, object]:
    browser = nobody(language="en")
    response = browser.post(
        "/auth/sign-in", {"email": user.email, "password": password}, headers=headers
    )
    return browser, response


def test_the_right_password_opens_the_account() -> None:
    user = a_user(password=PASSWORD)

    signed_in = sign_in(user)

    assert signed_in.user == user
    assert User.objects.get(pk=user.pk).last_login == NOON


def test_an_address_may_be_written_in_capitals() -> None:
    user = a_user(password=PASSWORD)
    user.email = f" {user.email.upper()} "

    assert sign_in(user).user.pk == user.pk


def test_only_a_hash_of_the_cookie_is_kept() -> None:
    token = sign_in(a_user(password=PASSWORD)).token

    assert SignInSession.objects.filter(token_hash=token).count() == 0
    assert SignInSession.objects.count() == 1


def test_every_sign_in_has_a_cookie_of_its_own() -> None:
    user = a_user(password=PASSWORD)

    assert sign_in(user).token != sign_in(user).token


@pytest.mark.parametrize("kind", ["wrong password", "no such account", "left", "no password yet"])
def test_a_refusal_does_not_tell_whether_there_is_such_an_account(kind: str) -> None:
    user = a_user(password=None if kind == "no password yet" else PASSWORD)
    if kind == "no such account":
        user.email = "nobody@tea.example"
    if kind == "left":
        User.objects.filter(pk=user.pk).update(is_active=False)
    password = "something else" if kind == "wrong password" else PASSWORD

    with pytest.raises(workspaces.WrongPassword):
        sign_in(user, password)

    assert SignInSession.objects.count() == 0


def test_passwords_are_argon2id_at_32_mib(real_hashing: None) -> None:
    assert a_user(password=PASSWORD).password.startswith("argon2$argon2id$v=19$m=32768,t=3,p=1$")


def test_after_ten_wrong_passwords_the_account_rests_for_a_quarter_of_an_hour() -> None:
    user = a_user(password=PASSWORD)
    for _ in range(10):
        with pytest.raises(workspaces.WrongPassword):
            sign_in(user, "wrong")

    with pytest.raises(workspaces.TooManyAttempts) as refusal:
        sign_in(user)

    assert refusal.value.sentence("zh") == "密码错得太多了。15 分钟后再试。"
    assert sign_in(user, now=NOON + timedelta(minutes=15)).user == user


def test_an_account_that_does_not_exist_rests_as_well() -> None:
    ghost = User(email="ghost@tea.example")
    for _ in range(10):
        with pytest.raises(workspaces.WrongPassword):
            sign_in(ghost, "wrong")

    with pytest.raises(workspaces.TooManyAttempts):
        sign_in(ghost, "wrong")


def test_an_address_that_tries_a_hundred_accounts_rests() -> None:
    SignInAttempt.objects.all().delete()
    for number in range(100):
        workspaces_refuses(f"guess{number}@tea.example")
    user = a_user(password=PASSWORD)

    with pytest.raises(workspaces.TooManyAttempts):
        sign_in(user)

    assert sign_in(user, address="198.51.100.1").user == user


def workspaces_refuses(email: str) -> None:
    """Count an attempt as sign_in does, without the time a password takes."""
    from yutang.workspaces import _throttle

    _throttle.count_attempt(account=email, address="203.0.113.7", now=NOON)


def test_the_right_password_forgets_the_wrong_ones() -> None:
    user = a_user(password=PASSWORD)
    for _ in range(9):
        with pytest.raises(workspaces.WrongPassword):
            sign_in(user, "wrong")
    sign_in(user)

    with pytest.raises(workspaces.WrongPassword):
        sign_in(user, "wrong")


def test_who_tries_to_sign_in_stands_in_no_table() -> None:
    with pytest.raises(workspaces.WrongPassword):
        sign_in(User(email="secret.love@tea.example"), "wrong")

    assert not SignInAttempt.objects.filter(subject__contains="secret").exists()


def test_a_browser_that_signed_in_is_let_in_by_its_cookie() -> None:
    member = a_member(a_workspace(), user=a_user(password=PASSWORD))

    browser, response = over_http(member.user)

    assert response.status_code == 200
    assert response.json() == {"user_id": member.user.pk, "must_change_password": False}
    assert browser.get("/me").json()["user"]["email"] == member.user.email


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() -> None:
    browser, _ = over_http(a_member(a_workspace(), user=a_user(password=PASSWORD)).user)

    cookie = browser.client.cookies[workspaces.SESSION_COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_a_page_of_another_site_cannot_sign_anybody_in() -> None:
    user = a_user(password=PASSWORD)

    _, elsewhere = over_http(user, Origin="https://evil.example")
    _, here = over_http(user, Origin="http://testserver")

    assert (elsewhere.status_code, here.status_code) == (403, 200)
    assert elsewhere.json()["code"] == "workspaces.came_from_elsewhere"


def test_a_write_without_the_pages_csrf_token_is_refused() -> None:
    browser, _ = over_http(a_member(a_workspace(), user=a_user(password=PASSWORD)).user)

    refused = browser.patch("/me", {"name": "阿花"})
    token = browser.get("/me").json()["csrf_token"]
    done = browser.patch("/me", {"name": "阿花"}, headers={"X-CSRFToken": token})

    assert (refused.status_code, refused.json()["code"]) == (403, "workspaces.came_from_elsewhere")
    assert (done.status_code, done.json()["name"]) == (200, "阿花")


def test_signing_out_ends_the_session() -> None:
    asker = as_member(a_member(a_workspace()))

    assert asker.post("/auth/sign-out").status_code == 204
    assert SignInSession.objects.count() == 0
    assert asker.get("/me").status_code == 401


def test_a_session_ends_after_two_weeks_without_a_sign_of_life() -> None:
    member = a_member(a_workspace())
    asker = as_member(member)
    SignInSession.objects.update(expires_at=now() - timedelta(seconds=1))

    assert asker.get("/me").status_code == 401


def test_a_sign_of_life_puts_the_end_off() -> None:
    asker = as_member(a_member(a_workspace()))
    SignInSession.objects.update(
        last_seen_at=now() - timedelta(hours=1), expires_at=now() + timedelta(hours=1)
    )

    asker.get("/me")

    assert SignInSession.objects.get().expires_at > now() + timedelta(days=13)


def test_the_right_password_over_http_is_refused_with_the_time_to_wait() -> None:
    user = a_user(password=PASSWORD)
    for _ in range(10):
        over_http(user, "wrong")

    _, response = over_http(user)

    assert response.status_code == 429
    assert response.json()["detail"] == "Too many wrong passwords. Try again in 15 min."
