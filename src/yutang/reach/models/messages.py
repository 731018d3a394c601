"""What is said: messages and their versions, of which each delivery names one."""

from django.db import models
from django.db.models.functions import Lower

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Message", "MessageState", "MessageVersion", "Review"]


class MessageState(models.TextChoices):
    """Whether a message may be used."""

    IN_USE = "in_use"
    ARCHIVED = "archived"


class Message(models.Model):
    """A named text with its pictures and links, for one channel and one purpose.

    `version` is the newest; what is being sent stays with the version it began with.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.IN_USE)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Message"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="message_names_differ"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Review(models.TextChoices):
    """Whether a second pair of eyes saw a version."""

    NONE = "none"
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"


class MessageVersion(models.Model):
    """What a message says, never changed: saving it differently makes the next version.

    `parts` are typed (text, image, link, mini program, video, file); `variables` are the names its
    templates ask for. `approved_by` is whose eyes besides its author's saw it; who rejected it says
    why in `answer`.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    parts = models.JSONField()
    variables = models.JSONField(default=list)
    author = models.CharField(max_length=80)  # actor: user:7, key:3
    approved_by = models.CharField(max_length=80, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    review = models.CharField(max_length=8, choices=Review, default=Review.NONE)
    asked_by = models.CharField(max_length=80, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    asked_note = models.CharField(max_length=300, blank=True, default="")
    rejected_by = models.CharField(max_length=80, blank=True, default="")
    rejected_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["MessageVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="message_version_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} version {self.number} of {self.message_id}"
