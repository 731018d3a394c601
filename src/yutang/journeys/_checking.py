"""What a graph names must be there: audiences, attributes, actions and their parameters."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from yutang.audiences import service as audiences
from yutang.customers import service as customers
from yutang.journeys.graph import Graph, GraphUnreadable, Node, from_json
from yutang.journeys.graph.mistakes import refusal
from yutang.journeys.graph.nodes import (
    ActionNode,
    AudienceEntry,
    BranchNode,
    Condition,
    EventEntry,
    ScheduleEntry,
    UntilAudienceNode,
    WaitDateNode,
    WaitForNode,
)
from yutang.journeys.models import Journey, JourneyState, JourneySubject, JourneyVersion
from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.kit.tree import Mistake, suggestion
from yutang.loop import Action, AttributeKind, PropertyKind, actions
from yutang.workspaces.models import Workspace

__all__ = ["audiences_of", "checked", "those_asking"]

_OTHER_SUBJECT = Text("这类旅程不能用这个动作", "a journey about these cannot do this")
_ASKED = Text("客户旅程才能用条件和属性", "only a journey of customers may ask this")


def checked(workspace: Workspace, tree: object, *, subject: str, now: datetime) -> Graph:
    """Return the graph a tree describes, if it can run here and now.

    :raises GraphUnreadable: naming every place that is wrong
    """
    graph = from_json(tree)
    checking = _Checking(workspace, subject, now)
    checking.entry(graph)
    for number, exit_ in enumerate(graph.exits):
        checking.condition(f"exits[{number}].when", exit_.when)
    for id_, node in graph.nodes.items():
        checking.node(f"nodes.{id_}", node)
    if checking.problems:
        raise _refused(checking.problems)
    return graph


def _refused(problems: list[FieldProblem]) -> GraphUnreadable:
    first = problems[0]
    said = f"{first.field}: {first.message}"
    return GraphUnreadable(errors=problems, count=len(problems), first=Text(said, said))


class _Checking:
    def __init__(self, workspace: Workspace, subject: str, now: datetime) -> None:
        self.workspace = workspace
        self.subject = subject
        self.now = now
        self.problems: list[FieldProblem] = []
        self.attributes = customers.attributes_of(workspace)

    def wrong(self, path: str, came: object, expected: Text) -> None:
        self.problems += refusal([Mistake(path, came, expected)]).errors

    def entry(self, graph: Graph) -> None:
        match graph.entry:
            case EventEntry(condition=condition):
                self.condition("entry.condition", condition)
            case AudienceEntry(audience=audience):
                self.audience("entry.audience", audience)
            case ScheduleEntry() as entry:
                self.condition("entry.condition", entry.condition)
                if entry.audience:
                    self.audience("entry.audience", entry.audience)
                if entry.at and entry.at <= self.now:
                    passed = Text(
                        "这个时刻已经过了，请改成以后的时刻",
                        "this instant has passed: choose one to come",
                    )
                    self.wrong("entry.at", entry.at.isoformat(), passed)

    def node(self, path: str, node: Node) -> None:
        match node:
            case ActionNode():
                self.action(path, node)
            case BranchNode(arms=arms):
                for number, arm in enumerate(arms):
                    self.condition(f"{path}.arms[{number}].when", arm.when)
            case UntilAudienceNode(audience=audience):
                self.audience(f"{path}.audience", audience)
            case WaitForNode(attribute=str() as name):
                self.attribute(f"{path}.attribute", name, (AttributeKind.NUMBER,))
            case WaitForNode(rhythm=(_, *_) as types):
                self.of_customers(f"{path}.rhythm", types)
            case WaitDateNode(of="customer", attribute=name):
                self.attribute(f"{path}.attribute", name, (AttributeKind.DATE, AttributeKind.TIME))

    def of_customers(self, path: str, came: object) -> bool:
        if self.subject != JourneySubject.CUSTOMER:
            self.wrong(path, came, _ASKED)
        return self.subject == JourneySubject.CUSTOMER

    def condition(self, path: str, condition: Condition | None) -> None:
        if condition is None or not self.of_customers(path, condition):
            return
        self._reading(path, lambda: audiences.check(self.workspace, condition))

    def audience(self, path: str, audience: int) -> None:
        condition = {"kind": "audience", "op": "in", "audiences": [audience]}
        if self.of_customers(path, audience):
            self._reading(
                path, lambda: audiences.check(self.workspace, condition), inside=".audiences[0]"
            )

    def _reading(self, path: str, read: Callable[[], object], *, inside: str = "") -> None:
        try:
            read()
        except audiences.ConditionUnreadable as unreadable:
            for each in unreadable.errors:
                place = each.field.removeprefix("condition").removeprefix(inside)
                self.problems.append(
                    FieldProblem(field=f"{path}{place}", message=each.message, came=each.came)
                )
        except audiences.MineNeedsReader as mine:
            self.problems.append(FieldProblem(field=path, message=mine.sentence()))

    def attribute(self, path: str, name: str, kinds: tuple[AttributeKind, ...]) -> None:
        if not self.of_customers(path, name):
            return
        fitting = [each for each, known in self.attributes.items() if known.kind in kinds]
        if name not in fitting:
            near = suggestion(name, fitting)
            self.wrong(
                path,
                name,
                Text(
                    f"没有这样的客户属性{near.zh}",
                    f"there is no such attribute of that kind{near.en}",
                ),
            )

    def action(self, path: str, node: ActionNode) -> None:
        action = actions.get(node.action)
        if action is None or action.perform is None:
            near = suggestion(node.action, list(actions))
            self.wrong(
                f"{path}.do",
                node.action,
                Text(f"没有这个动作{near.zh}", f"there is no such action{near.en}"),
            )
            return
        if self.subject not in action.subjects:
            self.wrong(f"{path}.do", node.action, _OTHER_SUBJECT)
        for name, expected in _misfits(action, node):
            self.wrong(f"{path}.with.{name}", node.parameters.get(name, ...), expected)
        if action.check and not any(self._is_of(path, each) for each in self.problems):
            for name, said in action.check(self.workspace.pk, node.parameters).items():
                self.wrong(f"{path}.with.{name}", node.parameters.get(name, ...), said)

    @staticmethod
    def _is_of(path: str, problem: FieldProblem) -> bool:
        return problem.field.startswith(f"{path}.")


def _misfits(action: Action, node: ActionNode) -> Iterator[tuple[str, Text]]:
    """Yield parameters that are unknown, or of another kind than the action says."""
    known = {each.name: each for each in action.parameters}
    for name, value in node.parameters.items():
        if name not in known:
            near = suggestion(name, list(known))
            yield (
                name,
                Text(
                    f"这个动作没有这项参数{near.zh}", f"the action has no such parameter{near.en}"
                ),
            )
        elif value is not None and not _fits(known[name].kind, value):
            yield name, _EXPECTED[known[name].kind]


def _fits(kind: PropertyKind, value: object) -> bool:
    if kind in (PropertyKind.NUMBER, PropertyKind.MONEY):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is PropertyKind.BOOL:
        return isinstance(value, bool)
    return isinstance(value, list) if kind is PropertyKind.LIST else isinstance(value, str)


_EXPECTED = {
    PropertyKind.TEXT: Text("应该是文字", "should be text"),
    PropertyKind.NUMBER: Text("应该是数字", "should be a number"),
    PropertyKind.MONEY: Text("应该是以分为单位的整数", "should be a whole number of fen"),
    PropertyKind.BOOL: Text("应该是 true 或 false", "should be true or false"),
    PropertyKind.DATE: Text("应该是日期，如 2026-11-01", "should be a date such as 2026-11-01"),
    PropertyKind.TIME: Text("应该是带时差的时刻", "should be an instant with its offset"),
    PropertyKind.LIST: Text("应该是数组", "should be an array"),
}


def audiences_of(graph: Graph) -> tuple[int | None, set[int]]:
    """Return the audience a graph is entered by, and those somebody waits for in it."""
    entry = graph.entry.audience if isinstance(graph.entry, AudienceEntry) else None
    awaited = {
        each.audience for each in graph.nodes.values() if isinstance(each, UntilAudienceNode)
    }
    return entry, awaited


def those_asking(workspace_id: int, audience_id: int) -> list[str]:
    """Return the names of running journeys that ask who is in an audience, anywhere in their graphs."""
    running = Journey.objects.within(workspace_id).filter(
        state__in=(JourneyState.ACTIVE, JourneyState.PAUSED)
    )
    numbers = {each.pk: (each.name, each.version) for each in running.order_by("name", "pk")}
    rows = JourneyVersion.objects.within(workspace_id).filter(journey__in=numbers)
    graphs = {
        (journey, number): graph
        for journey, number, graph in rows.values_list("journey_id", "number", "graph")
    }
    return [
        name
        for pk, (name, version) in numbers.items()
        if audience_id in set(_named_in(graphs[pk, version]))
    ]


def _named_in(tree: object) -> Iterator[object]:
    if isinstance(tree, Mapping):
        named = tree.get("audience"), *_listed(tree.get("audiences"))
        yield from (each for each in named if isinstance(each, int))
        for each in tree.values():
            yield from _named_in(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _named_in(each)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
