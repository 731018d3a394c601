"""From identities to customers, by the batch: known ones in one statement, new ones in a handful.

Who was told before is remembered (`_remembering`). The path of the known takes no lock. The other one plans in memory (`_planning`), locks the customers that
change in the order of their numbers, writes identities in the order of their unique index, and
starts again from a savepoint where somebody else was faster.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from yutang.customers._claims import Claim, read_claims
from yutang.customers._kinds import kinds_of
from yutang.customers._remembering import Said, keep, moves_of
from yutang.customers._settling import ERASED, Resolved, Settling, StartAgain, lock, look_up
from yutang.kit.errors import FieldProblem
from yutang.workspaces.models import Workspace

__all__ = ["ERASED", "Resolved", "find", "resolve"]

Key = tuple[str, str]
_TRIES = 12


def resolve(
    workspace: Workspace,
    people: Sequence[Mapping[str, str]],
    *,
    source: str,
    now: datetime,
    locking: bool = False,
    unborn: list[int] | None = None,
    since: Sequence[datetime | None] = (),
) -> list[Resolved]:
    """Return whose each of these identity maps is, making and merging customers as needed.

    A map is `{"phone": "138 0013 8000", "openid:wxapp1": "oX1…"}`; answers are in the given order.
    Nothing is refused as a whole: what cannot be read carries its own `problem`.

    Call it once, inside the transaction that records what these people did: the squash of a later
    merge waits for that transaction, and so finds every event that still names the old customer.
    `locking` keeps known customers from changing until the transaction ends, for who changes them next.
    `unborn` collects new customers' numbers; the caller writes their rows, in the same transaction.
    `since` says of each map since when somebody who is new has been known, where that is known.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("resolve() belongs in the transaction that records what people did")
    kinds = kinds_of(workspace)
    settling = Settling(workspace, kinds, source[:100], now, unborn)
    if locking:
        return _resolved(settling, people, locking=True, since=since)
    known = kinds.people.as_of(moves_of(workspace))
    answers = _remembered(known, people)
    new = [place for place, answer in enumerate(answers) if answer is None]
    if new:
        strangers = [people[place] for place in new]
        found = _resolved(settling, strangers)
        transaction.on_commit(lambda: keep(known, _certain(strangers, found)))
        for place, answer in zip(new, found, strict=True):
            answers[place] = answer
    return answers  # type: ignore[return-value]


def _remembered(
    known: Mapping[Said, Resolved], people: Sequence[Mapping[str, str]]
) -> list[Resolved | None]:
    try:
        return [known.get(tuple(person.items())) for person in people]
    except TypeError:  # something said is a list or an object, and is told so further on
        return [None] * len(people)


def _certain(
    people: Sequence[Mapping[str, str]], found: Sequence[Resolved]
) -> dict[Said, Resolved]:
    """Return who was told for certain, by how they were named; 1 and true are the same key, so text only."""
    return {
        tuple(person.items()): answer
        for person, answer in zip(people, found, strict=True)
        if answer.customer_id and all(value.__class__ is str for value in person.values())
    }


def _resolved(
    settling: Settling,
    people: Sequence[Mapping[str, str]],
    *,
    locking: bool = False,
    since: Sequence[datetime | None] = (),
) -> list[Resolved]:
    workspace, kinds = settling.workspace, settling.kinds
    read = [read_claims(person, kinds) for person in people]
    settling.note_pasts(read, since)
    sound = [each for each in read if not isinstance(each, FieldProblem)]
    whose = look_up(workspace, sound)
    if locking:
        whose = _held_still(workspace, sound, whose)
    answers: list[Resolved | None] = [_known(claims, whose) for claims in read]
    open_ones = [place for place, answer in enumerate(answers) if answer is None]
    if open_ones:
        by_claims: dict[tuple[Claim, ...], list[int]] = defaultdict(list)
        for place in open_ones:
            by_claims[tuple(read[place])].append(place)  # type: ignore[arg-type]
        settled = _settle(settling, list(by_claims), whose)
        for places, answer in zip(by_claims.values(), settled, strict=True):
            for place in places:
                answers[place] = answer
    return answers  # type: ignore[return-value]


def find(workspace: Workspace, claim: Claim) -> int | None:
    """Return who has this identity today."""
    found = look_up(workspace, [[claim]]).get(claim.key)
    return found[0] if found else None


def _held_still(
    workspace: Workspace, people: Sequence[Sequence[Claim]], whose: dict[Key, tuple[int, int]]
) -> dict[Key, tuple[int, int]]:
    """Lock everybody known among these people, in order; return whose their identities are then."""
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                known = frozenset(customer for customer, _ in whose.values())
                if not known:
                    return whose
                lock(workspace, known)
                found = [claims for claims in people if any(each.key in whose for each in claims)]
                return _still(look_up(workspace, found), known)
        except StartAgain:
            whose = look_up(workspace, people)
    raise RuntimeError("customers kept changing while they were being locked")


def _still(whose: dict[Key, tuple[int, int]], known: frozenset[int]) -> dict[Key, tuple[int, int]]:
    if not {customer for customer, _ in whose.values()} <= known:
        raise StartAgain
    return whose


def _known(
    claims: Sequence[Claim] | FieldProblem, whose: Mapping[Key, tuple[int, int]]
) -> Resolved | None:
    """Return the answer for somebody all of whose identities are known and agree."""
    if isinstance(claims, FieldProblem):
        return Resolved(0, 0, claims)
    lead = whose.get(claims[0].key)
    if lead is None:
        return None
    for claim in claims[1:]:
        found = whose.get(claim.key)
        if found is None or (found[0] != lead[0] and claim.strong):
            return None
    return Resolved(*lead)


def _settle(
    settling: Settling,
    people: Sequence[Sequence[Claim]],
    whose: Mapping[Key, tuple[int, int]],
) -> list[Resolved]:
    """Return the answers for people of whom something is new or does not agree."""
    workspace = settling.workspace
    locking = settling.gaining(people, whose)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                if locking:
                    lock(workspace, locking)
                    whose = look_up(workspace, people)
                return settling.attempt(people, whose, locking)
        except StartAgain as again:
            whose = look_up(workspace, people)
            locking = again.locking | settling.gaining(people, whose)
    raise RuntimeError("identities kept changing while they were being resolved")
