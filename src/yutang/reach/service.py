"""The door of reach: plan messages through the gate, say what became of them, keep the contact policy.

planned = reach.plan(workspace, sending, [reach.Candidate(7, "run:1:n2:0")], now=now)
planned.queued, planned.blocked["capped"]
"""

from yutang.reach._account_settings import (
    AccountNotAsExpected,
    NoSuchChannel,
    SecretsUnreadable,
    channel_of,
)
from yutang.reach._accounts import (
    AccountNameTaken,
    AccountNotFound,
    ChannelSilent,
    NoTemplates,
    account_of,
    accounts_of,
    add_account,
    change_account,
    has_secrets,
    receipts_key,
    seal_anew,
    templates_of,
    try_account,
)
from yutang.reach._deliveries import (
    DeliveryNotFound,
    Rate,
    deliveries_of,
    find_delivery,
    rates,
)
from yutang.reach._following import erase_person, export_person, follow
from yutang.reach._gate import AT_ONCE, Candidate, Planned, plan, plan_all, preview
from yutang.reach._holdout import in_holdout
from yutang.reach._policy import Policy, policies_of, policy_numbered, policy_of, set_policy
from yutang.reach._reasons import REASONS, reason_said
from yutang.reach._sendings import (
    AlreadyCancelled,
    ChannelsDiffer,
    MessageNotFound,
    SendingNotFound,
    cancel_sending,
    check_sending,
    counts_of,
    draft_sending,
    find_sending,
    make_sending,
    message_names,
    pause_sending,
    resume_sending,
    send_to_those,
    sendings_of,
)
from yutang.reach._standing import ADDRESS_KINDS, Standing, digest_of, standings
from yutang.reach._suppressing import (
    SUPPRESSION_REASONS,
    SuppressionNotFound,
    lift_suppression,
    suppress,
    suppress_for,
    suppressions_of,
)
from yutang.reach._telling import tell
from yutang.reach._what_if import WhatIf, what_if
from yutang.reach._wiring import dispatch_due, reconcile_unknown

__all__ = [
    "ADDRESS_KINDS",
    "AT_ONCE",
    "REASONS",
    "SUPPRESSION_REASONS",
    "AccountNameTaken",
    "AccountNotAsExpected",
    "AccountNotFound",
    "AlreadyCancelled",
    "Candidate",
    "ChannelSilent",
    "ChannelsDiffer",
    "DeliveryNotFound",
    "MessageNotFound",
    "NoSuchChannel",
    "NoTemplates",
    "Planned",
    "Policy",
    "Rate",
    "SecretsUnreadable",
    "SendingNotFound",
    "Standing",
    "SuppressionNotFound",
    "WhatIf",
    "account_of",
    "accounts_of",
    "add_account",
    "cancel_sending",
    "change_account",
    "channel_of",
    "check_sending",
    "counts_of",
    "deliveries_of",
    "digest_of",
    "dispatch_due",
    "draft_sending",
    "erase_person",
    "export_person",
    "find_delivery",
    "find_sending",
    "follow",
    "has_secrets",
    "in_holdout",
    "lift_suppression",
    "make_sending",
    "message_names",
    "pause_sending",
    "plan",
    "plan_all",
    "policies_of",
    "policy_numbered",
    "policy_of",
    "preview",
    "rates",
    "reason_said",
    "receipts_key",
    "reconcile_unknown",
    "resume_sending",
    "seal_anew",
    "send_to_those",
    "sendings_of",
    "set_policy",
    "standings",
    "suppress",
    "suppress_for",
    "suppressions_of",
    "tell",
    "templates_of",
    "try_account",
    "what_if",
]
