"""Who they are: customers, the names they go by, and the kinds of such names."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Reverse

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Customer", "Identity", "IdentityKind", "IdentityMove", "SearchKey"]


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
    # Her own attributes while others are merged into her; the columns then show the best of all.
    own = models.JSONField(null=True)

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
        indexes = [
            # A telephone is looked for by its last digits.
            models.Index(
                "workspace",
                Reverse("value"),
                name="identity_phone_tail",
                condition=Q(name="phone"),
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


class IdentityMove(models.Model):
    """Some identities of a workspace went to another customer, or went; kept for an hour.

    Written by a trigger, so that nobody can forget to: who remembers whose an identity is compares.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_constraint=False
    )
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["IdentityMove"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"


class SearchKey(models.Model):
    """A text by whose beginning a customer is found: her name, its parts, pinyin and initials."""

    pk = models.CompositePrimaryKey("workspace_id", "key", "customer_id")
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    key = models.CharField(max_length=60, db_collation="C")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_constraint=False)

    objects = WorkspaceQuerySet["SearchKey"].as_manager()

    def __str__(self) -> str:
        return f"of #{self.customer_id}"
