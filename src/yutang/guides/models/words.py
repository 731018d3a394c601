"""Words that are not to be said to customers."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["SensitiveWord", "Severity", "Speaker", "WordRule"]


class WordRule(models.TextChoices):
    """What happens where it is said."""

    WARN = "warn"  # shown to whoever looks after the team
    BLOCK = "block"  # no phrase may say it


class Severity(models.IntegerChoices):
    """How bad it is."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Speaker(models.TextChoices):
    """In whose mouth it is looked for."""

    STAFF = "staff"
    CUSTOMER = "customer"
    ANYONE = "anyone"


class SensitiveWord(models.Model):
    """One word, in lower case."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    word = models.CharField(max_length=60)
    rule = models.CharField(max_length=5, choices=WordRule)
    severity = models.SmallIntegerField(choices=Severity, default=Severity.MEDIUM)
    speaker = models.CharField(max_length=8, choices=Speaker, default=Speaker.STAFF)
    is_looked_back = models.BooleanField(default=False)  # in chats of before it was added
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["SensitiveWord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "word"], name="sensitive_word_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
