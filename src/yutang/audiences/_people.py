"""Who is in an audience now, page by page, as far as the reader may see."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from yutang.audiences.models import Audience
from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.kit.pages import PageIn, PageOf, seal, unseal
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = [
    "Sighting",
    "all_in",
    "among",
    "audience_ids_of",
    "audiences_of",
    "count",
    "page",
    "scoped",
]

SQL = named_sql("yutang.audiences", "people")
_END = datetime(2299, 1, 1, tzinfo=UTC)
_LAST_CUSTOMER = 2**32 - 1


@dataclass(frozen=True)
class Sighting:
    """A customer, in an audience since then; asked as of an instant also until when, if she left."""

    customer_id: int
    since: datetime
    left_at: datetime | None = None


def scoped(statement: str, member: Member) -> tuple[str, dict[str, object]]:
    """Return a statement narrowed to the customers a member may see, and what that binds."""
    if member.scope.is_everyone:
        return statement.replace("/*scope*/", ""), {}
    return statement.replace("/*scope*/", "\n" + SQL["scope"]), {
        "workspace": member.workspace.pk,
        "scope_staff": sorted(member.scope.staff_ids),
        "scope_stores": sorted(member.scope.store_ids),
    }


def page(member: Member, audience: Audience, asked: PageIn) -> PageOf[Sighting]:
    """Return members of an audience, who entered last first.

    :raises CursorUnknown:
    """
    since, customer = _END, _LAST_CUSTOMER
    if asked.cursor:
        ms, customer = unseal(asked.cursor, length=2, salt=f"audience:{audience.pk}")
        since = datetime.fromtimestamp(ms / 1000, UTC)
    statement, bound = scoped(SQL["newest"], member)
    bound |= _named(audience)
    bound |= {"since": since, "customer": customer, "limit": asked.limit + 1}
    found = _sightings(warehouse().rows(statement, bound))
    shown = found[: asked.limit]
    if len(found) == len(shown):
        return PageOf(shown)
    last = shown[-1]
    ms = round(last.since.timestamp() * 1000)
    return PageOf(shown, seal([ms, last.customer_id], salt=f"audience:{audience.pk}"))


def all_in(member: Member, audience: Audience, *, at_once: int) -> Iterator[Sequence[Sighting]]:
    """Yield everybody in an audience whom the member may see, some at a time, by number.

    No client of the warehouse is held between two of them: a slow reader costs nobody anything.
    """
    statement, bound = scoped(SQL["in_order"], member)
    after = 0
    while True:
        named = _named(audience) | {"after": after, "limit": at_once}
        found = _sightings(warehouse().rows(statement, bound | named, lane="background"))
        if found:
            yield found
        if len(found) < at_once:
            return
        after = found[-1].customer_id


def count(member: Member, audience: Audience) -> int:
    """Return how many are in an audience, among those the member may see."""
    statement, bound = scoped(SQL["count"], member)
    return int(warehouse().value(statement, bound | _named(audience)))


def audiences_of(member: Member, customer_id: int) -> list[tuple[Audience, datetime]]:
    """Return the audiences a customer is in now, and since when; the newest first.

    :raises customers.NotFound:
    """
    if customer_id not in customers.visible(member, [customer_id]):
        raise customers.NotFound
    workspace = member.workspace
    by_id = {each.pk: each for each in Audience.objects.within(workspace).listed().in_use()}
    if not by_id:
        return []
    rows = warehouse().rows(
        SQL["audiences_of_customer"],
        {"workspace": workspace.pk, "audiences": sorted(by_id), "customer": customer_id},
    )
    found = [(by_id[audience], _aware(since)) for audience, since in rows]
    return sorted(found, key=lambda each: (each[1], each[0].pk), reverse=True)


def audience_ids_of(workspace: Workspace, customer_id: int) -> list[int]:
    """Return every audience a customer is in now, those of tag rules among them."""
    ids = Audience.objects.within(workspace).values_list("pk", flat=True)
    return among(workspace.pk, ids, customer_id)


def among(workspace_id: int, audience_ids: Iterable[int], customer_id: int) -> list[int]:
    """Return those of the audiences in which the customer is now."""
    asked = sorted(audience_ids)
    if not asked:
        return []
    bound = {"workspace": workspace_id, "audiences": asked, "customer": customer_id}
    return [row[0] for row in warehouse().rows(SQL["audiences_of_customer"], bound)]


def _sightings(rows: Sequence[Sequence[object]]) -> list[Sighting]:
    return [Sighting(customer, _aware(since)) for customer, since in rows]  # type: ignore[arg-type]


def _named(audience: Audience) -> dict[str, object]:
    return {"workspace": audience.workspace_id, "audience": audience.pk}


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
