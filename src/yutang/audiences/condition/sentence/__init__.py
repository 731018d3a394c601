"""Conditions as plain sentences in Chinese and English, said and read."""

from yutang.audiences.condition.sentence.reading import SentenceUnreadable, read
from yutang.audiences.condition.sentence.saying import say, say_leaf

__all__ = ["SentenceUnreadable", "read", "say", "say_leaf"]
