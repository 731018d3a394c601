"""The gate: whom a message may reach, decided for all of them by a few statements.

The order is that of the design: consent, suppression, address, quiet hours, caps, the channel's own
rules, the sender's budget, holdout; the first that speaks against a message is its reason, kept for ever.
Verdict, the room it takes under the caps and the delivery's row are one transaction, and one gate judges
in a workspace at a time: two that ask for the last place under a cap do not both get it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

import msgspec
import psycopg
from django.db import connection, transaction

from yutang.engines import bound, named_sql
from yutang.kit.ids import time_ordered_texts
from yutang.kit.pulse import wake
from yutang.reach._caps import Caps
from yutang.reach._holdout import in_holdout
from yutang.reach._policy import Policy, policy_of
from yutang.reach._standing import Standing, standings
from yutang.reach.models import Sending
from yutang.reach.policy import caps_for
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["AT_ONCE", "Candidate", "Planned", "plan", "plan_all", "preview"]

T = TypeVar("T")
_SQL = named_sql("yutang.reach", "gate")
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
# So many are judged by one statement: beyond that others would wait too long for the gate.
AT_ONCE = 20_000
_DISPATCH = partial(wake, "reach.dispatch")


@dataclass(frozen=True)
class Candidate:
    """Somebody a message is meant for. The same `key` never sends twice; `data` fills the message."""

    customer: int
    key: str
    data: Mapping[str, Any] | None = None
    sender: int | None = None


@dataclass
class Planned:
    """What the gate said: how many go now, how many wait for their hours, how many do not and why.

    `by_key` has the reason of each, empty for those that go; those planned before are left out.
    """

    queued: int = 0
    deferred: int = 0  # of those queued
    blocked: Counter[str] = field(default_factory=Counter)
    by_key: dict[str, str] = field(default_factory=dict)

    def __iadd__(self, other: "Planned") -> Self:
        self.queued += other.queued
        self.deferred += other.deferred
        self.blocked += other.blocked
        self.by_key |= other.by_key
        return self


@transaction.atomic
def plan(
    workspace: Workspace, sending: Sending, candidates: Sequence[Candidate], *, now: datetime
) -> Planned:
    """Judge these people and plan a delivery for each, blocked or queued; at most `AT_ONCE` of them.

    In the caller's transaction: what caused the message and the message stand or fall together. Who was
    planned under the same key before is left alone.
    """
    judging = _Judging(workspace, sending, policy_of(workspace), now)
    if not candidates:
        return Planned()
    bound(_SQL["lock"], {"workspace": workspace.pk})
    judging.take(candidates)
    judging.judge()
    planned = judging.result(by_key=True)
    judging.deliver()
    transaction.on_commit(_DISPATCH)
    return planned


def plan_all(
    workspace: Workspace, sending: Sending, candidates: Iterable[Candidate], *, now: datetime
) -> Iterator[Planned]:
    """Plan for any number of people, some at a time, each a transaction; begun again, it goes on."""
    for some in _some_at_a_time(candidates):
        yield plan(workspace, sending, some, now=now)


def preview(
    workspace: Workspace, sending: Sending, customer_ids: Iterable[int], *, now: datetime
) -> Planned:
    """Return what the gate would say of a message to these people, by the statements that would plan it.

    `sending` need not be saved. Nothing is kept.
    """
    policy, total, spent = policy_of(workspace), Planned(), Counter[int]()
    for some in _some_at_a_time(customer_ids):
        with transaction.atomic():
            judging = _Judging(workspace, sending, policy, now, spent=spent)
            judging.take([Candidate(each, f"preview:{each}") for each in some])
            judging.judge(for_good=False)
            total += judging.result()
            spent += judging.taken()
            bound("TRUNCATE reach_judged", {})
    return total


def _some_at_a_time(all_of_them: Iterable[T]) -> Iterator[Sequence[T]]:
    those = iter(all_of_them)
    while some := list(islice(those, AT_ONCE)):
        yield some


def _escaped(text: str) -> str:
    """Return a text as COPY reads it."""
    if "\\" in text or not text.isprintable():
        for plain, written in _ESCAPES:
            text = text.replace(plain, written)
    return text


class _Judging:
    """One batch before the gate; the candidates lie in a temporary table of this connection."""

    def __init__(
        self,
        workspace: Workspace,
        sending: Sending,
        policy: Policy,
        now: datetime,
        *,
        spent: Counter[int] | None = None,
    ) -> None:
        self.workspace, self.sending, self.policy, self.now = workspace, sending, policy, now
        self._spent = spent or Counter()
        self._zones: dict[tuple[str, datetime], int] = {}
        self._senders: set[int] = set()
        hours = sending.expires_after_hours
        self._expires_at = now + timedelta(hours=hours) if hours else None
        rules = policy.rules
        drawn = [(sending.holdout_salt, sending.holdout_percent)]
        if sending.purpose == "marketing":
            drawn.append((f"{workspace.pk}:{rules.holdout_salt}", rules.holdout_percent))
        self._holdouts = [(salt, percent) for salt, percent in drawn if percent > 0]

    def take(self, candidates: Sequence[Candidate]) -> None:
        """Lay the candidates before the gate, with how each stands."""
        standing = standings(
            self.workspace,
            list({each.customer for each in candidates}),
            channel=self.sending.channel,
            purpose=self.sending.purpose,
            rules=self.policy.rules,
            now=self.now,
        )
        bound(_SQL["table"], {})
        cursor = psycopg.Cursor[Any](connection.connection)
        cursor.execute("TRUNCATE reach_judged")
        # In the order of time: an index on them grows at one end.
        tokens = time_ordered_texts(len(candidates), self.now)
        rows = [
            self._row(n, token, each, standing[each.customer])
            for n, (token, each) in enumerate(zip(tokens, candidates, strict=True))
        ]
        with cursor.copy(
            "COPY reach_judged (n, token, customer, key, data, sender, zone, at, held, reason, detail)"
            " FROM STDIN"
        ) as copy:
            copy.write("".join(rows))

    def judge(self, *, for_good: bool = True) -> None:
        """Hold everybody against the caps, the senders' budgets and the holdout."""
        bound(_SQL["known"], {"workspace": self.workspace.pk})
        self._judge_caps(for_good=for_good)
        self._judge_budgets()
        bound(_SQL["holdout"], {})

    def result(self, *, by_key: bool = False) -> Planned:
        """Return what was decided."""
        planned = Planned()
        for reason, count, later in bound(_SQL["counted"], {"now": self.now}).fetchall():
            if reason:
                planned.blocked[reason] += count
            else:
                planned.queued, planned.deferred = count, later
        if by_key:
            verdicts = bound(_SQL["verdicts"], {}).fetchall()
            planned.by_key = {key: reason for key, reason, _ in verdicts}
        return planned

    def taken(self) -> Counter[int]:
        """Return how many would leave in each sender's name."""
        return Counter(dict(bound(_SQL["taken"], {}).fetchall()))

    def deliver(self) -> None:
        """Write the deliveries."""
        sending = self.sending
        bound(
            _SQL["deliver"],
            {
                "workspace": self.workspace.pk,
                "sending": sending.pk,
                "account": sending.account_id,
                "channel": sending.channel,
                "purpose": sending.purpose,
                "priority": sending.priority,
                "journey": sending.journey,
                "now": self.now,
                "expires_at": self._expires_at,
            },
        )
        bound("TRUNCATE reach_judged", {})

    def _row(self, n: int, token: str, each: Candidate, standing: Standing) -> str:
        """Return a line of COPY's own text: the driver would write it value by value."""
        reason = standing.reason
        if not reason and self._expires_at and standing.at > self._expires_at:
            reason = "expired"
        if each.sender is not None:
            self._senders.add(each.sender)
        place = (standing.zone, standing.at)
        zone = self._zones.setdefault(place, len(self._zones))
        data = "\\N" if each.data is None else _escaped(msgspec.json.encode(each.data).decode())
        sender = "\\N" if each.sender is None else each.sender
        held = "t" if self._is_held_out(each.customer) else "f"
        return (
            f"{n}\t{token}\t{each.customer}\t{_escaped(each.key)}\t{data}\t{sender}\t{zone}\t{standing.at}\t{held}"
            f"\t{reason}\t\n"
        )

    def _is_held_out(self, customer: int) -> bool:
        return any(in_holdout(salt, customer, percent) for salt, percent in self._holdouts)

    def _judge_caps(self, *, for_good: bool) -> None:
        sending = self.sending
        bounds = caps_for(
            self.policy.rules,
            channel=sending.channel,
            purpose=sending.purpose,
            has_journey=sending.journey is not None,
            now=self.now,
        )
        if not bounds or not self._zones:
            return
        caps = Caps(bounds, list(self._zones), self.policy.number, sending.journey)
        statement, values = caps.bind("caps", workspace=self.workspace.pk)
        if not bound(statement, values).rowcount:
            return
        others = {
            "workspace": self.workspace.pk,
            "priority": sending.priority,
            "by": f"sending:{sending.pk}",
            "now": self.now,
        }
        bound(*caps.bind("displace" if for_good else "would_displace", **others))

    def _judge_budgets(self) -> None:
        budgets = [
            each for each in self.policy.rules.budgets if each.channel == self.sending.channel
        ]
        if not budgets or not self._senders:
            return
        (budget, *_) = budgets
        zone = ZoneInfo(self.workspace.time_zone)
        day = self.now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        since = workspaces.staff_since(self.workspace, self._senders)
        senders = sorted(since)
        bound(
            _SQL["budgets"],
            {
                "workspace": self.workspace.pk,
                "channel": self.sending.channel,
                "senders": senders,
                "mosts": [budget.on_day((self.now - since[each]).days) for each in senders],
                "spent": [self._spent[each] for each in senders],
                "day": day.astimezone(UTC),
                "next_day": (day + timedelta(days=1)).astimezone(UTC),
            },
        )
