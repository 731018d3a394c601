"""What does not fit in a condition: where in the tree, what came, what was expected."""

import json
from difflib import get_close_matches

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text

__all__ = ["ConditionUnreadable", "MineNeedsReader", "Mistake", "refusal", "suggestion"]


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


class Mistake(Exception):
    """One place that does not fit; collected by the reader of JSON."""

    def __init__(self, path: str, came: object, expected: Text) -> None:
        super().__init__(path)
        self.path = path
        self.came = came
        self.expected = expected

    def problem(self) -> FieldProblem:
        """Return the mistake as one line of a refusal."""
        return FieldProblem(field=self.path, message=self.expected.said(), came=_shown(self.came))


def refusal(mistakes: list[Mistake]) -> ConditionUnreadable:
    """Return the refusal that names these mistakes."""
    first = mistakes[0]
    where, came = first.path, _shown(first.came)
    return ConditionUnreadable(
        errors=[each.problem() for each in mistakes],
        count=len(mistakes),
        first=Text(
            f"{where}：{first.expected.zh}，收到的是 {came}。",
            f"{where}: {first.expected.en}, but {came} came.",
        ),
    )


def suggestion(word: str, known: list[str]) -> Text:
    """Return “did you mean …” for the nearest known words, or nothing."""
    near = get_close_matches(word, known, n=3, cutoff=0.5)
    if not near:
        return Text("", "")
    return Text(f"，是不是 {'、'.join(near)}", f", perhaps {', '.join(near)}")


def _shown(came: object) -> str:
    if came is ...:
        return "∅"
    written = json.dumps(came, ensure_ascii=False, default=str)
    return written if len(written) <= 80 else written[:79] + "…"
