"""The gate: whom a message may reach, decided for all of them by a few statements.

The order is that of the design: consent, suppression, address, quiet hours, caps, the channel's own
rules, the sender's budget, holdout; the first that speaks against a message is its reason, kept for ever.
Verdict, the room it takes under the caps and the delivery's row are one transaction, and one gate judges
a customer at a time: two that ask for her last place under a cap do not both get it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, Self
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
from yutang.reach.policy import SenderBudget, caps_for
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["AT_ONCE", "LANES", "Candidate", "Planned", "plan", "plan_lane", "preview"]

_SQL = named_sql("yutang.reach", "gate")
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
# So many are judged by one statement: beyond that others would wait too long for the gate.
AT_ONCE = 20_000
_SAMPLE = 200  # people a preview names of each reason
# Those of different lanes may be judged at the same time.
LANES = 4
_DISPATCH = partial(wake, "reach.dispatch")


class Candidate(msgspec.Struct, frozen=True):
    """Somebody a message is meant for. The same `key` never sends twice; `data` fills the message."""

    customer: int
    key: str
    data: Mapping[str, Any] | None = None
    sender: int | None = None


@dataclass
class Planned:
    """What the gate said: how many go now, how many wait for their hours, how many do not and why.

    `by_key` has the reason of each, empty for those that go; those planned before are left out. Of a preview,
    `samples` names some of the people by reason.
    """

    queued: int = 0
    deferred: int = 0  # of those queued
    blocked: Counter[str] = field(default_factory=Counter)
    by_key: dict[str, str] = field(default_factory=dict)
    samples: dict[str, list[int]] = field(default_factory=dict)

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
    if not candidates:
        return Planned()
    judging = _Judging(workspace, sending, policy_of(workspace), now)
    judging.take(candidates)
    bound(_SQL["lock"], {"workspace": workspace.pk})
    return judging.plan(by_key=True)


@transaction.atomic
def plan_lane(
    workspace: Workspace,
    sending: Sending,
    candidates: Sequence[Candidate],
    *,
    lane: int,
    now: datetime,
) -> Planned:
    """Plan for people of one lane (`customer % LANES`), while others may be planning for other lanes.

    Not within another transaction, where it might wait for a lane while somebody waits for its own. Where
    senders have budgets, nobody else judges meanwhile: a sender writes to people of all lanes.
    """
    judging = _Judging(workspace, sending, policy_of(workspace), now)
    judging.take(candidates)
    lock = "lock" if judging.budget else "lock_lane"
    asked = {"workspace": workspace.pk} | ({} if judging.budget else {"lane": lane})
    bound(_SQL[lock], asked)
    return judging.plan(by_key=False)


def preview(
    workspace: Workspace, sending: Sending, customer_ids: Iterable[int], *, now: datetime
) -> Planned:
    """Return what the gate would say of a message to these people, by the statements that would plan it.

    `sending` need not be saved. Nothing is kept.
    """
    policy, total, spent = policy_of(workspace), Planned(), Counter[int]()
    those = iter(customer_ids)
    while some := list(islice(those, AT_ONCE)):
        with transaction.atomic():
            judging = _Judging(workspace, sending, policy, now, spent=spent)
            judging.take([Candidate(each, f"preview:{each}") for each in some])
            judging.judge(for_good=False)
            said = judging.result(by_key=not total.samples)
            _sample(total, said.by_key)
            total += Planned(said.queued, said.deferred, said.blocked)
            spent += judging.taken()
    return total


def _sample(total: Planned, by_key: Mapping[str, str]) -> None:
    for key, reason in by_key.items():
        some = total.samples.setdefault(reason, [])
        if len(some) < _SAMPLE:
            some.append(int(key.removeprefix("preview:")))


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
        self._places: dict[tuple[str, datetime], int] = {}
        self._senders: set[int] = set()
        hours = sending.expires_after_hours
        self._expires_at = now + timedelta(hours=hours) if hours else None
        rules = policy.rules
        drawn = [(sending.holdout_salt, sending.holdout_percent)]
        if sending.purpose == "marketing":
            drawn.append((f"{workspace.pk}:{rules.holdout_salt}", rules.holdout_percent))
        self._holdouts = [(salt, percent) for salt, percent in drawn if percent > 0]

    @property
    def budget(self) -> SenderBudget | None:
        """Return how much may leave in a sender's name by this channel."""
        budgets = self.policy.rules.budgets
        return next((each for each in budgets if each.channel == self.sending.channel), None)

    def take(self, candidates: Sequence[Candidate]) -> None:
        """Lay the candidates before the gate, with how each stands; of two of one key the first."""
        firsts = {each.key: each for each in reversed(candidates)}
        if len(firsts) < len(candidates):
            candidates = [each for each in candidates if firsts[each.key] is each]
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
        with cursor.copy(
            "COPY reach_judged (n, token, customer, key, data, sender, held, zone, at, reason, detail)"
            " FROM STDIN"
        ) as copy:
            copy.write("".join(self._lines(candidates, standing)))

    def plan(self, *, by_key: bool) -> Planned:
        """Judge and write the deliveries."""
        self.judge()
        planned = self.result(by_key=by_key)
        self._deliver()
        transaction.on_commit(_DISPATCH)
        return planned

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

    def _deliver(self) -> None:
        sending = self.sending
        about = {"workspace": self.workspace.pk, "now": self.now}
        bound(
            _SQL["deliver"],
            about
            | {
                "sending": sending.pk,
                "account": sending.account_id,
                "channel": sending.channel,
                "purpose": sending.purpose,
                "priority": sending.priority,
                "journey": sending.journey,
                "expires_at": self._expires_at,
            },
        )
        bound(_SQL["tell_blocked"], about)

    def _lines(
        self, candidates: Sequence[Candidate], standing: Mapping[int, Standing]
    ) -> Iterator[str]:
        """Yield lines of COPY's own text: the driver would write them value by value."""
        # In order: an index on them grows at one end.
        tokens = sorted(time_ordered_texts(len(candidates), self.now))
        held_out = self._held_out(candidates)
        ends: dict[int, str] = {}
        for n, (token, each) in enumerate(zip(tokens, candidates, strict=True)):
            hers = standing[each.customer]
            end = ends.get(id(hers)) or ends.setdefault(id(hers), self._end(hers))
            data, sender = "\\N", each.sender or "\\N"
            if each.data is not None:
                data = _escaped(msgspec.json.encode(each.data).decode())
            if each.sender is not None:
                self._senders.add(each.sender)
            held = "t" if each.customer in held_out else "f"
            yield (
                f"{n}\t{token}\t{each.customer}\t{_escaped(each.key)}\t{data}\t{sender}\t{held}\t{end}"
            )

    def _end(self, standing: Standing) -> str:
        """Return the end of a line, which is the same for all who stand alike."""
        place = self._places.setdefault((standing.zone, standing.at), len(self._places))
        is_late = self._expires_at is not None and standing.at > self._expires_at
        return f"{place}\t{standing.at}\t{standing.reason or ('expired' if is_late else '')}\t\n"

    def _held_out(self, candidates: Sequence[Candidate]) -> set[int]:
        return {
            each.customer
            for salt, percent in self._holdouts
            for each in candidates
            if in_holdout(salt, each.customer, percent)
        }

    def _judge_caps(self, *, for_good: bool) -> None:
        sending = self.sending
        bounds = caps_for(
            self.policy.rules,
            channel=sending.channel,
            purpose=sending.purpose,
            has_journey=sending.journey is not None,
            now=self.now,
        )
        if not bounds or not self._places:
            return
        caps = Caps(bounds, list(self._places), self.policy.number, sending.journey)
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
        budget = self.budget
        if not budget or not self._senders:
            return
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
