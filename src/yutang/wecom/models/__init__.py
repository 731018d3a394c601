from yutang.wecom.models.callbacks import Callback, Handling, HandlingState
from yutang.wecom.models.calls import Media, Quota, Token, TokenKind
from yutang.wecom.models.corps import Corp, CorpState, StaffAccount

__all__ = [
    "Callback",
    "Corp",
    "CorpState",
    "Handling",
    "HandlingState",
    "Media",
    "Quota",
    "StaffAccount",
    "Token",
    "TokenKind",
]
