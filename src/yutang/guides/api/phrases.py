"""Phrases: kept in groups, searched, filled in for the person in front."""

from typing import Annotated, Any

from ninja import Query, Status
from pydantic import Field, StringConstraints

from yutang.customers import service as customers
from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import (
    FilledPhraseOut,
    Id,
    MaterialOfLibraryOut,
    PhraseGroupIn,
    PhraseGroupOut,
    PhraseGroupPatch,
    PhraseIn,
    PhraseLabelOut,
    PhraseMediaOut,
    PhraseOut,
    PhrasePut,
)
from yutang.guides.models import Phrase, PhraseGroup, PhraseKind
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.files import MediaBroken, MediaTooLarge
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.reach.service import FileNotFetched, MessageNotSound
from yutang.wecom import service as wecom
from yutang.workspaces.service import MemberRequest, NeedsAPerson, NotAllowed, needs

_ORDER = ("-sent", "-id")
_COLUMNS = (
    "id",
    "group_id",
    "kind",
    "title",
    "url",
    "picture",
    "app_id",
    "labels",
    "sent",
    "taken",
)
_UNSOUND = (MessageNotSound, guides.SaysSensitiveWord)


class PhraseSearchIn(PageIn):
    """Which phrases."""

    q: Annotated[
        str,
        StringConstraints(max_length=100, pattern=r"^[^\x00]*$"),
        Field(description="Part of a title or text, a label, or the pinyin of a title."),
    ] = ""
    group_id: Id | None = None
    kind: Annotated[list[PhraseKind], Field(max_length=10, description="One of these kinds.")] = []
    label: Annotated[str, StringConstraints(max_length=30, pattern=r"^[^\x00]*$")] = ""

    def narrowing(self) -> dict[str, Any]:
        """Return what a service takes."""
        return {"q": self.q, "group_id": self.group_id, "kinds": self.kind, "label": self.label}


@router.get(
    "/phrase-groups",
    summary="List groups of phrases",
    response={200: Page[PhraseGroupOut]} | refusals(CursorUnknown),
)
@needs("customers.read")
def list_phrase_groups(request: MemberRequest, page: Query[PageIn]) -> PageOf[Any]:
    return page_of(guides.phrase_groups(request.auth), page, order=("name", "id"), shape=_group)


@router.post(
    "/phrase-groups",
    summary="Make a group of phrases",
    response={201: PhraseGroupOut}
    | refusals(guides.PhraseGroupNameTaken, NotAllowed, NeedsAPerson),
)
@needs("customers.write")
def create_phrase_group(request: MemberRequest, body: PhraseGroupIn) -> Status[dict[str, Any]]:
    made = guides.create_phrase_group(
        request.auth, name=body.name, is_shared=body.is_shared, now=now()
    )
    return Status(201, _group(made))


@router.patch(
    "/phrase-groups/{int:group_id}",
    summary="Rename a group of phrases",
    response={200: PhraseGroupOut}
    | refusals(guides.NoSuchPhraseGroup, guides.PhraseGroupNameTaken, NotAllowed),
)
@needs("customers.write")
def change_phrase_group(
    request: MemberRequest, group_id: Id, body: PhraseGroupPatch
) -> dict[str, Any]:
    return _group(guides.rename_phrase_group(request.auth, group_id, name=body.name, now=now()))


@router.delete(
    "/phrase-groups/{int:group_id}",
    summary="Delete a group of phrases",
    description="With its phrases.",
    response={204: None} | refusals(guides.NoSuchPhraseGroup, NotAllowed),
)
@needs("customers.write")
def delete_phrase_group(request: MemberRequest, group_id: Id) -> Status[None]:
    guides.delete_phrase_group(request.auth, group_id, now=now())
    return Status(204, None)


@router.get(
    "/phrases",
    summary="List phrases as they are written",
    description="Those that are used most come first.",
    response={200: Page[MaterialOfLibraryOut]} | refusals(CursorUnknown),
)
@needs("customers.read")
def list_phrases(request: MemberRequest, page: Query[PhraseSearchIn]) -> PageOf[Any]:
    rows = guides.phrases_of(request.auth, **page.narrowing())
    return page_of(rows, page, order=_ORDER, shape=lambda each: _in_library(request, each))


@router.get(
    "/phrase-labels",
    summary="List the labels of phrases",
    description="The most used first; all at once, as there are few.",
    response={200: list[PhraseLabelOut]},
)
@needs("customers.read")
def list_phrase_labels(request: MemberRequest) -> list[dict[str, Any]]:
    return [{"label": label, "count": n} for label, n in guides.labels_of(request.auth)]


