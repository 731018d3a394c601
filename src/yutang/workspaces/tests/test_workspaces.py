"""Workspaces: made by an owner, named, in a time zone."""

import pytest

from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Role, User, Workspace
from yutang.workspaces.tests.builders import NOON, a_member, a_user, a_workspace, as_member

pytestmark = pytest.mark.django_db


def create(name: str = "Tea House", **options: object) -> Workspace:
    return workspaces.create_workspace(a_user(), name=name, now=NOON, **options)


def test_who_makes_a_workspace_owns_it() -> None:
    user = a_user()

    tea = workspaces.create_workspace(user, name="Tea House", now=NOON)

    assert workspaces.member_of_user(user).workspace == tea
    assert workspaces.member_of_user(user).role == Role.OWNER


@pytest.mark.parametrize(
    ("name", "slug"), [("Tea House", "tea-house"), ("茶馆", "workspace"), ("A & B!", "a-b")]
)
def test_a_slug_is_made_of_the_name(name: str, slug: str) -> None:
    Workspace.objects.filter(slug=slug).delete()

    assert create(name).slug == slug
    assert create(name).slug.startswith(f"{slug}-")
    assert workspaces.workspace_by_slug(slug).name == name


def test_a_slug_that_is_nobodys_is_not_there() -> None:
    with pytest.raises(workspaces.NoSuchWorkspace):
        workspaces.workspace_by_slug("nope")


def test_a_time_zone_must_exist() -> None:
    before = Workspace.objects.count()

    with pytest.raises(workspaces.NoSuchTimeZone):
        create(time_zone="Asia/Atlantis")

    assert Workspace.objects.count() == before
    assert create(time_zone="Asia/Urumqi").time_zone == "Asia/Urumqi"


def test_an_owner_renames_it_and_moves_it_to_another_time_zone() -> None:
    asker = as_member(a_member(a_workspace()))

    renamed = asker.patch("/workspaces/current", {"name": "大茶馆"}).json()
    moved = asker.patch("/workspaces/current", {"time_zone": "Asia/Tokyo"}).json()
    nowhere = asker.patch("/workspaces/current", {"time_zone": "Mars"})

    assert (renamed["name"], moved["name"], moved["time_zone"]) == (
        "大茶馆",
        "大茶馆",
        "Asia/Tokyo",
    )
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "workspaces.no_such_time_zone")


def test_an_owner_makes_a_second_one() -> None:
    owner = as_member(a_member(a_workspace()))

    made = owner.post("/workspaces", {"name": "Second House"})

    assert made.status_code == 201
    assert [each["workspace"]["name"] for each in owner.get("/me").json()["memberships"]] == [
        "Tea House",
        "Second House",
    ]


def test_pulses_and_commands_find_every_workspace() -> None:
    tea, coffee = a_workspace(), a_workspace("Coffee House")

    assert set(workspaces.workspaces_of_everyone()) >= {tea, coffee}


def test_an_installation_is_founded_once() -> None:
    User.objects.all().delete()

    founded = workspaces.found_installation("AHua@tea.example", "", now=NOON)
    again = workspaces.found_installation("other@tea.example", "", now=NOON)

    owner = User.objects.get()
    assert (founded.email, owner.email, again) == ("ahua@tea.example", "ahua@tea.example", None)
    assert owner.must_change_password
    assert owner.check_password(founded.password)


def test_a_password_that_was_chosen_is_told_to_nobody() -> None:
    User.objects.all().delete()

    founded = workspaces.found_installation("", "longjing-before-rain", now=NOON)

    assert (founded.email, founded.password) == ("owner@yutang.local", None)
    assert User.objects.get().must_change_password is False
