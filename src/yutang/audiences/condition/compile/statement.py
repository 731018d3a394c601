"""A condition as one statement: who, how many, some of them.

    statement = select(condition, frame)
    warehouse().rows(statement.sql, statement.parameters)

Every table in it is read `WHERE workspace = {workspace:UInt32}`; every constant is bound; whatever
depends on time follows from the one bound `now`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from yutang.audiences.condition.compile import history, tables
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.compile.pieces import (
    Local,
    Members,
    Operand,
    Piece,
    all_of,
    any_of,
    inverse,
)
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import (
    All,
    Any,
    AttributeTest,
    AudienceTest,
    Condition,
    Dependant,
    EventTest,
    HasReferred,
    MomentTest,
    Not,
    RandomShare,
    ReferredBy,
    RelationTest,
    Sequence,
    TagGroupTest,
    TagTest,
)

__all__ = ["Compiler", "Statement", "count", "sample", "select", "select_each"]


@dataclass(frozen=True)
class Statement:
    """A statement and what is bound to it."""

    sql: str
    parameters: dict[str, object]


def select(condition: Condition, frame: Frame) -> Statement:
    """Return the statement whose rows are the customers who meet the condition, each once.

    :raises MineNeedsReader:
    """
    compiler = Compiler(frame)
    inside, once = compiler.answer(condition)
    distinct = "" if once else "DISTINCT "
    return compiler.statement(f"SELECT {distinct}who AS customer FROM ({inside})")


def select_each(conditions: Mapping[int, Condition], frame: Frame) -> Statement:
    """Return the statement whose rows are `audience, customer`: who meets the condition of each.

    The conditions stand under the numbers of their audiences. A customer may come more than once.

    :raises MineNeedsReader:
    """
    binder = Binder(frame)
    parts = [
        f"SELECT toUInt32({binder.integer(audience)}) AS audience, toUInt32(who) AS customer"
        f" FROM ({Compiler(frame, binder).answer(condition)[0]})"
        for audience, condition in conditions.items()
    ]
    return Statement(" UNION ALL ".join(parts), binder.parameters)


def count(condition: Condition, frame: Frame) -> Statement:
    """Return the statement that counts who meets the condition.

    :raises MineNeedsReader:
    """
    compiler = Compiler(frame)
    inside, once = compiler.answer(condition)
    number = "count()" if once else "uniqExact(who)"
    return compiler.statement(f"SELECT {number} FROM ({inside})")


def sample(condition: Condition, frame: Frame, *, size: int) -> Statement:
    """Return the statement that answers `size` of those who meet the condition, always the same.

    :raises MineNeedsReader:
    """
    compiler = Compiler(frame)
    inside, _ = compiler.answer(condition)
    limit = compiler.binder.unsigned(size)
    return compiler.statement(
        f"SELECT DISTINCT who AS customer FROM ({inside}) ORDER BY intHash64(who), who LIMIT {limit}"
    )


class Compiler:
    """Turns nodes into pieces and puts the pieces together."""

    def __init__(self, frame: Frame, binder: Binder | None = None) -> None:
        self.binder = binder or Binder(frame)
        only = frame.only
        self.everyone: Operand = None if only is None else self.binder.ids(only.customers)

    def statement(self, sql: str) -> Statement:
        """Return the statement with everything bound so far."""
        return Statement(sql, self.binder.parameters)

    def answer(self, condition: Condition) -> tuple[str, bool]:
        """Return the selection of `who`, and whether each stands in it once."""
        pieces = [self.piece(condition)]
        if (scoped := self._scope()) is not None:
            pieces.append(scoped)
        whole = all_of(pieces, self.profiles)
        if isinstance(whole, Members) and whole.living:
            return whole.select(self.everyone), False
        if isinstance(whole, Members):
            return self.profiles([], f"({whole.select(self.everyone)})"), True
        return self.profiles([whole.expression(self.everyone)], self.everyone), True

    def profiles(self, tests: list[str], among: Operand) -> str:
        """Return the selection of living customers who pass these tests."""
        where = [f"workspace = {self.binder.workspace}", *(f"({test})" for test in tests)]
        if among:
            where.append(f"customer IN {among}")
        return f"SELECT customer AS who FROM profiles FINAL WHERE {' AND '.join(where)}"

    def _scope(self) -> Members | None:
        scope, binder = self.binder.frame.scope, self.binder
        if scope is None:
            return None
        staff, stores = binder.ids(scope.staff), binder.ids(scope.stores)

        def select(among: Operand) -> str:
            among_them = f" AND customer IN {among}" if among else ""
            return (
                f"SELECT customer AS who FROM relations FINAL WHERE workspace = {binder.workspace}"
                f" AND ((kind = 'staff' AND target IN {staff})"
                f" OR (kind = 'store' AND target IN {stores})){among_them}"
            )

        return Members(select, weight=0)

    def piece(self, node: Condition) -> Piece:
        """Return a node as a piece."""
        binder = self.binder
        match node:
            case All(of=children):
                pieces = [self.piece(child) for child in children]
                return all_of(pieces, self.profiles) if pieces else Local("1", 1.0)
            case Any(of=children):
                return any_of([self.piece(child) for child in children])
            case Not(of=child):
                return inverse(self.piece(child))
            case AttributeTest():
                return tables.attribute(node, binder)
            case TagTest() | TagGroupTest():
                return self._tags(node)
            case EventTest():
                return history.events(node, binder)
            case MomentTest():
                return history.moment(node, binder)
            case Sequence():
                return history.sequence(node, binder)
            case RelationTest():
                return tables.relation(node, binder)
            case HasReferred():
                return tables.has_referred(node, binder)
            case ReferredBy():
                return tables.referred_by(node, binder)
            case Dependant():
                return tables.dependant(node, binder)
            case AudienceTest():
                return tables.audience(node, binder)
            case RandomShare():
                return tables.share(node, binder)

    def _tags(self, node: TagTest | TagGroupTest) -> Piece:
        if isinstance(node, TagGroupTest):
            found: Piece = tables.tagged(node.tags, TagTest("any", ()).tagged, self.binder)
            return found if node.has else inverse(found)
        if node.quantifier in ("any", "none"):
            found = tables.tagged(node.tags, node.tagged, self.binder)
            return found if node.quantifier == "any" else inverse(found)
        groups = (
            node.groups if node.quantifier == "by_group" else tuple((tag,) for tag in node.tags)
        )
        each = [tables.tagged(group, node.tagged, self.binder) for group in groups]
        return all_of(each, self.profiles)
