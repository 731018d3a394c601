"""Two at once: what one alone may do, two together may not."""

from collections.abc import Callable

import pyotp
import pytest

from yutang.kit.sealing import seal
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Department, Membership, Role, SignInSession, User
from yutang.workspaces.service import MemberPatch
from yutang.workspaces.tests.builders import NOON, a_member, a_user, a_workspace, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_owners_who_leave_together_one_stays() -> None:
    tea = a_workspace()
    for _ in range(2):
        a_member(tea)
    owners = list(Membership.objects.within(tea).values_list("pk", flat=True))

    def leave(member_id: int) -> Callable[[], object]:
        patch = MemberPatch(is_active=False)
        return lambda: workspaces.change_member(tea, member_id, patch, actor="user:1", now=NOON)

    came = at_once(*(leave(each) for each in owners))

    assert sorted(map(str, came)) == ["None", "workspaces.last_owner"]
    assert Membership.objects.within(tea).filter(role=Role.OWNER, is_active=True).count() == 1


def test_two_departments_moved_under_one_another_close_no_circle() -> None:
    tea = a_workspace()
    east, west = (
        workspaces.create_department(tea, name=name, actor="user:1", now=NOON)
        for name in ("East", "West")
    )

    def move(one: Department, under: Department) -> Callable[[], object]:
        return lambda: workspaces.change_department(
            tea, one.pk, parent_id=under.pk, actor="user:1", now=NOON
        )

    came = at_once(move(east, west), move(west, east))

    assert sorted(map(str, came)) == ["None", "workspaces.under_itself"]
    assert Department.objects.within(tea).filter(parent__isnull=True).count() == 1


def test_a_code_used_twice_at_once_opens_once() -> None:
    user = a_user(password="longjing-before-rain")
    secret = pyotp.random_base32()
    sealed = seal(secret, purpose=f"totp:{user.pk}")
    User.objects.filter(pk=user.pk).update(totp_secret=sealed, totp_confirmed_at=NOON)
    code = pyotp.TOTP(secret).at(NOON)

    def sign_in() -> object:
        return workspaces.sign_in(
            user.email,
            "longjing-before-rain",
            code=code,
            address="203.0.113.7",
            browser="Test",
            now=NOON,
        )

    came = at_once(sign_in, sign_in, sign_in)

    assert came.count(None) == 1
    assert came.count("workspaces.second_factor_not_right") == 2
    assert SignInSession.objects.filter(user=user).count() == 1


def test_guesses_at_once_are_counted_one_by_one() -> None:
    user = a_user(password="longjing-before-rain")

    def guess() -> object:
        return workspaces.sign_in(
            user.email, "wrong", address="203.0.113.7", browser="Test", now=NOON
        )

    came = at_once(*[guess] * 15)

    assert came.count("workspaces.wrong_password") == 10
    assert came.count("workspaces.too_many_attempts") == 5


def test_a_write_sent_twice_at_once_is_claimed_once() -> None:
    member = a_member(a_workspace())

    def claim() -> object:
        return workspaces.claim_write(member, "key", "hash", now=NOON)

    came = at_once(claim, claim, claim)

    assert came.count(None) == 1
    assert came.count("workspaces.write_in_progress") == 2
