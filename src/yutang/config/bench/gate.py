"""Seconds until a million people are judged and have a delivery each, blocked or queued.

The default policy holds (quiet hours, two caps, consent to marketing by SMS), the platform's rules as well,
with a holdout of 5 %. Three of four agreed, one of a hundred is suppressed, everybody has a telephone, and one of three got a
message within the last week. All goes through `reach.plan`, so many at a time, each time a transaction.

The floor is PostgreSQL by hand: one statement that joins the same customers with their consent, counts
what they got in the week, and inserts as many rows into a table of the same shape.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yutang.config.bench.stage import Figures, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yutang.reach.models import Sending
    from yutang.workspaces.service import Member

__all__ = ["FLAGS", "measure"]

FLAGS = {"people": 1_000_000}
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)

_PEOPLE = """
INSERT INTO customers_customer (id, workspace_id, current_id, name, gender, country, province, city, district,
    source, created_at, updated_at, fields, told)
SELECT n, %(workspace)s, n, '', '', '', '', '', '', 'bench', %(now)s, %(now)s,
    '{}', '{}'
FROM generate_series(1, %(people)s) AS n;
INSERT INTO customers_identity (workspace_id, customer_id, home_id, name, value, added_at, added_by)
SELECT workspace_id, id, id, 'phone', '+86138' || lpad((id %% 100000000)::text, 8, '0'), %(now)s, 'bench'
FROM customers_customer WHERE workspace_id = %(workspace)s;
INSERT INTO customers_consent (workspace_id, customer_id, purpose, channel, state, proof, source, actor, at)
SELECT workspace_id, id, 'marketing', 'sms', 'granted', '', '', 'bench', %(now)s
FROM customers_customer WHERE workspace_id = %(workspace)s AND id %% 4 > 0;
INSERT INTO reach_suppression (workspace_id, customer, channel, reason, note, added_by, added_at)
SELECT workspace_id, id, 'any', 'manual', '', 'bench', %(now)s
FROM customers_customer WHERE workspace_id = %(workspace)s AND id %% 100 = 1;
INSERT INTO reach_delivery (workspace_id, token, customer, origin, sending_id, account_id, channel, purpose,
    priority, key, state, reason, detail, planned_at, counts_at, changed_at, sent_at, attempts, provider_ref)
SELECT workspace_id, gen_random_uuid(), id, id, %(sending)s, %(account)s, 'sms', 'marketing', 50,
    'before:' || id, 'sent', '', '', %(now)s, %(now)s - interval '2 days', %(now)s, %(now)s, 1, ''
FROM customers_customer WHERE workspace_id = %(workspace)s AND id %% 3 = 0;
"""

_BY_HAND = """
CREATE TABLE by_hand (LIKE reach_delivery INCLUDING ALL);
INSERT INTO by_hand (workspace_id, token, customer, origin, sending_id, account_id, channel, purpose,
    priority, key, state, reason, detail, planned_at, not_before, counts_at, changed_at, attempts, provider_ref)
SELECT c.workspace_id, gen_random_uuid(), c.id, c.id, %(sending)s, %(account)s, 'sms', 'marketing', 50,
    'by hand:' || c.id, CASE WHEN s.id IS NULL THEN 'blocked' WHEN coalesce(d.n, 0) >= 3 THEN 'blocked' ELSE 'queued' END,
    '', '', %(now)s, %(now)s, CASE WHEN s.id IS NULL THEN NULL ELSE %(now)s::timestamptz END, %(now)s, 0, ''
FROM customers_customer c
JOIN customers_identity i ON i.customer_id = c.id AND i.name = 'phone'
LEFT JOIN customers_consent s ON s.customer_id = c.id AND s.channel = 'sms' AND s.purpose = 'marketing'
LEFT JOIN (
    SELECT customer, count(*) AS n FROM reach_delivery
    WHERE workspace_id = %(workspace)s AND counts_at > %(now)s::timestamptz - interval '7 days' GROUP BY customer
) d ON d.customer = c.id
WHERE c.workspace_id = %(workspace)s;
"""


def measure(stage: Stage, *, people: int) -> Figures:
    """Return the seconds of judging everybody once, and what a preview of the same takes."""
    from django.db import connection

    from yutang.reach import service as reach

    owner = _owner()
    sending = _sending(owner)
    stage.say(f"{people:,} people, their telephones, consents and messages of the last week")
    names: dict[str, int | datetime] = {
        "workspace": owner.workspace.pk,
        "people": people,
        "now": NOON,
        "sending": sending.pk,
        "account": sending.account_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, names)
        cursor.execute("VACUUM ANALYZE")
    ids = list(_everybody(owner))
    stage.say("preview")
    began = time.perf_counter()
    said = reach.preview(owner.workspace, sending, ids, now=NOON)
    preview_took = time.perf_counter() - began
    stage.say("the gate")
    rss = _peak_mb()
    slowest, began = 0.0, time.perf_counter()
    total = reach.Planned()
    step = began
    for planned in reach.plan_all(
        owner.workspace, sending, (reach.Candidate(each, f"c:1:{each}") for each in ids), now=NOON
    ):
        total += planned
        slowest, step = max(slowest, time.perf_counter() - step), time.perf_counter()
    took = time.perf_counter() - began
    written = reach.deliveries_of(owner, sending_id=sending.pk).filter(sent_at=None).count()
    if written != people or (said.queued, said.blocked) != (total.queued, total.blocked):
        raise RuntimeError(f"{written} rows; the preview said {said}, the gate {total}")
    stage.say("by hand")
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_BY_HAND, names)
    floor = time.perf_counter() - began
    return Figures(
        took,
        "s",
        floor,
        took / floor,
        {
            "people": people,
            "queued": total.queued,
            **{f"blocked_{reason}": count for reason, count in sorted(total.blocked.items())},
            "preview_s": preview_took,
            "longest_wait_s": slowest,
            "grown_mb": _peak_mb() - rss,
        },
    )


def _owner() -> "Member":
    from yutang.workspaces import service as workspaces

    workspaces.found_installation("bench@yutang.local", "a-bench-needs-no-secret", now=NOON)
    house = workspaces.workspaces_of_everyone()[0]
    return workspaces.member_of_user(workspaces.members_of(house)[0].user, str(house.pk))


def _sending(owner: "Member") -> "Sending":
    import msgspec

    from yutang.reach import messages
    from yutang.reach import service as reach
    from yutang.reach.policy import DEFAULT

    reach.set_policy(owner, msgspec.structs.replace(DEFAULT, holdout_percent=5), now=NOON)
    account = reach.add_account(
        owner, adapter="paper", name="Paper", settings={}, channel="sms", now=NOON
    )
    message = messages.create_message(
        owner,
        name="New tea",
        channel="sms",
        purpose="marketing",
        parts=[{"kind": "template", "code": "SMS_1", "text": "新茶到了"}],
        now=NOON,
    )
    return reach.make_sending(
        owner.workspace, message_id=message.pk, account_id=account.pk, actor=owner.actor, now=NOON
    )


def _everybody(owner: "Member") -> "Iterator[int]":
    from yutang.customers import service as customers

    return customers.seen(owner).order_by("pk").values_list("pk", flat=True).iterator(50_000)


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
