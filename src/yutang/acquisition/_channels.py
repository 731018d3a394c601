"""Channels, and the ledger of what they cost."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from yutang.acquisition.models import ChannelCost, LiveCode, SourceChannel
from yutang.kit.errors import DomainError
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "ChannelInUse",
    "ChannelNameTaken",
    "CodeOfAnotherChannel",
    "NoSuchChannel",
    "NoSuchCost",
    "archive_channel",
    "channel_of",
    "channels_of",
    "costs_of",
    "create_channel",
    "enter_cost",
    "rename_channel",
    "spent_by_channel",
    "spent_by_code",
    "strike_cost",
]


class NoSuchChannel(DomainError):
    """There is no such channel, or it was put away."""

    status = 404
    zh = "没有这个渠道，或已停用。"
    en = "There is no such channel, or it was put away."


class ChannelNameTaken(DomainError):
    """Another channel has the name."""

    zh = "已经有一个渠道叫“{name}”，请换个名字。"
    en = "There is a channel “{name}” already. Choose another name."


class ChannelInUse(DomainError):
    """Codes stand in it."""

    zh = "渠道“{name}”还有 {count} 个活码在用。请先给它们换个渠道，或停用它们。"
    en = "{count} live codes stand in “{name}”. Move or end them first."


class NoSuchCost(DomainError):
    """There is no such entry, or it was struck out."""

    status = 404
    zh = "没有这笔花费，或已经作废。"
    en = "There is no such entry, or it was struck out."


class CodeOfAnotherChannel(DomainError):
    """A cost belongs to a code of the channel it is entered for."""

    status = 422
    zh = "这个活码不在渠道“{name}”里，花费要记在它自己的渠道上。"
    en = "The live code does not stand in “{name}”; enter the cost for its own channel."


def channels_of(workspace: Workspace) -> "QuerySet[SourceChannel, SourceChannel]":
    """Return the channels in use."""
    return SourceChannel.objects.within(workspace).filter(archived_at=None)


def channel_of(workspace: Workspace, channel_id: int) -> SourceChannel:
    """Return one channel in use.

    :raises NoSuchChannel:
    """
    found = channels_of(workspace).filter(pk=channel_id).first()
    if found is None:
        raise NoSuchChannel
    return found


@transaction.atomic
def create_channel(member: Member, name: str, *, now: datetime) -> SourceChannel:
    """Make a channel.

    :raises ChannelNameTaken:
    """
    channel = SourceChannel(workspace=member.workspace, name=name, created_at=now)
    _save(channel)
    _record(member, "acquisition.channel_created", channel, now)
    return channel


@transaction.atomic
def rename_channel(member: Member, channel_id: int, name: str, *, now: datetime) -> SourceChannel:
    """Give a channel another name.

    :raises NoSuchChannel, ChannelNameTaken:
    """
    channel = _locked(member.workspace, channel_id)
    before, channel.name = channel.name, name.strip()
    _save(channel)
    _record(member, "acquisition.channel_renamed", channel, now, before=before)
    return channel


@transaction.atomic
def archive_channel(member: Member, channel_id: int, *, now: datetime) -> None:
    """Put a channel away; its ledger stays.

    :raises NoSuchChannel, ChannelInUse:
    """
    channel = _locked(member.workspace, channel_id)
    codes = LiveCode.objects.within(member.workspace).filter(channel=channel, archived_at=None)
    if count := codes.count():
        raise ChannelInUse(name=channel.name, count=count)
    channel.archived_at = now
    channel.save(update_fields=["archived_at"])
    _record(member, "acquisition.channel_archived", channel, now)


def costs_of(
    workspace: Workspace, channel_id: int, *, code_id: int | None = None
) -> "QuerySet[ChannelCost, ChannelCost]":
    """Return a channel's ledger, struck-out entries too.

    :raises NoSuchChannel:
    """
    rows = ChannelCost.objects.within(workspace).filter(channel=channel_of(workspace, channel_id))
    rows = rows.select_related("code")
    return rows if code_id is None else rows.filter(code_id=code_id)


@transaction.atomic
def enter_cost(
    member: Member,
    channel_id: int,
    *,
    spent_on: date,
    amount_fen: int,
    note: str = "",
    code_id: int | None = None,
    now: datetime,
) -> ChannelCost:
    """Enter what was spent (in fen; a refund is negative), for the channel or one of its codes.

    :raises NoSuchChannel, CodeOfAnotherChannel:
    """
    channel = _locked(member.workspace, channel_id)
    codes = LiveCode.objects.within(member.workspace).filter(channel=channel)
    if code_id is not None and not codes.filter(pk=code_id).exists():
        raise CodeOfAnotherChannel(name=channel.name)
    cost = ChannelCost.objects.create(
        workspace=member.workspace,
        channel=channel,
        code_id=code_id,
        spent_on=spent_on,
        amount_fen=amount_fen,
        note=note.strip(),
        actor=member.actor,
        created_at=now,
    )
    said = {"amount_fen": amount_fen, "spent_on": spent_on.isoformat()}
    _record(member, "acquisition.cost_entered", channel, now, **said)
    return cost


@transaction.atomic
def strike_cost(member: Member, channel_id: int, cost_id: int, *, now: datetime) -> None:
    """Strike an entry out; it stays to be seen and counts no more.

    :raises NoSuchChannel, NoSuchCost:
    """
    channel = _locked(member.workspace, channel_id)
    rows = ChannelCost.objects.within(member.workspace).filter(channel=channel, struck_at=None)
    cost = rows.select_for_update().filter(pk=cost_id).first()
    if cost is None:
        raise NoSuchCost
    cost.struck_at, cost.struck_by = now, member.actor
    cost.save(update_fields=["struck_at", "struck_by"])
    said = {"amount_fen": cost.amount_fen, "spent_on": cost.spent_on.isoformat()}
    _record(member, "acquisition.cost_struck", channel, now, **said)


def spent_by_channel(workspace: Workspace, channels: Iterable[int]) -> dict[int, int]:
    """Return what each of these channels cost in all, in fen."""
    return _spent(workspace, "channel", channels)


def spent_by_code(workspace: Workspace, codes: Iterable[int]) -> dict[int, int]:
    """Return what was entered for each of these codes by itself, in fen."""
    return _spent(workspace, "code", codes)


def _spent(workspace: Workspace, by: str, ids: Iterable[int]) -> dict[int, int]:
    rows = ChannelCost.objects.within(workspace).filter(struck_at=None, **{f"{by}__in": list(ids)})
    return dict(rows.values_list(by).annotate(Sum("amount_fen")).order_by(by))


def _locked(workspace: Workspace, channel_id: int) -> SourceChannel:
    found = channels_of(workspace).select_for_update().filter(pk=channel_id).first()
    if found is None:
        raise NoSuchChannel
    return found


def _save(channel: SourceChannel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError:
        raise ChannelNameTaken(name=channel.name) from None


def _record(
    member: Member, action: str, channel: SourceChannel, now: datetime, **more: object
) -> None:
    detail = {"name": channel.name, **more}
    record_audit(
        member.workspace,
        member.actor,
        action,
        f"source_channel:{channel.pk}",
        detail=detail,
        now=now,
    )
