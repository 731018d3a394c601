"""Who of the customers is whose, as the platform said last."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yutang.wecom.models.corps import Corp, StaffAccount
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Ended", "FollowRelation"]


class Ended(models.TextChoices):
    """Who ended a relation."""

    NOBODY = ""
    STAFF = "staff"
    CUSTOMER = "customer"  # the staff's side stays, and is told on
    TRANSFER = "transfer"


class FollowRelation(models.Model):
    """One member of the corp and one external contact.

    What is told of the pair is kept as a digest: what comes again and is the same costs a look-up.
    `home` is the customer the external contact was born with; who that is today, customers knows. An
    ended relation stays as a row, so that an older reading does not bring it back.
    """

    # Unchecked keys: rows come by the million, with ids that were just read.
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
    account = models.ForeignKey(
        StaffAccount, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    external = models.CharField(max_length=64, db_collation="C")
    home = models.BigIntegerField(db_index=True)
    digest = models.BigIntegerField()
    tags = ArrayField(models.CharField(max_length=64), default=list)  # the platform's ids
    add_way = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=64, default="")
    since = models.DateTimeField()
    read_at = models.DateTimeField()  # when what is known here began to be asked for
    ended = models.CharField(max_length=8, choices=Ended, default=Ended.NOBODY)
    ended_at = models.DateTimeField(null=True)
    # When a callback spoke last of her befriending or deleting the member: of that no list tells.
    word_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["FollowRelation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["corp", "external", "account"], name="wecom_follow_relation_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "external"],
                name="wecom_followed_now",
                condition=~models.Q(ended__in=["staff", "transfer"]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
