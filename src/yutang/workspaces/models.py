"""Tables of workspaces; every other app's rows point to `Workspace`."""

from typing import ClassVar, Generic, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

__all__ = [
    "ApiKey",
    "AuditHead",
    "AuditRecord",
    "Department",
    "IdempotentWrite",
    "Job",
    "JobState",
    "Membership",
    "RecoveryCode",
    "Role",
    "ScopeKind",
    "SignInAttempt",
    "SignInSession",
    "Staff",
    "Store",
    "User",
    "Workspace",
    "WorkspaceQuerySet",
]

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


class ScopeKind(models.TextChoices):
    """Whose customers a member sees."""

    ALL = "all"
    DEPARTMENT = "department"
    STORE = "store"
    OWN = "own"


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

    email = models.EmailField(unique=True)  # kept in lower case
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="zh")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)  # it was given, not chosen
    totp_secret = models.CharField(max_length=255, default="")  # sealed; empty before enrolment
    totp_confirmed_at = models.DateTimeField(null=True)  # null: asked for at no sign-in
    totp_last_step = models.BigIntegerField(default=0)  # a code is good once
    last_workspace = models.ForeignKey(Workspace, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class RecoveryCode(models.Model):
    """Opens the second factor once, when the telephone is lost."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "code_hash"], name="recovery_code_once_per_user"
            ),
        ]


class SignInSession(models.Model):
    """One browser that is signed in; only the hash of its cookie is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=45)
    browser = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class SignInAttempt(models.Model):
    """Wrong passwords of one account or one address, counted within a window."""

    subject = models.CharField(max_length=64, unique=True)  # a keyed hash of account or address
    count = models.IntegerField()
    window_ends_at = models.DateTimeField(db_index=True)


class Department(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet["Department"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "parent", "name"],
                name="department_name_once_beside_its_siblings",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Store(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=64, default="")  # what tills and spreadsheets call it
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet["Store"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "name"], name="store_name_once"),
            models.UniqueConstraint(
                fields=["workspace", "code"], name="store_code_once", condition=~Q(code="")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Staff(models.Model):
    """Someone who looks after customers; may or may not sign in."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    stores = models.ManyToManyField(Store, related_name="+")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=64, default="")  # employee number, WeCom userid
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet["Staff"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "code"], name="staff_code_once", condition=~Q(code="")
            ),
            models.UniqueConstraint(
                fields=["workspace", "user"],
                name="staff_user_once",
                condition=Q(user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Membership(models.Model):
    """One user in one workspace: what she may do there and whose customers she sees."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(max_length=13, choices=Role)
    scope = models.CharField(max_length=10, choices=ScopeKind, default=ScopeKind.ALL)
    # Which department or store; without one, those of the user's own staff row.
    scope_department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+")
    scope_store = models.ForeignKey(Store, models.SET_NULL, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkspaceQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
        ]


class ApiKey(models.Model):
    """Lets a program in. The key itself is shown once; its hash is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    key_hash = models.CharField(max_length=64)
    permissions = models.JSONField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)  # to the minute

    objects = WorkspaceQuerySet["ApiKey"].as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class AuditRecord(models.Model):
    """One thing somebody did. Sealed into its workspace's chain moments after it is written."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    actor = models.CharField(max_length=80)  # user:7, key:3, system:erase
    action = models.CharField(max_length=80)  # tags.tag_created
    target = models.CharField(max_length=200)  # tag:12
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    number = models.BigIntegerField(null=True)  # place in the chain; null until sealed
    seal = models.CharField(max_length=64, default="")

    objects = WorkspaceQuerySet["AuditRecord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="audit_number_once"),
        ]
        indexes = [
            models.Index(fields=["workspace", "-id"], name="audit_newest"),
            models.Index(fields=["workspace", "target", "-id"], name="audit_of_target"),
            models.Index(fields=["id"], name="audit_unsealed", condition=Q(number__isnull=True)),
        ]


class AuditHead(models.Model):
    """The end of a workspace's chain, so that cutting records off its end shows."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="+")
    number = models.BigIntegerField()
    seal = models.CharField(max_length=64)

    objects = WorkspaceQuerySet["AuditHead"].as_manager()


class JobState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """Background work somebody waits for: what it is, how far it is, how it ended."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)  # tracking.import
    label_zh = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=JobState, default=JobState.WAITING)
    actor = models.CharField(max_length=80)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)  # null: not known
    attempts = models.IntegerField(default=0)
    said_zh = models.CharField(max_length=500, default="")  # how it ended
    said_en = models.CharField(max_length=500, default="")
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = WorkspaceQuerySet["Job"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-id"], name="job_newest")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class IdempotentWrite(models.Model):
    """A write whose sender may repeat it, and the reply it was given."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    claimed_at = models.DateTimeField(db_index=True)
    status = models.IntegerField(null=True)  # null while it is being done
    content_type = models.CharField(max_length=100, default="")
    reply = models.BinaryField(null=True)  # null: carried a secret, not kept

    objects = WorkspaceQuerySet["IdempotentWrite"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="idempotency_key_once"),
        ]
