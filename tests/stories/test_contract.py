"""The API is what its document says: no answer outside it, and no request that it stumbles over."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve
from hypothesis import HealthCheck, Phase, assume, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from yutang.config.api import refuse_address
from yutang.config.cli.openapi import document
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_key, a_workspace

COMMITTED = Path(__file__).parents[2] / "openapi.json"
OPERATIONS = [
    f"{method.upper()} {path}"
    for path, ways in json.loads(COMMITTED.read_text("utf-8"))["paths"].items()
    for method in ways
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@cache
def the_schema() -> schemathesis.schemas.BaseSchema:
    """Return the document as schemathesis reads it, once for whoever runs these tests."""
    load_all_checks()
    written = document()
    assert written == COMMITTED.read_text("utf-8"), "run `make api`"
    schema = schemathesis.openapi.from_dict(json.loads(written))
    schema.app = get_wsgi_application()
    # Of what a field may not be, a few drawn cases say enough: pydantic refuses them all alike.
    schema.config.phases.coverage.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])
    return schema


@schemathesis.serializer("application/x-ndjson")
def as_lines(ctx: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.fixture
def tea_house(db: None, open_warehouse: object) -> Iterator[Workspace]:
    # The test's transaction outlives its requests.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield a_workspace()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def is_ours(case: schemathesis.Case) -> bool:
    """Whether the address, filled in, is one of the API's: `/tags/x` is none, since tags are numbers."""
    return resolve(case.formatted_path).func is not refuse_address


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def is_answered_as_documented(case: schemathesis.Case, tea_house: Workspace) -> None:
    assume(is_ours(case))
    headers = {
        "Authorization": f"Bearer {a_key(tea_house)}"
    }  # the last case may have revoked its own

    case.call_and_validate(headers=headers, checks=CHECKS)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_in_the_document(operation: str, tea_house: Workspace) -> None:
    # Built here and not when tests are collected: it takes as long as running some of them, and
    # everybody who collects would do it for all.
    schema = the_schema()
    found = schema.find_operation_by_label(operation)
    assert found is not None
    run = build_operation_test(
        config=schema.config,
        operation=found,
        test_func=is_answered_as_documented,
        given_kwargs={},
        feedback=NO_FEEDBACK,
    )

    run(tea_house=tea_house)
