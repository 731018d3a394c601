"""What a ready journey is, and how it is made ready for one brand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from yutang.kit.i18n import Language, Text

__all__ = ["Copy", "Ready", "filled"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Copy:
    """One message as it is proposed: its name, what it is for, and the words."""

    name: Text
    words: Text
    purpose: str = "marketing"


@dataclass(frozen=True)
class Ready:
    """A journey with its copy. Sends name their message by `{"copy": …}` until it is filled in.

    `holdout` is the percentage held out that is proposed, so that what it changed can be told.
    """

    name: str
    title: Text
    about: Text
    when: Text  # who enters and why
    graph: Json
    copies: Mapping[str, Copy] = field(default_factory=lambda: MappingProxyType({}))
    holdout: int = 10


def filled(
    ready: Ready, messages: Mapping[str, int], account: int, language: Language = "zh"
) -> Json:
    """Return the graph with the brand's own messages, the account they leave by, and names in a language."""
    graph: Json = _said(ready.graph, language)
    nodes = {id_: _filled(node, messages, account) for id_, node in graph["nodes"].items()}
    return graph | {"nodes": nodes}


def _said(tree: Any, language: Language) -> Any:
    if isinstance(tree, Text):
        return tree.said(language)
    if isinstance(tree, dict):
        return {key: _said(value, language) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_said(each, language) for each in tree]
    return tree


def _filled(node: Json, messages: Mapping[str, int], account: int) -> Json:
    named = node.get("with", {}).get("message")
    if not isinstance(named, dict):
        return node
    given = node["with"] | {"message": messages[named["copy"]], "account": account}
    return node | {"with": given}
