"""What the API's document says of refusals.

A route names the refusals of its own, and a client can tell them apart by `code`. Any route may also
answer what stands before all of them (who are you, may you, is this JSON, are these fields); those
codes join the route's own where both have the same status.
"""

from http import HTTPStatus
from typing import Any

from yutang.kit.errors import Problem

__all__ = ["DESCRIPTION", "PROBLEM_JSON", "tell_of_refusals", "tell_who_may_ask"]

DESCRIPTION = """
**Who asks.** A program sends an API key as `Authorization: Bearer ytk_…`. A page signs in at
`POST /auth/sign-in`, which sets the session cookie and the cookie `yutang_csrf`; writes send the
latter back as `X-CSRFToken`.

**In which workspace.** `X-Workspace` names it by its id; without it, the one last entered. A key has one.

**Language.** `Accept-Language: zh` or `en`: sentences and labels come in it.

**Lists** answer `{items, next}`; pass `next` as `cursor` for the following page.

**Repeating a write.** Send `Idempotency-Key` (a UUID, say): the same request under the same key is done
once within a day, and answers again as it did, with `Idempotency-Replayed: true`.

**Refusals** are `application/problem+json`: `code` for programs, `detail` for people, `errors` for each
field (where, what came, what was expected).
""".strip()

PROBLEM_JSON = "application/problem+json"
# What stands before every route, by status; `test_contract` finds what is missing here.
BEFORE_EVERY_ROUTE: dict[int, tuple[str, ...]] = {
    400: ("config.body_not_json", "config.bad_request"),
    401: ("workspaces.key_not_accepted", "workspaces.not_signed_in"),
    403: (
        "workspaces.came_from_elsewhere",
        "workspaces.needs_a_person",
        "workspaces.not_allowed",
        "workspaces.password_must_change",
    ),
    404: ("workspaces.no_such_workspace",),
    409: ("workspaces.reply_not_kept", "workspaces.write_in_progress"),
    413: ("config.body_too_large",),
    422: (
        "config.not_as_expected",
        "config.text_not_storable",
        "kit.cursor_unknown",
        "workspaces.idempotency_key_not_usable",
        "workspaces.idempotency_key_reused",
    ),
}
_TITLE = "RefusalBeforeEveryRoute"


def tell_of_refusals(document: dict[str, Any]) -> None:
    """Give every operation of the document its refusals: its own, and those before every route."""
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for status, codes in BEFORE_EVERY_ROUTE.items():
        code = {"type": "string", "enum": list(codes), "title": "Code"}
        schemas[f"{_TITLE}{status}"] = {
            **problem,
            "title": f"{_TITLE}{status}",
            "properties": {**problem["properties"], "code": code},
        }
    for methods in document["paths"].values():
        for operation in methods.values():
            _tell(operation["responses"])


def tell_who_may_ask(document: dict[str, Any]) -> None:
    """Name the two ways in, and which of them each operation takes."""
    session: dict[str, list[str]] = {"session": []}
    key: dict[str, list[str]] = {"key": []}
    ways = {"WorkspaceMember": [session, key], "SignedIn": [session]}
    for methods in document["paths"].values():
        for operation in methods.values():
            named = [name for each in operation.get("security", []) for name in each]
            if named:
                operation["security"] = [
                    way for name in named for way in ways.get(name, [{name: []}])
                ]
    schemes = document["components"].setdefault("securitySchemes", {})
    for name in ways:
        schemes.pop(name, None)
    schemes |= {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "yutang_session",
            "description": "Set by sign-in. Writes also send X-CSRFToken.",
        },
        "key": {"type": "http", "scheme": "bearer", "description": "An API key: ytk_…"},
    }


def _tell(responses: dict[Any, Any]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) < HTTPStatus.BAD_REQUEST or "application/json" not in content:
            continue
        own = content.pop("application/json")
        if int(status) in BEFORE_EVERY_ROUTE:
            before = {"$ref": f"#/components/schemas/{_TITLE}{status}"}
            own = {"schema": {"anyOf": [own["schema"], before]}}
        content[PROBLEM_JSON] = own
    responses["default"] = {
        "description": "A refusal that any operation may answer with",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
