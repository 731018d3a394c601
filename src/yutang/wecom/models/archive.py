"""What staff and customers wrote to each other, as the corp's chat archive has it."""

from django.db import models

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["ArchivedMessage"]


class ArchivedMessage(models.Model):
    """One message. Nobody reads its text without a trace: see `guides`.

    `home` is the customer her contact was born with (0: no customer wrote or was written to alone), `staff` the member
    who wrote or was written to (0: a customer wrote into a group), `room` the group, or nothing.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    seq = models.BigIntegerField()  # of the archive: its order
    msgid = models.CharField(max_length=120, db_collation="C")
    at = models.DateTimeField()
    staff = models.BigIntegerField(default=0)
    home = models.BigIntegerField(default=0)
    room = models.CharField(max_length=64, db_collation="C", blank=True, default="")
    by_staff = models.BooleanField()
    kind = models.CharField(max_length=20)  # as the platform calls it: text, image, …
    text = models.CharField(max_length=4000, blank=True, default="")
    is_recalled = models.BooleanField(default=False)

    objects = WorkspaceQuerySet["ArchivedMessage"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("corp", "msgid", name="wecom_archived_once"),
        ]
        indexes = [
            models.Index("corp", "staff", "home", "room", "seq", name="wecom_archived_chat"),
            models.Index("workspace", "home", name="wecom_archived_of"),
            models.Index("workspace", "at", name="wecom_archived_when"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
