"""Corps a workspace speaks to: set up, looked at, switched on. Secrets go in and never come back."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from ninja import Query, Schema
from pydantic import Field

from yutang.kit import clock
from yutang.kit.errors import refusals
from yutang.kit.i18n import Text
from yutang.kit.lines import one_line
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.wecom import service as wecom
from yutang.wecom.api.router import router
from yutang.workspaces.service import MemberRequest, needs

__all__: list[str] = []

CorpName = Annotated[
    str,
    one_line(100),
    Field(examples=["茶馆"]),
]
AgentId = Annotated[int, Field(description="AgentId of the app.", examples=[1000002])]
Entered = Annotated[str, Field(max_length=200)]
SecretEntered = Annotated[str, Field(max_length=200, description="Sealed, and never shown again.")]
Base = Annotated[
    str, Field(max_length=200, description="Where the platform is: one of `GET /wecom/bases`.")
]

ArchiveBase = Annotated[
    str,
    Field(
        max_length=200,
        description="Where its chat archive is read: one of `archives` of `GET /wecom/bases`; empty: not at all.",
    ),
]
ArchiveDays = Annotated[
    int, Field(ge=1, le=3650, description="Archived messages are kept so long.")
]


class CorpIn(Schema):
    """A corp to connect."""

    corp_id: Annotated[str, Field(max_length=64, examples=["ww0a1b2c3d4e5f6071"])]
    agent_id: AgentId
    secret: SecretEntered
    name: CorpName
    base: Base | None = None
    callback_token: SecretEntered = ""
    callback_key: SecretEntered = ""


class CorpPatch(Schema):
    """What to change; secrets that are left out or empty stay."""

    name: CorpName | None = None
    agent_id: AgentId | None = None
    base: Base | None = None
    state: wecom.CorpState | None = None
    secret: SecretEntered = ""
    callback_token: SecretEntered = ""
    callback_key: SecretEntered = ""
    archive_base: ArchiveBase | None = None
    archive_secret: SecretEntered = ""
    archive_days: ArchiveDays | None = None


class CorpOut(Schema):
    """A corp, but for its secrets."""

    id: int
    corp_id: str
    agent_id: int
    name: str
    base: str
    state: wecom.CorpState
    callback_url: Annotated[str, Field(description="To enter at “receive messages”.")]
    entrance_url: Annotated[
        str, Field(description="To enter as the app’s home and as the page of the chat’s sidebar.")
    ]
    trusted_domain: Annotated[str, Field(description="To enter for OAuth and the JS-SDK.")]
    has_callback_secrets: bool
    verified_at: Annotated[
        datetime | None, Field(description="When the platform last checked the address.")
    ]
    archive_base: str
    archive_days: int
    archive_read_at: datetime | None
    archive_trouble: Annotated[str, Field(description="Why it could not be read last; or nothing.")]
    has_archive_secret: bool
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def resolve_archive_trouble(corp: wecom.Corp) -> str:
        return Text(corp.archive_trouble_zh, corp.archive_trouble_en).said()

    @staticmethod
    def resolve_has_archive_secret(corp: wecom.Corp) -> bool:
        return bool(corp.archive_secret)

    @staticmethod
    def resolve_callback_url(corp: wecom.Corp) -> str:
        return wecom.callback_url(corp)

    @staticmethod
    def resolve_entrance_url(corp: wecom.Corp) -> str:
        return wecom.entrance_url(corp)

    @staticmethod
    def resolve_trusted_domain(corp: wecom.Corp) -> str:
        return urlsplit(wecom.entrance_url(corp)).hostname or ""

    @staticmethod
    def resolve_has_callback_secrets(corp: wecom.Corp) -> bool:
        return bool(corp.callback_token and corp.callback_key)


class FindingOut(Schema):
    """One thing that must be right, and how it is."""

    name: str
    state: wecom.State
    label: str
    said: Annotated[str, Field(description="What is so, and what to do.")]
    place: Annotated[str, Field(description="Where it is changed.")]


class DiagnosisOut(Schema):
    """The set-up, looked at from end to end."""

    findings: list[FindingOut]


class BasesOut(Schema):
    """Where corps may be."""

    bases: Annotated[list[str], Field(description="The first is the real platform.")]
    archives: Annotated[list[str], Field(description="Where chat archives may be read.")]


@router.get("/bases", summary="List where corps may be", response=BasesOut)
@needs("wecom.read")
def list_bases(request: MemberRequest) -> dict[str, list[str]]:
    return {"bases": list(wecom.allowed_bases()), "archives": list(wecom.allowed_archives())}


@router.get("/corps", summary="List connected corps", response=Page[CorpOut])
@needs("wecom.read")
def list_corps(request: MemberRequest, page: Query[PageIn]) -> PageOf[wecom.Corp]:
    return page_of(wecom.corps_of(request.auth.workspace), page, order=("id",))


@router.post(
    "/corps",
    summary="Connect a corp",
    response={201: CorpOut} | refusals(wecom.CorpNotAsExpected, wecom.CorpIdTaken),
)
@needs("wecom.write")
def add_corp(request: MemberRequest, body: CorpIn) -> wecom.Corp:
    given = body.model_dump(exclude_none=True)
    return wecom.add_corp(request.auth, now=clock.now(), **given)


@router.get(
    "/corps/{int:corp_id}",
    summary="Show a corp",
    response={200: CorpOut} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.read")
def show_corp(request: MemberRequest, corp_id: int) -> wecom.Corp:
    return wecom.corp_of(request.auth.workspace, corp_id)


@router.patch(
    "/corps/{int:corp_id}",
    summary="Change a corp, switch it on, pause it",
    response={200: CorpOut} | refusals(wecom.NoSuchCorp, wecom.CorpNotAsExpected),
)
@needs("wecom.write")
def change_corp(request: MemberRequest, corp_id: int, body: CorpPatch) -> wecom.Corp:
    given = body.model_dump(exclude_none=True)
    names = ("secret", "callback_token", "callback_key", "archive_secret")
    secrets: dict[Any, str] = {name: given.pop(name) for name in names}
    return wecom.change_corp(request.auth, corp_id, secrets=secrets, now=clock.now(), **given)


@router.delete(
    "/corps/{int:corp_id}",
    summary="Cut a connection",
    response={204: None} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.write")
def remove_corp(request: MemberRequest, corp_id: int) -> None:
    wecom.remove_corp(request.auth, corp_id, now=clock.now())


@router.post(
    "/corps/{int:corp_id}/diagnose",
    summary="Look at the set-up from end to end",
    response={200: DiagnosisOut} | refusals(wecom.NoSuchCorp),
)
@needs("wecom.write")
def diagnose(request: MemberRequest, corp_id: int) -> dict[str, object]:
    corp = wecom.corp_of(request.auth.workspace, corp_id)
    found = wecom.diagnose(corp, now=clock.now())
    return {
        "findings": [
            {
                "name": each.name,
                "state": each.state,
                "label": each.label.said(),
                "said": each.said.said(),
                "place": each.place.said(),
            }
            for each in found
        ]
    }
