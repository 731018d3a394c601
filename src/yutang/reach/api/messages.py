"""The API of messages, at `/api/v1/messages`: written, previewed, approved, put away."""

from ninja import Path, Query, Router, Status

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.kit.clock import now, platform_day
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.reach import messages
from yutang.reach.api.messages_shapes import (
    GapsOut,
    GapsQuery,
    MessageChannelOut,
    MessageIn,
    MessageKitOut,
    MessageOut,
    MessagePatch,
    MessagePreviewIn,
    MessagePreviewOut,
    MessageQuery,
    MessageVersionIn,
    MessageVersionOut,
    Number,
    PartFieldOut,
    PartKindOut,
    ReviewAskIn,
    ReviewRejectIn,
    named,
)
from yutang.reach.models import Message, MessageVersion
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["router"]

router = Router(tags=["messages"])


@router.get("", summary="List messages", response=Page[MessageOut])
@needs("reach.read")
def list_messages(
    request: MemberRequest, page: Query[PageIn], asked: Query[MessageQuery]
) -> PageOf[Message]:
    rows = messages.list_messages(
        request.auth.workspace, archived=asked.archived, channel=asked.channel or "", q=asked.q
    )
    return page_of(rows, page, order=("-changed_at", "-id"))


@router.get(
    "/kit",
    summary="Say what a message can be made of",
    description="The kinds of parts each channel carries with their limits today, and every variable.",
    response=MessageKitOut,
)
@needs("reach.read")
def message_kit(request: MemberRequest) -> dict[str, object]:
    today = platform_day(now())
    return {
        "channels": [
            _channel(messages.limits_within(request.auth.workspace, name, on=today), name)
            for name in messages.MESSAGE_CHANNELS
        ],
        "purposes": [named(name, label) for name, label in messages.MESSAGE_PURPOSES.items()],
        "words": list(messages.words_of(request.auth.workspace).values()),
        "filters": sorted(messages.FILTERS),
    }


@router.post(
    "",
    summary="Write a message",
    response={201: MessageOut} | refusals(messages.MessageNameTaken, messages.MessageNotSound),
)
@needs("reach.write")
def create_message(request: MemberRequest, body: MessageIn) -> Status[Message]:
    return Status(201, messages.create_message(request.auth, now=now(), **body.dict()))


@router.post(
    "/preview",
    summary="Read a message as somebody would",
    description="Saved or not, filled in for a real customer or with samples. What is personal is masked for whoever may not see it.",
    response={200: MessagePreviewOut} | refusals(messages.MessageNotSound, customers.NotFound),
)
@needs("reach.read")
def preview_message(request: MemberRequest, body: MessagePreviewIn) -> messages.MessagePreview:
    return messages.preview_message(request.auth, now=now(), **body.dict())


@router.get(
    "/{int:message_id}",
    summary="Read a message",
    response={200: MessageOut} | refusals(messages.MessageNotFound),
)
@needs("reach.read")
def read_message(request: MemberRequest, message_id: int) -> Message:
    return messages.find_message(request.auth.workspace, message_id)


@router.patch(
    "/{int:message_id}",
    summary="Change a message's name or purpose",
    response={200: MessageOut} | refusals(messages.MessageNotFound, messages.MessageNameTaken),
)
@needs("reach.write")
def change_message(request: MemberRequest, message_id: int, body: MessagePatch) -> Message:
    said = body.dict(exclude_none=True)
    return messages.rename_message(request.auth, message_id, now=now(), **said)


@router.post(
    "/{int:message_id}/archive",
    summary="Put a message away",
    description="What is being sent goes on; nothing new takes it up.",
    response={200: MessageOut} | refusals(messages.MessageNotFound),
)
@needs("reach.write")
def archive_message(request: MemberRequest, message_id: int) -> Message:
    return messages.archive_message(request.auth, message_id, now=now())


@router.post(
    "/{int:message_id}/restore",
    summary="Take an archived message back into use",
    response={200: MessageOut} | refusals(messages.MessageNotFound),
)
@needs("reach.write")
def restore_message(request: MemberRequest, message_id: int) -> Message:
    return messages.restore_message(request.auth, message_id, now=now())


@router.get(
    "/{int:message_id}/versions",
    summary="List the versions of a message",
    response={200: Page[MessageVersionOut]} | refusals(messages.MessageNotFound),
)
@needs("reach.read")
def list_versions(
    request: MemberRequest, message_id: int, page: Query[PageIn]
) -> PageOf[MessageVersion]:
    rows = messages.versions_of(request.auth.workspace, message_id)
    found = page_of(rows, page, order=("-number",))
    messages.name_authors(found.items)
    return found


