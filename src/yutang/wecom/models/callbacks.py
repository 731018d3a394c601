"""What the platform told, kept before it was answered, and what is still to be made of it."""

from django.db import models

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Callback", "Handling", "HandlingState"]


class Callback(models.Model):
    """One thing the platform told, as it was decrypted.

    `digest` is the hash of the text: the same text told again is the same callback. `about` is the
    customer it names, so that who is erased is erased here too.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    corp = models.ForeignKey(
        Corp, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    digest = models.BinaryField(max_length=32)
    event = models.CharField(max_length=64)
    change_type = models.CharField(max_length=64, blank=True, default="")
    about = models.CharField(max_length=64, blank=True, default="", db_collation="C")
    body = models.TextField()
    is_known = models.BooleanField(default=True)
    copies = models.IntegerField(default=1)  # how often it was told
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    objects = WorkspaceQuerySet["Callback"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("corp", "digest", name="wecom_callback_told_once"),
        ]
        indexes = [
            models.Index("workspace", "received_at", name="wecom_callback_newest"),
            models.Index(
                "workspace", "about", condition=~models.Q(about=""), name="wecom_callback_about"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.event} {self.change_type}"


class HandlingState(models.TextChoices):
    """How far a handler is with a callback; what it is done with has no row any more."""

    WAITING = "waiting"
    FAILED = "failed"  # tried often enough: somebody looks at it and sends it through again


class Handling(models.Model):
    """What one handler has still to do about one callback.

    Who takes it moves `not_before` on by the length of a lease: whoever dies meanwhile gives it back.
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    corp = models.ForeignKey(
        Corp, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    callback = models.ForeignKey(
        Callback, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    handler = models.CharField(max_length=60)
    state = models.CharField(
        max_length=7, choices=HandlingState, default=HandlingState.WAITING, db_default="waiting"
    )
    attempts = models.SmallIntegerField(default=0, db_default=0)
    lease = models.UUIDField(null=True)
    not_before = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = WorkspaceQuerySet["Handling"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("callback", "handler", name="wecom_handled_once"),
        ]
        indexes = [
            models.Index(
                "handler",
                "corp",
                "not_before",
                condition=models.Q(state="waiting"),
                name="wecom_handling_due",
            ),
            models.Index(
                "workspace", condition=models.Q(state="failed"), name="wecom_handling_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.handler}"
