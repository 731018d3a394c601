"""When who enters or leaves by time alone: one statement, a row for each customer concerned.

    rows: customer, inside (0 or 1), until (an instant, or NULL: not before something is recorded)

Every leaf contributes rows of *presence* (who passes it now) and rows of *until* (when it may
change). Grouped by customer they combine: what all of several must pass changes, while they all pass,
with the first of them; while some fail, not before the last of those that fail may change. `until` is
a lower bound, and exact for one leaf: nothing changes earlier.
"""

from collections.abc import Iterator
from datetime import datetime

from yutang.audiences.condition.compile.moments import Clock
from yutang.audiences.condition.compile.pieces import Absent, Members, Operand, Piece
from yutang.audiences.condition.compile.relaxed import EVERYONE, relaxed
from yutang.audiences.condition.compile.statement import Compiler, Statement
from yutang.audiences.condition.compile.until import untils
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import All, Any, Condition, Not, walk

__all__ = ["next_changes"]


def next_changes(
    condition: Condition, frame: Frame, *, horizon: datetime | None = None
) -> Statement:
    """Return the statement that says who is inside now, and until when that holds.

    It answers who is inside and who may enter by time alone; everybody else is out and stays out.
    With a `horizon` it answers only those for whom something may change until then, and combines
    the leaves for nobody else: of a million members, the few ten thousand whose windows end today.

    :raises MineNeedsReader:
    """
    return _Weaver(frame, horizon).statement(condition)


class _Weaver:
    """Numbers the leaves, collects their rows, and writes how they combine."""

    def __init__(self, frame: Frame, horizon: datetime | None) -> None:
        self.frame = frame
        self.horizon = horizon
        self.compiler = Compiler(frame)
        self.clock = Clock(self.compiler.binder)
        self.rows: list[str] = []
        self.columns: list[str] = []
        self.leaves: dict[Condition, int] = {}
        self.nodes = 0
        self.candidates = self.compiler.everyone

    def statement(self, condition: Condition) -> Statement:
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
        return self.compiler.statement(
            f"{once}SELECT customer, inside, if(change >= {never}, NULL,"
            f" fromUnixTimestamp64Milli(least(change, {never}), 'UTC')) AS until"
            f" FROM ({woven}) WHERE inside OR change < {never}"
        )

    def _candidates(self, condition: Condition) -> tuple[list[str], str]:
        """Return what is found first, each once and as a bitmap, and the selection of the candidates."""
        wider = relaxed(condition, self.frame)
        inside, _ = self.compiler.answer(wider)
        firsts = []
        if isinstance(wider, All) and wider != EVERYONE:
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
            leaf = not isinstance(child, All | Any | Not)
            if not leaf or relaxed(child, self.frame) != child:
                numbers.append(self.weave(child))
            elif (until := self._until(child)) is not None:
                numbers.append(self._columns("1", until))
        return self._group(numbers, both=True)

    def _changing(self, condition: Condition) -> str:
        """Return whoever has a leaf that may change until the horizon.

        Where several leaves must hold, only among those who may come in at all.
        """
        leaves = {each for each in walk(condition) if not isinstance(each, All | Any | Not)}
        rows = [
            selection
            for leaf in sorted(leaves, key=repr)
            for selection in self._untils(leaf, self.candidates)
        ]
        if not rows:
            return "SELECT toUInt32(0) AS who WHERE 0"
        return " UNION ALL ".join(f"SELECT who FROM ({each})" for each in rows)

    def _untils(self, node: Condition, among: Operand) -> Iterator[str]:
        """Yield the selections of `who` and `until`, those that lie ahead and before the horizon."""
        ahead = f"until > {self.clock.now}"
        if self.horizon is not None:
            ahead += f" AND until <= {self.clock.constant(self.horizon)}"
        for selection in untils(node, self.clock.binder, among):
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


def _bitmap(rows: str) -> str:
    return f"(SELECT groupBitmapState(toUInt32(who)) FROM ({rows}))"
