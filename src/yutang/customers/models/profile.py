"""What is known of customers beyond who they are: custom fields, relations, dependants, consent."""

from django.db import models
from django.db.models import Q

from yutang.customers.models.people import Customer
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Consent",
    "ConsentState",
    "CustomField",
    "Dependant",
    "Group",
    "Relation",
    "RelationKind",
]


class CustomField(models.Model):
    """A typed attribute of a workspace's own. Its name never changes; its labels may."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    label_zh = models.CharField(max_length=60)
    label_en = models.CharField(max_length=60)
    # Of choices: [{"value": "gold", "zh": "金卡", "en": "Gold", "is_archived": false}, …]
    options = models.JSONField(default=list)
    is_personal = models.BooleanField(default=False)
    place = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["CustomField"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="custom_field_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class RelationKind(models.TextChoices):
    """What a customer is related to."""

    STAFF = "staff"
    STORE = "store"
    GROUP = "group"
    REFERRER = "referrer"


class Group(models.Model):
    """A chat group, a club, a class: whatever customers belong to together."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=40, default="")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Group"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="group_name_once", condition=Q(archived_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Relation(models.Model):
    """A customer and a member of staff, a store, a group, or the customer who brought her.

    `home` is the customer it was made for and never changes. After a merge two rows may say the same:
    one is shown, the others are `hidden` until the merge is undone.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    home = models.ForeignKey(
        Customer, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    is_hidden = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=RelationKind, db_collation="C")
    target = models.BigIntegerField()
    status = models.CharField(max_length=40, default="")  # of a follow-up; staff only
    remark = models.CharField(max_length=500, default="")
    source = models.CharField(max_length=100, default="")
    since = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Relation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "target", "customer"],
                name="relation_once",
                condition=Q(is_hidden=False),
            ),
            models.UniqueConstraint(
                fields=["customer"],
                name="referrer_once",
                condition=Q(kind="referrer", is_hidden=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Dependant(models.Model):
    """A member of a customer's household. A birthday to come is a child expected."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    home = models.ForeignKey(
        Customer, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=100, default="")
    gender = models.CharField(max_length=6, default="")
    birthday = models.DateField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Dependant"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConsentState(models.TextChoices):
    """What a customer said."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"


class Consent(models.Model):
    """One thing a customer said about one purpose on one channel. Only ever appended.

    Kept under the number she had when she said it: merges and their undoing move nothing.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=ConsentState)
    proof = models.CharField(max_length=2000, default="")  # the words she agreed to, where, how
    source = models.CharField(max_length=100)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["Consent"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["customer", "purpose", "channel", "at", "id"], name="consent_said"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
