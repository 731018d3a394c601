"""What goes out through the platform: mass messages and moments, which staff confirm."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from yutang.wecom.models.corps import Corp
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = [
    "GroupSending",
    "MassKind",
    "MassMember",
    "MassRecipient",
    "MassState",
    "MassTask",
    "RecipientState",
    "attachments_in",
    "words_in",
]


class MassKind(models.TextChoices):
    """What members confirm."""

    CUSTOMERS = "customers"  # a message to each of these customers
    GROUPS = "groups"  # a message to groups of one owner
    MOMENTS = "moments"  # a post


class MassState(models.TextChoices):
    """How far a mass message is on the platform."""

    GATHERING = "gathering"  # whom it goes to is still being added
    CREATING = "creating"  # the platform is being told
    UNCERTAIN = (
        "uncertain"  # it was told and did not answer: looked for, never told again on a guess
    )
    OPEN = "open"  # staff confirm
    OVER = "over"  # everybody confirmed, or the time for it is past
    CANCELLED = "cancelled"
    REFUSED = "refused"


class GroupSending(models.Model):
    """A message to groups that somebody sent by hand: a task for each of their owners."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)  # the message's, as it was
    message = models.BigIntegerField()  # a number of the app below
    made_by = models.CharField(max_length=80)
    due_at = models.DateTimeField()  # when it leaves
    created_at = models.DateTimeField()

    objects = WorkspaceQuerySet["GroupSending"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk}"


class MassTask(models.Model):
    """One message to many customers or groups, or one post, as the platform knows it: a task members confirm.

    What has one content and one sender is gathered until no more has come for a while (`due_at`), so
    that a guide confirms once, not once per portion. `sender` is a userid; empty: the platform gives each
    customer's to whoever chatted with her last, and a post has those `aim` names (or its recipients'
    members).
    """

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    corp = models.ForeignKey(Corp, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=MassKind, default=MassKind.CUSTOMERS)
    account = models.BigIntegerField()  # of reach's; 0: nothing waits at reach
    purpose = models.CharField(max_length=20, default="marketing")
    journey = models.BigIntegerField(null=True)  # a number of the app below
    sending = models.ForeignKey(GroupSending, models.CASCADE, null=True, related_name="+")
    aim = models.JSONField(default=dict)  # of a post made by hand: userids, departments, tags
    digest = models.BinaryField(max_length=32)
    parts = models.JSONField()
    sender = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=9, choices=MassState, default=MassState.GATHERING)
    job = models.CharField(max_length=100, blank=True, default="")  # makes a post of it
    msgid = models.CharField(max_length=100, blank=True, default="")  # or a moment_id
    people = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    members = models.IntegerField(default=0)
    confirmed = models.IntegerField(default=0)
    likes = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)
    trouble_zh = models.CharField(max_length=300, blank=True, default="")
    trouble_en = models.CharField(max_length=300, blank=True, default="")
    due_at = models.DateTimeField()  # when to do the next thing: create, look for, fetch results
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # when the platform was told
    reminded = models.JSONField(default=list)  # when, at most three in 24 hours

    # How many recipients became what, where it was counted with it.
    outcome: Mapping["RecipientState", int]

    objects = WorkspaceQuerySet["MassTask"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "corp",
                "account",
                "digest",
                "sender",
                condition=models.Q(state="gathering"),
                name="wecom_one_mass_gathers",
            ),
            models.UniqueConstraint(
                "corp", "msgid", condition=~models.Q(msgid=""), name="wecom_mass_told_once"
            ),
        ]
        indexes = [
            models.Index(
                "due_at",
                condition=models.Q(state__in=["gathering", "creating", "uncertain", "open"]),
                name="wecom_mass_due",
            ),
            models.Index("workspace", models.F("id").desc(), name="wecom_mass_newest"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    @property
    def words(self) -> str:
        """Return what it says, without its attachments."""
        return words_in(self.parts)

    @property
    def attachments(self) -> int:
        """Return how many it has."""
        return attachments_in(self.parts)


def words_in(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return what a message of these parts says in words."""
    return next((each["text"] for each in parts if each["kind"] == "text"), "")


def attachments_in(parts: Sequence[Mapping[str, Any]]) -> int:
    """Return how many attachments a message of these parts has."""
    return sum(each["kind"] != "text" for each in parts)


class RecipientState(models.IntegerChoices):
    """What became of one customer's; 1 to 3 are the platform's own numbers."""

    WAITING = 0
    SENT = 1
    NO_FRIEND = 2
    HAD_OTHERS = 3
    NOT_TAKEN = 4  # in the fail_list
    NEVER = 5  # cancelled, refused, or nobody confirmed in time


class MassRecipient(models.Model):
    """One customer, or one group (a `customer` of 0), a task goes to; `token` is the delivery's."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    task = models.ForeignKey(MassTask, models.CASCADE, related_name="+", db_index=False)
    token = models.UUIDField(unique=True)
    customer = models.BigIntegerField()
    external_userid = models.CharField(max_length=64, db_collation="C")  # or a chat_id
    state = models.SmallIntegerField(choices=RecipientState, default=RecipientState.WAITING)
    userid = models.CharField(max_length=64, blank=True, default="")  # who is to send it, or did

    objects = WorkspaceQuerySet["MassRecipient"].as_manager()

    class Meta:
        indexes = [
            models.Index("task", "state", "id", name="wecom_recipients_of"),
            models.Index("workspace", "customer", name="wecom_recipient_is"),
            models.Index(
                "workspace",
                "external_userid",
                condition=models.Q(customer=0),
                name="wecom_recipient_is_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MassMember(models.Model):
    """Whether one member confirmed."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    task = models.ForeignKey(MassTask, models.CASCADE, related_name="+", db_index=False)
    userid = models.CharField(max_length=64, db_collation="C")  # lower case
    confirmed_at = models.DateTimeField(null=True)
    fetched = models.BooleanField(default=False)  # her customers' results are in
    meant = models.BooleanField(default=False)  # of a post: whom it is for is written down
    likes = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)

    objects = WorkspaceQuerySet["MassMember"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("task", "userid", name="wecom_a_member_confirms_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
