"""Finding customers: by name, pinyin or initials, by the end of a telephone, by any identity; the list.

Answers come in the order of an index, so that a page costs the same among a million as among ten.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Reverse

from yutang.customers._claims import read_claim
from yutang.customers._kinds import kinds_of
from yutang.customers._search_keys import folded
from yutang.customers._seeing import related_within, seen
from yutang.customers.models import Customer, Identity, Relation, RelationKind, SearchKey
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.pages import PageIn, PageOf, seal, unseal
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["Looking", "NoSuchNarrowing", "look", "narrows"]

_DIGITS: Final = re.compile(r"[\s\-+()（）]*")
_SHORTEST_TAIL: Final = 3
_AFTER_ALL: Final = "\U0010ffff"
Narrowing = Callable[[Workspace, int], Exists]
_narrowings: dict[str, Narrowing] = {}


class NoSuchNarrowing(DomainError):
    """Nobody knows how to narrow the list by this."""

    status = 422
    zh = "客户列表不能按“{name}”筛选。"
    en = "The list of customers cannot be narrowed by “{name}”."


@dataclass(frozen=True)
class Looking:
    """What is looked for. `text` is a name, pinyin, initials, the end of a phone, or any identity."""

    text: str = ""
    identity: str = ""  # `member_no:M1`, `openid:wxapp1:oX1…`: exactly this one
    staff: int | None = None
    store: int | None = None
    group: int | None = None
    further: Mapping[str, int] = field(default_factory=dict)  # by what apps above taught us: tag


def narrows(name: str, condition: Narrowing) -> None:
    """Teach the list to narrow by something an app above knows; its condition is on `OuterRef("pk")`."""
    _narrowings[name] = condition


def look(member: Member, looking: Looking, page: PageIn) -> PageOf[Customer]:
    """Return a page of the customers a member may see: those looked for, or all, the newest first.

    :raises CursorUnknown, NoSuchNarrowing:
    """
    if looking.identity:
        found = _by_identity(member.workspace, looking.identity)
        return PageOf(list(_allowed(member, looking).filter(pk__in=found).order_by("pk")))
    text = looking.text.strip()[:60]
    if text:
        return _search(member, looking, text, page)
    return _newest(_allowed(member, looking), page)


def _allowed(member: Member, looking: Looking) -> "QuerySet[Customer, Customer]":
    return seen(member).filter(*_narrowed(member.workspace, looking, "pk"))


def _narrowed(workspace: Workspace, looking: Looking, customer: str) -> list[Exists]:
    """Return the conditions besides the text, on the column that holds the customer."""
    asked = {
        RelationKind.STAFF: looking.staff,
        RelationKind.STORE: looking.store,
        RelationKind.GROUP: looking.group,
    }
    found = [
        Exists(
            Relation.objects.within(workspace).filter(
                kind=kind, target=target, customer=OuterRef(customer), is_hidden=False
            )
        )
        for kind, target in asked.items()
        if target is not None
    ]
    for name, value in looking.further.items():
        if name not in _narrowings:
            raise NoSuchNarrowing(name=name)
        rows = Customer.objects.filter(_narrowings[name](workspace, value), pk=OuterRef(customer))
        found.append(Exists(rows))
    return found


def _newest(allowed: "QuerySet[Customer, Customer]", page: PageIn) -> PageOf[Customer]:
    if page.cursor:
        (last,) = unseal(page.cursor, length=1, salt="customers.newest")
        allowed = allowed.filter(pk__lt=last)
    found = list(allowed.order_by("-pk")[: page.limit + 1])
    shown = found[: page.limit]
    further = seal([shown[-1].pk], salt="customers.newest") if len(found) > page.limit else None
    return PageOf(shown, further)


def _search(member: Member, looking: Looking, text: str, page: PageIn) -> PageOf[Customer]:
    """Return those with exactly this identity, then those whose keys begin with the text, in order."""
    exact = set(_any_identity(member.workspace, text))
    keys, column = _keys(member.workspace, text)
    keys = keys.exclude(customer__in=exact).filter(
        *_narrowed(member.workspace, looking, "customer")
    )
    if not member.scope.is_everyone:
        keys = keys.filter(related_within(member.scope, "customer"))
    first: list[Customer] = []
    if page.cursor:
        key, number = unseal(page.cursor, length=2, salt="customers.search")
        keys = keys.filter(Q(**{f"{column}__gt": key}) | Q(**{column: key, "customer__gt": number}))
    elif exact:
        first = list(_allowed(member, looking).filter(pk__in=exact).order_by("pk"))
    wanted = max(page.limit - len(first), 0)
    places = list(keys.order_by(column, "customer").values_list(column, "customer")[: wanted + 1])
    shown = places[:wanted]
    rows = Customer.objects.within(member.workspace).in_bulk([number for _, number in shown])
    further = None
    if len(places) > wanted:
        after = shown[-1] if shown else ("", 0)
        further = seal(after, salt="customers.search")
    return PageOf([*first, *(rows[number] for _, number in shown if number in rows)], further)


def _keys(workspace: Workspace, text: str) -> "tuple[QuerySet[Any, Any], str]":
    """Return the keys that begin with the text, one of each customer, and the column they stand in."""
    digits = _DIGITS.sub("", text)
    if digits.isdecimal() and digits.isascii() and len(digits) >= _SHORTEST_TAIL:
        tail = digits[::-1]
        phones = (
            Identity.objects.within(workspace).filter(name="phone").annotate(at=Reverse("value"))
        )
        ending = phones.filter(at__gte=tail, at__lt=tail + _AFTER_ALL)
        if ending.exists():
            sooner = phones.filter(
                customer=OuterRef("customer"), at__gte=tail, at__lt=OuterRef("at")
            )
            return ending.filter(~Exists(sooner)), "at"
    begin = folded(text)
    keys = SearchKey.objects.within(workspace).filter(key__gte=begin, key__lt=begin + _AFTER_ALL)
    earlier = SearchKey.objects.filter(
        customer=OuterRef("customer"), key__gte=begin, key__lt=OuterRef("key")
    )
    return (keys.filter(~Exists(earlier)) if begin else keys.none()), "key"


def _any_identity(workspace: Workspace, text: str) -> list[int]:
    """Return who has this value as an identity of whatever kind."""
    spellings = {text, text.lower()}
    phone = read_claim("phone", text, kinds_of(workspace))
    if not isinstance(phone, FieldProblem):
        spellings.add(phone.key[1])
    rows = Identity.objects.within(workspace).filter(value__in=spellings)
    return sorted(set(rows.values_list("customer", flat=True)[:50]))


def _by_identity(workspace: Workspace, written: str) -> Sequence[int]:
    """Return who has exactly this identity; the longest beginning that is an identity's name counts."""
    kinds = kinds_of(workspace)
    name, _, value = written.partition(":")
    source, _, rest = value.partition(":")
    readings = [(name, value), (f"{name}:{source}", rest)] if rest else [(name, value)]
    asked = Q(pk__in=[])
    for each, raw in readings:
        claim = read_claim(each, raw, kinds)
        if not isinstance(claim, FieldProblem) and claim.key[1]:
            asked |= Q(name=each, value=claim.key[1])
    rows = Identity.objects.within(workspace).filter(asked)
    return sorted(set(rows.values_list("customer", flat=True)))
