"""Conditions in words: said in both languages, read from either; and the names of people found."""

from collections.abc import Iterable, Mapping
from typing import Any

from yutang.audiences import _conditions, _vocabulary
from yutang.audiences.condition import ConditionUnreadable, from_json, read, say, to_json
from yutang.audiences.models import Audience
from yutang.customers import service as customers
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["names_of", "read_sentence", "said", "sentence_of", "tree_of"]


def said(workspace: Workspace, tree: Mapping[str, Any]) -> Text:
    """Return a condition as a plain sentence, in both languages.

    What was archived since it was saved is still called by its name.

    :raises ConditionUnreadable:
    """
    words = _vocabulary.lasting_words(workspace)
    condition = from_json(tree, words)
    return Text(say(condition, words, "zh"), say(condition, words, "en"))


def read_sentence(workspace: Workspace, sentence: str) -> dict[str, object]:
    """Return the condition a sentence states, as it is stored.

    :raises SentenceUnreadable: naming the place and what was expected there
    """
    return to_json(read(sentence, _vocabulary.words(workspace)))


def tree_of(
    workspace: Workspace, *, tree: Mapping[str, Any] | None, sentence: str | None
) -> Mapping[str, Any]:
    """Return the tree of a condition that was given as a tree or as a sentence.

    :raises SentenceUnreadable:
    """
    return tree if tree is not None else read_sentence(workspace, sentence or "")


def sentence_of(audience: Audience) -> Text:
    """Return what an audience's condition says; nothing for a list, or when it cannot be said."""
    if audience.condition is None:
        return Text("", "")
    try:
        condition = _conditions.kept(audience)
        words = _vocabulary.lasting_words(audience.workspace)
        return Text(say(condition, words, "zh"), say(condition, words, "en"))
    except (ConditionUnreadable, KeyError):
        return Text("", "")


def names_of(member: Member, customer_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these customers whom the member may see; empty where unknown."""
    rows = customers.seen(member).filter(pk__in=list(customer_ids))
    return dict(rows.values_list("pk", "name"))
