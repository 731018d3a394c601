"""What is to be reached in a month, by one member of staff or by the team."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Goal", "Measure"]


class Measure(models.TextChoices):
    """What is counted."""

    NEW_FRIENDS = "new_friends"
    SALES = "sales"  # in fen
    ORDERS = "orders"
    TASKS = "tasks"  # done


class Goal(models.Model):
    """So much of a measure in a calendar month; `staff` 0 is everybody together."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    staff = models.BigIntegerField(default=0)
    measure = models.CharField(max_length=11, choices=Measure)
    month = models.DateField()  # its first day
    target = models.BigIntegerField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Goal"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "month", "measure", "staff"], name="one_goal_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
