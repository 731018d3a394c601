"""Tables of customers: who they are by every name they go by, and the record of every merge.

Identity values and search keys are compared byte by byte (collation C): prefixes can use an index.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Conflict",
    "ConflictState",
    "Customer",
    "CustomerMark",
    "CustomerSettings",
    "Identity",
    "IdentityKind",
    "Merge",
    "MergeOrigin",
    "Override",
    "Tombstone",
]


class CustomerQuerySet(WorkspaceQuerySet["Customer"]):
    def active(self) -> "CustomerQuerySet":
        """Keep those who have not become part of another customer."""
        return self.filter(merged_into=None)


class Customer(models.Model):
    """One person. A merged row stays, inactive, so that the merge can be undone."""

    # Here and in Identity: no constraint and no index of its own for a key whose value the same
    # transaction was given. Batches of new people come in by the thousand a second.
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Who this is today: itself, or the end of its chain of merges. No foreign key: a batch of new
    # customers would pay a check for each.
    current_id = models.BigIntegerField()
    name = models.CharField(max_length=200, default="")
    gender = models.CharField(max_length=6, default="")
    birthday = models.DateField(null=True)
    country = models.CharField(max_length=60, default="")
    province = models.CharField(max_length=60, default="")
    city = models.CharField(max_length=60, default="")
    district = models.CharField(max_length=60, default="")
    source = models.CharField(max_length=100, default="")  # what first made this customer known
    joined_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    fields = models.JSONField(default=dict)  # custom attributes by name
    # Who said each attribute and when: {"city": ["import", 1767225600000]}
    told = models.JSONField(default=dict)

    objects: ClassVar = CustomerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customer_fits_the_warehouse", condition=Q(id__lt=4294967296)
            ),
            models.CheckConstraint(
                name="customer_is_itself_unless_merged",
                condition=Q(merged_into=None, current_id=F("id"))
                | Q(merged_into__isnull=False) & ~Q(current_id=F("id")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "-id"], name="customer_list", condition=Q(merged_into=None)
            ),
            models.Index(
                fields=["current_id"],
                name="customer_parts",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Identity(models.Model):
    """One name a customer goes by: `openid:wxapp1` and its value, in normal form.

    `home` is the customer it was first attached to and never changes; `customer` is who that is today.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_constraint=False)
    home = models.ForeignKey(
        Customer, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    name = models.CharField(max_length=100, db_collation="C")
    value = models.CharField(max_length=200, db_collation="C")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)

    objects = WorkspaceQuerySet["Identity"].as_manager()

    class Meta:
        constraints = [
            # The value leads: one look-up finds a text under any kind. Covering: the way in reads
            # nothing but this index.
            models.UniqueConstraint(
                fields=["workspace", "value", "name"],
                include=["customer", "home"],
                name="identity_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class IdentityKind(models.Model):
    """A kind of identity as this workspace wants it: a changed built-in one, or one of its own."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    label_zh = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    is_strong = models.BooleanField()  # sharing one makes two customers the same
    is_single = models.BooleanField()  # a customer has one at most (of each source)
    priority = models.IntegerField()  # the highest says whose event it is, and whose value wins

    objects = WorkspaceQuerySet["IdentityKind"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="identity_kind_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class MergeOrigin(models.TextChoices):
    """How a merge came about."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    REVIEW = "review"


class Merge(models.Model):
    """One customer became part of another. `before` holds what undoing it restores."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    winner = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    loser = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    origin = models.CharField(max_length=9, choices=MergeOrigin)
    shared = models.CharField(max_length=100, default="")  # the identity kind that brought it about
    before = models.JSONField(default=dict)
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


class CustomerMark(models.Model):
    """These customers changed and the warehouse does not know yet. Only ever appended."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_constraint=False
    )
    what = models.CharField(max_length=20)
    customers = ArrayField(models.BigIntegerField())
    # Keys of warehouse rows that may have to go: [["fields", "shoe_size", 7], …]
    gone = models.JSONField(default=list)

    objects = WorkspaceQuerySet["CustomerMark"].as_manager()


class CustomerSettings(models.Model):
    """What a workspace decided about its customers as a whole."""

    workspace = models.OneToOneField(
        "workspaces.Workspace", models.CASCADE, related_name="+", primary_key=True
    )
    salt = models.BinaryField(max_length=32)  # keys the hashes of tombstones

    objects = WorkspaceQuerySet["CustomerSettings"].as_manager()


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
