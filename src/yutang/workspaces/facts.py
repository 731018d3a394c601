"""What workspaces announce."""

from dataclasses import dataclass

__all__ = ["StaffDeactivated"]


@dataclass(frozen=True)
class StaffDeactivated:
    """Somebody no longer works here; her customers need another."""

    workspace_id: int
    staff_id: int
