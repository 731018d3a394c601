"""What a brand knows better than we do of what a channel carries."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["MessageLimit"]


class MessageLimit(models.Model):
    """A brand's own figure for the length of a field or the size of a file, from a day on."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(
        max_length=80
    )  # `wecom.text.text`, `wecom.image.file`, `group.attachments`
    value = models.IntegerField()
    since = models.DateField()
    before = models.IntegerField(null=True)  # what held until then; null: the default
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    objects = WorkspaceQuerySet["MessageLimit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "name", name="reach_one_change_a_message_limit")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
