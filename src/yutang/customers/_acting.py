"""What journeys do to customers by the batch: an attribute set, a follow-up moved on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yutang.customers._asking import today
from yutang.customers._marks import mark
from yutang.customers._profiles import read_values
from yutang.customers._relating import UnknownStatus, follow_statuses
from yutang.customers._saying import say
from yutang.customers.models import Relation, RelationKind
from yutang.workspaces.models import Workspace

__all__ = ["follow_up_many", "set_many"]


@transaction.atomic
def set_many(
    workspace: Workspace,
    customer_ids: Sequence[int],
    attribute: str,
    value: object,
    *,
    source: str,
    now: datetime,
) -> None:
    """Say the same of many customers; who was erased is left out.

    :raises NotAsExpected:
    """
    given = read_values(workspace, {attribute: value})
    said = {customer: [given] for customer in today(workspace, customer_ids).values()}
    say(workspace, said, source=source, keep="newest", now=now)


@transaction.atomic
def follow_up_many(
    workspace: Workspace, customer_ids: Sequence[int], status: str, *, now: datetime
) -> None:
    """Move the follow-up of many customers, with every colleague who looks after them.

    :raises UnknownStatus:
    """
    known = follow_statuses(workspace)
    if status not in known:
        raise UnknownStatus(came=status, known=", ".join(known))
    rows = Relation.objects.within(workspace).filter(
        customer__in=list(customer_ids), kind=RelationKind.STAFF, is_hidden=False
    )
    rows = rows.exclude(status=status)
    # Locked in the order of their numbers: others change the same people.
    ids = list(rows.order_by("pk").select_for_update().values_list("pk", "customer_id"))
    Relation.objects.within(workspace).filter(pk__in=[pk for pk, _ in ids]).update(
        status=status, updated_at=now
    )
    mark(workspace, "relations", {customer for _, customer in ids})
