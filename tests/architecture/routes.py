"""The API's routes as they stand, for the tests that look at all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ninja.operation import Operation

from yutang.config.api import api

__all__ = ["Route", "routes"]


@dataclass(frozen=True)
class Route:
    """One method of one address; `permission` is what its decorator says, or nothing."""

    app: str
    method: str
    path: str
    permission: str | None
    is_paged: bool

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"\{(?:\w+:)?(\w+)\}", self.path)

    def filled(self, **values: object) -> str:
        return re.sub(r"\{(?:\w+:)?(\w+)\}", lambda found: str(values[found[1]]), self.path)


def _answer_of(operation: Operation) -> str:
    model = operation.response_models.get(200)
    fields = getattr(model, "model_fields", {})
    return getattr(fields["response"].annotation, "__name__", "") if "response" in fields else ""


def routes() -> Iterator[Route]:
    """Yield every route, in the order of their addresses."""
    found = [
        Route(
            app=operation.view_func.__module__.split(".")[1],
            method=method,
            path=re.sub("/+", "/", f"/{router.prefix}/{path}").rstrip("/"),
            permission=getattr(operation.view_func, "permission", None),
            is_paged=_answer_of(operation).startswith("Page["),
        )
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]
    yield from sorted(found, key=lambda route: (route.path, route.method))
