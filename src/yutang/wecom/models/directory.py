"""The corp's own tree, tags, groups and ways in: which of the platform's is which of ours."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.wecom.models.corps import Corp, StaffAccount
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "AcquisitionLink",
    "ChatMember",
    "ContactWay",
    "CorpTag",
    "CorpTagGroup",
    "DepartmentLink",
    "GroupChat",
    "MarkState",
    "TagMark",
    "TagPlace",
]


class DepartmentLink(models.Model):
    """Which department of ours a department of the corp is."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    number = models.BigIntegerField()  # the platform's
    department = models.ForeignKey("workspaces.Department", models.CASCADE, related_name="+")

    objects = WorkspaceQuerySet["DepartmentLink"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "number"], name="wecom_department_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CorpTagGroup(models.Model):
    """A group of tags on both sides. What is made in ours is made there too."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    group = models.ForeignKey("tags.TagGroup", models.CASCADE, related_name="+")
    number = models.CharField(max_length=64, default="", db_collation="C")  # empty: none there yet

    objects = WorkspaceQuerySet["CorpTagGroup"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "group"], name="wecom_tag_group_once"),
            models.UniqueConstraint(
                fields=["corp", "number"],
                name="wecom_tag_group_there_once",
                condition=~models.Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TagPlace(models.TextChoices):
    """Where a tag lives."""

    BOTH = "both"
    OVERFLOW = "overflow"  # the corp has as many as it may: ours alone, until there is room
    REFUSED = "refused"  # the platform does not take it; `said_*` tell why
    GONE = "gone"  # it was there, and was deleted there


class CorpTag(models.Model):
    """A tag of a group that is on both sides."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    group = models.ForeignKey(CorpTagGroup, models.CASCADE, related_name="+")
    tag = models.ForeignKey("tags.Tag", models.CASCADE, related_name="+")
    number = models.CharField(max_length=64, default="", db_collation="C")
    name = models.CharField(max_length=60)  # as it is there
    place = models.CharField(max_length=8, choices=TagPlace, default=TagPlace.BOTH)
    said_zh = models.CharField(max_length=500, default="")
    said_en = models.CharField(max_length=500, default="")

    objects = WorkspaceQuerySet["CorpTag"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "tag"], name="wecom_tag_once"),
            models.UniqueConstraint(
                fields=["corp", "number"],
                name="wecom_tag_there_once",
                condition=~models.Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MarkState(models.TextChoices):
    WAITING = "waiting"
    REFUSED = "refused"


class TagMark(models.Model):
    """A relation whose tags there are to become what ours are; told until it is so."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    account = models.ForeignKey(StaffAccount, models.CASCADE, related_name="+")
    external = models.CharField(max_length=64, db_collation="C")
    home = models.BigIntegerField(db_index=True)
    adding = ArrayField(models.CharField(max_length=64), default=list)
    removing = ArrayField(models.CharField(max_length=64), default=list)
    state = models.CharField(max_length=7, choices=MarkState, default=MarkState.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()

    objects = WorkspaceQuerySet["TagMark"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "external", "account"], name="wecom_mark_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="wecom_marks_due", condition=models.Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GroupChat(models.Model):
    """A customer group of the corp, and which group of ours it is."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    chat = models.CharField(max_length=64, db_collation="C")
    group = models.ForeignKey("customers.Group", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, default="")
    owner = models.CharField(max_length=64, default="", db_collation="C")  # userid, lower case
    notice = models.TextField(default="")
    status = models.SmallIntegerField(default=0)
    version = models.CharField(max_length=64, default="")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["GroupChat"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "chat"], name="wecom_chat_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChatMember(models.Model):
    """Who is in a group: a member of the corp, or an external contact who is a customer of ours."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_constraint=False
    )
    chat = models.ForeignKey(GroupChat, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, db_collation="C")  # userid or external id
    home = models.BigIntegerField(default=0, db_index=True)  # 0: a member of the corp
    joined_at = models.DateTimeField()
    scene = models.SmallIntegerField(default=0)
    invited_by = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=64, default="")

    objects = WorkspaceQuerySet["ChatMember"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chat", "key"], name="wecom_in_a_chat_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ContactWay(models.Model):
    """A contact way (联系我) of the corp as the platform tells it."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    config = models.CharField(max_length=64, db_collation="C")
    state = models.CharField(max_length=64, default="")
    remark = models.CharField(max_length=200, default="")
    told = models.JSONField(default=dict)  # type, scene, skip_verify, user, party, qr_code …
    read_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["ContactWay"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "config"], name="wecom_contact_way_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AcquisitionLink(models.Model):
    """A link of the customer acquisition assistant as the platform tells it."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    link = models.CharField(max_length=64, db_collation="C")
    name = models.CharField(max_length=100, default="")
    url = models.CharField(max_length=500, default="")
    told = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["AcquisitionLink"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["corp", "link"], name="wecom_link_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
