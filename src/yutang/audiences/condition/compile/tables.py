"""Leaves that are read from tables other than `events`: fields, tags, relations, families, audiences."""

import hashlib

from yutang.audiences.condition.calendar import local_day
from yutang.audiences.condition.compile.binder import Binder
from yutang.audiences.condition.compile.pieces import Absent, Local, Members, Operand, Piece
from yutang.audiences.condition.compile.tests_of import during, ordered, passes
from yutang.audiences.condition.mistakes import MineNeedsReader
from yutang.audiences.condition.nodes import (
    AttributeTest,
    AudienceTest,
    Comparison,
    Dependant,
    Ever,
    Field,
    HasReferred,
    Kind,
    Known,
    OneOf,
    RandomShare,
    ReferredBy,
    RelationTest,
    Test,
    Window,
)
from yutang.audiences.condition.windows import days_over, stretches, within_reach

__all__ = [
    "attribute",
    "audience",
    "bucket",
    "dependant",
    "dependant_where",
    "field_column",
    "fields_where",
    "has_referred",
    "holds_at_zero",
    "referred_by",
    "referred_where",
    "relation",
    "relation_where",
    "seed_of",
    "share",
    "tagged",
    "tags_where",
]

_FIELD_COLUMNS = {
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.BOOL: "number",
    Kind.DATE: "date",
    Kind.TIME: "moment",
    Kind.MULTI_CHOICE: "list",
}


def attribute(node: AttributeTest, binder: Binder) -> Piece:
    """Read an attribute from its column of profiles, or from its row of fields."""
    field, test = node.field, node.test
    if field.column is not None:
        sql = passes(test, field.kind, field.column, binder)
        return Local(sql, _guess(test))
    if isinstance(test, Known) and not test.known:
        return Absent(_fields(field, Known(known=True), binder))
    return _fields(field, test, binder)


def _fields(field: Field, test: Test, binder: Binder) -> Members:
    where = (
        f"{fields_where(field, binder)} AND {passes(test, field.kind, field_column(field), binder)}"
    )
    return Members(lambda among: _select("fields", where, among), weight=1)


def field_column(field: Field) -> str:
    """Return the column of `fields` that holds a value of this kind."""
    return _FIELD_COLUMNS.get(field.kind, "text")


def fields_where(field: Field, binder: Binder) -> str:
    """Return the rows of `fields` of one attribute."""
    return f"workspace = {binder.workspace} AND attribute = {binder.text(field.name)}"


def _guess(test: Test) -> float:
    """Guess the share of customers that pass: only the order of the chain depends on it."""
    match test:
        case Comparison(op="eq"):
            return 0.2
        case OneOf(values=values, negated=False):
            return min(0.2 * len(values), 0.6)
        case Comparison(op="ne") | OneOf() | Known():
            return 0.9
    return 0.5


def _select(table: str, where: str, among: Operand, who: str = "customer") -> str:
    among_them = f" AND {who} IN {among}" if among else ""
    return f"SELECT {who} AS who FROM {table} FINAL WHERE {where}{among_them}"


def tagged(tags: tuple[int, ...], within: Window, binder: Binder) -> Members:
    """Whoever has one of these tags now."""
    where = tags_where(tags, within, binder)
    return Members(lambda among: _select("tags", where, among), weight=1)


def tags_where(tags: tuple[int, ...], within: Window, binder: Binder) -> str:
    """Return the rows of `tags` that are in force, given within a window."""
    return (
        f"workspace = {binder.workspace} AND tag IN {binder.ids(tags)}"
        f" AND tagged_at <= {binder.now} AND expires_at > {binder.now}"
        f"{_since('tagged_at', within, binder)}"
    )


def _since(column: str, within: Window, binder: Binder) -> str:
    if isinstance(within, Ever):
        return ""
    found = stretches(within, binder.frame.now, binder.frame.time_zone)
    return f" AND ({during(column, found, binder)})"


def relation(node: RelationTest, binder: Binder) -> Piece:
    """Whoever is tied to these staff, stores or groups.

    :raises MineNeedsReader:
    """
    where = relation_where(node, binder)
    members = Members(lambda among: _select("relations", where, among), weight=1)
    return Absent(members) if node.op == "none" else members


