"""One customer out of the warehouse, as the plain reading wants her."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any as Anything

from yutang.audiences.condition.compile.binder import instant_text
from yutang.audiences.condition.frame import Frame
from yutang.audiences.condition.nodes import (
    AttributeTest,
    AudienceTest,
    Condition,
    Events,
    EventTest,
    Field,
    HasReferred,
    Kind,
    MomentTest,
    ReferredBy,
    RelationTest,
    TagGroupTest,
    TagTest,
    walk,
)
from yutang.audiences.condition.nodes import Sequence as Steps
from yutang.audiences.condition.person import Happening, Kin, Person, Tagging, Tie
from yutang.audiences.condition.vocabulary import PROFILE_COLUMNS, Vocabulary
from yutang.engines import named_sql, warehouse

__all__ = ["MOST_EVENTS", "load", "load_profiles"]

MOST_EVENTS = 100_000


def load(condition: Condition, frame: Frame, vocabulary: Vocabulary) -> Person | None:
    """Return the customer `frame.only` names, or None if she is not there.

    Of her events those are read that the condition can look at, the newest `MOST_EVENTS` of them.
    """
    assert frame.only is not None
    (customer,) = frame.only.customers
    needed = _needed(condition)
    bound = needed | {
        "workspace": frame.workspace,
        "customer": customer,
        "origins": [*frame.only.origins],
        "now": instant_text(frame.now),
        "most": MOST_EVENTS,
    }
    statements = named_sql("yutang.audiences", "person")

    def rows(name: str, unless: bool = False) -> list[dict[str, Anything]]:
        return [] if unless else warehouse().ask(statements[name], bound).dicts()

    known = load_profiles(frame.workspace, [customer])
    if not known:
        return None
    return Person(
        customer,
        known[customer].profile,
        _fields(rows("fields", not needed["attributes"]), vocabulary),
        tuple(_happening(row) for row in reversed(rows("events", "types" not in needed))),
        tuple(_tagging(row) for row in rows("tags", not needed["tags"])),
        tuple(_tie(row) for row in rows("ties", not needed["kinds"])),
        tuple(Kin(row["kind"], row["gender"], row["birthday"]) for row in rows("kin")),
        tuple(_aware(row["since"]) for row in rows("referred", not needed["kinds"])),
        frozenset(row["audience"] for row in rows("audiences", not needed["audiences"])),
    )


def load_profiles(workspace: int, customers: Sequence[int]) -> dict[int, Person]:
    """Return those of the customers who are there, with nothing but their profiles."""
    statement = named_sql("yutang.audiences", "person")["profiles"]
    found = warehouse().ask(statement, {"workspace": workspace, "customers": customers}).dicts()
    return {
        row["customer"]: Person(
            row["customer"],
            {name: _plain(value) for name, value in row.items() if name in PROFILE_COLUMNS},
        )
        for row in found
    }


def _needed(condition: Condition) -> dict[str, Anything]:
    """Return what a condition looks at; `types` is left out where it looks at no events."""
    needed: dict[str, set[Anything]] = {
        "attributes": set(),
        "tags": set(),
        "kinds": set(),
        "audiences": set(),
    }
    seen: list[Events] = []
    for node in walk(condition):
        match node:
            case AttributeTest(field=field) if field.column is None:
                needed["attributes"].add(field.name)
            case TagTest() | TagGroupTest():
                needed["tags"] |= set(node.tags)
            case RelationTest(to=to):
                needed["kinds"].add(to)
            case HasReferred() | ReferredBy():
                needed["kinds"].add("referrer")
            case AudienceTest(audiences=audiences):
                needed["audiences"] |= set(audiences)
            case EventTest(events=events) | MomentTest(events=events):
                seen.append(events)
            case Steps(steps=steps, without=without):
                seen += [*steps, *([without.events] if without else [])]
    bound: dict[str, Anything] = {name: sorted(each) for name, each in needed.items()}
    if seen:
        every = any(not each.types for each in seen)
        bound["types"] = [] if every else sorted({name for each in seen for name in each.types})
    return bound


def _fields(rows: list[dict[str, Anything]], vocabulary: Vocabulary) -> dict[str, object]:
    values = {row["attribute"]: _field(row, vocabulary) for row in rows}
    return {name: value for name, value in values.items() if value is not None}


def _tagging(row: dict[str, Anything]) -> Tagging:
    return Tagging(row["tag"], _aware(row["tagged_at"]), _aware(row["expires_at"]))


def _tie(row: dict[str, Anything]) -> Tie:
    return Tie(row["kind"], row["target"], _aware(row["since"]), row["status"])


def _field(row: dict[str, Anything], vocabulary: Vocabulary) -> object:
    field: Field | None = (
        vocabulary.attribute(row["attribute"])
        if row["attribute"] in vocabulary.attributes
        else None
    )
    match field and field.kind:
        case Kind.NUMBER | Kind.MONEY:
            return row["number"]
        case Kind.BOOL:
            return bool(row["number"])
        case Kind.DATE:
            return row["date"]
        case Kind.TIME:
            return _plain(row["moment"])
        case Kind.MULTI_CHOICE:
            return tuple(row["list"]) or None
    return row["text"] or None


def _plain(value: Anything) -> Anything:
    if isinstance(value, datetime):
        return _aware(value)
    return tuple(value) if isinstance(value, list) else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _happening(row: dict[str, Anything]) -> Happening:
    columns = ("amount", "staff", "store", "group", "content", "campaign", "source")
    return Happening(
        row["type"],
        _aware(row["ts"]),
        **{name: row[name] for name in columns},
        texts=row["texts"],
        numbers=row["numbers"],
        lists={name: tuple(each) for name, each in row["lists"].items()},
    )
