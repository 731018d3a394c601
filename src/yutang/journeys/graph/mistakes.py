"""What does not fit in a graph: which node, what came, what was expected."""

from collections.abc import Sequence

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.tree import Mistake, shown

__all__ = ["GraphUnreadable", "refusal"]


class GraphUnreadable(DomainError):
    """The journey's graph cannot run as it stands; `errors` names every place."""

    status = 422
    zh = "流程里有 {count} 处要改。{first}"
    en = "{count} part(s) of the journey have to be changed. {first}"


def refusal(mistakes: Sequence[Mistake]) -> GraphUnreadable:
    """Return the refusal that names these mistakes, each by its node."""
    first = mistakes[0]
    where, came = first.path, shown(first.came)
    said = Text(
        f"{where}：{first.expected.zh}，收到的是 {came}。",
        f"{where}: {first.expected.en}, but {came} came.",
    )
    problems = [
        FieldProblem(field=each.path, message=each.expected.said(), came=shown(each.came))
        for each in mistakes
    ]
    return GraphUnreadable(errors=problems, count=len(mistakes), first=said)
