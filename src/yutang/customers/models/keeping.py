"""What is kept about customers as a whole: settings, marks for the mirror, erasures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["CustomerMark", "CustomerSettings", "Erasure", "ErasureState", "Tombstone"]


class CustomerSettings(models.Model):
    """What a workspace decided about its customers as a whole."""

    workspace = models.OneToOneField(
        "workspaces.Workspace", models.CASCADE, related_name="+", primary_key=True
    )
    salt = models.CharField(max_length=255)  # sealed; keys the hashes of tombstones
    # Null: as built in. [{"name": …, "zh": …, "en": …}, …]
    follow_statuses = models.JSONField(null=True)
    # Null: as built in. [{"name": …, "zh": …, "en": …, "to_months": …}, …]
    stages = models.JSONField(null=True)
    # Whose word counts more when customers become one: {"user": 100, "import": 50}
    source_ranks = models.JSONField(null=True)
    # Up to which customer changed ranks are shown; null: everybody is shown by them.
    ranked_to = models.BigIntegerField(null=True)

    objects = WorkspaceQuerySet["CustomerSettings"].as_manager()


class CustomerMark(models.Model):
    """These customers changed and the warehouse does not know yet. Only ever appended."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_constraint=False
    )
    what = models.CharField(max_length=20)
    customers = ArrayField(models.BigIntegerField())

    objects = WorkspaceQuerySet["CustomerMark"].as_manager()


class Tombstone(models.Model):
    """The keyed hash of an erased person's identity, so that she does not come back by an import."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Tombstone"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "digest"], name="tombstone_once"),
        ]


class ErasureState(models.TextChoices):
    """How far an erasure is."""

    RUNNING = "running"
    DONE = "done"


class Erasure(models.Model):
    """The proof that a person was erased: what was removed where, and when it was physically gone."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    customers = ArrayField(models.BigIntegerField())  # all her numbers; nothing else about her
    reason = models.CharField(max_length=500)
    actor = models.CharField(max_length=80)
    state = models.CharField(max_length=7, choices=ErasureState, default=ErasureState.RUNNING)
    # Rows removed: {"postgresql": {table: rows}, "warehouse": {table: rows}}
    removed = models.JSONField(default=dict)
    at = models.DateTimeField()
    # PostgreSQL's clock and the spool's mark, as for overrides: events still on their way follow.
    seen_at = models.DateTimeField(null=True)
    spooled_to = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Erasure"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-id"], name="erasure_newest")]

    def __str__(self) -> str:
        return f"#{self.pk}"
