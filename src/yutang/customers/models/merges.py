"""How customers became one: merges, questions for a person, and events on their way to the winner."""

from django.db import models
from django.db.models import F, Q

from yutang.customers.models.people import Customer
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Conflict", "ConflictState", "Merge", "MergeOrigin", "Override"]


class MergeOrigin(models.TextChoices):
    """How a merge came about."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    REVIEW = "review"


class Merge(models.Model):
    """One customer became part of another.

    Undoing needs nothing from here: everything that moved knows its home. `changed` tells the reader
    what the winner showed before and since: {"city": ["北京", "上海"]}.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    winner = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    loser = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    origin = models.CharField(max_length=9, choices=MergeOrigin)
    shared = models.CharField(max_length=100, default="")  # the identity kind that brought it about
    changed = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, default="")

    objects = WorkspaceQuerySet["Merge"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loser"], name="merged_once_at_a_time", condition=Q(undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConflictState(models.TextChoices):
    """Where the question stands whether two customers are one person."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Conflict(models.Model):
    """Something says that two customers are one person, something else that they are not.

    A rejected one keeps them apart: what is shared later no longer merges them by itself.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    first = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    shared = models.CharField(max_length=100)  # the identity kinds that came together
    disputed = models.CharField(max_length=100)  # the kind of which both have a value
    source = models.CharField(max_length=100)  # what brought them together
    state = models.CharField(max_length=8, choices=ConflictState, default=ConflictState.PENDING)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, default="")

    objects = WorkspaceQuerySet["Conflict"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="conflict_once_for_a_pair"),
            models.CheckConstraint(
                name="conflict_pair_in_order", condition=Q(first__lt=F("second"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-id"], name="conflict_pending", condition=Q(state="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Override(models.Model):
    """Events of `origin` in the warehouse may still name another customer than she is today."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    origin = models.OneToOneField(
        Customer, models.CASCADE, related_name="+", primary_key=True, db_constraint=False
    )
    changes = models.BigIntegerField(default=1)  # counts up whenever she became another again
    seen_at = models.DateTimeField(null=True)  # PostgreSQL's clock, when the squash first saw it
    spooled_to = models.BigIntegerField(null=True)  # events up to this mark may still be wrong

    objects = WorkspaceQuerySet["Override"].as_manager()
