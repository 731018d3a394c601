"""My account: my password, my browsers, my language, where I work."""

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Membership, Role, ScopeKind, SignInSession, User
from yutang.workspaces.tests.builders import (
    NOON,
    a_key,
    a_member,
    a_user,
    a_workspace,
    as_member,
    with_key,
)

pytestmark = pytest.mark.django_db
PASSWORD = "longjing-before-rain"


def a_signed_in_user() -> tuple[User, SignInSession]:
    user = a_user("阿华", password=PASSWORD)
    workspaces.open_session(user, address="127.0.0.1", browser="Test", now=NOON)
    return user, SignInSession.objects.get(user=user)


def change(user: User, session: SignInSession, new: str, current: str = PASSWORD) -> None:
    workspaces.change_my_password(user, session, current=current, new=new, now=NOON)


def test_a_new_password_signs_every_other_browser_out() -> None:
    user, session = a_signed_in_user()
    workspaces.open_session(user, address="198.51.100.1", browser="Other", now=NOON)

    change(user, session, "maojian-in-april")

    assert list(SignInSession.objects.filter(user=user)) == [session]
    assert user.check_password("maojian-in-april")


def test_without_the_present_password_nothing_changes() -> None:
    user, session = a_signed_in_user()

    with pytest.raises(workspaces.PasswordNotCurrent):
        change(user, session, "maojian-in-april", current="a guess")

    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_guessing_the_present_password_is_slowed_down() -> None:
    user, session = a_signed_in_user()
    for _ in range(10):
        with pytest.raises(workspaces.PasswordNotCurrent):
            change(user, session, "maojian-in-april", current="a guess")

    with pytest.raises(workspaces.TooManyAttempts):
        change(user, session, "maojian-in-april")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "不到 10 个字符"),
        ("aaaaaaaaaaab", "只有几个不同的字符"),
        ("password123", "许多人都在用"),
        ("阿华华的店真好喝好喝", None),
        (PASSWORD, "和现在的一样"),
        ("huahua-teahouse", "里面有你的名字或邮箱"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(password: str, reason: str | None) -> None:
    user, session = a_signed_in_user()
    user.name = "Huahua"

    if reason is None:
        change(user, session, password)
        return
    with pytest.raises(workspaces.PasswordTooWeak) as refusal:
        change(user, session, password)

    assert reason in refusal.value.sentence("zh")


def test_a_one_time_password_opens_nothing_but_its_own_change() -> None:
    member = a_member(a_workspace(), user=a_user(password=PASSWORD))
    User.objects.update(must_change_password=True)
    asker = as_member(member)

    refused = asker.get("/members")
    changed = asker.post("/me/password", {"current": PASSWORD, "new": "maojian-in-april"})

    assert (refused.status_code, refused.json()["code"]) == (403, "workspaces.password_must_change")
    assert changed.status_code == 204
    assert asker.get("/members").status_code == 200


def test_i_see_my_browsers_and_end_one() -> None:
    member = a_member(a_workspace())
    here, there = as_member(member), as_member(member)

    sessions = here.get("/me/sessions").json()["items"]
    other = next(each["id"] for each in sessions if not each["is_current"])

    assert len(sessions) == 2
    assert here.delete(f"/me/sessions/{other}").status_code == 204
    assert there.get("/me").status_code == 401


def test_i_end_every_other_browser_at_once() -> None:
    member = a_member(a_workspace())
    here, there = as_member(member), as_member(member)

    assert here.delete("/me/sessions").json() == {"ended": 1}
    assert there.get("/me").status_code == 401
    assert here.get("/me").status_code == 200


def test_i_cannot_end_the_session_of_another() -> None:
    rival = a_member(a_workspace("Coffee House"))
    as_member(rival)
    session = SignInSession.objects.get(user=rival.user)

    response = as_member(a_member(a_workspace())).delete(f"/me/sessions/{session.pk}")

    assert (response.status_code, response.json()["code"]) == (404, "workspaces.no_such_session")
    assert SignInSession.objects.filter(pk=session.pk).exists()


def test_i_see_who_i_am_and_what_i_may_do() -> None:
    tea = a_workspace()
    member = a_member(tea, Role.GUIDE, ScopeKind.OWN, name="小林")

    me = as_member(member).get("/me").json()

    assert me["user"]["name"] == "小林"
    assert me["user"]["has_second_factor"] is False
    assert [each["workspace"]["name"] for each in me["memberships"]] == ["Tea House"]
    assert me["current"]["role"] == "guide"
    assert me["current"]["permissions"] == sorted(workspaces.ROLE_PERMISSIONS[Role.GUIDE])
    assert me["current"]["scope"] == {"kind": "own", "staff_count": 0, "store_count": 0}


def test_without_a_workspace_i_am_still_somebody() -> None:
    member = a_member(a_workspace())
    Membership.objects.update(is_active=False)

    me = as_member(member).get("/me").json()

    assert (me["memberships"], me["current"]) == ([], None)


def test_i_change_my_name_and_language() -> None:
    asker = as_member(a_member(a_workspace()))

    changed = asker.patch("/me", {"language": "en"}).json()

    assert (changed["language"], changed["name"]) == ("en", "阿华")
    assert asker.patch("/me", {"name": " 小华 "}).json()["name"] == "小华"


def test_the_workspace_i_entered_is_the_one_i_see_next() -> None:
    user = a_user()
    tea, coffee = a_workspace(), a_workspace("Coffee House")
    a_member(tea, user=user)
    member = a_member(coffee, user=user)
    asker = as_member(member)

    first = asker.get("/me", headers={"X-Workspace": ""}).json()["current"]["workspace"]["name"]
    entered = asker.post(f"/workspaces/{coffee.pk}/enter").json()["workspace"]["name"]
    then = asker.get("/me", headers={"X-Workspace": ""}).json()["current"]["workspace"]["name"]

    assert (first, entered, then) == ("Tea House", "Coffee House", "Coffee House")


def test_i_cannot_enter_the_rivals_workspace() -> None:
    rival = a_workspace("Coffee House")
    asker = as_member(a_member(a_workspace()))

    assert asker.post(f"/workspaces/{rival.pk}/enter").status_code == 404
    assert asker.get("/members", headers={"X-Workspace": str(rival.pk)}).status_code == 404


@pytest.mark.parametrize("named", ["0", "-1", "tea", "٣", "9" * 30])
def test_a_workspace_nobody_could_have_is_not_there(named: str) -> None:
    asker = as_member(a_member(a_workspace()))

    assert asker.get("/members", headers={"X-Workspace": named}).status_code in {400, 404}


def test_a_key_does_not_sign_anybody_in() -> None:
    assert with_key(a_key(a_workspace())).get("/me").status_code == 401


def test_anyone_signed_in_may_read_what_roles_may_do() -> None:
    guide = a_member(a_workspace(), Role.GUIDE)

    listed = as_member(guide, language="en").get("/workspaces/roles").json()

    assert [each["label"] for each in listed["roles"]][:2] == ["Owner", "Operator"]
    assert {"name": "customers.read", "label": "See customers"} in listed["permissions"]
