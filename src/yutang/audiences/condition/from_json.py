"""A condition from its JSON; everything that does not fit is refused by its place in the tree."""

from yutang.audiences.condition._leaves_from_json import LEAVES
from yutang.audiences.condition.mistakes import refusal
from yutang.audiences.condition.nodes import All, Any, Condition, Not
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.tree import Mistake, Place

__all__ = ["DEEPEST", "MOST_NODES", "from_json"]

DEEPEST = 12
MOST_NODES = 200
_GROUPS = ("all", "any", "not")


def from_json(tree: object, vocabulary: Vocabulary) -> Condition:
    """Return the condition a JSON tree describes, in the words of this workspace.

    :raises ConditionUnreadable: naming every place that does not fit
    """
    reader = _Reader(vocabulary)
    condition = reader.read(Place(tree), depth=1)
    if reader.mistakes or condition is None:
        raise refusal(reader.mistakes)
    return condition


class _Reader:
    """Reads on after a mistake, so that one refusal names them all."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.mistakes: list[Mistake] = []
        self.nodes = 0

    def read(self, place: Place, depth: int) -> Condition | None:
        try:
            return self._read(place, depth)
        except Mistake as mistake:
            self.mistakes.append(mistake)
            return None

    def _read(self, place: Place, depth: int) -> Condition | None:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise place.mistake(
                f"更小的条件：最多 {DEEPEST} 层、{MOST_NODES} 个节点",
                f"a smaller condition: at most {DEEPEST} levels and {MOST_NODES} nodes",
            )
        kind = place["kind"].one_of(*_GROUPS, *LEAVES)
        if kind not in _GROUPS:
            return LEAVES[kind](place, self.vocabulary)
        place.only("kind", "of")
        if kind == "not":
            inner = self.read(place["of"], depth + 1)
            return None if inner is None else Not(inner)
        least = 0 if kind == "all" else 1
        children = [
            self.read(each, depth + 1) for each in place["of"].items(least=least, most=MOST_NODES)
        ]
        known = tuple(child for child in children if child is not None)
        return All(known) if kind == "all" else Any(known)
