"""Tables of workspaces; every other app's rows point to `Workspace`."""

from typing import ClassVar, Generic, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

__all__ = ["Role", "User", "Workspace", "WorkspaceQuerySet"]

Row = TypeVar("Row", bound=models.Model)


class WorkspaceQuerySet(models.QuerySet[Row], Generic[Row]):
    """A QuerySet of rows that belong to a workspace."""

    def within(self, workspace: "Workspace | int") -> Self:
        """Keep the rows of this workspace; every read begins here."""
        return self.filter(workspace_id=workspace if isinstance(workspace, int) else workspace.pk)


class Role(models.TextChoices):
    OWNER = "owner"
    OPERATOR = "operator"
    ANALYST = "analyst"
    GUIDE = "guide"
    STORE_MANAGER = "store_manager"
    DEVELOPER = "developer"


class Workspace(models.Model):
    """One brand. `is_demo` marks the generated one."""

    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class User(AbstractBaseUser):
    """A person who signs in; may work in several workspaces."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"#{self.pk} {self.email}"
