"""Deliveries and exposures follow their customers: through merges and back, into what she is told, and out at her wish."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F

from yutang.customers import service as customers
from yutang.engines import bound, named_sql
from yutang.reach.models import Delivery, Exposure, PaperMessage, Suppression
from yutang.workspaces.models import Workspace

__all__ = ["erase_person", "export_person", "follow"]

_SQL = named_sql("yutang.reach", "following")


@transaction.atomic
def follow(workspace: Workspace, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """File deliveries and suppressions under who everybody is today; after a merge as after its undoing.

    A wish not to be reached is the whole person's: what was said of one part holds for all.
    """
    whose = customers.origins_of_several(workspace, sorted(set(chain.from_iterable(pairs))))
    moved = {
        "workspace": workspace.pk,
        "origins": list(whose),
        "customers": list(whose.values()),
    }
    bound(_SQL["deliveries"], moved)
    bound(_SQL["exposures"], moved)
    bound(_SQL["suppressions_gone"], moved)
    bound(_SQL["suppressions"], moved)


def export_person(workspace: Workspace, numbers: Sequence[int]) -> Mapping[str, Any]:
    """Return every message to a person, and every wish not to be reached."""
    deliveries = Delivery.objects.within(workspace).filter(origin__in=numbers).order_by("pk")
    seen = Exposure.objects.within(workspace).filter(origin__in=numbers).order_by("pk")
    wishes = Suppression.objects.within(workspace).filter(customer__in=numbers).order_by("pk")
    return {
        "deliveries": list(
            deliveries.values(
                "channel",
                "purpose",
                "state",
                "reason",
                "data",
                "planned_at",
                "sent_at",
                message=F("sending__version__message__name"),
            )
        ),
        "exposures": list(seen.values("channel", "purpose", "at", "reached_at")),
        "suppressions": list(wishes.values("channel", "reason", "note", "until", "added_at")),
    }


@transaction.atomic
def erase_person(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget to whom deliveries went and what about; that they were made stays counted, of nobody."""
    asked = {"workspace": workspace.pk, "customers": list(numbers)}
    nameless = bound(_SQL["nameless"], asked).rowcount
    gone, _ = Suppression.objects.within(workspace).filter(customer__in=numbers).delete()
    papers, _ = PaperMessage.objects.within(workspace).filter(customer__in=numbers).delete()
    seen, _ = Exposure.objects.within(workspace).filter(origin__in=numbers).delete()
    return {"deliveries": nameless, "exposures": seen, "suppressions": gone, "papers": papers}
