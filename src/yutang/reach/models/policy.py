"""What the brand promised: how often, when, and whom never."""

from django.db import models
from django.db.models import Q

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["ContactPolicy", "Suppression"]


class ContactPolicy(models.Model):
    """The rules of contact as they were from an instant on; the newest number holds.

    Rows are never changed, so that a verdict can be read with the rules it was given under.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    rules = models.JSONField()
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    objects = WorkspaceQuerySet["ContactPolicy"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="contact_policy_once"),
        ]

    def __str__(self) -> str:
        return f"policy {self.number}"


class Suppression(models.Model):
    """Somebody who is not to be reached: on a channel or on all (`any`), until a day or for good.

    Either a customer, or the keyed hash of an address nobody is known by yet.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    customer = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=32, null=True)
    channel = models.CharField(max_length=20, default="any")
    reason = models.CharField(max_length=20)  # opt_out, bounce, complaint, manual, …
    note = models.CharField(max_length=200, blank=True, default="")
    until = models.DateTimeField(null=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Suppression"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "customer", "channel"],
                name="suppression_of_a_customer_once",
                condition=Q(customer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["workspace", "digest", "channel"],
                name="suppression_of_an_address_once",
                condition=Q(digest__isnull=False),
            ),
            models.CheckConstraint(
                name="suppression_of_a_customer_or_an_address",
                condition=Q(customer__isnull=False, digest=None)
                | Q(customer=None, digest__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace"],
                name="suppression_of_addresses",
                condition=Q(digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
