"""Nobody sees what is another's. A new model or a new address without isolation fails here."""

from collections.abc import Callable

import pytest
from django.apps import apps

from tests.architecture.routes import Route, routes
from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.workspaces import service as workspaces
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


def posted(path: str, body: dict[str, object], named: str = "id") -> Callable[[Member], object]:
    def make(owner: Member) -> object:
        response = as_member(owner).post(path, body)
        assert response.status_code in {200, 201}, response.content
        return response.json()[named]

    return make


def a_job(owner: Member) -> int:
    label = Text("导入", "Import")
    return workspaces.start_job(
        owner.workspace, "x.y", label, actor=owner.actor, now=clock.now()
    ).pk


def a_tag(owner: Member) -> int:
    from yutang.tags.tests import builders

    return builders.a_tag(owner).pk


def a_customer(owner: Member) -> int:
    from yutang.customers.tests import builders

    return builders.who(owner.workspace, phone="13800138000")


def an_import(owner: Member) -> int:
    response = as_member(owner)._ask(
        "POST", "/imports", body=b"a,b\n1,2\n", query_params={"name": "a.csv"}
    )
    return response.json()["id"]


def a_rule(owner: Member) -> int:
    from yutang.audiences.tests.builders import favourites

    rule = {"name": "爱收藏", "tag_id": a_tag(owner), "condition": favourites()}
    return posted("/audiences/rules", rule)(owner)


def a_hook(owner: Member) -> object:
    mapping = {"type": "event", "customer": {"phone": "buyer.mobile"}}
    return posted("/webhooks", {"name": "有赞", "mapping": mapping})(owner)


def a_dependant(owner: Member) -> int:
    return posted(f"/customers/{a_customer(owner)}/dependants", {"kind": "child"})(owner)


def an_erasure(owner: Member) -> int:
    from yutang.customers import service as customers
    from yutang.customers.tests import builders

    erased = builders.a_customer(owner).pk
    return customers.erase(owner, erased, reason="", now=clock.now()).pk


def a_merge(owner: Member) -> int:
    from yutang.customers.tests import builders

    one, other = (builders.a_customer(owner).pk for _ in range(2))
    return posted("/customers/merges", {"winner_id": one, "loser_id": other})(owner)


def a_corp(owner: Member) -> int:
    from yutang.wecom.tests import builders

    return builders.a_corp(owner, corp_id="ww00000000000000ab").pk


def a_running_journey(owner: Member) -> int:
    from yutang.journeys.tests.builders import a_journey, wait

    return a_journey(owner, {"n1": wait()}).pk


def a_staff_task(owner: Member) -> int:
    from yutang.journeys.models import Journey, StaffTask

    running = Journey.objects.within(owner.workspace).first()
    journey = running.pk if running else a_running_journey(owner)
    task = StaffTask(
        workspace=owner.workspace, journey_id=journey, key="a", customer=1, title="回访"
    )
    task.created_at = clock.now()
    task.save()
    return task.pk


def a_mass_message(owner: Member) -> int:
    from yutang.wecom.models import MassTask
    from yutang.wecom.tests.builders import a_corp

    parts = [{"kind": "text", "text": "新茶到了"}]
    now = clock.now()
    task = MassTask(
        workspace=owner.workspace, corp=a_corp(owner), account=1, digest=b"1", parts=parts
    )
    task.due_at = task.created_at = now
    task.save()
    return task.pk


def a_conflict(owner: Member) -> int:
    from yutang.customers.models import Conflict
    from yutang.customers.tests import builders

    builders.who(owner.workspace, unionid="u1", phone="13800138000")
    builders.who(owner.workspace, unionid="u1", phone="13900139000")
    return Conflict.objects.within(owner.workspace).get().pk


def a_field(owner: Member) -> str:
    body = {"name": "size", "kind": "number", "zh": "码", "en": "Size"}
    response = as_member(owner).post("/customers/fields", body)
    assert response.status_code in {201, 409}, response.content
    return "size"


def a_kind(owner: Member) -> str:
    body = {"zh": "卡", "en": "Card", "is_strong": True, "is_single": True, "priority": 75}
    assert as_member(owner).put("/customers/identity-kinds/card", body).status_code == 200
    return "card"


def a_sending(owner: Member) -> int:
    from yutang.reach.tests import builders

    return builders.a_sending(owner.workspace).pk


def a_delivery(owner: Member) -> object:
    from yutang.reach.models import Delivery
    from yutang.reach.tests import builders

    builders.send(builders.a_sending(owner.workspace), [a_customer(owner)])
    return Delivery.objects.within(owner.workspace).get().token


def a_suppression(owner: Member) -> int:
    from yutang.reach.models import Suppression

    body = {"customer_ids": [a_customer(owner)]}
    assert as_member(owner).post("/reach/suppressions", body).status_code == 201
    return Suppression.objects.within(owner.workspace).get().pk


def a_phrase_group(owner: Member) -> int:
    return posted("/guides/phrase-groups", {"name": "开场", "is_shared": True})(owner)


