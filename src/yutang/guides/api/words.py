"""Sensitive words, and where they were said."""

from ninja import Query, Status

from yutang.guides import service as guides
from yutang.guides.api.router import router
from yutang.guides.api.shapes import HeardOut, Id, WordIn, WordOut
from yutang.guides.models import SensitiveWord, Severity
from yutang.kit.clock import now
from yutang.kit.errors import refusals
from yutang.kit.pages import CursorUnknown, Page, PageIn, PageOf, page_of
from yutang.workspaces.service import MemberRequest, needs


@router.get(
    "/words",
    summary="List sensitive words",
    response={200: Page[WordOut]} | refusals(CursorUnknown),
)
@needs("guides.read")
def list_words(request: MemberRequest, page: Query[PageIn]) -> PageOf[SensitiveWord]:
    return page_of(guides.words_not_to_say(request.auth.workspace), page, order=("word", "id"))


@router.post(
    "/words",
    summary="Make a word sensitive",
    response={201: WordOut} | refusals(guides.WordTaken),
)
@needs("guides.write")
def add_word(request: MemberRequest, body: WordIn) -> Status[SensitiveWord]:
    added = guides.add_word(
        request.auth,
        body.word,
        body.rule,
        severity=Severity[body.severity.upper()],
        speaker=body.speaker,
        now=now(),
    )
    return Status(201, added)


@router.delete(
    "/words/{int:word_id}",
    summary="Let a word be said again",
    response={204: None} | refusals(guides.NoSuchWord),
)
@needs("guides.write")
def remove_word(request: MemberRequest, word_id: Id) -> Status[None]:
    guides.remove_word(request.auth, word_id, now=now())
    return Status(204, None)


@router.get(
    "/words/heard",
    summary="List recorded messages of the last week that say sensitive words",
    response=Page[HeardOut],
)
@needs("guides.read")
def list_heard(request: MemberRequest) -> PageOf[guides.Heard]:
    return PageOf(guides.heard_words(request.auth, now=now()))
