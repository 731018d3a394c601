"""Live codes, who came by them, the channels they stand in and what those cost."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["AccountStanding", "ChannelCost", "CodeFriend", "CodeKind", "LiveCode", "SourceChannel"]


class SourceChannel(models.Model):
    """A place customers come from (渠道): a platform, a store's counter, a parcel card."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["SourceChannel"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="acquisition_channel_once",
                condition=models.Q(archived_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class CodeKind(models.TextChoices):
    STAFF = "staff"
    GROUP = "group"


class LiveCode(models.Model):
    """A code that stays the same while who is behind it changes.

    `key` is its name towards the platform (the `state` of its contact way) and in the address that is printed.
    `shown` is what the platform has taken of it last; `config` names its contact or join way there.
    `company` are those who share what comes, since `company_since`.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey("wecom.Corp", models.CASCADE, related_name="+")
    channel = models.ForeignKey(SourceChannel, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=5, choices=CodeKind, default=CodeKind.STAFF)
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=20, unique=True, db_collation="C")
    rules = models.JSONField()
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=20, default="")
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    config = models.CharField(max_length=64, default="", db_collation="C")
    picture = models.CharField(max_length=500, default="")  # the platform's image of its code
    shown = models.JSONField(null=True)
    shown_at = models.DateTimeField(null=True)
    staff = ArrayField(models.BigIntegerField(), default=list)  # whom it shows now
    whys = models.JSONField(default=dict)
    cover = models.CharField(max_length=7, default="")
    company = ArrayField(models.BigIntegerField(), default=list)
    company_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # when to look again; null: nothing is ever to be done
    attempts = models.IntegerField(default=0)
    trouble_zh = models.CharField(max_length=500, default="")
    trouble_en = models.CharField(max_length=500, default="")

    objects = WorkspaceQuerySet["LiveCode"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-created_at"], name="acquisition_codes_newest"),
            models.Index(fields=["due_at"], name="acquisition_codes_due"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class AccountStanding(models.Model):
    """How one of the staff stands towards all codes; without a row: online, without a cap."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    staff = models.ForeignKey("workspaces.Staff", models.CASCADE, related_name="+")
    is_online = models.BooleanField(default=True)
    most = models.IntegerField(null=True)  # friends a day, over all codes
    restricted_until = models.DateTimeField(null=True)
    reason_zh = models.CharField(max_length=500, default="")
    reason_en = models.CharField(max_length=500, default="")
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["AccountStanding"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "staff", name="acquisition_standing_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CodeFriend(models.Model):
    """Somebody who came by a code to one of the staff: once, however often it is told.

    `customer` is the one her identity was born with; null once she was erased. `due_at` is when
    her tags and remark are to be seen to; null when that is done, or was given up.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="+", db_index=False)
    staff = models.BigIntegerField(default=0)  # 0: came into a group
    customer = models.BigIntegerField(null=True, db_index=True)
    external = models.CharField(max_length=64, default="", db_collation="C")
    userid = models.CharField(max_length=64, default="", db_collation="C")
    is_half = models.BooleanField(default=False)  # she asked, the member has not confirmed yet
    added_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)
    trouble_zh = models.CharField(max_length=500, default="")
    trouble_en = models.CharField(max_length=500, default="")

    objects = WorkspaceQuerySet["CodeFriend"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "staff", "customer", name="acquisition_friend_once"),
        ]
        indexes = [
            models.Index(fields=["code", "added_at"], name="acquisition_friends_of_code"),
            models.Index(
                fields=["workspace", "staff", "added_at"], name="acquisition_friends_staff"
            ),
            models.Index(
                fields=["due_at"],
                name="acquisition_friends_due",
                condition=models.Q(due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChannelCost(models.Model):
    """An entry of a channel's ledger. Entries are struck out, never changed."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    channel = models.ForeignKey(SourceChannel, models.CASCADE, related_name="+")
    code = models.ForeignKey(LiveCode, models.CASCADE, null=True, related_name="+")
    spent_on = models.DateField()
    amount_fen = models.BigIntegerField()
    note = models.CharField(max_length=200, default="")
    actor = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=64, default="")

    objects = WorkspaceQuerySet["ChannelCost"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["channel", "-spent_on"], name="acquisition_ledger"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
