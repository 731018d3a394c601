"""A brand whose corp lives in the sandbox, for tests of what goes out through it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from yutang.customers.tests.builders import resolve
from yutang.kit import clock
from yutang.kit.pulse import beat_all_once
from yutang.reach import service as reach
from yutang.reach.models import ChannelAccount, Delivery, Sending
from yutang.reach.tests.sending import a_sending, queued
from yutang.wecom import service as wecom
from yutang.wecom.client import tokens, wire
from yutang.wecom.models import Corp, CorpState, MassTask
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace
from yutang_sandbox import testing

__all__ = ["House", "a_house"]


@dataclass
class House:
    """A brand whose corp lives in the sandbox."""

    sandbox: testing.Running
    there: testing.Corp
    corp: Corp
    owner: Member

    def people(self) -> dict[str, int]:
        """Return our customers by how the platform calls those of 林月."""
        ids = self.sandbox.call(self.there, "externalcontact/list", userid="lin.yue")
        known = ids["external_userid"]
        found = resolve(self.owner.workspace, *({"external_userid": each} for each in known))
        return {name: each.customer_id for name, each in zip(known, found, strict=True)}

    def account(self, adapter: str = "wecom") -> ChannelAccount:
        found = reach.accounts_of(self.owner.workspace).filter(adapter=adapter).first()
        return found or reach.add_account(
            self.owner,
            adapter=adapter,
            name=adapter,
            settings={"corp_id": self.there.id},
            now=clock.now(),
        )

    def send(self, *people: int, adapter: str = "wecom", **more: Any) -> Sending:
        sending = a_sending(self.account(adapter), purpose="service", **more)
        queued(sending, people, at=clock.now())
        beat_all_once("reach.dispatch")
        return sending

    def states(self, sending: Sending) -> Counter[str]:
        rows = Delivery.objects.filter(sending=sending).values_list("state", "reason")
        return Counter(f"{state}:{reason}".rstrip(":") for state, reason in rows)

    def make(self) -> MassTask:
        wecom.make_due(now=clock.now() + timedelta(seconds=11))
        return MassTask.objects.latest("pk")

    def fetch(self, task: MassTask, *, days: float = 0) -> MassTask:
        MassTask.objects.filter(pk=task.pk).update(due_at=clock.now())
        wecom.fetch_due(now=clock.now() + timedelta(days=days))
        return MassTask.objects.get(pk=task.pk)

    def sync(self) -> None:
        """Bring the corp over."""
        wecom.begin_run(self.corp, actor="user:1", anew=True, now=clock.now())
        beat_all_once("wecom.sync")


@contextmanager
def a_house(**people: Any) -> Iterator[House]:
    """Let a corp of so many staff, customers, groups be in a sandbox of its own, connected."""
    before = settings.YUTANG_WECOM_BASES
    with testing.running() as sandbox:
        settings.YUTANG_WECOM_BASES = sandbox.base
        tokens._known.clear()
        there = sandbox.make_corp(**people)
        owner = a_member(a_workspace())
        corp = wecom.add_corp(
            owner,
            corp_id=there.id,
            agent_id=there.agent,
            secret=there.secret,
            name="茶馆",
            base=sandbox.base,
            callback_token=testing.TOKEN,
            callback_key=testing.KEY,
            now=clock.now(),
        )
        Corp.objects.filter(pk=corp.pk).update(state=CorpState.ACTIVE)
        corp.refresh_from_db()
        try:
            yield House(sandbox, there, corp, owner)
        finally:
            settings.YUTANG_WECOM_BASES = before
            wire._connections.cache_clear()