def relation_where(node: RelationTest, binder: Binder) -> str:
    """Return the rows of `relations` a test looks at.

    :raises MineNeedsReader:
    """
    where = f"workspace = {binder.workspace} AND kind = {binder.text(node.to)}"
    ids = node.ids
    if node.op == "mine":
        if binder.frame.mine is None:
            raise MineNeedsReader
        ids = binder.frame.mine.staff if node.to == "staff" else binder.frame.mine.stores
    if node.op in ("in", "mine"):
        where += f" AND target IN {binder.ids(ids)}"
    if node.statuses:
        where += f" AND status IN {binder.texts(node.statuses)}"
    return where + _since("since", node.since, binder)


def has_referred(node: HasReferred, binder: Binder) -> Piece:
    """Whoever brought so many customers."""
    where = referred_where(node, binder)
    zero = holds_at_zero(node.test)
    test = ordered(node.test, "count()", binder)
    having = f"NOT ({test})" if zero else test
    members = Members(
        lambda among: (
            f"{_select('relations', where, among, 'target')} GROUP BY target HAVING {having}"
        ),
        weight=2,
    )
    return Absent(members) if zero else members


def referred_where(node: HasReferred, binder: Binder) -> str:
    """Return the rows of `relations` that say who brought whom."""
    return (
        f"workspace = {binder.workspace} AND kind = {binder.text('referrer')}"
        f"{_since('since', node.since, binder)}"
    )


def holds_at_zero(test: object) -> bool:
    """Say whether a comparison holds for the number of nothing."""
    if isinstance(test, Comparison):
        value = test.value
        assert isinstance(value, int | float)
        return {
            "eq": value == 0,
            "ne": value != 0,
            "lt": value > 0,
            "le": value >= 0,
            "gt": value < 0,
            "ge": value <= 0,
        }[test.op]
    return test.low <= 0 <= test.high  # type: ignore[attr-defined, no-any-return]


def referred_by(node: ReferredBy, binder: Binder) -> Members:
    """Whoever came through these customers, or through anyone."""
    where = f"workspace = {binder.workspace} AND kind = {binder.text('referrer')}"
    if node.customers:
        where += f" AND target IN {binder.ids(node.customers)}"
    return Members(lambda among: _select("relations", where, among), weight=1)


def dependant(node: Dependant, binder: Binder) -> Members:
    """Whoever has someone of this kind, sex and age."""
    where = dependant_where(node, binder)
    return Members(lambda among: _select("dependants", where, among), weight=1)


def dependant_where(node: Dependant, binder: Binder) -> str:
    """Return the rows of `dependants` a test looks at."""
    where = f"workspace = {binder.workspace} AND kind = {binder.text(node.who)}"
    if node.gender is not None:
        where += f" AND gender = {binder.text(node.gender)}"
    if node.months is not None:
        today = local_day(binder.frame.now, binder.frame.time_zone)
        youngest, oldest = (within_reach(days_over(today, each)) for each in node.months)
        where += f" AND ifNull(birthday <= {binder.day(youngest)} AND birthday > {binder.day(oldest)}, 0)"
    return where


def audience(node: AudienceTest, binder: Binder) -> Piece:
    """Whoever is in one of these saved audiences, or in none of them."""
    where = f"workspace = {binder.workspace} AND audience IN {binder.ids(node.audiences)}"
    members = Members(lambda among: _select("members", where, among), weight=1)
    return members if node.inside else Absent(members)


def seed_of(salt: str) -> int:
    """Return the 64 bits a salt stands for."""
    return int.from_bytes(hashlib.sha256(salt.encode()).digest()[:8], "big")


def share(node: RandomShare, binder: Binder) -> Local:
    """Whoever falls into these buckets of 10,000."""
    hashed = f"intHash64(bitXor(toUInt64(customer), {binder.unsigned(seed_of(node.salt))}))"
    low, high = binder.integer(node.low), binder.integer(node.high)
    return Local(
        f"{hashed} % 10000 >= {low} AND {hashed} % 10000 < {high}", (node.high - node.low) / 10_000
    )


def bucket(salt: str, customer: int) -> int:
    """Return the bucket of 10,000 a customer falls into: the same as in the warehouse.

    `intHash64` of ClickHouse is the finalizer of MurmurHash3 after a constant.
    """
    mask = (1 << 64) - 1
    x = customer ^ seed_of(salt) ^ 0x4CF2D2BAAE6DA887
    x = ((x ^ (x >> 33)) * 0xFF51AFD7ED558CCD) & mask
    x = ((x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53) & mask
    return (x ^ (x >> 33)) % 10_000
