"""What archived chats are looked at for: sensitive words, and customers who wait."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.guides.models.words import Severity
from yutang.wecom.models import ArchivedMessage, Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["ChatCheck", "ChatHit", "ChatRules", "ChatWait"]


class ChatRules(models.Model):
    """How a workspace wants its customers answered; without a row, as the defaults say."""

    workspace = models.OneToOneField("workspaces.Workspace", models.CASCADE, related_name="+")
    minutes = models.IntegerField(default=30)  # of hours that count; 0: not looked at
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(21))

    objects = WorkspaceQuerySet["ChatRules"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChatCheck(models.Model):
    """How far a corp's archive has been looked at."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.OneToOneField(Corp, models.CASCADE, related_name="+")
    checked_to = models.BigIntegerField(default=0)

    objects = WorkspaceQuerySet["ChatCheck"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChatHit(models.Model):
    """An archived message that says sensitive words, until somebody has looked into it."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    message = models.OneToOneField(ArchivedMessage, models.CASCADE, related_name="+")
    words = ArrayField(models.CharField(max_length=60))
    severity = models.SmallIntegerField(choices=Severity)  # of the worst of them
    staff = models.BigIntegerField()
    home = models.BigIntegerField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True, default="")

    objects = WorkspaceQuerySet["ChatHit"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at", "-id"], name="guides_hits_newest")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChatWait(models.Model):
    """A customer who wrote, from her first unanswered message to the answer."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    message = models.OneToOneField(ArchivedMessage, models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    staff = models.BigIntegerField()
    home = models.BigIntegerField()
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["ChatWait"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["corp", "staff", "home"],
                name="guides_waits_once",
                condition=models.Q(answered_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "-since", "-id"], name="guides_waits_newest"),
            models.Index("corp", "staff", "home", name="guides_waits_of_chat"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
