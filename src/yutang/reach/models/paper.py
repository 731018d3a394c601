"""What the paper channel wrote down instead of sending."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["PaperMessage"]


class PaperMessage(models.Model):
    """A message as it would have left. `copies` counts how often it was handed over: one, if all is well."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    account = models.BigIntegerField()
    token = models.UUIDField(unique=True)
    customer = models.BigIntegerField()
    subject = models.CharField(max_length=500, blank=True, default="")
    parts = models.JSONField()
    copies = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["PaperMessage"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "customer"], name="paper_of_a_customer"),
            models.Index(fields=["account", "-id"], name="paper_of_an_account"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
