"""Messages: written, written anew, put away. Every saving makes a version; what is being sent stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from yutang.kit import clock
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.reach.messages._limits import limits_within
from yutang.reach.messages._parts import Part, read_parts
from yutang.reach.messages._words import strangers, words_of
from yutang.reach.models import Message, MessageState, MessageVersion
from yutang.reach.policy import CHANNELS, PURPOSES
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "MESSAGE_CHANNELS",
    "MESSAGE_PURPOSES",
    "MessageArchived",
    "MessageNameTaken",
    "MessageNotFound",
    "MessageNotSound",
    "MessageVersionNotFound",
    "archive_message",
    "check_plain",
    "create_message",
    "find_message",
    "find_version",
    "list_messages",
    "name_authors",
    "newest_version",
    "read_for",
    "rename_message",
    "restore_message",
    "restore_version",
    "save_version",
    "versions_of",
]

MESSAGE_CHANNELS = CHANNELS
MESSAGE_PURPOSES = PURPOSES


class MessageNotFound(DomainError):
    """There is no such message in this workspace, or it is archived."""

    status = 404
    zh = "没有这条消息，或者它已归档。"
    en = "There is no such message, or it is archived."


class MessageVersionNotFound(DomainError):
    status = 404
    zh = "消息“{message}”没有第 {number} 版。"
    en = "The message “{message}” has no version {number}."


class MessageNameTaken(DomainError):
    zh = "已经有一条叫“{name}”的消息。请换一个名称，或直接改那一条。"
    en = "There already is a message “{name}”. Choose another name, or change that one."


class MessageArchived(DomainError):
    zh = "消息“{message}”已归档。先恢复，再修改或发送。"
    en = "The message “{message}” is archived. Restore it before you change or send it."


class MessageNotSound(DomainError):
    """Parts that cannot be sent like this; `errors` says which, and why."""

    status = 422
    zh = "消息还有 {count} 处要改，见各处提示。"
    en = "{count} things in the message need mending; see each of them."


def list_messages(
    workspace: Workspace, *, archived: bool = False, channel: str = "", q: str = ""
) -> QuerySet[Message]:
    """Return messages in use (or archived ones), with `review` and `parts` of the newest version."""
    rows = Message.objects.within(workspace)
    rows = rows.filter(state=MessageState.ARCHIVED if archived else MessageState.IN_USE)
    if channel:
        rows = rows.filter(channel=channel)
    if q:
        rows = rows.filter(name__icontains=q)
    return _with_newest(rows)


def find_message(workspace: Workspace, message_id: int) -> Message:
    """Return one message, with `review` and `parts` of its newest version.

    :raises MessageNotFound:
    """
    found = _with_newest(Message.objects.within(workspace)).filter(pk=message_id).first()
    if found is None:
        raise MessageNotFound
    return found


def versions_of(workspace: Workspace, message_id: int) -> QuerySet[MessageVersion]:
    """Return all versions of a message.

    :raises MessageNotFound:
    """
    message = find_message(workspace, message_id)
    return MessageVersion.objects.within(workspace).filter(message=message)


def find_version(workspace: Workspace, message_id: int, number: int) -> MessageVersion:
    """Return one version of a message.

    :raises MessageNotFound, MessageVersionNotFound:
    """
    message = find_message(workspace, message_id)
    rows = MessageVersion.objects.within(workspace).filter(message=message, number=number)
    found = rows.select_related("message").first()
    if found is None:
        raise MessageVersionNotFound(message=message.name, number=number)
    return found


def newest_version(workspace: Workspace, message_id: int) -> MessageVersion:
    """Return what a message says today, for something that is to be sent.

    :raises MessageNotFound, MessageArchived:
    """
    message = find_message(workspace, message_id)
    if message.state == MessageState.ARCHIVED:
        raise MessageArchived(message=message.name)
    return find_version(workspace, message_id, message.version)


@transaction.atomic
def create_message(
    member: Member,
    *,
    name: str,
    channel: str,
    purpose: str,
    parts: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Message:
    """Write a message; what it says is its first version.

    :raises MessageNotSound, MessageNameTaken:
    """
    read = read_for(member.workspace, channel, parts, now=now)
    message = Message(
        workspace=member.workspace,
        name=name.strip(),
        channel=channel,
        purpose=purpose,
        owner=member.user,
        created_at=now,
        changed_at=now,
    )
    _save(message)
    _write(member, message, parts, read, now)
    _audit(member, "reach.message_created", message, now, {"version": 1})
    return find_message(member.workspace, message.pk)


@transaction.atomic
def save_version(
    member: Member, message_id: int, *, parts: Sequence[Mapping[str, Any]], now: datetime
) -> MessageVersion:
    """Let a message say something else from now on. Saying the same again makes no version.

    :raises MessageNotFound, MessageArchived, MessageNotSound:
    """
    message = _locked(member.workspace, message_id)
    if message.state == MessageState.ARCHIVED:
        raise MessageArchived(message=message.name)
    read = read_for(member.workspace, message.channel, parts, now=now)
    newest = find_version(member.workspace, message_id, message.version)
    if newest.parts == list(parts):
        return newest
    message.version += 1
    message.changed_at = now
    message.save(update_fields=["version", "changed_at"])
    version = _write(member, message, parts, read, now)
    _audit(member, "reach.message_saved", message, now, {"version": version.number})
    return version


def restore_version(
    member: Member, message_id: int, number: int, *, now: datetime
) -> MessageVersion:
    """Let a message say again what it said; as its next version, which is reviewed anew.

    :raises MessageNotFound, MessageVersionNotFound, MessageArchived, MessageNotSound:
    """
    before = find_version(member.workspace, message_id, number)
    return save_version(member, message_id, parts=before.parts, now=now)


@transaction.atomic
def rename_message(
    member: Member, message_id: int, *, name: str = "", purpose: str = "", now: datetime
) -> Message:
    """Call a message something else, or let it serve another purpose from now on.

    :raises MessageNotFound, MessageNameTaken:
    """
    message = _locked(member.workspace, message_id)
    before = {"name": message.name, "purpose": message.purpose}
    message.name = name.strip() or message.name
    message.purpose = purpose or message.purpose
    after = {"name": message.name, "purpose": message.purpose}
    if after != before:
        message.changed_at = now
        _save(message)
        _audit(member, "reach.message_changed", message, now, {"before": before, "after": after})
    return find_message(member.workspace, message_id)


@transaction.atomic
def archive_message(member: Member, message_id: int, *, now: datetime) -> Message:
    """Put a message away. What is being sent goes on; nothing new takes it up.

    :raises MessageNotFound:
    """
    return _set_state(member, message_id, MessageState.ARCHIVED, "reach.message_archived", now)


_PERSONAL = Text(
    "这里对所有人内容相同，不能用变量", "this is the same for everybody and can hold no variables"
)


@transaction.atomic
def restore_message(member: Member, message_id: int, *, now: datetime) -> Message:
    """Take an archived message back into use.

    :raises MessageNotFound:
    """
    return _set_state(member, message_id, MessageState.IN_USE, "reach.message_restored", now)


def read_for(
    workspace: Workspace, channel: str, parts: Sequence[Mapping[str, Any]], *, now: datetime
) -> list[Part]:
    """Return the parts, read, for a channel as it is today.

    :raises MessageNotSound: anything is wrong with them; variables that do not exist among it
    """
    limits = limits_within(workspace, channel, on=clock.platform_day(now))
    read, problems = read_parts(parts, limits)
    problems += strangers(read, words_of(workspace))
    if problems:
        raise MessageNotSound(count=len(problems), errors=_in_order(problems))
    return read


def check_plain(
    workspace: Workspace, channel: str, parts: Sequence[Mapping[str, Any]], *, now: datetime
) -> None:
    """Look whether parts are sound for a channel, and the same for everybody.

    :raises MessageNotSound: they are not, or something in them differs by person
    """
    read = read_for(workspace, channel, parts, now=now)
    personal = [
        FieldProblem(field=f"parts.{each.place}.{name}", message=_PERSONAL.said())
        for each in read
        for name, template in each.templates.items()
        if template.names
    ]
    if personal:
        raise MessageNotSound(count=len(personal), errors=personal)


def _in_order(problems: list[FieldProblem]) -> list[FieldProblem]:
    return sorted(problems, key=lambda each: [part.zfill(4) for part in each.field.split(".")])


def _write(
    member: Member,
    message: Message,
    parts: Sequence[Mapping[str, Any]],
    read: Sequence[Part],
    now: datetime,
) -> MessageVersion:
    names = {name for each in read for one in each.templates.values() for name in one.names}
    return MessageVersion.objects.create(
        workspace=member.workspace,
        message=message,
        number=message.version,
        parts=list(parts),
        variables=sorted(names),
        author=member.actor,
        created_at=now,
    )


def name_authors(versions: Sequence[MessageVersion]) -> None:
    """Tell of each version who wrote and who reviewed it, by name, if they are users."""
    actors = {each.author for each in versions} | {
        each.approved_by or each.rejected_by for each in versions
    }
    names = workspaces.actor_names(actors)
    for each in versions:
        each.author_name = names.get(each.author)  # type: ignore[attr-defined]
        each.reviewer_name = names.get(each.approved_by or each.rejected_by)  # type: ignore[attr-defined]


def _with_newest(rows: QuerySet[Message]) -> QuerySet[Message]:
    newest = MessageVersion.objects.filter(message=OuterRef("pk"), number=OuterRef("version"))
    return rows.select_related("owner").annotate(
        review=Subquery(newest.values("review")[:1]), parts=Subquery(newest.values("parts")[:1])
    )


def _locked(workspace: Workspace, message_id: int) -> Message:
    found = Message.objects.within(workspace).select_for_update().filter(pk=message_id).first()
    if found is None:
        raise MessageNotFound
    return found


def _set_state(
    member: Member, message_id: int, state: MessageState, action: str, now: datetime
) -> Message:
    message = _locked(member.workspace, message_id)
    if message.state != state:
        message.state = state
        message.changed_at = now
        message.save(update_fields=["state", "changed_at"])
        _audit(member, action, message, now, {})
    return find_message(member.workspace, message_id)


def _save(message: Message) -> None:
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        raise MessageNameTaken(name=message.name) from None


def _audit(
    member: Member, action: str, message: Message, now: datetime, detail: Mapping[str, object]
) -> None:
    workspaces.record_audit(
        member.workspace,
        member.actor,
        action,
        f"message:{message.pk}",
        detail={"name": message.name, **detail},
        now=now,
    )