@router.post(
    "/{int:message_id}/versions",
    summary="Let a message say something else",
    description="Makes the next version. What is being sent stays with the version it began with; saying the same again makes none.",
    response={200: MessageVersionOut}
    | refusals(messages.MessageNotFound, messages.MessageArchived, messages.MessageNotSound),
)
@needs("reach.write")
def save_version(request: MemberRequest, message_id: int, body: MessageVersionIn) -> MessageVersion:
    return messages.save_version(request.auth, message_id, parts=body.parts, now=now())


@router.get(
    "/{int:message_id}/versions/{int:number}",
    summary="Read one version of a message",
    response={200: MessageVersionOut}
    | refusals(messages.MessageNotFound, messages.MessageVersionNotFound),
)
@needs("reach.read")
def read_version(request: MemberRequest, message_id: int, number: Path[Number]) -> MessageVersion:
    return messages.find_version(request.auth.workspace, message_id, number)


@router.post(
    "/{int:message_id}/versions/{int:number}/restore",
    summary="Let a message say again what it said",
    description="Makes the next version of it; what it said since stays among the versions.",
    response={200: MessageVersionOut}
    | refusals(
        messages.MessageNotFound,
        messages.MessageVersionNotFound,
        messages.MessageArchived,
        messages.MessageNotSound,
    ),
)
@needs("reach.write")
def restore_version(
    request: MemberRequest, message_id: int, number: Path[Number]
) -> MessageVersion:
    return messages.restore_version(request.auth, message_id, number, now=now())


@router.get(
    "/{int:message_id}/versions/{int:number}/gaps",
    summary="Say for whom in an audience a message lacks words",
    description="Those who lack the same are told together: what stands in for it, or why they get nothing. Counts whom you may see.",
    response={200: GapsOut}
    | refusals(messages.MessageNotFound, messages.MessageVersionNotFound, audiences.NotFound),
)
@needs("reach.read")
def read_gaps(
    request: MemberRequest, message_id: int, number: Path[Number], asked: Query[GapsQuery]
) -> messages.Gaps:
    return messages.gaps_in_audience(request.auth, message_id, number, asked.audience_id, now=now())


@router.post(
    "/{int:message_id}/versions/{int:number}/ask",
    summary="Ask for a version to be approved",
    response={200: MessageVersionOut}
    | refusals(messages.MessageNotFound, messages.MessageVersionNotFound, messages.AlreadyReviewed),
)
@needs("reach.write")
def ask_for_review(
    request: MemberRequest, message_id: int, number: Path[Number], body: ReviewAskIn
) -> MessageVersion:
    return messages.ask_for_review(request.auth, message_id, number, note=body.note, now=now())


@router.post(
    "/{int:message_id}/versions/{int:number}/approve",
    summary="Approve a version",
    description="Nobody approves what she wrote.",
    response={200: MessageVersionOut}
    | refusals(
        messages.MessageNotFound,
        messages.MessageVersionNotFound,
        messages.NotAskedFor,
        messages.AlreadyReviewed,
        messages.OwnMessage,
    ),
)
@needs("reach.approve")
def approve_version(
    request: MemberRequest, message_id: int, number: Path[Number]
) -> MessageVersion:
    return messages.approve(request.auth, message_id, number, now=now())


@router.post(
    "/{int:message_id}/versions/{int:number}/reject",
    summary="Send a version back to its author",
    response={200: MessageVersionOut}
    | refusals(
        messages.MessageNotFound,
        messages.MessageVersionNotFound,
        messages.NotAskedFor,
        messages.AlreadyReviewed,
        messages.OwnMessage,
        messages.ReasonMissing,
    ),
)
@needs("reach.approve")
def reject_version(
    request: MemberRequest, message_id: int, number: Path[Number], body: ReviewRejectIn
) -> MessageVersion:
    return messages.reject(request.auth, message_id, number, reason=body.reason, now=now())


def _channel(limits: messages.Limits, name: str) -> MessageChannelOut:
    return MessageChannelOut(
        name=name,  # type: ignore[arg-type]
        label=messages.MESSAGE_CHANNELS[name].said(),
        source=limits.source,
        attachments=limits.attachments,
        parts=[_part(kind, limits) for kind in limits.parts],
    )


def _part(kind: str, limits: messages.Limits) -> PartKindOut:
    shape, limit = messages.PARTS[kind], limits.parts[kind]
    return PartKindOut(
        kind=kind,
        label=shape.label.said(),
        least=limit.least,
        most=limit.most,
        is_attachment=shape.is_attachment,
        fields=[
            PartFieldOut(
                name=name,
                label=field.label.said(),
                required=field.required,
                is_url=field.is_url,
                takes_variables=field.written,
                is_mapping=field.many,
                most=limit.fields[name].most if name in limit.fields else None,
                unit=limit.fields[name].unit if name in limit.fields else None,
            )
            for name, field in shape.fields.items()
        ],
    )
