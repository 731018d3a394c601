"""The audit log: who did what to what. Append-only, and sealed into a chain for each workspace.

A record is written in the transaction of the change. Moments later the pulse `workspaces.seal` gives
it the next number of its workspace and a seal: an HMAC, under a key derived from the secret key, of
the seal before it and of the record. Whoever alters, inserts or removes a sealed record in the
database breaks the chain, and `verify_audit` says where. Sealing afterwards keeps changes of one
workspace from queueing behind one another.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from yutang.kit.pulse import wake
from yutang.workspaces.models import AuditHead, AuditRecord, Workspace, WorkspaceQuerySet

__all__ = ["AuditVerdict", "audit_records", "record_audit", "seal_audit", "verify_audit"]

_BATCH = 1000


@dataclass(frozen=True)
class AuditVerdict:
    """Whether the chain is as it was written."""

    is_intact: bool
    sealed: int
    waiting: int  # written moments ago, not sealed yet
    broken_at: int | None  # the first number that is missing or not as it was sealed


def record_audit(
    workspace: Workspace,
    actor: str,
    action: str,
    target: str,
    *,
    detail: Mapping[str, object] | None = None,
    now: datetime,
) -> AuditRecord:
    """Write down who did what, in the transaction that does it.

    `actor` is `member.actor` or `system:<what>`; `action` is `<app>.<past_tense>`; `target` is
    `<kind>:<id>`. `detail` holds what a reader needs to understand it (ids, names of tags, before
    and after): never a telephone number, a secret or anything an erasure would have to find.
    """
    transaction.on_commit(lambda: wake("workspaces.seal"))
    return AuditRecord.objects.create(
        workspace=workspace,
        actor=actor[:80],
        action=action,
        target=target[:200],
        detail=dict(detail or {}),
        at=now,
    )


def audit_records(
    workspace: Workspace,
    *,
    actor: str = "",
    action: str = "",
    target: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> WorkspaceQuerySet[AuditRecord]:
    """Return records by actor, target, period `[since, until)`, and action.

    `action` is an action, or the app before the dot: `tags` finds `tags.tag_created`.
    """
    rows = AuditRecord.objects.within(workspace)
    if actor:
        rows = rows.filter(actor=actor)
    if action:
        rows = (
            rows.filter(action=action)
            if "." in action
            else rows.filter(action__startswith=f"{action}.")
        )
    if target:
        rows = rows.filter(target=target)
    if since:
        rows = rows.filter(at__gte=since)
    if until:
        rows = rows.filter(at__lt=until)
    return rows


def seal_audit() -> bool:
    """Seal what is not sealed yet; True means there may be more."""
    unsealed = AuditRecord.objects.filter(number__isnull=True)
    waiting = list(unsealed.order_by("workspace_id").values_list("workspace_id").distinct()[:100])
    full = [_seal_some(workspace_id) == _BATCH for (workspace_id,) in waiting]
    return any(full) or len(full) == 100


def verify_audit(workspace: Workspace) -> AuditVerdict:
    """Compute every seal again, from the first record to the end of the chain."""
    rows = AuditRecord.objects.within(workspace)
    head = AuditHead.objects.within(workspace).first()
    waiting = rows.filter(number__isnull=True).count()
    number, seal = 0, ""
    sealed = rows.filter(number__isnull=False).order_by("number")
    for row in sealed.iterator(chunk_size=2000):
        number += 1
        if row.number != number or not hmac.compare_digest(row.seal, _seal(seal, row)):
            return AuditVerdict(False, number - 1, waiting, number)
        seal = row.seal
    if (number, seal) != ((head.number, head.seal) if head else (0, "")):
        return AuditVerdict(False, number, waiting, number + 1)
    return AuditVerdict(True, number, waiting, None)


@transaction.atomic
def _seal_some(workspace_id: int) -> int:
    AuditHead.objects.get_or_create(workspace_id=workspace_id, defaults={"number": 0, "seal": ""})
    head = AuditHead.objects.within(workspace_id).select_for_update().get()
    rows = list(
        AuditRecord.objects.within(workspace_id).filter(number__isnull=True).order_by("id")[:_BATCH]
    )
    for row in rows:
        head.number += 1
        row.number = head.number
        head.seal = row.seal = _seal(head.seal, row)
    _write_seals(rows)
    head.save(update_fields=["number", "seal"])
    return len(rows)


def _write_seals(rows: Sequence[AuditRecord]) -> None:
    """Write numbers and seals in one pass: as a list of cases it would be one over all cases for each row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workspaces_auditrecord SET number = sealed.number, seal = sealed.seal"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS sealed (id, number, seal)"
            " WHERE workspaces_auditrecord.id = sealed.id",
            [[row.pk for row in rows], [row.number for row in rows], [row.seal for row in rows]],
        )


def _seal(before: str, row: AuditRecord) -> str:
    written = json.dumps(
        [
            before,
            row.workspace_id,
            row.number,
            row.pk,
            row.actor,
            row.action,
            row.target,
            row.detail,
            row.at.isoformat(),
        ],
        sort_keys=True,
    )
    key = hmac.digest(settings.SECRET_KEY.encode(), b"yutang.audit", "sha256")
    return hmac.digest(key, written.encode(), "sha256").hex()
