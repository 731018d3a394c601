"""Customers and groups that change hands: what was asked of the platform, and what came of it."""

from django.db import models

from yutang.wecom.models.corps import Corp, StaffAccount
from yutang.wecom.models.directory import GroupChat
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "LIVE",
    "ChatHandover",
    "Handover",
    "HandoverState",
    "Leaver",
    "Transfer",
    "TransferState",
]


class TransferState(models.TextChoices):
    """How far handing over is."""

    OPEN = "open"
    OVER = "over"  # of everybody it is known what came of it
    REFUSED = "refused"  # the platform will not do it between these two, ever
    CALLED_OFF = "called_off"  # what had not been asked for yet never will be


class Transfer(models.Model):
    """One member's customers and groups, to be another's: on the job, or after the one has left.

    Worked at by whoever claims it (`leased_until`) when it is due; a callback may make it due sooner.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    giver = models.ForeignKey(StaffAccount, models.CASCADE, related_name="+")
    taker = models.ForeignKey(StaffAccount, models.CASCADE, related_name="+")
    is_resigned = models.BooleanField()
    message = models.CharField(max_length=200, blank=True, default="")
    actor = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.OPEN)
    trouble_zh = models.CharField(max_length=300, blank=True, default="")
    trouble_en = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField()

    objects = WorkspaceQuerySet["Transfer"].as_manager()

    class Meta:
        indexes = [
            models.Index("due_at", condition=models.Q(state="open"), name="wecom_transfers_due"),
            models.Index("workspace", models.F("id").desc(), name="wecom_transfers_newest"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class HandoverState(models.TextChoices):
    """What became of one customer or group."""

    WAITING = "waiting"  # not asked for yet
    ASKED = "asked"  # asked for; what was answered is not known
    BEGUN = "begun"  # she has 24 hours to refuse
    DONE = "done"
    REFUSED = "refused"  # she would rather stay
    FULL = "full"  # the taker has as many customers as she may
    NOT_TAKEN = "not_taken"  # the platform would not; `code` says why
    LAPSED = "lapsed"  # the platform does not know of it any more
    CALLED_OFF = "called_off"


LIVE = (HandoverState.WAITING, HandoverState.ASKED, HandoverState.BEGUN)
_LIVE = models.Q(state__in=["waiting", "asked", "begun"])


class Handover(models.Model):
    """One customer of a transfer. `home` is the customer the external contact was born with."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+", db_index=False)
    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="+", db_index=False)
    external = models.CharField(max_length=64, db_collation="C")
    home = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.WAITING)
    code = models.IntegerField(default=0)  # the platform's
    times = models.SmallIntegerField(default=0)  # how often it was asked for
    asked_at = models.DateTimeField(null=True)
    takeover_at = models.DateTimeField(null=True)  # when it happens by itself
    ended_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Handover"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "corp", "external", condition=_LIVE, name="wecom_handed_over_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index("transfer", "state", "id", name="wecom_handovers_of"),
            models.Index("corp", "external", name="wecom_handovers_before"),
            models.Index("workspace", "home", name="wecom_handover_is"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class ChatHandover(models.Model):
    """One group of a transfer: it changes hands at once, or not."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="+", db_index=False)
    chat = models.ForeignKey(GroupChat, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=HandoverState, default=HandoverState.WAITING)
    code = models.IntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["ChatHandover"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "chat", condition=_LIVE, name="wecom_chat_handed_over_once_at_a_time"
            ),
        ]
        indexes = [models.Index("transfer", "state", "id", name="wecom_chat_handovers_of")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class Leaver(models.Model):
    """Somebody who left, and how many of her customers the platform says nobody has taken."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    account = models.OneToOneField(StaffAccount, models.CASCADE, related_name="leaver")
    customers = models.IntegerField()
    left_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Leaver"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"
