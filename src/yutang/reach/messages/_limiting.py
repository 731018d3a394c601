"""What channels carry as a brand sees it: figure by figure, with what it changed, by whom and from which day on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yutang.kit import clock
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.reach.messages._limits import Limits, limits_of
from yutang.reach.messages._parts import PARTS
from yutang.reach.models import MessageLimit
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["MessageFigure", "NoSuchFigure", "change_message_limit", "message_limits"]

_UNITS = {"bytes": Text("个字节", "bytes"), "characters": Text("个字", "characters")}
_CHANNELS = {
    "wecom": Text("私聊消息", "a private message"),
    "group": Text("群消息", "a message to a group"),
    "moments": Text("朋友圈", "a Moments post"),
}


class NoSuchFigure(DomainError):
    """No channel has such a figure."""

    status = 404
    zh = "没有这条平台限制。"
    en = "There is no such limit of a platform."


@dataclass(frozen=True)
class MessageFigure:
    """How long something may be, or how many; `change` is what the brand made of it, if anything."""

    name: str
    label: Text
    default: int
    since: date
    document: str  # the address of the page that says so
    change: MessageLimit | None = None


def message_limits(workspace: Workspace, on: date, channels: Sequence[str]) -> list[MessageFigure]:
    """Return the figures these channels have on a day."""
    changes = {each.name: each for each in MessageLimit.objects.within(workspace)}
    return [
        MessageFigure(name, label, default, limits.since, limits.document, changes.get(name))
        for limits in (limits_of(channel, on=on) for channel in channels)
        for name, label, default in _figures(limits)
    ]


def change_message_limit(
    member: Member, name: str, change: tuple[int, date, int | None] | None, *, now: datetime
) -> None:
    """Let another number hold: (number, from which day on, what until then); None: the default again.

    :raises NoSuchFigure:
    """
    known = {
        each
        for each, _, _ in _figures(limits_of(name.partition(".")[0], on=clock.platform_day(now)))
    }
    if name not in known:
        raise NoSuchFigure
    rows = MessageLimit.objects.within(member.workspace).filter(name=name)
    if change is None:
        rows.delete()
        return
    value, since, before = change
    told = {"value": value, "since": since, "before": before}
    MessageLimit.objects.update_or_create(
        workspace=member.workspace,
        name=name,
        defaults=told | {"made_by": member.actor, "made_at": now},
    )


def _figures(limits: Limits) -> Iterator[tuple[str, Text, int]]:
    channel = _CHANNELS.get(limits.channel)
    if channel is None:
        return
    at = limits.channel
    if limits.attachments is not None:
        zh, en = f"一条{channel.zh}最多几个附件", f"Attachments of {channel.en}"
        yield f"{at}.attachments", Text(zh, en), limits.attachments
    for kind, part in limits.parts.items():
        shape = PARTS[kind]
        for field, limit in part.fields.items():
            what, unit = shape.fields[field].label, _UNITS[limit.unit]
            zh = f"{channel.zh}的{shape.label.zh}，{what.zh}最多几{unit.zh}"
            en = f"{unit.en.capitalize()} of the {what.en} of a {shape.label.en} in {channel.en}"
            if what == shape.label:
                zh = f"{channel.zh}的{what.zh}最多几{unit.zh}"
                en = f"{unit.en.capitalize()} of the {what.en} of {channel.en}"
            yield f"{at}.{kind}.{field}", Text(zh, en), limit.most
        if part.file_bytes:
            zh = f"{channel.zh}的{shape.label.zh}，文件最多几个字节"
            en = f"Bytes of the file of a {shape.label.en} in {channel.en}"
            yield f"{at}.{kind}.file", Text(zh, en), part.file_bytes
