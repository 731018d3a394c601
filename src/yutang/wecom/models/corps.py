"""The corps a workspace speaks to, and who its staff are there."""

from uuid import uuid4

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Corp", "CorpState", "StaffAccount"]


class CorpState(models.TextChoices):
    """Whether the platform is spoken to."""

    DRAFT = "draft"  # being set up: only the diagnosis calls
    ACTIVE = "active"
    PAUSED = "paused"


class Corp(models.Model):
    """One corp as one self-built app sees it; secrets are sealed.

    `base` is the address of the platform: the real one, or that of a sandbox the operator of the
    installation allowed. `door` names the corp in the address its callbacks come to.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp_id = models.CharField(max_length=64)
    agent_id = models.IntegerField()
    name = models.CharField(max_length=100)
    base = models.CharField(max_length=200, default="https://qyapi.weixin.qq.com")
    secret = models.TextField()  # sealed
    callback_token = models.TextField(blank=True, default="")  # sealed
    callback_key = models.TextField(blank=True, default="")  # sealed: EncodingAESKey
    door = models.UUIDField(default=uuid4, unique=True)
    state = models.CharField(max_length=6, choices=CorpState, default=CorpState.DRAFT)
    # What came to the door: when it was checked by the platform, and when somebody was last refused.
    verified_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=40, blank=True, default="")
    # What new friends hear whom no live code greets, by the hour: windows and the parts of a message.
    welcome = models.JSONField(default=list)
    tags_told_to = models.DateTimeField(null=True)  # whoever was tagged until then is told of there
    # When to ask next whose customers nobody has taken since they left, and when that was read last.
    leavers_due_at = models.DateTimeField(null=True)
    leavers_read_at = models.DateTimeField(null=True)
    # The chat archive: where it is read, how far, and what was wrong last.
    archive_base = models.CharField(max_length=200, blank=True, default="")  # "": none
    archive_secret = models.TextField(blank=True, default="")  # sealed
    archive_days = models.IntegerField(default=180)  # messages are kept so long
    archive_seq = models.BigIntegerField(default=0)
    archive_read_at = models.DateTimeField(null=True)
    archive_trouble_zh = models.CharField(max_length=300, blank=True, default="")
    archive_trouble_en = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Corp"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "corp_id", name="wecom_corps_differ"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class StaffAccount(models.Model):
    """Who a member of the corp is among the staff; `userid` in lower case (it knows no case)."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    userid = models.CharField(max_length=64, db_collation="C")
    spelling = models.CharField(max_length=64)  # as the platform writes it
    staff = models.ForeignKey("workspaces.Staff", models.CASCADE, related_name="+")
    status = models.SmallIntegerField(default=1)  # 1 active, 2 disabled, 4 not activated, 5 left
    can_contact = models.BooleanField(default=False)  # has the client-contact function
    seen_at = models.DateTimeField()

    objects = WorkspaceQuerySet["StaffAccount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("corp", "userid", name="wecom_one_account_a_member"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