@router.post(
    "/phrases",
    summary="Write a phrase",
    response={201: PhraseOut} | refusals(guides.NoSuchPhraseGroup, NotAllowed, *_UNSOUND),
)
@needs("customers.write")
def create_phrase(request: MemberRequest, body: PhraseIn) -> Status[Phrase]:
    fields = body.dict(exclude={"group_id"})
    return Status(201, guides.create_phrase(request.auth, body.group_id, fields, now=now()))


@router.put(
    "/phrases/{int:phrase_id}",
    summary="Write a phrase anew",
    response={200: PhraseOut}
    | refusals(guides.NoSuchPhrase, guides.NoSuchPhraseGroup, NotAllowed, *_UNSOUND),
)
@needs("customers.write")
def change_phrase(request: MemberRequest, phrase_id: Id, body: PhrasePut) -> Phrase:
    fields = body.dict(exclude={"group_id"})
    return guides.change_phrase(request.auth, phrase_id, fields, group_id=body.group_id, now=now())


@router.delete(
    "/phrases/{int:phrase_id}",
    summary="Delete a phrase",
    response={204: None} | refusals(guides.NoSuchPhrase, NotAllowed),
)
@needs("customers.write")
def delete_phrase(request: MemberRequest, phrase_id: Id) -> Status[None]:
    guides.delete_phrase(request.auth, phrase_id, now=now())
    return Status(204, None)


@router.post(
    "/phrases/{int:phrase_id}/sent",
    summary="Count that a phrase was sent",
    response={204: None} | refusals(guides.NoSuchPhrase),
)
@needs("customers.read")
def phrase_sent(request: MemberRequest, phrase_id: Id) -> Status[None]:
    guides.count_sent(request.auth, phrase_id)
    return Status(204, None)


@router.post(
    "/phrases/{int:phrase_id}/taken",
    summary="Count that a phrase was put into a message",
    response={204: None} | refusals(guides.NoSuchPhrase),
)
@needs("customers.read")
def phrase_taken(request: MemberRequest, phrase_id: Id) -> Status[None]:
    guides.count_taken(request.auth, phrase_id)
    return Status(204, None)


@router.post(
    "/phrases/{int:phrase_id}/media",
    summary="Hand a phrase’s file to WeCom",
    description="So that the client can send it into a chat; the id lives for days.",
    response={200: PhraseMediaOut}
    | refusals(
        guides.NoSuchPhrase,
        wecom.NoSuchCorp,
        FileNotFetched,
        MediaBroken,
        MediaTooLarge,
        wecom.PlatformRefused,
        wecom.NoAnswer,
        wecom.Throttled,
        wecom.CorpPaused,
    ),
)
@needs("customers.read")
def phrase_media(request: MemberRequest, phrase_id: Id) -> dict[str, str]:
    return {"media_id": guides.media_of_phrase(request.auth, phrase_id, now=now())}


@router.get(
    "/people/{int:customer_id}/phrases",
    summary="List phrases as they read for a customer",
    response={200: Page[FilledPhraseOut]} | refusals(customers.NotFound, CursorUnknown),
)
@needs("customers.read")
def list_filled_phrases(
    request: MemberRequest, customer_id: Id, page: Query[PhraseSearchIn]
) -> PageOf[dict[str, Any]]:
    rows = guides.phrases_of(request.auth, **page.narrowing())
    found = page_of(rows, page, order=_ORDER)
    filled = guides.filled_phrases(request.auth, customer_id, found.items, now=now())
    return PageOf([_filled(each) for each in filled], found.next)


def _group(group: PhraseGroup) -> dict[str, Any]:
    return {"id": group.pk, "name": group.name, "is_shared": group.owner_id is None}


def _in_library(request: MemberRequest, phrase: Phrase) -> dict[str, Any]:
    columns = (*_COLUMNS, "text", "description", "changed_at")
    return {
        **{name: getattr(phrase, name) for name in columns},
        "group_name": phrase.group.name,
        "is_shared": phrase.group.owner_id is None,
        "may_write": guides.may_write(request.auth, phrase.group),
    }


def _filled(each: guides.FilledPhrase) -> dict[str, Any]:
    phrase = each.phrase
    return {
        **{name: getattr(phrase, name) for name in _COLUMNS},
        "text": each.text,
        "description": each.description,
        "missing": each.missing.said() if each.missing else "",
    }
