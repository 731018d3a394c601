"""Nobody sees what is another's. A new model or a new address without isolation fails here."""

from collections.abc import Callable

import pytest
from django.apps import apps

from tests.architecture.routes import Route, routes
from tests.architecture.things import QUERIES, THINGS
from yutang.workspaces.models import WorkspaceQuerySet
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member

OURS = [model for model in apps.get_models() if model.__module__.startswith("yutang.")]
# Rows that belong to a person or an address, or are the workspace itself.
OF_NO_WORKSPACE = {"Workspace", "User", "RecoveryCode", "SignInSession", "SignInAttempt"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_names_its_workspace(model: type) -> None:
    if model.__name__ in OF_NO_WORKSPACE:
        return
    field = model._meta.get_field("workspace")

    assert field.related_model.__name__ == "Workspace"
    assert not field.null
    assert field.remote_field.on_delete.__name__ == "CASCADE"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_read_can_begin_with_its_workspace(model: type) -> None:
    if model.__name__ not in OF_NO_WORKSPACE:
        assert isinstance(model._default_manager.all(), WorkspaceQuerySet)


WITH_AN_ID = [
    route
    for route in routes()
    if route.parameters and not (route.permission or "").startswith("public")
]


@pytest.fixture
def tea_house(db: None, open_warehouse: object) -> Member:
    return a_member(a_workspace())


@pytest.fixture
def rival(tea_house: Member) -> Asker:
    return as_member(a_member(a_workspace("Coffee House")))


def address(route: Route, owner: Member) -> str:
    """Return the address of things that the owner has, made for the purpose."""
    return route.filled(**{name: maker(route.app, name)(owner) for name in route.parameters})


def maker(app: str, parameter: str) -> Callable[[Member], object]:
    return THINGS.get((app, parameter)) or THINGS["", parameter]


def test_somebody_thought_of_every_address_with_an_id() -> None:
    named = {(route.app, parameter) for route in WITH_AN_ID for parameter in route.parameters}
    known = THINGS.keys() | {
        (app, parameter) for app, parameter in named if ("", parameter) in THINGS
    }

    assert sorted(named - known) == []


@pytest.mark.parametrize(
    "route",
    [route for route in WITH_AN_ID if route.method in {"GET", "DELETE"}],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_what_the_tea_house_has_is_not_there_for_the_rival(
    route: Route, tea_house: Member, rival: Asker
) -> None:
    as_member(tea_house)  # so that there is a session to look for
    path = address(route, tea_house)
    query = QUERIES.get(route.path, lambda _: {})(tea_house)

    theirs = rival._ask(route.method, path, query_params=query)
    own = as_member(tea_house)._ask(route.method, path, query_params=query)

    assert theirs.status_code == 404, theirs.content
    assert own.status_code != 404 or route.method == "DELETE", own.content


@pytest.mark.parametrize(
    "route",
    [route for route in WITH_AN_ID if route.method in {"POST", "PUT", "PATCH"}],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_the_rival_changes_nothing_of_it(route: Route, tea_house: Member, rival: Asker) -> None:
    as_member(tea_house)
    path = address(route, tea_house)

    response = rival._ask(route.method, path, {})

    assert response.status_code in {404, 422}, response.content


# Lists that are not empty where nothing was made: what everybody has, and what oneself is.
NEVER_EMPTY = {
    "/customers/attributes",
    "/customers/follow-statuses",
    "/customers/identity-kinds",
    "/customers/source-ranks",
    "/customers/stages",
    "/event-types",
    "/imports/recipes",
    "/journeys/actions",
    "/journeys/library",
    "/me/sessions",
    "/members",
    "/tags/owners",
}
LISTS = [route for route in routes() if route.is_paged and not route.parameters]


@pytest.mark.parametrize(
    "route",
    [route for route in LISTS if route.path not in NEVER_EMPTY],
    ids=lambda route: route.path,
)
def test_a_list_of_the_rival_holds_nothing_of_the_tea_house(
    route: Route, tea_house: Member, rival: Asker
) -> None:
    as_member(tea_house)
    for (app, _), make in THINGS.items():
        if app in {route.app, ""}:
            make(tea_house)
    query = QUERIES.get(route.path, lambda _: {})(tea_house)

    response = rival.get(route.path, query)

    assert response.status_code in {200, 404}, response.content
    assert response.json().get("items", []) == []
