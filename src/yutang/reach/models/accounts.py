"""The ways out a workspace has set up."""

from django.db import models
from django.db.models.functions import Lower

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["AccountState", "ChannelAccount"]


class AccountState(models.TextChoices):
    """Whether messages leave by it."""

    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class ChannelAccount(models.Model):
    """One configured way out: the adapter that speaks to it, its secrets, and how fast it may be used.

    `tokens` is what the token bucket held at `tokens_at`; it fills by `rate` a second up to `burst`,
    for all workers together.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    adapter = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)  # for consent and caps: sms, email, wecom, …
    name = models.CharField(max_length=100)
    settings = models.JSONField(default=dict)
    secrets = models.TextField(blank=True, default="")  # sealed JSON
    rate = models.PositiveIntegerField(default=50)  # messages a second
    burst = models.PositiveIntegerField(default=100)
    tokens = models.FloatField(default=0)
    tokens_at = models.DateTimeField(null=True)
    # The channel asked for a rest (429, a limit of its own); nothing leaves before.
    rests_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=AccountState, default=AccountState.ACTIVE)
    trouble = models.CharField(max_length=300, blank=True, default="")  # what it last refused with
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["ChannelAccount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", Lower("name"), name="channel_account_names_differ"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
