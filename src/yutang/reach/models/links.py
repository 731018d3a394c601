"""Where tracked links lead, and who followed them."""

from django.db import models
from django.db.models import Q

from yutang.reach.models.messages import MessageVersion
from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["LinkClick", "LinkTarget"]


class LinkTarget(models.Model):
    """An address that stands in a version of a message as it was written: the only ones links lead to."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    version = models.ForeignKey(MessageVersion, models.CASCADE, related_name="+")
    url = models.CharField(max_length=2000)
    number = models.PositiveSmallIntegerField()  # its place in the message

    objects = WorkspaceQuerySet["LinkTarget"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="link_target_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LinkClick(models.Model):
    """Somebody, or something, followed a link. Judged a few seconds later, when its company is known."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_constraint=False
    )
    delivery = models.BigIntegerField()
    target = models.ForeignKey(LinkTarget, models.CASCADE, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    # Empty: a person's. Otherwise why not: scanner (it says so), instant (just sent), burst (several links at once).
    bot = models.CharField(max_length=10, blank=True, default="")
    is_judged = models.BooleanField(default=False)

    objects = WorkspaceQuerySet["LinkClick"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="link_click_new", condition=Q(is_judged=False)),
            models.Index(fields=["delivery", "at"], name="link_click_of_delivery"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
