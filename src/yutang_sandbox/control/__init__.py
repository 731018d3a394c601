"""How whoever runs the sandbox steers it: `/sandbox/…`, JSON in and out, an HTTP status for trouble."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from yutang_sandbox.acts import ACTS, Impossible, Scene, open_all
from yutang_sandbox.platform import Platform, Reply, Request
from yutang_sandbox.world.corp import Corp

Steer = Callable[..., Any]
ROUTES: list[tuple[str, re.Pattern[str], Steer]] = []


@dataclass
class Hand:
    """One request of the control API."""

    platform: Platform
    request: Request
    given: dict[str, Any]

    def corp(self, corp: str) -> Corp:
        """Return a corp.

        :raises NotThere: there is none of this id
        """
        found = self.platform.world.corps.get(corp)
        if found is None:
            raise NotThere(corp)
        return found

    def scene(self, corp: str) -> Scene:
        return Scene(self.corp(corp), self.platform.world.clock)


class NotThere(Exception):
    """Nothing at this address."""


def steer(method: str, path: str) -> Callable[[Steer], Steer]:
    """Answer `/sandbox{path}`; `{name}` in it becomes an argument."""
    pattern = re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path) + "$")

    def register(function: Steer) -> Steer:
        ROUTES.append((method, pattern, function))
        return function

    return register


async def answer(platform: Platform, request: Request) -> Reply:
    """Answer one request of the control API."""
    open_all()
    path = request.path.removeprefix("/sandbox")
    for method, pattern, function in ROUTES:
        match = pattern.match(path)
        if method == request.method and match:
            return await _answered(platform, request, function, match.groupdict())
    return _json(404, {"error": f"nothing is at {request.path}"})


async def _answered(
    platform: Platform, request: Request, function: Steer, names: dict[str, str]
) -> Reply:
    if request.method == "POST" and not request.content_type.startswith("application/json"):
        return _json(415, {"error": "send application/json"})  # no page elsewhere can post it
    try:
        given = msgspec.json.decode(request.body, type=dict[str, Any]) if request.body else {}
        result = function(Hand(platform, request, given), **names)
        if inspect.isawaitable(result):
            result = await result
    except NotThere as missing:
        return _json(404, {"error": f"there is no {missing}"})
    except (Impossible, ValueError, msgspec.MsgspecError) as trouble:
        return _json(409 if isinstance(trouble, Impossible) else 422, {"error": str(trouble)})
    platform.changes += request.method == "POST"
    return result if isinstance(result, Reply) else _json(200, result or {})


def _json(status: int, content: Any) -> Reply:
    return Reply(status, [("content-type", "application/json")], msgspec.json.encode(content))


def perform(scene: Scene, name: str, given: dict[str, Any]) -> Any:
    """Let somebody act.

    :raises NotThere: nobody can do this at all
    :raises Impossible: they cannot now, or an argument is missing or unknown
    """
    function = ACTS.get(name)
    if function is None:
        raise NotThere(name)
    try:
        inspect.signature(function).bind(scene, **given)
    except TypeError as trouble:
        raise Impossible(f"{name}: {trouble}") from None
    return function(scene, **given)
