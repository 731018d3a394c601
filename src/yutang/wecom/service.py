"""The door of WeCom."""

from yutang.wecom._secrets import CorpSecretsUnreadable, seal_anew
from yutang.wecom.accounts import (
    account_of,
    accounts_by_staff,
    accounts_by_userid,
    accounts_in_contact,
    active_corps,
    corp_at,
    corps_spoken_to,
    entrances_of,
)
from yutang.wecom.arrivals import Arrived, reads_states, what_states_say
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
    count_callbacks,
    forget_callbacks,
    handlings_of,
    replay,
    strike_person,
)
from yutang.wecom.callbacks.working import LATER, handle_due
from yutang.wecom.client.client import Client, CorpPaused
from yutang.wecom.client.errors import NoAnswer, PlatformRefused, Throttled
from yutang.wecom.client.limits import Lane, limits_of, most
from yutang.wecom.client.media import (
    File,
    MediaBroken,
    MediaTooLarge,
    forget_media,
    media_id,
    picture_url,
)
from yutang.wecom.client.wire import Upload, allowed_bases
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
from yutang.wecom.diagnosis import diagnose
from yutang.wecom.findings import Finding, State
from yutang.wecom.models import (
    Corp,
    CorpState,
    Handling,
    MassState,
    MassTask,
    RecipientState,
    StaffAccount,
    TokenKind,
)
from yutang.wecom.ways.erasing import erase_recipient
from yutang.wecom.ways.making import make_due
from yutang.wecom.ways.results import fetch_due, fetch_now
from yutang.wecom.ways.tasks import (
    MassNotOpen,
    NoSuchMass,
    RemindedEnough,
    cancel_mass,
    confirming,
    mass_of,
    mass_tasks_of,
    outcome_of,
    remind,
    reminders_left,
)
from yutang.wecom.ways.welcome import Arrival, greets, set_welcome

__all__ = [
    "LATER",
    "AesKeyNotUsable",
    "Arrival",
    "Arrived",
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
    "File",
    "Finding",
    "Handling",
    "Lane",
    "MassNotOpen",
    "MassState",
    "MassTask",
    "MediaBroken",
    "MediaTooLarge",
    "NoAnswer",
    "NoSuchCorp",
    "NoSuchDoor",
    "NoSuchMass",
    "NothingToReplay",
    "PlatformRefused",
    "RecipientState",
    "RemindedEnough",
    "StaffAccount",
    "State",
    "Throttled",
    "TokenKind",
    "Told",
    "Upload",
    "account_of",
    "accounts_by_staff",
    "accounts_by_userid",
    "accounts_in_contact",
    "active_corps",
    "add_corp",
    "allowed_bases",
    "callback_url",
    "callbacks_of",
    "cancel_mass",
    "change_corp",
    "confirming",
    "corp_at",
    "corp_of",
    "corps_of",
    "corps_spoken_to",
    "count_callbacks",
    "diagnose",
    "entrances_of",
    "erase_recipient",
    "fetch_due",
    "fetch_now",
    "forget_callbacks",
    "forget_media",
    "greets",
    "handle_due",
    "handles",
    "handlings_of",
    "limits_of",
    "make_due",
    "mass_of",
    "mass_tasks_of",
    "media_id",
    "most",
    "outcome_of",
    "picture_url",
    "reads_states",
    "receive",
    "remind",
    "reminders_left",
    "remove_corp",
    "replay",
    "seal_anew",
    "set_welcome",
    "strike_person",
    "verify",
    "what_states_say",
]
