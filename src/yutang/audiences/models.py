"""Tables of audiences: what they are, what they use, when they change, and unfinished runs.

Who is in an audience, and who ever was, stands in the warehouse (`members`, `member_changes`).
"""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest, Least, Lower

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Audience",
    "AudienceKind",
    "AudienceTimer",
    "AudienceTouch",
    "AudienceUse",
    "ListMove",
    "MembershipRun",
    "MergeToFollow",
    "RefreshSchedule",
    "RunKind",
    "RunState",
    "TagRule",
]


class AudienceKind(models.TextChoices):
    """Whether a condition decides who is in, or a list does."""

    LIVE = "live"
    STATIC = "static"


class RefreshSchedule(models.TextChoices):
    """When a live audience is judged anew."""

    ON_TIME = "on_time"  # within seconds of an event, and at the second a window ends
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MANUAL = "manual"


class AudienceQuerySet(WorkspaceQuerySet["Audience"]):
    def in_use(self) -> Self:
        return self.filter(archived_at=None)

    def listed(self) -> Self:
        """Keep those people made; an audience that belongs to a tag rule is the rule's own."""
        return self.filter(is_of_rule=False)

    def kept_on_time(self) -> Self:
        return self.in_use().filter(
            kind=AudienceKind.LIVE, schedule=RefreshSchedule.ON_TIME, is_paused=False
        )

    def ask_refresh(self, *, at: datetime, covering: datetime) -> int:
        """Let everybody be judged at `at`, or earlier where that was asked before.

        What is asked for is not done before everybody was judged at `covering` or later.
        """
        return self.update(
            next_refresh_at=Least(F("next_refresh_at"), Value(at)),
            to_cover=Greatest(F("to_cover"), Value(covering)),
        )


class Audience(models.Model):
    """A named choice of customers. `version` is the last run whose changes are complete in the
    warehouse; `busy` is the run that is changing it now; `listens` names what, when it arrives, may
    change who is in; `to_cover` is the latest instant a refresh was asked for.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    note = models.CharField(max_length=500, blank=True, default="")
    kind = models.CharField(max_length=6, choices=AudienceKind)
    condition = models.JSONField(null=True)  # null exactly while it is a static list
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    is_of_rule = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)
    schedule = models.CharField(
        max_length=7, choices=RefreshSchedule, default=RefreshSchedule.ON_TIME
    )
    refresh_hour = models.PositiveSmallIntegerField(default=3)  # on the workspace's clock
    refresh_weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0
    listens = ArrayField(models.CharField(max_length=100), default=list)
    version = models.BigIntegerField(default=0)
    busy = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=0)
    refreshed_at = models.DateTimeField(null=True)
    took_ms = models.PositiveIntegerField(null=True)
    next_refresh_at = models.DateTimeField(null=True)
    next_change_at = models.DateTimeField(null=True)
    to_cover = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=100, blank=True, default="")  # code of the last refusal
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    objects = AudienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                name="audience_names_differ",
                condition=Q(archived_at=None, is_of_rule=False),
            ),
            models.CheckConstraint(
                name="a_live_audience_has_a_condition",
                condition=Q(kind="live", condition__isnull=False)
                | Q(kind="static", condition=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_refresh_at"],
                name="audience_due",
                condition=Q(next_refresh_at__isnull=False, archived_at=None),
            ),
            models.Index(
                fields=["next_change_at"],
                name="audience_changing",
                condition=Q(next_change_at__isnull=False, archived_at=None),
            ),
            GinIndex(fields=["listens"], name="audience_listens"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @property
    def is_kept_on_time(self) -> bool:
        """Return whether people enter and leave it by themselves; as `kept_on_time` asks of rows."""
        return self.schedule == RefreshSchedule.ON_TIME and not self.is_paused


class AudienceUse(models.Model):
    """The condition of `audience` asks who is in `used`."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+")
    used = models.ForeignKey(Audience, models.CASCADE, related_name="+")

    objects = WorkspaceQuerySet["AudienceUse"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "used"], name="an_audience_is_used_once"),
            models.CheckConstraint(
                name="an_audience_never_uses_itself", condition=~Q(audience=F("used"))
            ),
        ]

    def __str__(self) -> str:
        return f"audience {self.audience_id} uses {self.used_id}"


class RunKind(models.TextChoices):
    """How a run finds who entered and left."""

    FULL = "full"  # everyone judged, the difference taken inside the warehouse
    GIVEN = "given"  # the changes are known and stand in `payload`


class RunState(models.TextChoices):
    """How far an unfinished run has come. A finished run has no row."""

    JUDGING = "judging"  # nothing of it counts yet: undone after a crash
    WRITING = "writing"  # what changed is settled: completed after a crash


class MembershipRun(models.Model):
    """One unfinished change of membership; its number is the version the audiences will have.

    Versions are microseconds of the clock, not of a sequence: they go on growing after PostgreSQL is
    restored from a backup older than the warehouse.
    """

    version = models.BigIntegerField(primary_key=True)
    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    audiences = ArrayField(models.BigIntegerField())
    kind = models.CharField(max_length=5, choices=RunKind)
    state = models.CharField(max_length=7, choices=RunState, default=RunState.JUDGING)
    at = models.DateTimeField()
    payload = models.BinaryField(null=True)

    objects = WorkspaceQuerySet["MembershipRun"].as_manager()

    def __str__(self) -> str:
        return f"run {self.version} of {self.audiences}"


class AudienceTimer(models.Model):
    """At `due_at` this customer may enter or leave this audience, though nothing happens."""

    pk = models.CompositePrimaryKey("audience_id", "customer")
    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+", db_index=False)
    customer = models.BigIntegerField()
    due_at = models.DateTimeField()

    objects = WorkspaceQuerySet["AudienceTimer"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["audience", "due_at"], name="audience_timer_due")]

    def __str__(self) -> str:
        return f"customer {self.customer} in audience {self.audience_id} at {self.due_at}"


class AudienceTouch(models.Model):
    """Something arrived for these customers that this audience asks about."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+")
    customers = ArrayField(models.BigIntegerField())

    objects = WorkspaceQuerySet["AudienceTouch"].as_manager()

    def __str__(self) -> str:
        return f"{len(self.customers)} customers of audience {self.audience_id}"


class MergeToFollow(models.Model):
    """A merge of customers, or its undoing, that static lists have not followed yet."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    winner = models.BigIntegerField()
    loser = models.BigIntegerField()
    is_undo = models.BooleanField(default=False)

    objects = WorkspaceQuerySet["MergeToFollow"].as_manager()

    def __str__(self) -> str:
        return f"customer {self.loser} into {self.winner}"


class ListMove(models.Model):
    """On this list the winner of a merge took the loser's place; kept for its undoing."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, models.CASCADE, related_name="+")
    winner = models.BigIntegerField()
    loser = models.BigIntegerField()
    winner_was_on = models.BooleanField()

    objects = WorkspaceQuerySet["ListMove"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "loser"], name="a_place_is_taken_once")
        ]

    def __str__(self) -> str:
        return f"customer {self.winner} for {self.loser} on {self.audience_id}"


class TagRule(models.Model):
    """Keeps one tag on exactly the members of an audience of its own. `applied` is the version of
    that audience up to which the tags are in step.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    tag = models.ForeignKey("tags.Tag", models.CASCADE, related_name="+")
    audience = models.OneToOneField(Audience, models.RESTRICT, related_name="+")
    is_enabled = models.BooleanField(default=True)
    applied = models.BigIntegerField(default=0)
    trouble = models.CharField(max_length=100, blank=True, default="")
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["TagRule"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="tag_rule_names_differ")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
