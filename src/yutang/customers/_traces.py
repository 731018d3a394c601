"""What may stand for a person in text that others keep: rows of a file that were left out, a note.

A telephone is looked for by its digits, whatever stands between them; letters and digits as a whole
word; anything else wherever it stands. Text is compared narrow and, as far as ASCII goes, in lower case:
`lower(normalize(content, NFKC) COLLATE "C")` in PostgreSQL.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import phonenumbers

from yutang.customers._claims import Claim, read_claim
from yutang.customers._holding import own_of
from yutang.customers._kinds import kinds_of
from yutang.customers._tombstones import buried
from yutang.customers.models import Customer, Identity, Tombstone
from yutang.workspaces.models import Workspace

__all__ = ["Traces", "naming_erased", "traces_of"]

_SHORTEST = 4  # of a Latin word: “1” or “Li” says nothing of anybody by itself
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Traces(NamedTuple):
    """What to look for: a regular expression (PostgreSQL's and Python's) and runs of digits."""

    words: str  # empty where there is none
    digits: tuple[str, ...]

    def are_in(self, text: str) -> bool:
        """Tell whether a text names her."""
        narrow = _narrow(text)
        digits = re.sub(r"[^0-9]+", "", narrow)
        return any(each in digits for each in self.digits) or bool(
            self.words and re.search(self.words, narrow)
        )


def traces_of(workspace: Workspace, numbers: Sequence[int]) -> Traces:
    """Return what the customers of these numbers are called: identities and names."""
    words: set[str] = set()
    digits: set[str] = set()
    named = Identity.objects.within(workspace).filter(customer__in=numbers)
    for name, value in named.values_list("name", "value"):
        if name == "phone":
            digits.add(_national(value))
        else:
            words.add(_narrow(value))
    for customer in Customer.objects.within(workspace).filter(pk__in=numbers):
        words.add(_narrow(customer.name))
        own = own_of(customer)
        words.add(_narrow(str(own["name"].value)) if "name" in own else "")
    return Traces(_pattern(words), tuple(sorted(digits)))


def naming_erased(
    workspace: Workspace, names: Iterable[str], rows: Sequence[Collection[str]]
) -> set[int]:
    """Return the places of rows in which somebody erased is named by one of these kinds of identity."""
    if not Tombstone.objects.within(workspace).exists():
        return set()
    kinds = kinds_of(workspace)
    asked = list(names)
    keys: dict[tuple[str, str], set[int]] = {}
    for place, cells in enumerate(rows):
        for name in asked:
            for cell in cells:
                claim = read_claim(name, cell, kinds)
                if isinstance(claim, Claim) and claim.key[1]:
                    keys.setdefault(claim.key, set()).add(place)
    return {place for key in buried(workspace, keys) for place in keys[key]}


def _national(phone: str) -> str:
    """Return the digits that stand in every spelling of a telephone."""
    parsed = phonenumbers.parse(phone)
    return str(parsed.national_number)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LOWER).strip()


def _pattern(words: Iterable[str]) -> str:
    whole = sorted(re.escape(each) for each in words if len(each) >= _SHORTEST and each.isascii())
    inside = sorted(re.escape(each) for each in words if len(each) > 1 and not each.isascii())
    alternatives = [f"(?:^|[^0-9a-z])(?:{'|'.join(whole)})(?:$|[^0-9a-z])"] if whole else []
    return "|".join([*alternatives, *inside])
