"""Sites whose pages may send events, and the snippet to put into them."""

from typing import Annotated

from django.conf import settings
from ninja import Query, Router, Schema, Status
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.tracking import service as tracking
from yutang.tracking.models import Site
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["sites"])

Name = Annotated[str, Field(min_length=1, max_length=100, examples=["官网"])]
Origins = Annotated[
    list[Annotated[str, Field(max_length=200)]],
    Field(
        min_length=1,
        max_length=20,
        description="Where its pages are: scheme and host; `*.` covers every subdomain.",
        examples=[["https://shop.example.com", "https://*.example.com"]],
    ),
]
TrustsPages = Annotated[
    bool,
    Field(
        description="Pages may say who their visitor is without a proof. Anybody can then send events"
        " in anybody's name."
    ),
]


class SiteIn(Schema):
    """A site to let in."""

    name: Name
    origins: Origins
    trusts_pages: TrustsPages = False


class SitePatch(Schema):
    """What to change of a site."""

    name: Name | None = None
    origins: Origins | None = None
    trusts_pages: TrustsPages | None = None
    is_active: bool | None = None
    new_secret: Annotated[
        bool, Field(description="Make a new secret; proofs by the old one end.")
    ] = False


class SiteOut(Schema):
    """A site, and the public key of its pages."""

    id: int
    name: str
    write_key: str
    origins: list[str]
    trusts_pages: bool
    is_active: bool


class SnippetOut(Schema):
    """What to put into the pages of a site."""

    html: Annotated[str, Field(description="Put it before </head>.")]
    secret: Annotated[
        str, Field(description="For your server only: proofs of identities are made with it.")
    ]


@router.get("/sites", summary="List sites", response={200: Page[SiteOut]})
@needs("settings.write")
def list_sites(request: MemberRequest, page: Query[PageIn]) -> PageOf[Site]:
    return page_of(tracking.sites_of(request.auth.workspace), page, order=("name", "id"))


@router.post(
    "/sites",
    summary="Let a site send events",
    response={201: SiteOut} | refusals(tracking.NotAnOrigin),
)
@needs("settings.write")
def add_site(request: MemberRequest, body: SiteIn) -> Status[Site]:
    return Status(
        201,
        tracking.add_site(
            request.auth,
            body.name,
            body.origins,
            trusts_pages=body.trusts_pages,
            now=clock.now(),
        ),
    )


@router.patch(
    "/sites/{site_id}",
    summary="Change a site",
    response={200: SiteOut} | refusals(tracking.SiteNotFound, tracking.NotAnOrigin),
)
@needs("settings.write")
def change_site(request: MemberRequest, site_id: int, body: SitePatch) -> Site:
    return tracking.change_site(
        request.auth, site_id, now=clock.now(), **body.model_dump(exclude_unset=True)
    )


@router.get(
    "/sites/{site_id}/snippet",
    summary="Show what to put into a site's pages",
    response={200: SnippetOut} | refusals(tracking.SiteNotFound),
)
@needs("settings.write")
def show_snippet(request: MemberRequest, site_id: int) -> dict[str, str]:
    site = tracking.site_of(request.auth.workspace, site_id)
    return {
        "html": tracking.snippet_html(site, settings.YUTANG_PUBLIC_URL),
        "secret": tracking.site_secret(site),
    }
