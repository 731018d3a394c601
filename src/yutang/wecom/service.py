"""The door of WeCom."""

from yutang.wecom._secrets import CorpSecretsUnreadable, seal_anew
from yutang.wecom.callbacks.doors import NoSuchDoor
from yutang.wecom.callbacks.envelope import (
    AesKeyNotUsable,
    CallbackForAnother,
    CallbackForged,
    CallbackUnreadable,
    Envelope,
)
from yutang.wecom.callbacks.handlers import Told, handles
from yutang.wecom.callbacks.inbox import CallbackTooOld, receive, verify
from yutang.wecom.callbacks.listing import (
    NothingToReplay,
    callbacks_of,
    forget_callbacks,
    handlings_of,
    replay,
)
from yutang.wecom.callbacks.working import LATER, handle_due
from yutang.wecom.client.client import Client, CorpPaused
from yutang.wecom.client.errors import NoAnswer, PlatformRefused, Throttled
from yutang.wecom.client.limits import Lane, limits_of, most
from yutang.wecom.client.wire import Upload
from yutang.wecom.corps import (
    CorpIdTaken,
    CorpNotAsExpected,
    NoSuchCorp,
    add_corp,
    callback_url,
    change_corp,
    corp_of,
    corps_of,
    remove_corp,
)
from yutang.wecom.models import Corp, CorpState, StaffAccount, TokenKind

__all__ = [
    "LATER",
    "AesKeyNotUsable",
    "CallbackForAnother",
    "CallbackForged",
    "CallbackTooOld",
    "CallbackUnreadable",
    "Client",
    "Corp",
    "CorpIdTaken",
    "CorpNotAsExpected",
    "CorpPaused",
    "CorpSecretsUnreadable",
    "CorpState",
    "Envelope",
    "Lane",
    "NoAnswer",
    "NoSuchCorp",
    "NoSuchDoor",
    "NothingToReplay",
    "PlatformRefused",
    "StaffAccount",
    "Throttled",
    "TokenKind",
    "Told",
    "Upload",
    "add_corp",
    "callback_url",
    "callbacks_of",
    "change_corp",
    "corp_of",
    "corps_of",
    "forget_callbacks",
    "handle_due",
    "handles",
    "handlings_of",
    "limits_of",
    "most",
    "receive",
    "remove_corp",
    "replay",
    "seal_anew",
    "verify",
]
