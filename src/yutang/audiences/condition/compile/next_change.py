"""When who enters or leaves by time alone: one statement, a row for each customer concerned.

    rows: customer, inside (0 or 1), until (an instant, or NULL: not before something is recorded)

Every leaf contributes rows of *presence* (who passes it now) and rows of *until* (when it may
change). Grouped by customer they combine: what all of several must pass changes, while they all pass,
with the first of them; while some fail, not before the last of those that fail may change. `until` is
a lower bound, and exact for one leaf: nothing changes earlier.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.compile.moments import Clock
from yutang.audiences.condition.compile.pieces import Absent, Members, Operand, Piece
from yutang.audiences.condition.compile.relaxed import EVERYONE, relaxed
from yutang.audiences.condition.compile.statement import Compiler, Statement
from yutang.audiences.condition.compile.until import untils
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import All, Any, Condition, Not, walk

__all__ = ["next_changes", "next_changes_of_members"]


def next_changes(condition: Condition, frame: Frame) -> Statement:
    """Return the statement that says who is inside now, and until when that holds.

    It answers who is inside and who may enter by time alone; everybody else is out and stays out.

    :raises MineNeedsReader:
    """
    binder = Binder(frame)
    return Statement(_Weaver(frame, binder).write(condition), binder.parameters)


def next_changes_of_members(
    conditions: Mapping[int, Condition], frame: Frame, *, horizon: datetime
) -> Statement:
    """Return the statement `audience, customer, inside, until` for whom something may change soon.

    The conditions stand under the numbers of their audiences, whose members are exactly who meets
    them now. It answers only those for whom something may change until the horizon, and combines the
    leaves for nobody else: of a million members, the few ten thousand whose windows end today.

    :raises MineNeedsReader:
    """
    binder = Binder(frame)
    parts = []
    for audience, condition in conditions.items():
        number = binder.integer(audience)
        written = _Weaver(frame, binder, horizon, number).write(condition)
        parts.append(
            f"SELECT toUInt32({number}) AS audience, customer, inside, until FROM ({written})"
        )
    return Statement(" UNION ALL ".join(parts), binder.parameters)


class _Weaver:
    """Numbers the leaves, collects their rows, and writes how they combine."""

    def __init__(
        self, frame: Frame, binder: Binder, horizon: datetime | None = None, audience: str = ""
    ) -> None:
        self.frame = frame
        self.horizon = horizon
        self.audience = audience
        self.compiler = Compiler(frame, binder)
        self.clock = Clock(self.compiler.binder)
        self.rows: list[str] = []
        self.columns: list[str] = []
        self.leaves: dict[Condition, int] = {}
        self.nodes = 0
        self.candidates = self.compiler.everyone

    def write(self, condition: Condition) -> str:
        leaves = self._leaves_that_decide(condition)
        if leaves is not None and self.horizon is not None:
            return self._of_members(leaves)
        if leaves is not None and self.frame.only is not None:
            return self._of_a_few(condition, leaves)
        firsts, base = self._candidates(condition)
        never = self.clock.never
        self.rows.append(
            f"SELECT who, toInt16(-1) AS leaf, toInt64({never}) AS until FROM ({base})"
        )
        root = self._root(condition)
        columns = "".join(f", {each}" for each in self.columns)
        woven = (
            f"SELECT who AS customer, v{root} AS inside, u{root} AS change{columns}"
            f" FROM ({' UNION ALL '.join(self.rows)}) GROUP BY who HAVING max(leaf = -1)"
        )
        once = f"WITH {', '.join(firsts)} " if firsts else ""
        return (
            f"{once}SELECT customer, inside, if(change >= {never}, NULL,"
            f" fromUnixTimestamp64Milli(least(change, {never}), 'UTC')) AS until"
            f" FROM ({woven}) WHERE inside OR change < {never}"
        )

    def _leaves_that_decide(self, condition: Condition) -> list[Condition] | None:
        """Return the leaves of which the first to change changes the whole; None: it is not so plain.

        It is where time alone lets nobody in: whoever passes an `all` passes each of its parts.
        """
        if relaxed(condition, self.frame) != condition:
            return None
        parts: list[Condition] = [condition]
        leaves: list[Condition] = []
        while parts:
            part = parts.pop()
            if isinstance(part, All):
                parts += part.of
            elif _is_leaf(part):
                leaves.append(part)
            elif any(list(self._untils(each, None)) for each in walk(part) if _is_leaf(each)):
                return None
        return leaves

    def _of_members(self, leaves: list[Condition]) -> str:
        """Write the outlook of the audience's members: the first change of any of these leaves."""
        members = (
            "(SELECT customer AS who FROM members FINAL"
            f" WHERE workspace = {self.compiler.binder.workspace} AND audience = {self.audience})"
        )
        rows = [each for leaf in leaves for each in self._untils(leaf, members, early=True)]
        never = f"SELECT who, {self.clock.never} AS until FROM {members} WHERE 0"
        return (
            "SELECT who AS customer, 1 AS inside,"
            " toNullable(fromUnixTimestamp64Milli(min(until), 'UTC')) AS until"
            f" FROM ({' UNION ALL '.join(rows) or never}) GROUP BY who"
        )

    def _of_a_few(self, condition: Condition, leaves: list[Condition]) -> str:
        """Write the same for a few customers, of whom nobody knows yet who is inside."""
        inside, _ = self.compiler.answer(condition)
        never, few = self.clock.never, self.compiler.everyone
        rows = [f"SELECT who, toInt64({never}) AS change, 1 AS here FROM ({inside})"]
        rows += [
            f"SELECT who, if(until > {self.clock.now}, toInt64(until), {never}), 0 FROM ({selection})"
            for leaf in leaves
            for selection in untils(leaf, self.clock.binder, few)
        ]
        return (
            f"SELECT who AS customer, 1 AS inside, if(min(change) >= {never}, NULL,"
            f" fromUnixTimestamp64Milli(least(min(change), {never}), 'UTC')) AS until"
            f" FROM ({' UNION ALL '.join(rows)}) GROUP BY who HAVING max(here)"
        )

    def _candidates(self, condition: Condition) -> tuple[list[str], str]:
        """Return what is found first, each once and as a bitmap, and the selection of the candidates."""
        wider = relaxed(condition, self.frame)
        inside, _ = self.compiler.answer(wider)
        firsts = []
        if self.frame.only is not None:
            self.candidates = self.compiler.everyone  # a few: looking at them twice is no work
        elif isinstance(wider, All) and wider != EVERYONE:
            firsts.append(f"{_bitmap(inside)} AS them")
            inside = "SELECT arrayJoin(bitmapToArray(them)) AS who"
            self.candidates = f"({inside})"
        if self.horizon is not None:
            firsts.append(f"{_bitmap(self._changing(condition))} AS changing")
            only = "SELECT arrayJoin(bitmapToArray(changing)) AS who"
            if not self.candidates or self.candidates == self.compiler.everyone:
                self.compiler.everyone = f"({only})"
                only, _ = self.compiler.answer(wider)
            self.candidates, inside = "(SELECT arrayJoin(bitmapToArray(changing)))", only
        return firsts, inside

    def _root(self, condition: Condition) -> int:
        """Write the whole; what every candidate passes as it is, is not asked again."""
        if not isinstance(condition, All):
            return self.weave(condition)
        numbers = []
        for child in condition.of:
            if not _is_leaf(child) or relaxed(child, self.frame) != child:
                numbers.append(self.weave(child))
            elif (until := self._until(child)) is not None:
                numbers.append(self._columns("1", until))
        return self._group(numbers, both=True)

    def _changing(self, condition: Condition) -> str:
        """Return whoever has a leaf that may change until the horizon.

        Where several leaves must hold, only among those who may come in at all.
        """
        leaves = {each for each in walk(condition) if _is_leaf(each)}
        rows = [
            selection
            for leaf in sorted(leaves, key=repr)
            for selection in self._untils(leaf, self.candidates, early=True)
        ]
        if not rows:
            return "SELECT toUInt32(0) AS who WHERE 0"
        return " UNION ALL ".join(f"SELECT who FROM ({each})" for each in rows)

    def _untils(self, node: Condition, among: Operand, *, early: bool = False) -> Iterator[str]:
        """Yield the selections of `who` and `until`, those that lie ahead and before the horizon.

        `early`: `among` are many, most of whom do not change so soon.
        """
        ahead = f"until > {self.clock.now}"
        if self.horizon is not None:
            ahead += f" AND until <= {self.clock.constant(self.horizon)}"
        for selection in untils(node, self.clock.binder, among, self.horizon if early else None):
            yield f"SELECT who, until FROM ({selection}) WHERE {ahead}"

    def weave(self, node: Condition) -> int:
        """Write the columns of a node; return its number."""
        match node:
            case All(of=children) | Any(of=children):
                numbers = [self.weave(child) for child in children]
                return self._group(numbers, both=isinstance(node, All))
            case Not(of=child):
                number = self.weave(child)
                return self._columns(f"NOT v{number}", f"u{number}")
        if node not in self.leaves:
            self.leaves[node] = self._leaf(node)
        return self.leaves[node]

    def _columns(self, value: str, until: str) -> int:
        number = self.nodes
        self.nodes += 1
        self.columns += [f"({value}) AS v{number}", f"({until}) AS u{number}"]
        return number

    def _group(self, numbers: list[int], *, both: bool) -> int:
        if not numbers:
            return self._columns("1", self.clock.never)
        if len(numbers) == 1:
            return numbers[0]
        value = (" AND " if both else " OR ").join(f"v{each}" for each in numbers)
        first = "least(" + ", ".join(f"u{each}" for each in numbers) + ")"
        # the children that decide now: those that fail (all), those that pass (any)
        decides = "NOT v{0}" if both else "v{0}"
        last = (
            "greatest("
            + ", ".join(f"if({decides.format(each)}, u{each}, 0)" for each in numbers)
            + ")"
        )
        steady, held = (first, last) if both else (last, first)
        return self._columns(value, f"if({value}, {steady}, {held})")

    def _leaf(self, node: Condition) -> int:
        leaf = len(self.leaves)
        piece = self.compiler.piece(node)
        present, here = f"toInt16({leaf}) AS leaf", self.clock.never
        if isinstance(piece, Absent):
            rows = piece.members.select(self.candidates)
        else:
            rows = self._passing(piece)
        self.rows.append(f"SELECT who, {present}, toInt64({here}) AS until FROM ({rows})")
        value = f"max(leaf = {leaf})"
        until = self._until(node) or self.clock.never
        return self._columns(f"NOT {value}" if isinstance(piece, Absent) else value, until)

    def _until(self, node: Condition) -> str | None:
        """Collect when a leaf may change; return the earliest as an expression, or None: never."""
        leaf = 1000 + len(self.rows)
        selections = list(self._untils(node, self.candidates))
        self.rows.extend(
            f"SELECT who, toInt16({leaf}) AS leaf, toInt64(until) AS until FROM ({selection})"
            for selection in selections
        )
        return f"min(if(leaf = {leaf}, until, {self.clock.never}))" if selections else None

    def _passing(self, piece: Piece) -> str:
        if isinstance(piece, Members):
            return piece.select(self.candidates)
        return self.compiler.profiles([piece.expression(self.candidates)], self.candidates)


def _is_leaf(node: Condition) -> bool:
    return not isinstance(node, All | Any | Not)


def _bitmap(rows: str) -> str:
    return f"(SELECT groupBitmapState(toUInt32(who)) FROM ({rows}))"
