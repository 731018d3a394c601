"""What staff are told in WeCom by the corp's own app."""

from django.db import models

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["NoteState", "StaffNote"]


class NoteState(models.TextChoices):
    """How far a note is."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # the platform does not reach her
    DROPPED = "dropped"  # settled before she was told


class StaffNote(models.Model):
    """One thing one of the staff is to be told, once: `key` says what.

    Those due for her at once go as one message: `bundle` names it, and is kept so that a message nobody
    answered for is sent again word for word, which the platform drops if it had it.
    """

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    staff = models.ForeignKey("workspaces.Staff", models.CASCADE, related_name="+")
    key = models.CharField(max_length=100, db_collation="C")
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000, blank=True, default="")
    language = models.CharField(max_length=2, default="zh")  # in which it is said
    customer = models.BigIntegerField(default=0)  # whom it is about; 0: nobody
    path = models.CharField(max_length=300, blank=True, default="")  # of ours, to be opened
    state = models.CharField(max_length=7, choices=NoteState, default=NoteState.WAITING)
    bundle = models.UUIDField(null=True)
    attempts = models.IntegerField(default=0)
    trouble = models.CharField(max_length=100, blank=True, default="")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["StaffNote"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("corp", "staff", "key", name="wecom_note_once"),
        ]
        indexes = [
            models.Index("due_at", condition=models.Q(state="waiting"), name="wecom_notes_due"),
            models.Index("corp", "staff", "sent_at", name="wecom_notes_of_a_day"),
            models.Index(
                "workspace",
                "customer",
                condition=~models.Q(customer=0),
                name="wecom_notes_about",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
