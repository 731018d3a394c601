"""The attributes a customer holds, and what she shows once she consists of several.

Every attribute is kept with who said it and when. Of several customers who are one, the best word is
shown: the source of the higher rank, then the more recent one. Each keeps her own beneath, so that
the result depends on who is one and not on the order in which they became it, and undoing a merge
is showing fewer.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from yutang.customers._values import Value, instant_text
from yutang.customers.models import Customer

__all__ = [
    "COLUMNS",
    "DEFAULT_RANKS",
    "OTHER_RANK",
    "Held",
    "Word",
    "as_kept",
    "combined",
    "held_of",
    "own_of",
    "put",
    "rank_of",
]

COLUMNS: Final = (
    "name",
    "gender",
    "birthday",
    "country",
    "province",
    "city",
    "district",
    "source",
    "joined_at",
    "created_at",
)
# Whose word counts more: people who asked her, then systems she dealt with, then lists.
DEFAULT_RANKS: Final[Mapping[str, int]] = {"user": 100, "key": 60, "import": 50}
OTHER_RANK: Final = 40


class Word(NamedTuple):
    """A value, who said it and when (Unix ms). `last`: said of the merged customer, beats her parts."""

    value: Value
    source: str
    at: int
    last: bool = False


Held = dict[str, Word]


def held_of(customer: Customer) -> Held:
    """Return what a customer shows."""
    held: Held = {}
    told = customer.told
    for name in COLUMNS:
        value = as_kept(getattr(customer, name))
        if value is not None:
            held[name] = _word(value, told.get(name), customer)
    for name, value in customer.fields.items():
        held[name] = _word(value, told.get(name), customer)
    return held


def own_of(customer: Customer) -> Held:
    """Return what was said of this customer herself, before and beneath any merge."""
    if customer.own is None:
        return held_of(customer)
    return {name: Word(*said) for name, said in customer.own.items()}


def put(customer: Customer, held: Held) -> None:
    """Make a customer show this; nothing is saved."""
    held = {name: word for name, word in held.items() if word.value != ""}
    for name in COLUMNS:
        setattr(customer, name, _as_column(name, held[name].value if name in held else None))
    customer.fields = {name: word.value for name, word in held.items() if name not in COLUMNS}
    customer.told = {
        name: [word.source, word.at, True] if word.last else [word.source, word.at]
        for name, word in held.items()
        if name != "created_at" and (name, word.source) != ("source", word.value)
    }


def combined(parts: Iterable[tuple[int, Held]], ranks: Mapping[str, int]) -> Held:
    """Return the best word for each attribute; the answer does not depend on the order of the parts."""
    ordered = sorted(parts, key=lambda part: part[0])
    best: Held = {}
    for _, held in ordered:
        for name, word in held.items():
            if name not in best or _weight(word, ranks) > _weight(best[name], ranks):
                best[name] = word
    eldest = min(
        (held for _, held in ordered if "created_at" in held),
        key=lambda held: str(held["created_at"].value),
        default={},
    )
    for name in ("created_at", "source"):
        if name in eldest and not best[name].last:
            best[name] = eldest[name]
    joined = [held["joined_at"] for _, held in ordered if "joined_at" in held]
    if joined and not best["joined_at"].last:
        best["joined_at"] = min(joined, key=lambda word: str(word.value))
    return best


def rank_of(source: str, ranks: Mapping[str, int]) -> int:
    """Return how much the word of a source (`import:7`, `user:3`) counts."""
    return ranks.get(source.partition(":")[0], ranks.get("other", OTHER_RANK))


def _weight(word: Word, ranks: Mapping[str, int]) -> tuple[bool, int, int]:
    if word.last:
        return True, 0, word.at
    return False, rank_of(word.source, ranks), word.at


def _word(value: Value, told: list[object] | None, customer: Customer) -> Word:
    if told is None:
        return Word(value, customer.source, int(customer.created_at.timestamp() * 1000))
    return Word(value, *told)  # type: ignore[arg-type]


def as_kept(value: object) -> Value | None:
    """Return the value of a column in its kept form; None where nothing is known."""
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value or None  # type: ignore[return-value]


def _as_column(name: str, value: Value | None) -> object:
    if name == "birthday":
        return date.fromisoformat(str(value)) if value else None
    if name in {"joined_at", "created_at"}:
        return datetime.fromisoformat(str(value)).astimezone(UTC) if value else None
    return value or ""
