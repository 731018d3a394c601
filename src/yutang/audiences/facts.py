"""What audiences announce to the apps above."""

from dataclasses import dataclass

__all__ = ["AudienceChanged"]


@dataclass(frozen=True)
class AudienceChanged:
    """People entered or left; who, stands in the warehouse's `member_changes` under `version`."""

    workspace_id: int
    audience_id: int
    version: int
    entered: int
    left: int
