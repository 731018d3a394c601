"""How a request becomes a person or a member: a session cookie, or an API key as a bearer."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from ninja.utils import check_csrf

from yutang.engines import ComposedOnce
from yutang.kit.clock import now
from yutang.kit.errors import DomainError
from yutang.workspaces._keys import member_of_key
from yutang.workspaces._members import Member, Person
from yutang.workspaces._permissions import ROLE_PERMISSIONS
from yutang.workspaces._scopes import scope_of
from yutang.workspaces._sessions import SESSION_COOKIE, SESSION_LASTS, session_of
from yutang.workspaces.models import Membership, Role, User

__all__ = [
    "CameFromElsewhere",
    "KeyNotAccepted",
    "NoSuchWorkspace",
    "NotSignedIn",
    "PasswordMustChange",
    "SignedIn",
    "WorkspaceMember",
    "address_of",
    "comes_from_us",
    "keep_session",
    "member_of_user",
]


class NotSignedIn(DomainError):
    """Nobody is signed in here, or no longer."""

    status = 401
    zh = "还没有登录，或登录已过期。请先登录。"
    en = "You are not signed in, or no longer. Sign in first."


class KeyNotAccepted(DomainError):
    """The bearer is not a key that is good now."""

    status = 401
    zh = "这个 API 密钥不存在、已过期或已停用。请换一个。"
    en = "This API key does not exist, has expired or was revoked. Use another."


class CameFromElsewhere(DomainError):
    """A write with a session, but without the page's CSRF token."""

    status = 403
    zh = "这个请求没有带上本站页面的 CSRF 标记。请刷新页面再操作；程序请改用 API 密钥。"
    en = (
        "This request lacks the CSRF token of a page of ours. Reload the page;"
        " programs use an API key instead."
    )


class PasswordMustChange(DomainError):
    """The password was given by somebody else."""

    status = 403
    zh = "当前密码是一次性的。请先设置自己的密码。"
    en = "Your password is a one-time password. Choose your own first."


class NoSuchWorkspace(DomainError):
    """Not there, or not one of yours."""

    status = 404
    zh = "没有这个工作区，或你不在其中。"
    en = "There is no such workspace, or you are not in it."


class SignedIn:
    """Lets in whoever is signed in, as a `Person`."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = SESSION_COOKIE
    openapi_security_schema = {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE}

    def __call__(self, request: HttpRequest) -> Person:
        """Return the person.

        :raises NotSignedIn, CameFromElsewhere:
        """
        token = request.COOKIES.get(SESSION_COOKIE)
        session = session_of(token, now=now()) if token else None
        if session is None:
            raise NotSignedIn
        if check_csrf(request):
            raise CameFromElsewhere
        return Person(session.user, session)


class WorkspaceMember:
    """Lets in a member of a workspace: with a session, or with a key as `Authorization: Bearer`."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __init__(self) -> None:
        self._signed_in = SignedIn()

    def __call__(self, request: HttpRequest) -> Member:
        """Return the member; asked twice about one request, it answers from memory.

        :raises NotSignedIn, KeyNotAccepted, CameFromElsewhere, PasswordMustChange, NoSuchWorkspace:
        """
        known: Member | None = getattr(request, "yutang_member", None)
        if known is None:
            known = self._member(request)
            request.yutang_member = known  # type: ignore[attr-defined]
        return known

    def _member(self, request: HttpRequest) -> Member:
        named = request.headers.get("X-Workspace", "").strip()
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            member = member_of_key(bearer.strip(), now=now())
            if member is None:
                raise KeyNotAccepted
            if named and named != str(member.workspace.pk):
                raise NoSuchWorkspace
            return member
        person = self._signed_in(request)
        if person.user.must_change_password:
            raise PasswordMustChange
        return member_of_user(person.user, named)


_MEMBERSHIP = ComposedOnce(
    lambda user, workspace: Membership.objects.select_related("workspace").filter(
        user=user, workspace=workspace, is_active=True
    )
)


def member_of_user(user: User, named: str = "") -> Member:
    """Return the user as a member of the workspace of this id; without one, of the last she used.

    :raises NoSuchWorkspace:
    """
    if named:
        number = int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0
        membership = _MEMBERSHIP.first(user.pk, number)
    else:
        mine = Membership.objects.select_related("workspace").filter(user=user, is_active=True)
        membership = (
            mine.filter(workspace=user.last_workspace_id).first() or mine.order_by("pk").first()
        )
    if membership is None:
        raise NoSuchWorkspace
    role = Role(membership.role)
    return Member(
        workspace=membership.workspace,
        role=role,
        permissions=ROLE_PERMISSIONS[role],
        scope=scope_of(membership),
        user=user,
    )


def keep_session(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Have the browser keep its session, and give it a new CSRF token."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        secure=settings.YUTANG_SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )
    rotate_token(request)


def comes_from_us(request: HttpRequest) -> bool:
    """Return whether the page that sent this (its `Origin`) is one of ours."""
    origin = request.headers.get("Origin", "")
    scheme = "https" if request.is_secure() else "http"
    return origin in {f"{scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def address_of(request: HttpRequest) -> str:
    """Return where the request comes from, past as many proxies as stand before us.

    Each proxy appends the address it heard from to X-Forwarded-For; what stands further left was
    written by whoever wanted to.
    """
    heard = request.META.get("REMOTE_ADDR", "")
    proxies = settings.YUTANG_PROXIES
    forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    return forwarded[-proxies] if 0 < proxies <= len(forwarded) else heard
