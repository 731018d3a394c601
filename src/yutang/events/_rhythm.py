"""How often each of some people does something: the usual number of days from one time to the next."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from yutang.engines import named_sql, warehouse
from yutang.workspaces.models import Workspace

__all__ = ["rhythms"]

_SQL = named_sql("yutang.events", "rhythm")
_LOOKED_AT = timedelta(days=3 * 365)  # habits change


def rhythms(
    workspace: Workspace, origins: Mapping[int, int], types: Sequence[str], *, now: datetime
) -> dict[int, int]:
    """Return the median of days between one local day on which somebody did one of these and the next.

    By customer, from origin → customer (`customers.origins_of_several`); the last three years are looked
    at. Whoever did it on fewer than three days has no habit yet and is left out.

    :raises WarehouseTooBusy:
    """
    if not origins:
        return {}
    asked = {
        "workspace": workspace.pk,
        "origins": list(origins),
        "customers": list(origins.values()),
        "types": list(types),
        "zone": workspace.time_zone,
        "after": now - _LOOKED_AT,
        "upto": now,
    }
    rows = warehouse().rows(_SQL["rhythms"], asked, lane="background")
    return {int(customer): int(days) for customer, days in rows}
