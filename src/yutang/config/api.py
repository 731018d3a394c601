"""The API as a whole: every app's router, one shape of refusal, operation ids for the client."""

import sys
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.responses import Status
from ninja.router import BoundRouter

from yutang.config.body import (
    BodyTooLarge,
    StrictParser,
    TooManyValues,
    refuse_what_is_no_object,
)
from yutang.config.document import DESCRIPTION, PROBLEM_JSON, tell_of_refusals, tell_who_may_ask
from yutang.config.expected import field_problem
from yutang.kit.errors import DomainError, FieldProblem, problem, problem_of
from yutang.kit.i18n import Text
from yutang.workspaces.service import WorkspaceMember

__all__ = ["NotAsExpected", "api", "refuse", "refuse_unexpected"]

log = structlog.get_logger(__name__)


class NotAsExpected(DomainError):
    """Fields that are not as expected; `errors` says which, what came and what was expected."""

    status = 422
    zh = "有 {count} 处内容和要求不符，见 errors。"
    en = "{count} fields are not as expected; see errors."


class NotThere(DomainError):
    """No route has this address."""

    status = 404
    zh = "API 里没有 {path} 这个地址。"
    en = "The API has no address {path}."


class MethodNotAllowed(DomainError):
    """The route is there, but not for this method."""

    status = 405
    zh = "{path} 不接受 {method}，可以用 {allowed}。"
    en = "{path} does not take {method}; it takes {allowed}."


class Api(NinjaAPI):
    """Ninja's API, with our operation ids, our findings and a document that tells of refusals."""

    def _get_bound_routers(self) -> list[BoundRouter]:
        is_new = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        if is_new:
            for router in routers:
                for view in router.path_operations.values():
                    for operation in view.operations:
                        _answer_with_its_success(operation)
        return routers

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return `<app>_<function>`, such as `workspaces_list_members`."""
        _, app, *_ = operation.view_func.__module__.split(".")
        return f"{app}_{operation.view_func.__name__}"

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Keep what pydantic found, with what came, for the sentence of each field."""
        return ValidationError(
            [
                dict(finding) | {"loc": _place(context.model, finding["loc"])}
                for context in error_contexts
                for finding in context.pydantic_validation_error.errors(include_url=False)
            ]
        )

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document; every operation may also answer with a `Problem`."""
        document = super().get_openapi_schema(**options)
        tell_of_refusals(document)
        tell_who_may_ask(document)
        return document


def _answer_with_its_success(operation: Operation) -> None:
    """Let a route that answers `{201: X} | refusals(…)` return an X; ninja would take it for a 200."""
    successes = [code for code in operation.response_models if str(code).startswith("2")]
    if len(successes) != 1 or len(operation.response_models) == 1:
        return
    answer = operation._result_to_response

    def answer_with_it(
        request: HttpRequest, result: object, temporary: HttpResponse
    ) -> HttpResponseBase:
        if isinstance(result, tuple):  # ninja's older spelling of a status
            result = Status(*result)
        elif not isinstance(result, HttpResponseBase | Status):
            result = Status(successes[0], result)
        return answer(request, result, temporary)

    operation._result_to_response = answer_with_it  # type: ignore[assignment]


def _place(model: Any, found: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return where a field stands as its sender knows it: without `body` and our parameter's name."""
    place = model.__ninja_flatten_map_reverse__.get(found, found)
    if getattr(model, "__read_from_single_attr__", None) and place:
        place = place[1:]
    return tuple(place)


def reply(body: dict[str, Any]) -> HttpResponse:
    """Return a problem+json response."""
    response = JsonResponse(
        body, status=body["status"], json_dumps_params={"ensure_ascii": False, "default": str}
    )
    response["Content-Type"] = PROBLEM_JSON
    return response


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Return a refusal as the reader can use it: a code for programs, a sentence for people."""
    response = reply(problem(refusal))
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS and "seconds" in refusal.params:
        response["Retry-After"] = str(refusal.params["seconds"])
    return response


_UNEXPECTED = Text(
    "这里出了意料之外的问题，已经记录下来，编号 {request_id}。",
    "Something unexpected happened here; it was recorded as {request_id}.",
)


def refuse_unexpected(request: HttpRequest, reason: BaseException | None) -> HttpResponse:
    """Log what nobody anticipated, once, and return a problem that names the log's request id."""
    log.error("unexpected", exc_info=reason)
    got_request_exception.send(sender=type(request), request=request)  # tests hear of it
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return reply(
        problem_of(
            "config.unexpected",
            500,
            _UNEXPECTED.said().format(request_id=request_id),
            {"request_id": request_id},
        )
    )


