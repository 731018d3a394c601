"""Ways out: set up, changed, tried and put away. What is secret is sealed and never shown again."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings as installation
from django.db import IntegrityError, transaction

from yutang.kit.errors import DomainError
from yutang.kit.sealing import SealBroken, is_sealed_as_now, seal, unseal
from yutang.reach._account_settings import (
    SecretsUnreadable,
    channel_of,
    checked,
    consent_channel,
    keep,
    merged,
    opened,
    purpose_of,
    speaker_named,
)
from yutang.reach._standing import ADDRESS_KINDS
from yutang.reach.channels.interface import (
    Account,
    Channel,
    KnowsTemplates,
    Outcome,
    Outgoing,
    Rendered,
)
from yutang.reach.channels.interface import Template as ChannelTemplate
from yutang.reach.models import AccountState, ChannelAccount
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "AccountNameTaken",
    "AccountNotFound",
    "ChannelSilent",
    "NoTemplates",
    "account_of",
    "accounts_of",
    "add_account",
    "address_kind",
    "as_seen_by_channel",
    "change_account",
    "has_secrets",
    "receipts_key",
    "receipts_url",
    "seal_anew",
    "templates_of",
    "try_account",
]


class AccountNotFound(DomainError):
    """There is no such channel account in this workspace, or it is archived."""

    status = 404
    zh = "没有这个发送渠道，或者它已归档。"
    en = "There is no such channel account, or it is archived."


class AccountNameTaken(DomainError):
    """Another account has this name."""

    zh = "已有名为“{name}”的发送渠道，请换一个名字。"
    en = "There is a channel account “{name}” already. Choose another name."


class NoTemplates(DomainError):
    """The channel knows no templates."""

    zh = "“{name}”这类渠道没有模板。"
    en = "“{name}” is of a kind of channel that has no templates."


class ChannelSilent(DomainError):
    """The channel was asked and did not answer, or answered with a refusal."""

    status = 502
    zh = "渠道没有给出可用的回答：{said}。请检查设置和网络。"
    en = "The channel gave no usable answer: {said}. Check the settings and the network."


def accounts_of(workspace: Workspace) -> WorkspaceQuerySet[ChannelAccount]:
    """Return the ways out of a workspace, those put away as well."""
    return ChannelAccount.objects.within(workspace)


def account_of(workspace: Workspace, account_id: int, *, lock: bool = False) -> ChannelAccount:
    """Return one way out.

    :raises AccountNotFound:
    """
    rows = accounts_of(workspace)
    try:
        return (rows.select_for_update() if lock else rows).get(pk=account_id)
    except ChannelAccount.DoesNotExist:
        raise AccountNotFound from None


def address_kind(channel: Channel, account: ChannelAccount) -> str | None:
    """Return by which identity people are reached: the channel's, or what suits the account's."""
    return channel.address_kind or ADDRESS_KINDS.get(account.channel)


@transaction.atomic
def add_account(
    member: Member,
    *,
    adapter: str,
    name: str,
    settings: Mapping[str, str],
    channel: str = "",
    rate: int = 50,
    burst: int = 100,
    now: datetime,
) -> ChannelAccount:
    """Set up a way out; `channel` says which it is for consent and caps, where its kind leaves that open.

    :raises NoSuchChannel, AccountNotAsExpected, AccountNameTaken:
    """
    speaker = speaker_named(adapter)
    given = checked(speaker, settings)
    account = ChannelAccount(
        workspace=member.workspace,
        adapter=adapter,
        channel=consent_channel(speaker, channel),
        name=name,
        rate=rate,
        burst=max(burst, 1),
        created_at=now,
        changed_at=now,
    )
    _save(account)
    keep(account, speaker, given)
    account.save()
    _audit(member, "reach.channel_added", account, now, changed=sorted(given))
    return account


@transaction.atomic
def change_account(
    member: Member,
    account_id: int,
    *,
    name: str | None = None,
    settings: Mapping[str, str] | None = None,
    rate: int | None = None,
    burst: int | None = None,
    state: AccountState | None = None,
    now: datetime,
) -> ChannelAccount:
    """Change what was given. Settings that are left out stay; an empty one is taken away.

    Where a channel keeps the secret before, a new secret makes the present one that. Paused or put
    away, nothing leaves by it within seconds.

    :raises AccountNotFound, NoSuchChannel, AccountNotAsExpected, AccountNameTaken:
    """
    account = account_of(member.workspace, account_id, lock=True)
    before = _audited(account)
    if settings is not None:
        speaker = channel_of(account)
        keep(account, speaker, checked(speaker, merged(account, speaker, settings)))
        account.trouble, account.rests_until = "", None
    account.name = account.name if name is None else name
    account.rate = account.rate if rate is None else rate
    account.burst = account.burst if burst is None else burst
    account.state = account.state if state is None else state
    account.changed_at = now
    _save(account)
    _audit(
        member,
        "reach.channel_changed",
        account,
        now,
        before=before,
        changed=sorted(settings or {}),
    )
    return account


def _save(account: ChannelAccount) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise AccountNameTaken(name=account.name) from None


def _audited(account: ChannelAccount) -> dict[str, object]:
    return {
        "name": account.name,
        "adapter": account.adapter,
        "rate": account.rate,
        "burst": account.burst,
        "state": account.state,
    }


def _audit(
    member: Member, action: str, account: ChannelAccount, now: datetime, **more: object
) -> None:
    # Names of settings, never what they hold.
    detail = {"after": _audited(account), **more}
    record_audit(
        member.workspace, member.actor, action, f"channel:{account.pk}", detail=detail, now=now
    )


def has_secrets(account: ChannelAccount) -> list[str]:
    """Return which secret settings are filled in."""
    try:
        return sorted(opened(account).keys() - account.settings.keys())
    except SecretsUnreadable:
        return []


def as_seen_by_channel(account: ChannelAccount) -> Account:
    """Return an account with its secrets opened.

    :raises SecretsUnreadable:
    """
    return Account(
        id=account.pk,
        workspace_id=account.workspace_id,
        channel=account.channel,
        settings=opened(account),
        receipts_url=receipts_url(account),
    )


def receipts_url(account: ChannelAccount) -> str:
    """Return where a channel tells us what became of messages."""
    base = installation.YUTANG_PUBLIC_URL.rstrip("/")
    return f"{base}/api/v1/receipts/{account.pk}/{receipts_key(account.pk)}"


def receipts_key(account_id: int) -> str:
    """Return the part of the address for receipts that nobody can guess."""
    said = f"yutang:receipts:{account_id}".encode()
    digest = hmac.digest(installation.SECRET_KEY.encode(), said, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def try_account(
    member: Member,
    account_id: int,
    *,
    address: str,
    rendered: Rendered,
    now: datetime,
) -> Outcome:
    """Send one message to an address of the tester's own, past every gate; it is nobody's delivery.

    :raises AccountNotFound, NoSuchChannel, SecretsUnreadable:
    """
    account = account_of(member.workspace, account_id)
    speaker = channel_of(account)
    message = Outgoing(
        token=uuid.uuid4(),
        attempt=uuid.uuid4(),
        customer=0,
        address=address,
        rendered=rendered,
        purpose="service",
    )
    seen = as_seen_by_channel(account)
    _audit(member, "reach.channel_tried", account, now)
    (outcome,) = speaker.send(seen, [message])
    return outcome


def templates_of(workspace: Workspace, account_id: int) -> list[ChannelTemplate]:
    """Return the templates an account may send, with what the channel said of each.

    :raises AccountNotFound, NoSuchChannel, NoTemplates, SecretsUnreadable, ChannelSilent:
    """
    account = account_of(workspace, account_id)
    speaker: Any = channel_of(account)
    if not isinstance(speaker, KnowsTemplates):
        raise NoTemplates(name=account.name)
    try:
        return list(speaker.templates(as_seen_by_channel(account)))
    except LookupError as reason:
        raise ChannelSilent(said=str(reason.args[0] if reason.args else "")[:200]) from None


def seal_anew() -> tuple[int, int]:
    """Seal secrets under the key in use now; return how many were, and how many no key opens."""
    done = broken = 0
    for pk in ChannelAccount.objects.exclude(secrets="").values_list("pk", flat=True):
        with transaction.atomic():
            account = ChannelAccount.objects.select_for_update().get(pk=pk)
            if is_sealed_as_now(account.secrets):
                continue
            try:
                opened = unseal(account.secrets, purpose=purpose_of(account))
            except SealBroken:
                broken += 1
                continue
            account.secrets = seal(opened, purpose=purpose_of(account))
            account.save(update_fields=["secrets"])
            done += 1
    return done, broken
