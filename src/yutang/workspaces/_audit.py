"""The audit log: who did what to what. Append-only, and sealed into a chain for each workspace."""

from collections.abc import Mapping
from datetime import datetime

from yutang.workspaces.models import AuditRecord, Workspace

__all__ = ["record_audit"]


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
    return AuditRecord.objects.create(
        workspace=workspace,
        actor=actor,
        action=action,
        target=target,
        detail=dict(detail or {}),
        at=now,
    )
