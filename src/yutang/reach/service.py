"""The door of reach: plan messages through the gate, say what became of them, keep the contact policy.

planned = reach.plan(workspace, sending, [reach.Candidate(7, "run:1:n2:0")], now=now)
planned.queued, planned.blocked["capped"]
"""

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
    AccountNotFound,
    AlreadyCancelled,
    ChannelsDiffer,
    MessageNotFound,
    SendingNotFound,
    cancel_sending,
    check_sending,
    counts_of,
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

__all__ = [
    "ADDRESS_KINDS",
    "AT_ONCE",
    "REASONS",
    "SUPPRESSION_REASONS",
    "AccountNotFound",
    "AlreadyCancelled",
    "Candidate",
    "ChannelsDiffer",
    "DeliveryNotFound",
    "MessageNotFound",
    "Planned",
    "Policy",
    "Rate",
    "SendingNotFound",
    "Standing",
    "SuppressionNotFound",
    "cancel_sending",
    "check_sending",
    "counts_of",
    "deliveries_of",
    "digest_of",
    "erase_person",
    "export_person",
    "find_delivery",
    "find_sending",
    "follow",
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
    "resume_sending",
    "send_to_those",
    "sendings_of",
    "set_policy",
    "standings",
    "suppress",
    "suppress_for",
    "suppressions_of",
    "tell",
]
