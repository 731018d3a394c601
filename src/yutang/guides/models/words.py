"""Words that are not to be said to customers."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["SensitiveWord", "WordRule"]


class WordRule(models.TextChoices):
    """What happens where it is said."""

    WARN = "warn"  # shown to whoever looks after the team
    BLOCK = "block"  # no phrase may say it


class SensitiveWord(models.Model):
    """One word, in lower case."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    word = models.CharField(max_length=60)
    rule = models.CharField(max_length=5, choices=WordRule)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["SensitiveWord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "word"], name="sensitive_word_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
