"""The cast: 茶馆 *Tea House* and the people in it, and a client that speaks to the API as one of them."""

import itertools
import json as json_text
import secrets
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from yutang.kit.clock import now
from yutang.kit.errors import DomainError
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Membership, Role, ScopeKind, User, Workspace
from yutang.workspaces.service import Member, Scope

__all__ = [
    "Asker",
    "a_key",
    "a_member",
    "a_user",
    "a_workspace",
    "as_member",
    "at_once",
    "nobody",
    "with_key",
]

_count = itertools.count(1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_workspace(name: str = "Tea House") -> Workspace:
    """Make a workspace; its slug is never taken."""
    slug = f"{name.lower().replace(' ', '-')}-{next(_count)}-{secrets.token_hex(4)}"
    return Workspace.objects.create(name=name, slug=slug)


def a_user(name: str = "阿华", *, password: str | None = None) -> User:
    """Make a user with an address of her own; without a password none opens the account."""
    user = User(name=name, email=f"user{next(_count)}-{secrets.token_hex(4)}@tea.example")
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    return user


def a_member(
    workspace: Workspace,
    role: Role = Role.OWNER,
    scope: Scope | ScopeKind | None = None,
    *,
    name: str = "阿华",
    user: User | None = None,
) -> Member:
    """Make a user who is a member of the workspace.

    A `ScopeKind` is stored with the membership and worked out as it is for a request; a `Scope`
    says outright whose customers she sees, for tests that call services (not over HTTP).
    """
    kind = ScopeKind.ALL if scope is None else scope.kind if isinstance(scope, Scope) else scope
    user = user or a_user(name)
    Membership.objects.create(workspace=workspace, user=user, role=role, scope=kind)
    member = workspaces.member_of_user(user, str(workspace.pk))
    if isinstance(scope, Scope):
        return Member(workspace, role, member.permissions, scope, user)
    return member


def a_key(workspace: Workspace, permissions: Iterable[str] = tuple(workspaces.PERMISSIONS)) -> str:
    """Make an API key and return it as its owner sees it once."""
    _, written = workspaces.make_key(
        workspace, "till", permissions, created_by=None, expires_at=None, now=now()
    )
    return written


class Asker:
    """Speaks to the API over the whole HTTP stack; paths without `/api/` are under `/api/v1`."""

    def __init__(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=True)
        self._headers = dict(headers)
        for name, value in cookies.items():
            self.client.cookies[name] = value

    def get(
        self, path: str, query: Mapping[str, Any] | None = None, **options: Any
    ) -> HttpResponse:
        return self._ask("GET", path, query_params=query, **options)

    def post(self, path: str, json: object = None, **options: Any) -> HttpResponse:
        return self._ask("POST", path, json, **options)

    def put(self, path: str, json: object = None, **options: Any) -> HttpResponse:
        return self._ask("PUT", path, json, **options)

    def patch(self, path: str, json: object = None, **options: Any) -> HttpResponse:
        return self._ask("PATCH", path, json, **options)

    def delete(self, path: str, json: object = None, **options: Any) -> HttpResponse:
        return self._ask("DELETE", path, json, **options)

    def upload(self, path: str, data: Mapping[str, Any], **options: Any) -> HttpResponse:
        """Post a form with files in it."""
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        options |= {"body": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}
        return self._ask("POST", path, **options)

    def _ask(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        body: bytes | None = None,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
        query_params: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        if body is None:
            body = b"" if json is None else json_text.dumps(json, default=str).encode()
        return self.client.generic(
            method,
            path if path.startswith("/api/") else f"/api/v1{path}",
            body,
            content_type=content_type,
            headers=self._headers | dict(headers or {}),
            query_params=query_params,
        )


def as_member(member: Member, *, language: str = "zh") -> Asker:
    """Return a client that is signed in as this member, in a browser."""
    assert member.user is not None
    token = workspaces.open_session(member.user, address="127.0.0.1", browser="Test", now=now())
    csrf = secrets.token_hex(16)
    return Asker(
        {
            "X-Workspace": str(member.workspace.pk),
            "X-CSRFToken": csrf,
            "Accept-Language": language,
        },
        {workspaces.SESSION_COOKIE: token, "yutang_csrf": csrf},
    )


def with_key(key: str, *, language: str = "zh") -> Asker:
    """Return a client that carries this API key."""
    return Asker({"Authorization": f"Bearer {key}", "Accept-Language": language}, {})


def nobody(*, language: str = "zh") -> Asker:
    """Return a client that is not signed in."""
    return Asker({"Accept-Language": language}, {})


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do these together; return what each came to: a refusal's code, or None."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            gate.wait()
            act()
        except DomainError as refusal:
            return refusal.code()
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
