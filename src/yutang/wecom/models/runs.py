"""Runs of the sync: what they consist of, how far they are, what did not go, what had been lost."""

from django.db import models
from django.db.models import Q

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Failure",
    "Gap",
    "GapKind",
    "PartState",
    "RunState",
    "Subject",
    "SyncPart",
    "SyncRun",
]


class RunState(models.TextChoices):
    RUNNING = "running"  # or cut off, and taken up again
    STOPPED = "stopped"  # by somebody, or by a refusal that concerns all of it
    DONE = "done"


class Subject(models.TextChoices):
    """What is read, in this order: what comes later names what came before."""

    STAFF = "staff"
    TAGS = "tags"
    CONTACTS = "contacts"
    GROUPS = "groups"
    WAYS = "ways"
    LINKS = "links"


class SyncRun(models.Model):
    """One pass over everything, from where it is to its end. `counts` is what it came to, by subject."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    job = models.BigIntegerField()
    state = models.CharField(max_length=7, choices=RunState, default=RunState.RUNNING)
    actor = models.CharField(max_length=80)
    # The first one knows nothing yet: what it finds is no gap, and nobody who waits for events hears it.
    is_first = models.BooleanField()
    counts = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)  # it waits: for room in the quota, for the network
    stopped_zh = models.CharField(max_length=500, default="")
    stopped_en = models.CharField(max_length=500, default="")

    objects = WorkspaceQuerySet["SyncRun"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["corp"], name="wecom_one_sync_at_a_time", condition=Q(state="running")
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-id"], name="wecom_newest_sync")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PartState(models.TextChoices):
    WAITING = "waiting"
    CLOSING = "closing"  # every page is in; what is no longer told is to be found
    DONE = "done"


class SyncPart(models.Model):
    """A stretch of a run with a cursor of its own: up to 100 members' contacts, all groups, all tags."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    run = models.ForeignKey(SyncRun, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject)
    place = models.IntegerField()
    members = models.JSONField(default=list)  # whose contacts: userids
    cursor = models.TextField(default="")
    state = models.CharField(max_length=7, choices=PartState, default=PartState.WAITING)

    objects = WorkspaceQuerySet["SyncPart"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "subject", "place"], name="wecom_part_of_a_sync_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class Failure(models.Model):
    """Something that could not be brought over, why, and that it will be tried again until it is."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject)
    key = models.CharField(max_length=140, db_collation="C")  # userid, external id, chat id, …
    home = models.BigIntegerField(default=0, db_index=True)  # the customer concerned, if one is
    code = models.IntegerField(default=0)  # the platform's, if it was the platform
    zh = models.CharField(max_length=500)
    en = models.CharField(max_length=500)
    times = models.IntegerField(default=1)
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["Failure"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["corp", "subject", "key"], name="wecom_failure_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class GapKind(models.TextChoices):
    """How what was here differed from what the platform says."""

    MISSING = "missing"
    CHANGED = "changed"
    LEFT_OVER = "left_over"


class Gap(models.Model):
    """A difference that no callback told of, found and repaired by a run."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    run = models.ForeignKey(SyncRun, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject)
    kind = models.CharField(max_length=9, choices=GapKind)
    key = models.CharField(max_length=140, db_collation="C")
    home = models.BigIntegerField(default=0, db_index=True)
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["Gap"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "corp", "-id"], name="wecom_newest_gap")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"
