"""Tables of tags: groups, tags, who has which, the history, and two queues."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "OwnTagging",
    "Tag",
    "TagChange",
    "TagChangeKind",
    "TagColour",
    "TagGroup",
    "TagGroupKind",
    "Tagging",
    "UnmirroredTagging",
]


class TagGroupKind(models.TextChoices):
    """What the tags of a group speak of."""

    FOLLOW_UP = "follow_up"
    SOURCE = "source"
    ATTRIBUTE = "attribute"
    PRODUCT = "product"
    CONTENT = "content"
    CAMPAIGN = "campaign"
    OTHER = "other"


class TagColour(models.TextChoices):
    """The palette: every one readable on light and on dark, and told apart without colour vision
    by the tag's words, never by colour alone.
    """

    TEAL = "teal"
    GREEN = "green"
    GOLD = "gold"
    ORANGE = "orange"
    RED = "red"
    PINK = "pink"
    PURPLE = "purple"
    BLUE = "blue"
    CYAN = "cyan"
    BROWN = "brown"
    GREY = "grey"


class TagGroupQuerySet(WorkspaceQuerySet["TagGroup"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class TagGroup(models.Model):
    """Tags that answer one question. In an exclusive group a customer has one of them at most."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=TagGroupKind, default=TagGroupKind.OTHER)
    is_exclusive = models.BooleanField(default=False)
    colour = models.CharField(max_length=6, choices=TagColour, default=TagColour.TEAL)
    note = models.CharField(max_length=500, blank=True, default="")
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    place = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = TagGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="tag_group_names_differ",
                condition=Q(archived_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class TagQuerySet(WorkspaceQuerySet["Tag"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)


class Tag(models.Model):
    """One thing that can be said of a customer. `default_days` is how long it holds when given by
    a person, an import or the API; `customers` is how many have it now.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    group = models.ForeignKey(TagGroup, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    colour = models.CharField(max_length=6, choices=TagColour, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    default_days = models.PositiveIntegerField(null=True)
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    place = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                "group",
                Lower("name"),
                name="tag_names_differ_in_their_group",
                condition=Q(archived_at=None),
            ),
            models.CheckConstraint(
                name="a_merged_tag_is_archived",
                condition=Q(merged_into=None) | Q(archived_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Tagging(models.Model):
    """One customer has one tag. `sources` says who holds it there: `manual`, `api`, `import:9`,
    `rule:3`, `merge`. `expires_at` ends all of them but the rules.
    """

    # Unchecked keys, here and below: rows come by the fifty thousand, with ids that were just read.
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    tag = models.ForeignKey(
        Tag, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    customer = models.BigIntegerField()
    exclusive_group = models.ForeignKey(
        TagGroup,
        models.CASCADE,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    sources = ArrayField(models.CharField(max_length=40))
    tagged_at = models.DateTimeField()
    tagged_by = models.CharField(max_length=40)
    expires_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Tagging"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "customer"], name="a_tag_is_had_once"),
            models.UniqueConstraint(
                fields=["customer", "exclusive_group"],
                name="one_tag_of_an_exclusive_group",
                condition=Q(exclusive_group__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "customer"], name="tagging_of_customer"),
            models.Index(
                fields=["expires_at"],
                name="tagging_expiring",
                condition=Q(expires_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"tag {self.tag_id} on customer {self.customer}"


class TagChangeKind(models.TextChoices):
    """What happened to a tag on a customer."""

    GIVEN = "given"
    CONFIRMED = "confirmed"  # she had it; another source holds it too, or it holds longer
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"  # one source let go, another still holds it
    EXPIRED = "expired"
    DISPLACED = "displaced"  # another tag of the exclusive group took its place


class TagChange(models.Model):
    """One line of the history: who did what to which tag of whom, when and why. Only ever added."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    tag = models.ForeignKey(
        Tag, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    customer = models.BigIntegerField()
    kind = models.CharField(max_length=9, choices=TagChangeKind)
    source = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["TagChange"].as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "customer", "-at", "-id"], name="tag_change_of_customer"
            ),
            models.Index(fields=["tag", "-at", "-id"], name="tag_change_of_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} tag {self.tag_id} on customer {self.customer}"


class UnmirroredTagging(models.Model):
    """A tagging that changed and that the warehouse has not seen yet."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    tag = models.BigIntegerField()
    customer = models.BigIntegerField()

    objects = WorkspaceQuerySet["UnmirroredTagging"].as_manager()

    def __str__(self) -> str:
        return f"tag {self.tag} on customer {self.customer}"


class UncountedTagging(models.Model):
    """So many customers were given a tag that its row does not count yet: those who gave it did not
    wait for one another.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    tag = models.BigIntegerField()
    given = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["UncountedTagging"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["tag"], name="uncounted_of_tag")]

    def __str__(self) -> str:
        return f"tag {self.tag} on {self.given} more"


class OwnTagging(models.Model):
    """What a customer has of her own while she is one with others; `shown_on` is who they are. One that
    is not shown stands behind another tag of its exclusive group.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    customer = models.BigIntegerField()
    shown_on = models.BigIntegerField()
    is_shown = models.BooleanField(default=True)
    sources = ArrayField(models.CharField(max_length=40))
    tagged_at = models.DateTimeField()
    tagged_by = models.CharField(max_length=40)
    expires_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["OwnTagging"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "tag"], name="a_tag_is_owned_once")
        ]
        indexes = [models.Index(fields=["workspace", "shown_on"], name="own_tagging_shown_on")]

    def __str__(self) -> str:
        return f"tag {self.tag_id} of customer {self.customer}, shown on {self.shown_on}"
