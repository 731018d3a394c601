"""The API is what its document says: no answer outside it, and no request that it stumbles over."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve
from hypothesis import HealthCheck, Phase, assume, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from yutang.config.api import refuse_address
from yutang.config.cli.openapi import document
from yutang.workspaces.models import Workspace
from yutang.workspaces.tests.builders import a_key, a_workspace

schema = schemathesis.openapi.from_dict(json.loads(document()))
schema.app = get_wsgi_application()
# Of what a field may not be, a few drawn cases say enough: pydantic refuses them all alike.
schema.config.phases.coverage.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


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


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.timeout(300)
def test_every_answer_is_in_the_document(case: schemathesis.Case, tea_house: Workspace) -> None:
    assume(is_ours(case))
    headers = {"Authorization": f"Bearer {a_key(tea_house)}"}

    case.call_and_validate(headers=headers, checks=CHECKS)