def a_phrase(owner: Member) -> int:
    groups = as_member(owner).get("/guides/phrase-groups").json()["items"]
    group = groups[0]["id"] if groups else a_phrase_group(owner)
    return posted("/guides/phrases", {"group_id": group, "title": "问好", "text": "在吗"})(owner)


def a_goal(owner: Member) -> int:
    body = {"measure": "sales", "month": "2026-11-01", "target": 100}
    return as_member(owner).put("/guides/goals", body).json()["id"]


# How the Tea House gets one of whatever an address names: (app, parameter), or in any app.
THINGS: dict[tuple[str, str], Callable[[Member], object]] = {
    ("workspaces", "department_id"): posted("/departments", {"name": "华东区"}),
    ("workspaces", "job_id"): a_job,
    ("workspaces", "key_id"): lambda owner: (
        workspaces.create_key(
            owner, name="till", permissions=["tags.read"], expires_at=None, now=clock.now()
        )[0].pk
    ),
    ("workspaces", "member_id"): lambda owner: workspaces.members_of(owner.workspace).first().pk,
    ("workspaces", "session_id"): lambda owner: (
        workspaces.my_sessions(owner.user, now=clock.now()).first().pk
    ),
    ("workspaces", "staff_id"): posted("/staff", {"name": "小林"}),
    ("workspaces", "store_id"): posted("/stores", {"name": "静安店"}),
    ("workspaces", "workspace_id"): lambda owner: owner.workspace.pk,
    ("audiences", "audience_id"): posted("/audiences", {"name": "常客"}),
    ("audiences", "rule_id"): a_rule,
    ("guides", "goal_id"): a_goal,
    ("guides", "group_id"): a_phrase_group,
    ("guides", "phrase_id"): a_phrase,
    ("guides", "word_id"): posted("/guides/words", {"word": "最低价"}),
    ("journeys", "journey_id"): a_running_journey,
    ("journeys", "number"): lambda _: 1,
    ("journeys", "subject"): lambda _: 1,
    ("journeys", "ready"): lambda _: "cart",
    ("journeys", "task_id"): a_staff_task,
    ("wecom", "task_id"): a_mass_message,
    ("customers", "conflict_id"): a_conflict,
    ("customers", "dependant_id"): a_dependant,
    ("customers", "erasure_id"): an_erasure,
    ("customers", "field_name"): a_field,
    ("customers", "group_id"): posted("/customers/groups", {"name": "福利群"}),
    ("customers", "identity_id"): lambda _: 1,
    ("customers", "kind"): lambda _: "staff",
    ("customers", "kind_name"): a_kind,
    ("customers", "merge_id"): a_merge,
    ("customers", "target"): lambda _: 1,
    ("events", "property_name"): lambda _: "size",
    ("events", "type_name"): posted(
        "/event-types",
        {"name": "tasted", "properties": [{"name": "size", "kind": "text"}]},
        named="name",
    ),
    ("", "customer_id"): a_customer,
    ("reach", "channel_id"): posted(
        "/channels", {"adapter": "paper", "name": "纸上", "channel": "sms"}
    ),
    ("reach", "message_id"): posted(
        "/messages",
        {
            "name": "上新",
            "channel": "wecom",
            "parts": [{"kind": "text", "text": "新茶到店了"}],
        },
    ),
    ("reach", "number"): lambda _: 1,
    ("reach", "sending_id"): a_sending,
    ("reach", "suppression_id"): a_suppression,
    ("reach", "token"): a_delivery,
    ("tags", "group_id"): posted("/tags/groups", {"name": "意向", "kind": "other"}),
    ("tags", "tag_id"): a_tag,
    ("tracking", "hook_id"): a_hook,
    ("tracking", "import_id"): an_import,
    ("wecom", "corp_id"): a_corp,
    ("tracking", "site_id"): posted("/sites", {"name": "商城", "origins": ["https://a.example"]}),
}
# What an address must be asked with, as the Tea House would ask.
QUERIES: dict[str, Callable[[Member], dict[str, object]]] = {
    "/audiences/{int:audience_id}/count": lambda _: {"at": clock.now().isoformat()},
    "/audiences/{int:audience_id}/growth": lambda _: {"first": "2026-11-01", "last": "2026-11-03"},
    "/guides/goals": lambda _: {"month": "2026-11-01"},
    "/guides/team": lambda _: {"first": "2026-11-01", "last": "2026-11-30"},
    "/guides/team/losses": lambda _: {"first": "2026-11-01", "last": "2026-11-30"},
    "/messages/{int:message_id}/versions/{int:number}/gaps": lambda owner: {
        "audience_id": posted("/audiences", {"name": "常客"})(owner)
    },
    "/reach/rates": lambda _: {
        "since": "2026-03-01T00:00:00Z",
        "until": "2026-04-01T00:00:00Z",
    },
    "/tags/customers": lambda owner: {"customer_id": a_customer(owner)},
    "/tags/{int:tag_id}/merge": lambda owner: {"into_id": a_tag(owner)},
}
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
