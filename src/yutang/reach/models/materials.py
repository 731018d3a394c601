"""Pictures, videos and files that messages, welcomes, posts and phrases show, kept by us."""

from uuid import uuid4

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["Material", "MaterialKind"]


class MaterialKind(models.TextChoices):
    """How it is shown."""

    IMAGE = "image"
    VIDEO = "video"
    FILE = "file"


class Material(models.Model):
    """One file. Parts name it by its public address, as they name any other; `door` cannot be guessed."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    door = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=5, choices=MaterialKind)
    name = models.CharField(max_length=100)  # with its ending
    content_type = models.CharField(max_length=60)
    size = models.IntegerField()  # bytes
    digest = models.BinaryField(max_length=32)
    content = models.BinaryField()
    added_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    # Put away: chosen no more, but what names it still shows it.
    archived_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Material"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "digest", "kind", name="material_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"
