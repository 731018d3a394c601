from yutang.guides.models.chats import ChatDay
from yutang.guides.models.goals import Goal, Measure
from yutang.guides.models.phrases import Phrase, PhraseGroup, PhraseKind
from yutang.guides.models.words import SensitiveWord, WordRule

__all__ = [
    "ChatDay",
    "Goal",
    "Measure",
    "Phrase",
    "PhraseGroup",
    "PhraseKind",
    "SensitiveWord",
    "WordRule",
]
