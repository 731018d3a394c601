"""Everything about one person, told or removed: in PostgreSQL, in the warehouse, in the apps above."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from yutang.customers._barrier import advance
from yutang.customers._contributions import contributions
from yutang.customers._marks import mark
from yutang.customers._overrides import SQL, origins
from yutang.customers._rows import listed, rows
from yutang.customers._seeing import seen_one
from yutang.customers._tombstones import bury, wait_for_writers
from yutang.customers._traces import traces_of
from yutang.customers.models import (
    Conflict,
    Consent,
    Customer,
    Dependant,
    Erasure,
    ErasureState,
    Identity,
    Merge,
    Override,
    Relation,
    RelationKind,
    SearchKey,
)
from yutang.engines import warehouse
from yutang.kit.clock import now as clock_now
from yutang.kit.deadlocks import survives_deadlocks
from yutang.kit.errors import DomainError
from yutang.kit.pulse import wake
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, forget_replies, record_audit

__all__ = [
    "NoSuchErasure",
    "ReasonNamesHer",
    "erase",
    "erasure_of",
    "erasures_of",
    "export",
    "finish_erasures",
]

_MOST_EVENTS: Final = 1_000_000
_TABLES: Final = (
    "events",
    "timeline",
    "profiles",
    "fields",
    "relations",
    "dependants",
    "tags",
    "members",
    "member_changes",
)


class ReasonNamesHer(DomainError):
    """The record of an erasure stays for ever; it must not say whom it was about."""

    status = 422
    zh = "原因里写了这位客户的姓名或联系方式。删除记录会一直保留，请只写为什么删，如“本人 3 月 1 日来信要求”。"
    en = (
        "The reason names this customer. The record stays for ever: say only why, such as “asked for"
        " it by letter on 1 March”."
    )


class NoSuchErasure(DomainError):
    """There is no such record of an erasure."""

    status = 404
    zh = "没有这条删除记录。"
    en = "There is no such record of an erasure."


def export(member: Member, customer_id: int, *, now: datetime) -> dict[str, Any]:
    """Return everything that is known of a customer, as JSON by heading. Audited.

    :raises NotFound:
    """
    workspace = member.workspace
    customer = seen_one(member, customer_id)
    numbers = origins(workspace, customer.pk)
    hers = {"customer__in": numbers}
    parts = Customer.objects.within(workspace).filter(pk__in=numbers).order_by("pk")
    told: dict[str, Any] = {
        "exported_at": now.isoformat(),
        "customer": customer.pk,
        "profiles": _rows(parts),
        "identities": _rows(Identity.objects.within(workspace).filter(**hers)),
        "relations": _rows(Relation.objects.within(workspace).filter(**hers)),
        "dependants": _rows(Dependant.objects.within(workspace).filter(**hers)),
        "consent": _rows(Consent.objects.within(workspace).filter(**hers)),
        "merges": _rows(
            Merge.objects.within(workspace).filter(_either(numbers, "winner", "loser"))
        ),
        "events": _events(workspace, numbers),
    }
    for name, each in contributions.items():
        told[name] = dict(each.export(workspace, numbers))
    target = f"customer:{customer.pk}"
    record_audit(workspace, member.actor, "customers.exported", target, now=now)
    return told


@survives_deadlocks
@transaction.atomic
def erase(member: Member, customer_id: int, *, reason: str, now: datetime) -> Erasure:
    """Remove everything that is known of a customer; the record of it is the proof.

    PostgreSQL forgets her at once. The warehouse follows in the background, once nothing of hers is on
    its way any more; then the record is `done`. Hashes of her identities stay, so that no old list
    brings her back. What others keep as text is searched for her names and numbers, and uploads
    that were not imported yet go as a whole (docs/how/erasure.md).

    :raises NotFound, ReasonNamesHer:
    """
    workspace = member.workspace
    wait_for_writers(workspace)
    customer, numbers = _locked(member, customer_id)
    traces = traces_of(workspace, numbers)
    if traces.are_in(reason):
        raise ReasonNamesHer
    identities = Identity.objects.within(workspace).filter(customer__in=numbers)
    bury(workspace, list(identities.values_list("name", "value")), now=now)
    _tell_the_warehouse(workspace, numbers)
    removed = _remove(workspace, numbers)
    for name, each in contributions.items():
        counts = each.erase(workspace, numbers) or {}
        if each.strike:
            counts = {**counts, **each.strike(workspace, traces, now=now)}
        removed |= {f"{name}.{table}": count for table, count in counts.items()}
    removed["workspaces_idempotentwrite"] = forget_replies(workspace, before=now)
    made = Erasure.objects.create(
        workspace=workspace,
        customers=numbers,
        reason=reason[:500],
        actor=member.actor,
        removed={"postgresql": removed},
        at=now,
    )
    record_audit(
        workspace,
        member.actor,
        "customers.erased",
        f"customer:{customer.pk}",
        detail={"erasure": made.pk, "customers": numbers},
        now=now,
    )
    transaction.on_commit(lambda: wake("customers.erase"))
    return made


def _locked(member: Member, customer_id: int) -> tuple[Customer, list[int]]:
    """Lock everybody a customer consists of, in the order of their numbers; return her and those.

    :raises NotFound:
    """
    while True:
        numbers = origins(member.workspace, seen_one(member, customer_id).pk)
        rows("identities", "lock", {"workspace": member.workspace.pk, "customers": listed(numbers)})
        customer = seen_one(member, customer_id, lock=True)
        if numbers == origins(member.workspace, customer.pk):
            return customer, numbers


def erasure_of(workspace: Workspace, erasure_id: int) -> Erasure:
    """Return the record of an erasure.

    :raises NoSuchErasure:
    """
    found = Erasure.objects.within(workspace).filter(pk=erasure_id).first()
    if found is None:
        raise NoSuchErasure
    return found


def erasures_of(workspace: Workspace) -> "QuerySet[Erasure, Erasure]":
    """Return the records of all erasures."""
    return Erasure.objects.within(workspace)


def finish_erasures() -> bool:
    """Remove erased people from the warehouse, physically; True when there may be more at once."""
    running = Erasure.objects.filter(state=ErasureState.RUNNING).select_related("workspace")
    ready = [each for each in advance(running) if isinstance(each, Erasure) and not _lingers(each)]
    by_workspace: dict[int, list[Erasure]] = {}
    for each in ready:
        by_workspace.setdefault(each.workspace_id, []).append(each)
    for workspace_id, erasures in by_workspace.items():
        _finish(workspace_id, erasures)
    return bool(ready)


def _lingers(erasure: Erasure) -> bool:
    """Tell whether an app above still keeps something from before the erasure."""
    told = [each.lingers for each in contributions.values() if each.lingers]
    return any(lingers(erasure.workspace, erasure.at) for lingers in told)


def _finish(workspace_id: int, erasures: Sequence[Erasure]) -> None:
    """Rewrite each table once for all who are to be removed; a mutation costs the same for many."""
    for each in erasures:
        bound = {"workspace": workspace_id, "origins": each.customers}
        counts = {
            table: warehouse().value(SQL[f"count_{table}"], bound, lane="background")
            for table in _TABLES
        }
        # A second try after a crash finds nothing left to count.
        each.removed = {"warehouse": counts} | each.removed
        each.save(update_fields=["removed"])
    everybody = sorted({number for each in erasures for number in each.customers})
    bound = {"workspace": workspace_id, "origins": everybody}
    for table in _TABLES:
        warehouse().command(SQL[f"erase_{table}"], bound, settings={"mutations_sync": 2})
    # A reply that was being given while she was erased was kept a moment later.
    forget_replies(erasures[0].workspace, before=max(each.at for each in erasures))
    for each in erasures:
        each.state, each.finished_at = ErasureState.DONE, clock_now()
        each.save(update_fields=["state", "finished_at"])


def _tell_the_warehouse(workspace: Workspace, numbers: Sequence[int]) -> None:
    """Have everybody who asks see at once that she is gone; physically she goes a little later."""
    asked = {"workspace": workspace.pk, "customers": listed(numbers)}
    brought = [number for (number,) in rows("profiles", "referees", asked)]
    mark(workspace, "profile", numbers)
    mark(workspace, "fields", numbers)
    mark(workspace, "relations", [*numbers, *brought])
    mark(workspace, "dependants", numbers)


def _remove(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Remove her rows; return how many of each table there were."""
    hers = Q(customer__in=numbers)
    brought = Q(kind=RelationKind.REFERRER, target__in=numbers)
    removed: dict[str, int] = {}
    conditions: list[tuple[type[Model], Q]] = [
        (Identity, hers | Q(home__in=numbers)),
        (SearchKey, hers),
        (Relation, hers | brought),
        (Dependant, hers),
        (Consent, hers),
        (Conflict, _either(numbers, "first", "second")),
        (Merge, _either(numbers, "winner", "loser")),
        (Override, Q(origin__in=numbers)),
    ]
    for model, condition in conditions:
        going = model._default_manager.filter(condition, workspace=workspace)
        removed[model._meta.db_table] = going._raw_delete(going.db)
    theirs = Customer.objects.within(workspace).filter(pk__in=numbers)
    removed[Customer._meta.db_table] = theirs._raw_delete(theirs.db)
    return removed


def _either(numbers: Sequence[int], one: str, other: str) -> Q:
    return Q(**{f"{one}__in": numbers}) | Q(**{f"{other}__in": numbers})


def _rows(found: Any) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in row.items() if name != "workspace_id"}
        for row in found.values()
    ]


def _events(workspace: Workspace, numbers: Sequence[int]) -> list[dict[str, Any]]:
    bound = {"workspace": workspace.pk, "origins": list(numbers), "limit": _MOST_EVENTS}
    answer = warehouse().ask(SQL["export_events"], bound, lane="background")
    return [{name: _plain(value) for name, value in row.items()} for row in answer.dicts()]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
