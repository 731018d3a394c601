"""What guides say again and again: phrases and materials, everybody's or one's own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Phrase", "PhraseGroup", "PhraseKind"]


class PhraseGroup(models.Model):
    """A drawer of phrases; without an owner it is everybody's."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    owner = models.ForeignKey("workspaces.User", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["PhraseGroup"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "owner", "name"],
                name="phrase_group_name_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class PhraseKind(models.TextChoices):
    """How it is sent in a chat."""

    TEXT = "text"
    LINK = "link"  # a card that leads to a page
    IMAGE = "image"  # these three by the address of a file, a material or another
    VIDEO = "video"
    FILE = "file"
    MINI_PROGRAM = "mini_program"  # a card that leads to a page of a mini program


class Phrase(models.Model):
    """One thing to say. `text` and `description` may name variables, as messages do."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    group = models.ForeignKey(PhraseGroup, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=PhraseKind)
    title = models.CharField(max_length=100)
    text = models.TextField(default="")  # of a card: its title
    description = models.CharField(max_length=500, default="")
    url = models.CharField(max_length=1000, default="")  # of a mini program: its page
    picture = models.CharField(max_length=1000, default="")
    app_id = models.CharField(max_length=64, default="")  # of the mini program
    labels = ArrayField(models.CharField(max_length=30), default=list)
    sent = models.IntegerField(default=0)  # how often a guide took it up
    taken = models.IntegerField(default=0)  # how often it was put into a message
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Phrase"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "group", "-sent"], name="phrases_of_group")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"
