"""Tables of events: what waits for the warehouse, which ids were accepted, what arrived, the catalogue.

`Receipt` and `Spool` are written by plain statements (`_recording`, `_draining`): hundreds of rows a
request, no row of which is ever held as an object.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Arrival",
    "CataloguedProperty",
    "CataloguedType",
    "Heard",
    "Listening",
    "Receipt",
    "Spool",
    "TypeOrigin",
]


class Receipt(models.Model):
    """One accepted event: its id, and a digest of what it said, so that it never counts twice."""

    pk = models.CompositePrimaryKey("workspace_id", "id")
    # No foreign key in the database: its check would cost as much as the row.
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    id = models.UUIDField()
    digest = models.BigIntegerField()
    received_on = models.DateField()

    objects = WorkspaceQuerySet["Receipt"].as_manager()

    class Meta:
        # Days come in order, so that a few pages of summary find what may be forgotten.
        indexes = [BrinIndex("received_on", name="receipt_day", autosummarize=True)]

    def __str__(self) -> str:
        return str(self.id)


class Spool(models.Model):
    """Accepted events on their way into the warehouse, as compressed lines of its own shape."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    lines = models.BinaryField()
    # {type: [customers]}: what to announce once the lines are in the warehouse.
    touched = models.BinaryField()
    length = models.IntegerField()
    received_at = models.DateTimeField()
    # The insert these lines belong to, once one was begun. Random: a number would come back after
    # PostgreSQL is restored from a backup, and the warehouse would take new lines for old ones.
    batch = models.UUIDField(null=True)

    objects = WorkspaceQuerySet["Spool"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.length} events"


class Arrival(models.Model):
    """Something became visible in the warehouse: an event type, or `@profile`, `@tags`, …"""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    what = models.CharField(max_length=100)
    customers = ArrayField(models.BigIntegerField(), null=True)  # null: too many to name

    objects = WorkspaceQuerySet["Arrival"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.what}"


class Listening(models.Model):
    """Somebody above waits for events of this type."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    listener = models.CharField(max_length=60)
    type = models.CharField(max_length=100)

    objects = WorkspaceQuerySet["Listening"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "listener", "type"], name="a_type_is_listened_to_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listener} listens to {self.type}"


class Heard(models.Model):
    """One event somebody waits for, until he has seen to it, or a while longer if he asks for that."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    event = models.UUIDField()
    type = models.CharField(max_length=100)
    customer = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    said = models.TextField()  # JSON, read once and by us alone
    seen_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Heard"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="heard_unseen", condition=Q(seen_at=None)),
            models.Index(fields=["workspace", "customer"], name="heard_of_customer"),
            models.Index(fields=["seen_at"], name="heard_seen", condition=Q(seen_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.type}"


class TypeOrigin(models.TextChoices):
    """How the catalogue came to know an event type."""

    DECLARED = "declared"  # by a module's loop.py
    CUSTOM = "custom"  # by a person, with typed properties
    DISCOVERED = "discovered"  # by the first event of its kind


class CataloguedType(models.Model):
    """An event type of one workspace: seen, renamed, hidden or made by its people."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    origin = models.CharField(max_length=10, choices=TypeOrigin)
    zh = models.CharField(max_length=60, blank=True)
    en = models.CharField(max_length=60, blank=True)
    is_hidden = models.BooleanField(default=False)
    is_activity = models.BooleanField(default=True)
    events = models.BigIntegerField(default=0)
    last_seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["CataloguedType"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "name", name="catalogued_type_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class CataloguedProperty(models.Model):
    """A property of an event type of one workspace, and the kind of value it holds."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    type = models.ForeignKey(CataloguedType, models.CASCADE, related_name="properties")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    origin = models.CharField(max_length=10, choices=TypeOrigin)
    zh = models.CharField(max_length=60, blank=True)
    en = models.CharField(max_length=60, blank=True)
    is_hidden = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["CataloguedProperty"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("type", "name", name="catalogued_property_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
