"""Background work of workspaces: sealing the audit log, sweeping what has ended."""

from yutang.kit.clock import now
from yutang.kit.pulse import pulse
from yutang.workspaces import service as workspaces

__all__ = ["seal", "sweep"]


@pulse("workspaces.seal", every=2.0)
def seal() -> bool:
    """Seal new audit records into their chains."""
    return workspaces.seal_audit()


@pulse("workspaces.sweep", every=3600.0)
def sweep() -> bool:
    """Forget sessions that ended, attempts and kept replies of yesterday, old queue entries."""
    workspaces.sweep(now=now())
    workspaces.forget_old_jobs()
    return False
