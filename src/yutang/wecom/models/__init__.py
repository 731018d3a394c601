from yutang.wecom.models.callbacks import Callback, Handling, HandlingState
from yutang.wecom.models.calls import Media, Quota, Token, TokenKind
from yutang.wecom.models.corps import Corp, CorpState, StaffAccount
from yutang.wecom.models.ways import (
    MassMember,
    MassRecipient,
    MassState,
    MassTask,
    RecipientState,
)

__all__ = [
    "Callback",
    "Corp",
    "CorpState",
    "Handling",
    "HandlingState",
    "MassMember",
    "MassRecipient",
    "MassState",
    "MassTask",
    "Media",
    "Quota",
    "RecipientState",
    "StaffAccount",
    "Token",
    "TokenKind",
]