def refuse_server_error(request: HttpRequest) -> HttpResponse:
    """Return a problem for what went wrong outside of any route."""
    return refuse_unexpected(request, sys.exc_info()[1])


def refuse_fields(request: HttpRequest, found: ValidationError) -> HttpResponse:
    """Return a refusal that names each field."""
    errors: list[FieldProblem] = [field_problem(each["loc"], each) for each in found.errors[:50]]
    return refuse(request, NotAsExpected(errors=errors, count=len(found.errors)))


def refuse_http(request: HttpRequest, reason: HttpError) -> HttpResponse:
    """Return what ninja itself refused; what our parser refused is its cause."""
    if isinstance(reason.__cause__, DomainError):
        return refuse(request, reason.__cause__)
    code = HTTPStatus(reason.status_code).name.lower()
    return reply(problem_of(f"config.{code}", reason.status_code, str(reason)))


def refuse_large(request: HttpRequest, reason: RequestDataTooBig) -> HttpResponse:
    """Return that the body is too large."""
    return refuse(request, BodyTooLarge(megabytes=settings.YUTANG_MAX_BODY_MB))


def refuse_many(request: HttpRequest, reason: TooManyFieldsSent) -> HttpResponse:
    """Return that the address has too many values."""
    return refuse(request, TooManyValues(most=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS))


@csrf_exempt  # nothing is there to be protected; the answer is a problem, not a page
def refuse_address(request: HttpRequest, reason: Exception | None = None) -> HttpResponse:
    """Return that there is no such address."""
    return refuse(request, NotThere(path=request.path))


def refuse_unstorable_address(request: HttpRequest) -> HttpResponse:
    """Return that an address with a NUL in it names nothing."""
    return refuse_address(request)


def refuse_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Return which methods the address takes."""
    allowed = ", ".join(sorted(allowed.split(", ")))
    response = refuse(
        request, MethodNotAllowed(path=request.path, method=request.method, allowed=allowed)
    )
    response["Allow"] = allowed
    return response


refuse_what_is_no_object()
api = Api(
    title="Yutang API",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=WorkspaceMember(),
    parser=StrictParser(),
)
_HANDLERS: dict[type[Exception], Any] = {
    DomainError: refuse,
    ValidationError: refuse_fields,
    HttpError: refuse_http,
    RequestDataTooBig: refuse_large,
    TooManyFieldsSent: refuse_many,
    Http404: refuse_address,
    Exception: refuse_unexpected,
}
for kind, handler in _HANDLERS.items():
    api.add_exception_handler(kind, handler)

# Every app's router, by the address it answers at.
api.add_router("", "yutang.workspaces.api.router")
api.add_router("/event-types", "yutang.events.api.router")
api.add_router("", "yutang.tracking.api.router")
api.add_router("/customers", "yutang.customers.api.router")
api.add_router("/tags", "yutang.tags.api.router")
api.add_router("/imports", "yutang.tracking.imports_api.router")
api.add_router("/audiences", "yutang.audiences.api.router")
api.add_router("/reach", "yutang.reach.api.router")
api.add_router("/messages", "yutang.reach.api.messages.router")
api.add_router("/journeys", "yutang.journeys.api.router")
api.add_router("/materials", "yutang.reach.api.materials.router")
api.add_router("/channels", "yutang.reach.api.channels.router")
api.add_router("/acquisition", "yutang.acquisition.api.router")
api.add_router("/receipts", "yutang.reach.api.receipts.router")
api.add_router("/wecom/mass", "yutang.wecom.api.mass.router")
api.add_router("/wecom/transfers", "yutang.wecom.api.transfers.router")
api.add_router("/wecom", "yutang.wecom.api.router")
api.add_router("/guides", "yutang.guides.api.router")
