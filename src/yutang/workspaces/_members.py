"""Who is asking, and what a route needs of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest

from yutang.kit.errors import DomainError
from yutang.workspaces._permissions import PERMISSIONS
from yutang.workspaces.models import Role, ScopeKind, SignInSession, User, Workspace

__all__ = [
    "Member",
    "MemberRequest",
    "NeedsAPerson",
    "NotAllowed",
    "Person",
    "PersonRequest",
    "Scope",
    "needs",
    "person_of",
    "personal",
    "public",
]

F = TypeVar("F", bound=Callable[..., Any])


class NotAllowed(DomainError):
    """Yours, but your role may not."""

    status = 403
    zh = "你没有“{permission}”权限。需要的话，请找工作区的所有者开通。"
    en = "You lack the permission “{permission}”. Ask an owner of the workspace if you need it."


class NeedsAPerson(DomainError):
    """A key asked for what only a person can be given."""

    status = 403
    zh = "这件事要由登录的人来做，API 密钥做不了。"
    en = "This is for somebody who is signed in; an API key cannot do it."


@dataclass(frozen=True)
class Scope:
    """Whose customers a member sees: everyone's, or those of these staff and stores."""

    kind: ScopeKind = ScopeKind.ALL
    staff_ids: frozenset[int] = frozenset()
    store_ids: frozenset[int] = frozenset()

    @property
    def is_everyone(self) -> bool:
        return self.kind is ScopeKind.ALL


@dataclass(frozen=True)
class Member:
    """Who is asking: a person or an API key, in one workspace, with what they may do and see."""

    workspace: Workspace
    role: Role | None
    permissions: frozenset[str]
    scope: Scope = field(default_factory=Scope)
    user: User | None = None
    api_key_id: int | None = None

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    @property
    def actor(self) -> str:
        """Return who did it, for the audit log: `user:7` or `key:3`."""
        return f"user:{self.user.pk}" if self.user else f"key:{self.api_key_id}"


@dataclass(frozen=True)
class Person:
    """Who is signed in, in whatever workspace."""

    user: User
    session: SignInSession


class MemberRequest(HttpRequest):
    """A request whose `auth` is the member."""

    auth: Member


class PersonRequest(HttpRequest):
    """A request whose `auth` is the person who is signed in."""

    auth: Person


def person_of(member: Member) -> User:
    """Return who the member is, where it must be a person.

    :raises NeedsAPerson:
    """
    if member.user is None:
        raise NeedsAPerson
    return member.user


def needs(permission: str) -> Callable[[F], F]:
    """Mark a route with the permission it needs; refuse members without it.

    The table METHOD path → permission is pinned by a test; a route without one fails it.

    :raises NotAllowed:
    """
    named = PERMISSIONS[permission]

    def mark(view: F) -> F:
        @wraps(view)
        def guarded(request: MemberRequest, *args: object, **kwargs: object) -> object:
            if not request.auth.may(permission):
                raise NotAllowed(permission=named)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("F", guarded)

    return mark


def personal(view: F) -> F:
    """Mark a route that anyone who is signed in may use, about herself only."""
    view.permission = "signed in"  # type: ignore[attr-defined]
    return view


def public(why: str) -> Callable[[F], F]:
    """Mark a route that needs nobody to be signed in, and say why that is right."""

    def mark(view: F) -> F:
        view.permission = f"public: {why}"  # type: ignore[attr-defined]
        return view

    return mark
