"""What all processes share when they speak to the platform: tokens, what may still be asked, media."""

from django.db import models

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["LimitChange", "Media", "Quota", "Token", "TokenKind"]


class TokenKind(models.TextChoices):
    """What a token or ticket is good for."""

    ACCESS = "access"
    CORP_TICKET = "corp_ticket"  # signs pages: wx.config
    AGENT_TICKET = "agent_ticket"  # signs pages: wx.agentConfig


class Token(models.Model):
    """A token of a corp, sealed; one process at a time fetches a new one (`fetching_until`).

    `refused_code` is why the platform gave none: it is not asked again before `refused_until`.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=TokenKind)
    sealed = models.TextField(blank=True, default="")
    good_until = models.DateTimeField(null=True)
    fetching_until = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    refused_code = models.IntegerField(default=0)
    refused_said = models.CharField(max_length=300, blank=True, default="")
    refused_until = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Token"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("corp", "kind", name="wecom_one_token_a_kind")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Quota(models.Model):
    """How much of one API of a corp was used in the windows that run, by all processes together."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+", db_index=False)
    api = models.CharField(max_length=80)
    minute_at = models.DateTimeField()
    minute_used = models.IntegerField(default=0)
    hour_at = models.DateTimeField()
    hour_used = models.IntegerField(default=0)
    day_at = models.DateTimeField()
    day_used = models.IntegerField(default=0)
    month_at = models.DateTimeField()
    month_used = models.IntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    blocked_times = models.SmallIntegerField(default=0)
    # After the platform found too many at once: how many there may be, and until when.
    at_once = models.SmallIntegerField(null=True)
    at_once_until = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Quota"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("corp", "api", name="wecom_one_quota_an_api")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.api}"


class Media(models.Model):
    """A file the platform holds for three days, known by what is in it."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+", db_index=False)
    digest = models.BinaryField(max_length=32)
    use = models.CharField(
        max_length=20
    )  # what it may be attached to: message/image, moment/video …
    media_id = models.CharField(max_length=300)
    good_until = models.DateTimeField()

    objects = WorkspaceQuerySet["Media"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("corp", "digest", "use", name="wecom_media_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.use}"


class LimitChange(models.Model):
    """What a brand made of one of the platform's limits, from a day on."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)  # `corp_tags`, `externalcontact/mark_tag:minute`
    value = models.IntegerField()
    since = models.DateField()
    before = models.IntegerField(null=True)  # what held until then; null: the default
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    objects = WorkspaceQuerySet["LimitChange"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "name", name="wecom_one_change_a_limit")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
