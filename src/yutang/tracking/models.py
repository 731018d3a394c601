"""Tables of tracking: the pages and the systems that may send events, and what they sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.tracking.imports.models import BadRow, Import, ImportState, SharedRow
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "BadRow",
    "Hook",
    "HookDelivery",
    "HookDeliveryState",
    "Import",
    "ImportState",
    "SharedRow",
    "Site",
]


class Site(models.Model):
    """A web or H5 site whose pages may send events with a write key that anybody can read there."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    write_key = models.CharField(max_length=40, unique=True)
    origins = ArrayField(
        models.CharField(max_length=200)
    )  # https://shop.example, https://*.example
    # A page may say who its visitor is only with a proof by our secret, unless this is set.
    trusts_pages = models.BooleanField(default=False)
    secret_number = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Site"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Hook(models.Model):
    """An address at which another system posts what happened there, signed."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    token = models.CharField(max_length=40, unique=True)
    mapping = models.JSONField()
    # Secrets are derived from the installation's key and this number; the one before stays good a while.
    secret_number = models.IntegerField(default=1)
    previous_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Hook"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class HookDeliveryState(models.TextChoices):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    IGNORED = "ignored"  # the mapping leaves it out
    REFUSED = "refused"
    FORGED = "forged"  # signature or timestamp does not hold


class HookDelivery(models.Model):
    """One delivery to a hook and what became of it; its body is not kept."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=HookDeliveryState)
    length = models.IntegerField()  # bytes
    accepted = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    errors = models.JSONField(default=list)  # [{"field", "message"}]: where and what, not what came

    objects = WorkspaceQuerySet["HookDelivery"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["hook", "-id"], name="hook_delivery_newest")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
