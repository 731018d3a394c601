"""What a look at the set-up finds."""

from dataclasses import dataclass
from enum import StrEnum

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text

__all__ = ["Finding", "State", "told_by"]


class State(StrEnum):
    """How a thing is."""

    FINE = "fine"
    WRONG = "wrong"  # it will not work
    UNSURE = "unsure"  # it cannot be told from here, or works only in part


@dataclass(frozen=True)
class Finding:
    """One thing that must be right: how it is, in words, and where it is changed."""

    name: str
    state: State
    label: Text
    said: Text
    place: Text


def told_by(refused: DomainError) -> Text:
    """Return a refusal in both languages."""
    return Text(refused.sentence("zh"), refused.sentence("en"))
