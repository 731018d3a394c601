"""What was sent, to whom, with which verdict; written and read by the set (see `sql/gate.sql`)."""

import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from yutang.reach.models.accounts import ChannelAccount
from yutang.reach.models.messages import MessageVersion
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Delivery", "DeliveryChange", "DeliveryState", "Sending", "SendingState"]


class SendingState(models.TextChoices):
    """Whether what is queued leaves."""

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Sending(models.Model):
    """One message to many people from one place: a campaign, or the send node of a journey.

    Paused, nothing more of it leaves; cancelled, nothing ever will.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    version = models.ForeignKey(MessageVersion, models.PROTECT, related_name="+")
    account = models.ForeignKey(ChannelAccount, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    priority = models.SmallIntegerField(
        default=50
    )  # the higher goes first, and displaces the lower
    journey = models.BigIntegerField(null=True)  # a number of the app above
    node = models.CharField(max_length=40, blank=True, default="")
    holdout_percent = models.FloatField(default=0)  # of its own, besides the workspace's
    holdout_salt = models.CharField(max_length=40, blank=True, default="")
    expires_after_hours = models.PositiveIntegerField(null=True)  # later than that it is no use
    state = models.CharField(max_length=9, choices=SendingState, default=SendingState.RUNNING)
    paused_with_journey = models.BooleanField(default=False)  # and goes on when it does
    made_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Sending"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "journey", "node"], name="sending_of_a_journey")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class DeliveryState(models.TextChoices):
    """How far a delivery came (DESIGN §4). Later states tell more than earlier ones."""

    BLOCKED = "blocked"
    QUEUED = "queued"
    AWAITING_STAFF = "awaiting_staff"
    SENDING = "sending"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    CONVERTED = "converted"


class Delivery(models.Model):
    """One message to one person: `key` says why, so that the same reason never sends twice.

    `token` is its name towards the channel; `not_before` the instant it may leave at, or, of one whose
    fate is unknown, the next at which the channel is asked. `counts_at` is the instant at which it takes room under
    the caps, and null where it takes none: blocked, failed, cancelled.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    token = models.UUIDField(default=uuid.uuid4)
    customer = models.BigIntegerField()
    origin = models.BigIntegerField()  # the customer it was planned for; merges change `customer`
    sending = models.ForeignKey(
        Sending, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    # Copies of the sending's, so that caps and workers read one table.
    account = models.ForeignKey(
        ChannelAccount, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    priority = models.SmallIntegerField()
    journey = models.BigIntegerField(null=True)
    key = models.CharField(max_length=100, db_collation="C")
    sender = models.BigIntegerField(null=True)  # the staff member in whose name it goes
    state = models.CharField(max_length=14, choices=DeliveryState)
    # Of a converted one, how far it came besides.
    came_to = models.CharField(max_length=14, blank=True, default="", db_default="")
    reason = models.CharField(max_length=40, blank=True, default="")
    detail = models.CharField(max_length=300, blank=True, default="")  # what the channel said
    data = models.JSONField(null=True)  # what this one is about: {"order_no": …}
    planned_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    counts_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    provider_ref = models.CharField(max_length=120, blank=True, default="", db_collation="C")

    objects = WorkspaceQuerySet["Delivery"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="delivery_once"),
            models.UniqueConstraint(fields=["token"], name="delivery_token_once"),
            models.CheckConstraint(
                name="delivery_queued_for_an_instant",
                condition=~Q(state="queued") | Q(not_before__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "customer", "counts_at"],
                name="delivery_counts",
                condition=Q(counts_at__isnull=False),
            ),
            models.Index(
                fields=["workspace", "sender", "counts_at"],
                name="delivery_of_a_sender",
                condition=Q(counts_at__isnull=False, sender__isnull=False),
            ),
            models.Index(
                fields=["sending", "not_before"],
                name="delivery_due",
                condition=Q(state="queued"),
            ),
            models.Index(
                fields=["lease_until"], name="delivery_leased", condition=Q(state="sending")
            ),
            models.Index(
                fields=["account", "not_before"],
                name="delivery_unknown",
                condition=Q(state="unknown"),
            ),
            models.Index(
                fields=["account", "provider_ref"],
                name="delivery_of_the_provider",
                condition=~Q(provider_ref=""),
            ),
            models.Index(fields=["sending"], name="delivery_of_a_sending"),
            BrinIndex("planned_at", name="delivery_planned", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class DeliveryChange(models.Model):
    """A delivery changed its state; waits here until it is recorded as an event."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    delivery = models.BigIntegerField()
    state = models.CharField(max_length=14, choices=DeliveryState)
    reason = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField(db_default=Now())

    objects = WorkspaceQuerySet["DeliveryChange"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.delivery} {self.state}"
