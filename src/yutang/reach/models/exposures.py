"""What somebody was to see among others: a message to her group, a post. No delivery: nobody sent it to her alone."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Exposure"]


class Exposure(models.Model):
    """That something was meant for somebody, by a channel that reaches many at once; `key` names what."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    journey = models.BigIntegerField(null=True)
    key = models.CharField(max_length=100, db_collation="C")
    customer = models.BigIntegerField()
    origin = models.BigIntegerField()
    at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Exposure"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "key", "origin"], name="exposed_to_it_once"
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "at"], name="exposures_by_day"),
            models.Index(fields=["workspace", "origin"], name="exposures_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.channel}"
