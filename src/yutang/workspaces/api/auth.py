"""Signing in and out."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.workspaces import service as workspaces
from yutang.workspaces.api.shapes import Email, Password
from yutang.workspaces.service import PersonRequest, SignedIn, personal, public

__all__ = ["router"]

router = Router(tags=["auth"])


class SignInIn(Schema):
    """What opens an account."""

    email: Annotated[Email, Field(examples=["ahua@example.com"])]
    password: Password
    code: Annotated[
        str,
        Field(
            description="Six digits of the authenticator, or a recovery code, where the account asks.",
            max_length=40,
            examples=["123456"],
        ),
    ] = ""


class SignedInOut(Schema):
    """Who is signed in now."""

    user_id: int
    must_change_password: Annotated[
        bool,
        Field(description="The password was handed out: choose your own before anything else."),
    ]


@router.post(
    "/sign-in",
    summary="Sign in",
    auth=None,
    response={200: SignedInOut}
    | refusals(
        workspaces.WrongPassword,
        workspaces.SecondFactorNeeded,
        workspaces.SecondFactorNotRight,
        workspaces.TooManyAttempts,
        workspaces.CameFromElsewhere,
    ),
)
@public("nobody is signed in before signing in")
def sign_in(request: HttpRequest, response: HttpResponse, body: SignInIn) -> SignedInOut:
    """Sets the session cookie and a new CSRF cookie, `yutang_csrf`, for the header `X-CSRFToken`.

    Pages of other sites cannot sign anybody in: a request with an `Origin` must come from ours.
    """
    if "Origin" in request.headers and not workspaces.comes_from_us(request):
        raise workspaces.CameFromElsewhere
    signed_in = workspaces.sign_in(
        body.email,
        body.password,
        code=body.code,
        address=workspaces.address_of(request),
        browser=request.headers.get("User-Agent", ""),
        now=now(),
    )
    workspaces.keep_session(request, response, signed_in.token)
    user = signed_in.user
    return SignedInOut(user_id=user.pk, must_change_password=user.must_change_password)


@router.post("/sign-out", summary="Sign out", auth=SignedIn(), response={204: None})
@personal
def sign_out(request: PersonRequest, response: HttpResponse) -> None:
    workspaces.sign_out(request.auth.session)
    response.delete_cookie(workspaces.SESSION_COOKIE, samesite="Lax")
