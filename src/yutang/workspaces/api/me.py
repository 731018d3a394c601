"""Who I am, where I work, what I may do there; my password, my browsers, my second factor."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from django.middleware.csrf import get_token
from ninja import Query, Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import MembershipOut, Name, Password, WorkspaceOut
from yutang.workspaces.models import Role, ScopeKind, SignInSession, User
from yutang.workspaces.service import PersonRequest, SignedIn, personal

__all__ = ["router"]

router = Router(tags=["me"], auth=SignedIn())


class UserOut(Schema):
    """A person who signs in."""

    id: int
    email: str
    name: str
    language: Literal["zh", "en"]
    must_change_password: bool
    has_second_factor: bool

    @staticmethod
    def resolve_has_second_factor(user: User) -> bool:
        return user.totp_confirmed_at is not None


class ScopeOut(Schema):
    """Whose customers I see."""

    kind: ScopeKind
    staff_count: Annotated[int, Field(description="How many staff's customers; 0 with kind all.")]
    store_count: int


class CurrentOut(Schema):
    """The workspace that X-Workspace names, or the last used, and what I may do in it."""

    workspace: WorkspaceOut
    role: Role
    permissions: list[str]
    scope: ScopeOut


class MeOut(Schema):
    """Who I am, where I work, what I may do."""

    user: UserOut
    memberships: list[MembershipOut]
    current: Annotated[
        CurrentOut | None, Field(description="Null while I am a member of no workspace.")
    ]
    csrf_token: Annotated[str, Field(description="For the header X-CSRFToken of writes.")]


class MePatch(Schema):
    """What I may change of myself."""

    name: Name | None = None
    language: Literal["zh", "en"] | None = None


class PasswordIn(Schema):
    """A new password, and the present one."""

    current: Password
    new: Annotated[Password, Field(description="At least 10 characters, not one many people use.")]


class ConfirmIn(Schema):
    """My password, to show that it is still me."""

    password: Password


class CodeIn(Schema):
    """Six digits of the authenticator."""

    code: Annotated[str, Field(max_length=40, examples=["123456"])]


class EnrolmentOut(Schema):
    """What an authenticator app needs."""

    secret: Annotated[str, Field(description="To type where nothing can be scanned.")]
    uri: str
    qr_svg: Annotated[str, Field(description="The URI as a QR code: a data: address of an SVG.")]


class RecoveryCodesOut(Schema):
    """Codes that open the account once each when the telephone is lost; shown this once."""

    codes: list[str]


class SessionOut(Schema):
    """A browser that is signed in."""

    id: int
    address: str
    browser: str
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


class EndedOut(Schema):
    """How many browsers were signed out."""

    ended: int


@router.get("", summary="Show me", response={200: MeOut} | refusals(workspaces.NotSignedIn))
@personal
def show_me(request: PersonRequest) -> dict[str, object]:
    """Also sets the CSRF cookie, so that a page that was left open can write again."""
    user = request.auth.user
    return {
        "user": user,
        "memberships": list(workspaces.my_memberships(user)),
        "current": _current(request),
        "csrf_token": get_token(request),
    }


def _current(request: PersonRequest) -> dict[str, object] | None:
    try:
        member = workspaces.member_of_user(
            request.auth.user, request.headers.get("X-Workspace", "").strip()
        )
    except workspaces.NoSuchWorkspace:
        return None
    return {
        "workspace": member.workspace,
        "role": member.role,
        "permissions": sorted(member.permissions),
        "scope": {
            "kind": member.scope.kind,
            "staff_count": len(member.scope.staff_ids),
            "store_count": len(member.scope.store_ids),
        },
    }


@router.patch("", summary="Change me", response={200: UserOut})
@personal
def change_me(request: PersonRequest, body: MePatch) -> User:
    return workspaces.update_me(request.auth.user, name=body.name, language=body.language)


@router.post(
    "/password",
    summary="Change my password",
    response={204: None}
    | refusals(
        workspaces.PasswordNotCurrent, workspaces.PasswordTooWeak, workspaces.TooManyAttempts
    ),
)
@personal
def change_my_password(request: PersonRequest, body: PasswordIn) -> None:
    """Signs every other browser out."""
    workspaces.change_my_password(
        request.auth.user, request.auth.session, current=body.current, new=body.new, now=now()
    )


@router.get("/sessions", summary="List my sessions", response={200: Page[SessionOut]})
@personal
def list_my_sessions(request: PersonRequest, page: Query[PageIn]) -> PageOf[SignInSession]:
    rows = workspaces.my_sessions(request.auth.user, now=now())

    def shape(row: SignInSession) -> SignInSession:
        row.is_current = row.pk == request.auth.session.pk  # type: ignore[attr-defined]
        return row

    return page_of(rows, page, order=("-last_seen_at", "-id"), shape=shape)


@router.delete("/sessions", summary="End my other sessions", response={200: EndedOut})
@personal
def end_other_sessions(request: PersonRequest) -> EndedOut:
    user, session = request.auth.user, request.auth.session
    return EndedOut(ended=workspaces.end_other_sessions(user, session))


@router.delete(
    "/sessions/{session_id}",
    summary="End one of my sessions",
    response={204: None} | refusals(workspaces.NoSuchSession),
)
@personal
def end_my_session(request: PersonRequest, session_id: int) -> None:
    workspaces.end_my_session(request.auth.user, session_id)


@router.post(
    "/second-factor",
    summary="Begin two-step verification",
    response={200: EnrolmentOut}
    | refusals(
        workspaces.SecondFactorAlreadyOn,
        workspaces.PasswordNotCurrent,
        workspaces.TooManyAttempts,
    ),
)
@personal
def begin_second_factor(
    request: PersonRequest, response: HttpResponse, body: ConfirmIn
) -> workspaces.Enrolment:
    """Nothing is asked for at sign-in until the first code was confirmed."""
    response["Cache-Control"] = "no-store"
    return workspaces.begin_second_factor(request.auth.user, password=body.password, now=now())


@router.post(
    "/second-factor/confirm",
    summary="Turn two-step verification on",
    response={200: RecoveryCodesOut}
    | refusals(
        workspaces.SecondFactorAlreadyOn,
        workspaces.SecondFactorNotBegun,
        workspaces.CodeNotRight,
    ),
)
@personal
def confirm_second_factor(
    request: PersonRequest, response: HttpResponse, body: CodeIn
) -> RecoveryCodesOut:
    response["Cache-Control"] = "no-store"
    codes = workspaces.confirm_second_factor(
        request.auth.user, request.auth.session, code=body.code, now=now()
    )
    return RecoveryCodesOut(codes=codes)


@router.post(
    "/second-factor/turn-off",
    summary="Turn two-step verification off",
    response={204: None} | refusals(workspaces.PasswordNotCurrent, workspaces.TooManyAttempts),
)
@personal
def turn_off_second_factor(request: PersonRequest, body: ConfirmIn) -> None:
    workspaces.turn_off_second_factor(request.auth.user, password=body.password, now=now())
