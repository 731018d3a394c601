"""Tables of journeys: what they are, who is in them and where, what happened to whom.

`Run`, `RunStep` and `NodeTally` are written by plain statements (`engine`): thousands of rows a
transaction, no row of which is ever held as an object.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "Entering",
    "Journey",
    "JourneyState",
    "JourneySubject",
    "JourneyVersion",
    "NodeTally",
    "Pace",
    "Run",
    "RunState",
    "RunStep",
    "StaffTask",
    "Watch",
    "WayTaken",
]


class JourneySubject(models.TextChoices):
    """What the people in a journey are."""

    CUSTOMER = "customer"
    GROUP = "group"
    STAFF = "staff"


class JourneyState(models.TextChoices):
    """Whether anybody may enter, and whether anybody moves."""

    DRAFT = "draft"  # was never active
    ACTIVE = "active"
    PAUSED = "paused"  # everybody stays where she is; nothing moves, nobody enters
    ENDED = "ended"  # everybody was taken out; for ever


class Journey(models.Model):
    """A named graph and its state. `draft` is what is being written; `version` the number of the
    version people enter now (0: none yet); `view` the face it was made with.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    note = models.CharField(max_length=500, blank=True, default="")
    subject = models.CharField(
        max_length=8, choices=JourneySubject, default=JourneySubject.CUSTOMER
    )
    view = models.CharField(max_length=12, blank=True, default="")  # campaign, sop, moments, …
    state = models.CharField(max_length=6, choices=JourneyState, default=JourneyState.DRAFT)
    draft = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    holdout_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    priority = models.SmallIntegerField(default=0)  # of messages that compete; larger goes first
    salt = models.CharField(max_length=32)  # with her number it says who is held out
    owner = models.ForeignKey("workspaces.User", models.SET_NULL, null=True, related_name="+")
    trouble = models.CharField(max_length=100, blank=True, default="")  # what stopped somebody last
    next_entry_at = models.DateTimeField(null=True)  # of a schedule
    weights = models.JSONField(default=dict)  # of splits that learn: {node: {way: share}}
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Journey"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="journey_names_differ"),
            models.CheckConstraint(
                name="an_active_journey_has_a_version",
                condition=Q(state="draft") | Q(version__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["state"], name="journey_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class JourneyVersion(models.Model):
    """One graph as it was activated; never changed. Whoever is in it stays in it."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    graph = models.JSONField()
    actor = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["JourneyVersion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("journey", "number", name="journey_versions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of journey {self.journey_id}"


class RunState(models.TextChoices):
    """Whether the engine has something to do with somebody."""

    DUE = "due"  # at `due_at` the node is begun
    WAITING = "waiting"  # at `due_at` the wait is over, if nothing ends it before
    HELD = "held"  # somebody has to look at it
    DONE = "done"


class Run(models.Model):
    """One passage of one subject through one version.

    `visit` counts the steps so far and so names this visit of this node; `sign` says what happened while
    it waited; `mark` is how far the spool must be drained before a condition may be asked; `origin` is
    whom it was entered for, before merges. `rev` goes up with every change: who changes it says
    which state he saw.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+", db_index=False)
    version = models.ForeignKey(
        JourneyVersion, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    subject = models.BigIntegerField()
    origin = models.BigIntegerField()
    entry_key = models.CharField(max_length=80)
    node = models.CharField(max_length=40)
    visit = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=RunState)
    due_at = models.DateTimeField(null=True)
    sign = models.CharField(max_length=40, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    mark = models.BigIntegerField(default=0)
    rev = models.IntegerField(default=0)
    outcome = models.CharField(max_length=60, default="")
    entered_at = models.DateTimeField()
    arrived_at = models.DateTimeField()  # at the node
    goal_at = models.DateTimeField(null=True)
    data = models.JSONField(null=True)  # what it was entered with

    objects = WorkspaceQuerySet["Run"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("journey", "subject", "entry_key", name="an_entry_counts_once"),
        ]
        indexes = [
            models.Index(
                fields=["journey", "due_at", "id"],
                name="run_due",
                condition=Q(state__in=("due", "waiting")),
            ),
            models.Index(fields=["journey", "node"], name="run_held", condition=Q(state="held")),
        ]

    def __str__(self) -> str:
        return f"run {self.pk} of journey {self.journey_id}"


class RunStep(models.Model):
    """Somebody left a node, with this outcome; append-only."""

    pk = models.CompositePrimaryKey("run_id", "seq")
    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    run = models.ForeignKey(
        Run, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    seq = models.PositiveIntegerField()
    node = models.CharField(max_length=40)
    outcome = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = WorkspaceQuerySet["RunStep"].as_manager()

    class Meta:
        indexes = [BrinIndex("at", name="run_step_at", autosummarize=True)]

    def __str__(self) -> str:
        return f"step {self.seq} of run {self.run_id}"


class NodeTally(models.Model):
    """So many came to a node of a version (`in`), or left it with an outcome; summed up now and then.

    Who is at a node now is who came less who left. The node `` is the journey itself.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    version = models.ForeignKey(JourneyVersion, models.CASCADE, related_name="+")
    node = models.CharField(max_length=40)
    what = models.CharField(max_length=60)
    day = models.DateField()
    count = models.BigIntegerField()

    objects = WorkspaceQuerySet["NodeTally"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["journey", "version", "node", "what", "day"], name="node_tally")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.node}: {self.count}"


class Pace(models.Model):
    """When the next one may pass a rate limit; for the node ``, how many entered since `next_at`."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    node = models.CharField(max_length=40)
    next_at = models.DateTimeField()
    count = models.BigIntegerField(default=0)

    objects = WorkspaceQuerySet["Pace"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("journey", "node", name="one_pace_of_a_node")]

    def __str__(self) -> str:
        return f"pace of {self.node} of journey {self.journey_id}"


class WayTaken(models.Model):
    """Which way somebody went at a split whose weights move: she goes it again."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    node = models.CharField(max_length=40)
    subject = models.BigIntegerField()
    way = models.CharField(max_length=40)

    objects = WorkspaceQuerySet["WayTaken"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("journey", "node", "subject", name="one_way_of_each")
        ]

    def __str__(self) -> str:
        return f"way {self.way} of {self.subject}"


class Watch(models.Model):
    """Up to where a journey has seen who entered and left an audience."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    audience = models.BigIntegerField()
    version = models.BigIntegerField()
    customer = models.BigIntegerField(default=0)  # within the version that is being read

    objects = WorkspaceQuerySet["Watch"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("journey", "audience", name="an_audience_is_watched_once")
        ]

    def __str__(self) -> str:
        return f"journey {self.journey_id} watches audience {self.audience}"


class Entering(models.Model):
    """Many enter: whom an audience or a condition chose at `at`, up to `after` so far."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    after = models.BigIntegerField(default=0)
    key = models.CharField(max_length=60)

    objects = WorkspaceQuerySet["Entering"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("journey", "key", name="many_enter_once")]

    def __str__(self) -> str:
        return f"entering journey {self.journey_id} at {self.at}"


class StaffTask(models.Model):
    """Something a journey asks a colleague to do for a customer; `staff` 0: whoever follows her up."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    journey = models.ForeignKey(Journey, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    customer = models.BigIntegerField()
    staff = models.BigIntegerField(default=0)
    title = models.CharField(max_length=200)
    note = models.CharField(max_length=1000, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["StaffTask"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "key", name="a_task_is_given_once")]
        indexes = [
            models.Index(
                fields=["workspace", "staff", "due_at"],
                name="staff_task_open",
                condition=Q(done_at=None),
            ),
            models.Index(fields=["workspace", "customer"], name="staff_task_of"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} task for customer {self.customer}"
