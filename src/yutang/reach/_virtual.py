"""What the gate would have said of messages that were never planned: a journey tried on the past.

Person by person, in order of time, among the messages that really went to her. Wishes, suppressions
and addresses are today's; hours and caps are read on the workspace's own clock; budgets of senders and
priorities are left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from django.db.models.functions import Coalesce

from yutang.reach._holdout import in_holdout
from yutang.reach._policy import policy_of
from yutang.reach._sendings import MessageNotFound
from yutang.reach._standing import standings
from yutang.reach._what_if import Message, _Judge
from yutang.reach.models import Delivery
from yutang.reach.models import Message as MessageRow
from yutang.reach.policy import Rules
from yutang.workspaces.models import Workspace

__all__ = ["MOST_VIRTUAL", "Virtual", "would_say"]

MOST_VIRTUAL = (
    100_000  # messages; of more, those to the people with the smallest numbers are judged
)
_AT_ONCE = 20_000
_LOOKED_BACK = timedelta(days=31)
_REAL = ""


@dataclass(frozen=True, slots=True)
class Virtual:
    """A message somebody would have been sent at an instant, from a node."""

    customer: int
    at: datetime
    node: str


def would_say(
    workspace: Workspace,
    wanted: Sequence[Virtual],
    messages: Mapping[str, int],
    *,
    journey: int,
    now: datetime,
) -> Iterator[tuple[Virtual, str]]:
    """Yield of each message whether it would have gone (``), waited for its hour (`deferred`), or why not.

    Person by person. `messages` are the numbers of the nodes' messages.

    :raises MessageNotFound:
    """
    kinds = {node: _kind(workspace, number) for node, number in messages.items()}
    rules = policy_of(workspace).rules
    judge = _Judge(rules, ZoneInfo(workspace.time_zone), now)
    for hers in _by_person(workspace, wanted, kinds, journey, now):
        kept: list[Message] = []
        for message, node, stands in hers:
            if node == _REAL:
                kept.append(message)
            else:
                virtual = Virtual(message[0], message[1], node)
                yield virtual, _verdict(judge, rules, message, stands, kept)


def _verdict(
    judge: _Judge, rules: Rules, message: Message, stands: str, kept: list[Message]
) -> str:
    """Return why a message would not have gone, `deferred`, or nothing; what goes is kept."""
    if stands:
        return stands
    moment = judge.moment(message)
    if moment is None:
        return "quiet_hours"
    over = judge.cap_over(message, kept, moment)
    if over:
        return "capped" if over.startswith("cap:") else "channel_rule"
    if message[3] == "marketing" and in_holdout(
        rules.holdout_salt, message[0], rules.holdout_percent
    ):
        return "holdout"
    kept.append((message[0], moment, *message[2:]))
    return "deferred" if moment > message[1] else ""


def _kind(workspace: Workspace, number: int) -> tuple[str, str]:
    row = MessageRow.objects.within(workspace).filter(pk=number).first()
    if row is None:
        raise MessageNotFound
    return row.channel, row.purpose


def _by_person(
    workspace: Workspace,
    wanted: Sequence[Virtual],
    kinds: Mapping[str, tuple[str, str]],
    journey: int,
    now: datetime,
) -> Iterator[list[tuple[Message, str, str]]]:
    """Yield everybody's real and virtual messages in order of time; of virtual ones how she stands."""
    by_person: dict[int, list[Virtual]] = defaultdict(list)
    for each in wanted:
        by_person[each.customer].append(each)
    people = sorted(by_person)
    for begin in range(0, len(people), _AT_ONCE):
        some = people[begin : begin + _AT_ONCE]
        real = _real(workspace, some, min(each.at for each in wanted) - _LOOKED_BACK)
        reasons = {kind: _reasons(workspace, some, kind, now) for kind in set(kinds.values())}
        for person in some:
            virtual = (
                (
                    (person, each.at, *kinds[each.node], journey),
                    each.node,
                    reasons[kinds[each.node]][person],
                )
                for each in by_person[person]
            )
            yield sorted(chain(real.get(person, ()), virtual), key=lambda each: each[0][1])


def _reasons(
    workspace: Workspace, people: Sequence[int], kind: tuple[str, str], now: datetime
) -> dict[int, str]:
    """Return why each may not be reached at all; of the hours of today nothing is said."""
    channel, purpose = kind
    rules = policy_of(workspace).rules
    found = standings(workspace, people, channel=channel, purpose=purpose, rules=rules, now=now)
    return {who: "" if each.reason == "quiet_hours" else each.reason for who, each in found.items()}


def _real(
    workspace: Workspace, people: Sequence[int], since: datetime
) -> dict[int, list[tuple[Message, str, str]]]:
    rows = (
        Delivery.objects.within(workspace)
        .filter(customer__in=people, counts_at__gt=since)
        .annotate(at=Coalesce("sent_at", "counts_at"))
        .values_list("customer", "at", "channel", "purpose", "journey")
    )
    found: dict[int, list[tuple[Message, str, str]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append((row, _REAL, ""))
    return found
