"""A condition as a sentence.

近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年
"""

from yutang.audiences.condition.nodes import All, Any, Condition, Not
from yutang.audiences.condition.sentence.events import EVENT_FORMS
from yutang.audiences.condition.sentence.forms import Voice, alternatives
from yutang.audiences.condition.sentence.leaves import LEAF_FORMS
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Language

__all__ = ["LEAVES", "say", "say_leaf"]

LEAVES = alternatives((*LEAF_FORMS, *EVENT_FORMS))
_WORDS = {
    "zh": {
        "all": " 且 ",
        "any": " 或 ",
        "not": "非（{}）",
        "group": "（{}）",
        "everyone": "所有客户",
    },
    "en": {
        "all": " and ",
        "any": " or ",
        "not": "not ({})",
        "group": "({})",
        "everyone": "everyone",
    },
}


def say(condition: Condition, vocabulary: Vocabulary, language: Language) -> str:
    """Return a condition as a plain sentence; `read` understands it.

    :raises KeyError: when the condition names what the vocabulary does not have
    """
    return _said(condition, Voice(language, vocabulary))


def say_leaf(condition: Condition, vocabulary: Vocabulary, language: Language) -> str:
    """Return what one node says itself: a leaf in full, a group by its joint."""
    words = _WORDS[language]
    match condition:
        case All():
            return words["all"].strip() if condition.of else words["everyone"]
        case Any():
            return words["any"].strip()
        case Not():
            return "非" if language == "zh" else "not"
    return say(condition, vocabulary, language)


def _said(node: Condition, voice: Voice) -> str:
    words = _WORDS[voice.language]
    match node:
        case All(of=()):
            return words["everyone"]
        case All(of=children) | Any(of=children):
            joint = words["all" if isinstance(node, All) else "any"]
            return joint.join(_inner(child, voice) for child in children)
        case Not(of=child):
            return words["not"].format(_said(child, voice))
    return LEAVES.say(node, voice, {})


def _inner(node: Condition, voice: Voice) -> str:
    said = _said(node, voice)
    grouped = isinstance(node, All | Any) and len(node.of) > 1
    return _WORDS[voice.language]["group"].format(said) if grouped else said
