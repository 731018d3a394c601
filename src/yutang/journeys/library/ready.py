"""What a ready journey is, and how it is made ready for one brand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from yutang.kit.i18n import Language, Text

__all__ = ["Copy", "Ready", "filled", "shown"]

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

    @property
    def is_for_many(self) -> bool:
        """Whether a condition chooses who enters, which an audience of the brand's may take the place of."""
        return "condition" in self.graph["entry"]


def shown(ready: Ready, language: Language = "zh") -> Json:
    """Return the graph with names in a language; its sends say which copy: `{"copy": …}`."""
    graph: Json = _said(ready.graph, language)
    return graph


def filled(
    ready: Ready,
    messages: Mapping[str, int],
    account: int,
    language: Language = "zh",
    *,
    audience: int | None = None,
) -> Json:
    """Return the graph with the brand's own messages, the account they leave by, and names in a language.

    With an `audience`, its members enter instead of whom the proposed condition chooses.
    """
    graph = shown(ready, language)
    if audience is not None and ready.is_for_many:
        others = {key: value for key, value in graph["entry"].items() if key != "condition"}
        graph |= {"entry": others | {"audience": audience}}
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
