"""Sending what the gate let through.

1. Claim: what is due becomes `sending` under a lease, within the account's bucket; commit.
2. Look again at who may be reached, render for each, tell the channel in batches of its own.
3. Write what it said of each, fenced by the lease; commit.

A process that dies between 1 and 3 leaves rows whose lease runs out. They become `unknown`: whether
they arrived, only the channel can say (`_reconciling`). Nobody tells it again on a guess.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

import structlog

from yutang.kit import clock
from yutang.reach._account_settings import SecretsUnreadable
from yutang.reach._accounts import as_seen_by_channel
from yutang.reach._claiming import Claim, Leaving, claim, due, hold_on
from yutang.reach._links import leave_url, open_url, targets_of, tracked
from yutang.reach._settling import Verdict, outcome_verdict, settle
from yutang.reach._standing import Standing
from yutang.reach._suppressing import suppress_addresses
from yutang.reach.channels.interface import Account, Answer, Channel, Outcome, Outgoing, Rendered
from yutang.reach.channels.registry import channel_named
from yutang.reach.messages import Unrenderable
from yutang.reach.models import ChannelAccount, DeliveryState, Sending
from yutang.workspaces.models import Workspace

__all__ = ["LEASE_SECONDS", "Recheck", "Render", "dispatch"]

log = structlog.get_logger(__name__)
MOST_AT_ONCE = 500
LEASE_SECONDS = 30.0  # beside what the channel may take
_MOST_PER_ACCOUNT = 3  # threads of a process: a slow channel leaves room for the others
_SHORTEST_SLEEP = 0.02


class Render(Protocol):
    """Fills a message in for many: see `messages.render_many`."""

    def __call__(
        self,
        workspace: Workspace,
        version_id: int,
        people: Mapping[int, Mapping[str, Any]],
        *,
        now: datetime,
        senders: Mapping[int, int] | None = None,
    ) -> Mapping[int, Rendered | Unrenderable]: ...


# By delivery: what speaks against it by now, when it may be, and the address.
Recheck = Callable[[ChannelAccount, Sequence[Leaving], datetime], Mapping[int, Standing]]

_busy: Counter[int] = Counter()
_busy_lock = threading.Lock()


def dispatch(
    *,
    render: Render,
    recheck: Recheck,
    clock: Callable[[], datetime] = clock.now,
    only: int | None = None,
) -> bool:
    """Send one portion of what is due, of one account (of `only` that one); return whether there may be
    more at once.
    """
    now = clock()
    shortest: float | None = None
    for account_id, sendings in due(now).items():
        if only not in {None, account_id} or not _begin(account_id):
            continue
        try:
            account = (
                ChannelAccount.objects.select_related("workspace").filter(pk=account_id).first()
            )
            channel = channel_named(account.adapter) if account else None
            if account is None or channel is None:
                continue
            taken = claim(
                account,
                sendings,
                most=min(MOST_AT_ONCE, channel.batch * 4),
                seconds=channel.patience + LEASE_SECONDS,
                now=now,
            )
            if taken.deliveries:
                _Portion(account, channel, taken, render, recheck, clock).send()
                return True
            if taken.short is not None:
                wait = taken.short.total_seconds()
                shortest = wait if shortest is None else min(wait, shortest)
        finally:
            _end(account_id)
    if shortest is not None and shortest < 0.5:
        time.sleep(max(shortest, _SHORTEST_SLEEP))
        return True
    return False


def _begin(account: int) -> bool:
    with _busy_lock:
        if _busy[account] >= _MOST_PER_ACCOUNT:
            return False
        _busy[account] += 1
        return True


def _end(account: int) -> None:
    with _busy_lock:
        _busy[account] -= 1


@dataclass(frozen=True)
class _Portion:
    """What one worker claimed from one account, on its way out."""

    account: ChannelAccount
    channel: Channel
    claim: Claim
    render: Render
    recheck: Recheck
    clock: Callable[[], datetime]

    @cached_property
    def versions(self) -> Mapping[int, int]:
        """Which version of its message each sending sends."""
        sendings = {each.sending for each in self.claim.deliveries}
        rows = Sending.objects.within(self.account.workspace).filter(pk__in=sendings)
        return dict(rows.values_list("pk", "version_id"))

    @cached_property
    def targets(self) -> Mapping[int, Mapping[str, int]]:
        """Where the links of each sending's message lead."""
        workspace = self.account.workspace
        return {sending: targets_of(workspace, each) for sending, each in self.versions.items()}

    def send(self) -> None:
        try:
            leaving = self._without_what_is_over()
            seen = as_seen_by_channel(self.account)
            ready = self._prepared(leaving)
        except SecretsUnreadable:
            self._give_back(self.claim.deliveries, "secrets_unreadable")
            return
        except (
            Exception
        ):  # nothing was told yet: what is held goes back, instead of becoming unknown
            log.exception("nothing could be prepared", account=self.account.pk)
            self._give_back(self.claim.deliveries, "not_begun")
            raise
        while ready:
            some, ready = ready[: self.channel.batch], ready[self.channel.batch :]
            wants_rest = self._tell(seen, some)
            if ready:
                goes_on = set() if wants_rest else self._hold_on(ready)
                self._give_back([each for each, _ in ready if each.id not in goes_on], "not_begun")
                ready = [each for each in ready if each[0].id in goes_on]

    def _without_what_is_over(self) -> list[tuple[Leaving, str]]:
        """Settle what came too late, who may not be reached by now, whose hours are quiet; return the rest.

        Each with the address; of several to one person the first leaves, the others at once after.
        """
        now = self.clock()
        verdicts: list[Verdict] = []
        left: list[tuple[Leaving, str]] = []
        addressed: set[int] = set()
        standing = self.recheck(self.account, self.claim.deliveries, now)
        for each in self.claim.deliveries:
            stands = standing.get(each.id)
            if each.expires_at and each.expires_at <= now:
                verdicts.append(Verdict(each.id, DeliveryState.BLOCKED, "expired"))
            elif stands is None or stands.reason:
                reason = stands.reason if stands else "gone"
                verdicts.append(Verdict(each.id, DeliveryState.BLOCKED, reason))
            elif stands.at > now:
                verdicts.append(
                    Verdict(each.id, DeliveryState.QUEUED, not_before=stands.at, back=1)
                )
            elif self.channel.address_kind and not stands.address:
                verdicts.append(Verdict(each.id, DeliveryState.BLOCKED, "no_address"))
            elif each.customer in addressed:
                # A provider may tell messages apart by address and attempt alone: the next one, then.
                verdicts.append(Verdict(each.id, DeliveryState.QUEUED, not_before=now, back=1))
            else:
                addressed.add(each.customer)
                left.append((each, stands.address))
        settle(self.account, self.claim.lease, verdicts, now=now)
        return left

    def _prepared(self, leaving: Sequence[tuple[Leaving, str]]) -> list[tuple[Leaving, Outgoing]]:
        """Return what can be said; settle the rest: nobody waits for one that cannot."""
        now = self.clock()
        addresses = {each.id: address for each, address in leaving}
        ready: list[tuple[Leaving, Outgoing]] = []
        verdicts: list[Verdict] = []
        for delivery, said in self._rendered([each for each, _ in leaving], now):
            if isinstance(said, Unrenderable):
                verdicts.append(
                    Verdict(
                        delivery.id,
                        DeliveryState.BLOCKED,
                        "unrenderable",
                        f"{said.reason} {said.name}".strip()[:300],
                    )
                )
            else:
                ready.append((delivery, self._outgoing(delivery, addresses[delivery.id], said)))
        settle(self.account, self.claim.lease, verdicts, now=now)
        return ready

    def _outgoing(self, delivery: Leaving, address: str, said: Rendered) -> Outgoing:
        targets = self.targets[delivery.sending]
        wanted = delivery.purpose == "marketing"
        return Outgoing(
            token=delivery.token,
            attempt=self.claim.lease,
            customer=delivery.customer,
            address=address,
            rendered=tracked(said, targets, delivery.id),
            purpose=delivery.purpose,
            sender=delivery.sender,
            leave_url=leave_url(delivery.id) if wanted else "",
            open_url=open_url(delivery.id) if self.channel.address_kind == "email" else "",
        )

    def _rendered(
        self, leaving: Sequence[Leaving], now: datetime
    ) -> Iterator[tuple[Leaving, Rendered | Unrenderable]]:
        for version, round_ in _rounds(leaving, self.versions):
            said = self._rendered_together(version, round_, now)
            for each in round_:
                yield each, said.get(each.customer, Unrenderable("no_customer"))

    def _rendered_together(
        self, version: int, leaving: Sequence[Leaving], now: datetime
    ) -> Mapping[int, Rendered | Unrenderable]:
        """Render many; where that breaks down, each by itself, so that one does not stop the others."""
        workspace = self.account.workspace
        try:
            return self.render(
                workspace,
                version,
                {each.customer: each.data or {} for each in leaving},
                now=now,
                senders={each.customer: each.sender for each in leaving if each.sender},
            )
        except Exception:
            if len(leaving) == 1:
                log.exception("message not rendered", version=version, delivery=leaving[0].id)
                return {leaving[0].customer: Unrenderable("not_rendered")}
        said: dict[int, Rendered | Unrenderable] = {}
        for each in leaving:
            said |= self._rendered_together(version, [each], now)
        return said

    def _tell(self, seen: Account, some: Sequence[tuple[Leaving, Outgoing]]) -> bool:
        """Tell the channel, write what it said; return whether it wants a rest."""
        outcomes = told(self.channel, seen, [outgoing for _, outgoing in some])
        now = self.clock()
        verdicts = [
            outcome_verdict(delivery, outcomes[outgoing.token], now=now)
            for delivery, outgoing in some
        ]
        settle(self.account, self.claim.lease, verdicts, outcomes=outcomes, now=now)
        if dead := [each.address for _, each in some if outcomes[each.token].address_is_dead]:
            suppress_addresses(
                self.account.workspace,
                dead,
                channel=self.account.channel,
                reason="bounce",
                actor=f"channel:{self.account.pk}",
                now=now,
            )
        return any(each.rest for each in outcomes.values())

    def _give_back(self, leaving: Sequence[Leaving], reason: str) -> None:
        outcomes = {
            each.token: Outcome(each.token, Answer.LATER, reason=reason, counts=False)
            for each in leaving
        }
        now = self.clock()
        verdicts = [outcome_verdict(each, outcomes[each.token], now=now) for each in leaving]
        settle(self.account, self.claim.lease, verdicts, now=now)

    def _hold_on(self, waiting: Sequence[tuple[Leaving, Outgoing]]) -> set[int]:
        seconds = self.channel.patience + LEASE_SECONDS
        ids = [each.id for each, _ in waiting]
        return hold_on(self.claim.lease, ids, seconds=seconds, now=self.clock())


def told(
    channel: Channel, account: Account, messages: Sequence[Outgoing]
) -> Mapping[UUID, Outcome]:
    """Tell a channel, and return an outcome for each message whatever it does: silence is `UNKNOWN`."""
    try:
        said = {each.token: each for each in channel.send(account, messages)}
    except Exception:  # the contract forbids it; a third party's adapter may break it
        log.exception("channel raised", channel=channel.name, account=account.id)
        said = {}
    return {
        each.token: said.get(each.token)
        or Outcome(each.token, Answer.UNKNOWN, reason="not_understood")
        for each in messages
    }


def _rounds(
    leaving: Sequence[Leaving], versions: Mapping[int, int]
) -> Iterator[tuple[int, list[Leaving]]]:
    """Yield deliveries of one version at a time, each customer once in a round."""
    rounds: dict[tuple[int, int], list[Leaving]] = {}
    times: Counter[tuple[int, int]] = Counter()
    for each in leaving:
        version = versions[each.sending]
        nth = times[version, each.customer]
        times[version, each.customer] += 1
        rounds.setdefault((version, nth), []).append(each)
    for (version, _), together in rounds.items():
        yield version, together
