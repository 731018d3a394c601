"""How staff answered, day by day, as the platform counted it."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["ChatDay"]


class ChatDay(models.Model):
    """One member of staff on one day; on a day without chats nothing is known of answers."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    staff = models.BigIntegerField()
    day = models.DateField()
    chats = models.IntegerField()
    messages = models.IntegerField()
    answered = models.FloatField(null=True)  # of a hundred chats
    minutes = models.FloatField(null=True)  # to the first answer, on average
    blocked_by = models.IntegerField()  # customers who deleted or blocked her

    objects = WorkspaceQuerySet["ChatDay"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "staff", "day"], name="one_chat_day"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
