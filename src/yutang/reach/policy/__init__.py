"""The contact policy: how often, when, and by which consent people hear from the brand.

Values only; what a rule means for a person is the gate's (`reach/_gate.py`), what it reads like is in
`sentences`. The platforms' own limits are dated data in `platform.json`.
"""

from yutang.reach.policy.hours import Moment, next_allowed
from yutang.reach.policy.platform import PlatformRule, platform_rules
from yutang.reach.policy.rules import (
    CHANNELS,
    DEFAULT,
    PURPOSES,
    Bound,
    Cap,
    PlatformChange,
    Quiet,
    Rules,
    SenderBudget,
    WarmUp,
    caps_for,
)
from yutang.reach.policy.sentences import sentences_of

__all__ = [
    "CHANNELS",
    "DEFAULT",
    "PURPOSES",
    "Bound",
    "Cap",
    "Moment",
    "PlatformChange",
    "PlatformRule",
    "Quiet",
    "Rules",
    "SenderBudget",
    "WarmUp",
    "caps_for",
    "next_allowed",
    "platform_rules",
    "sentences_of",
]
