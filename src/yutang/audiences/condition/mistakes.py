"""What does not fit in a condition: where in the tree, what came, what was expected."""

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.tree import Mistake, shown

__all__ = ["ConditionUnreadable", "MineNeedsReader", "refusal"]


class ConditionUnreadable(DomainError):
    """The condition's JSON is not one; `errors` names every place."""

    status = 422
    zh = "条件里有 {count} 处看不懂。{first}"
    en = "{count} part(s) of the condition cannot be read. {first}"


class MineNeedsReader(DomainError):
    """The condition says “my”, and nobody in particular is asking."""

    status = 409
    zh = "条件里有“我的员工”或“我的门店”，只有以员工身份查看时才能计算。请改成具体的员工或门店。"
    en = (
        "The condition says “my staff” or “my store”, which only means something to a reader who is"
        " staff. Name the staff or the stores instead."
    )


def refusal(mistakes: list[Mistake]) -> ConditionUnreadable:
    """Return the refusal that names these mistakes."""
    first = mistakes[0]
    where, came = first.path, shown(first.came)
    return ConditionUnreadable(
        errors=[each.problem() for each in mistakes],
        count=len(mistakes),
        first=Text(
            f"{where}：{first.expected.zh}，收到的是 {came}。",
            f"{where}: {first.expected.en}, but {came} came.",
        ),
    )
