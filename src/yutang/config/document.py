"""What the API's document says of refusals.

A route names the refusals of its own, and a client can tell them apart by `code`. Any route may also
answer what stands before all of them (who are you, may you, is this JSON, are these fields); those
codes join the route's own where both have the same status.
"""

from http import HTTPStatus
from typing import Any

from yutang.kit.errors import Problem

__all__ = ["PROBLEM_JSON", "tell_of_refusals"]

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
