from yutang.guides.models.chats import ChatDay
from yutang.guides.models.goals import Goal, Measure
from yutang.guides.models.phrases import Phrase, PhraseGroup, PhraseKind
from yutang.guides.models.quality import ChatCheck, ChatHit, ChatRules, ChatWait
from yutang.guides.models.words import SensitiveWord, Severity, Speaker, WordRule

__all__ = [
    "ChatCheck",
    "ChatDay",
    "ChatHit",
    "ChatRules",
    "ChatWait",
    "Goal",
    "Measure",
    "Phrase",
    "PhraseGroup",
    "PhraseKind",
    "SensitiveWord",
    "Severity",
    "Speaker",
    "WordRule",
]
