"""Tables of imports: a file, how far it came, and the rows that could not be taken."""

from django.db import models

from yutang.workspaces.models import WorkspaceQuerySet

__all__ = ["BadRow", "Import", "ImportState", "SharedRow"]


class ImportState(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded"
    MAPPED = "mapped"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Import(models.Model):
    """One file on its way in. `rows_read` is the checkpoint: it moves with the rows, or not at all."""

    workspace = models.ForeignKey("workspaces.Workspace", models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    path = models.CharField(max_length=1000)  # empty: uploaded, and deleted since
    is_ours = models.BooleanField(
        default=True
    )  # uploaded: it goes when it is in, or was kept enough
    kept_until = models.DateTimeField(null=True)  # the file, if it is ours and still there
    bad_rows_until = models.DateTimeField(null=True)  # null: there are none, or none any more
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.UPLOADED)
    mapping = models.JSONField(default=dict)  # empty exactly while it is only uploaded
    job_id = models.BigIntegerField(null=True)
    stop_asked = models.BooleanField(default=False)
    rows_read = models.BigIntegerField(default=0)
    rows_in = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(default=0)  # already in, by an earlier import of the same
    rows_bad = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)  # spent running, over all resumptions
    created_by = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stopped_zh = models.CharField(max_length=500, default="")  # why it stopped short, if it did
    stopped_en = models.CharField(max_length=500, default="")

    objects = WorkspaceQuerySet["Import"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "-id"], name="import_newest"),
            models.Index(fields=["workspace", "sha256"], name="import_same_file"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class BadRow(models.Model):
    """A row that was left out: its line, why, and what stood there."""

    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    import_of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    line = models.BigIntegerField()
    zh = models.TextField()
    en = models.TextField()
    content = models.TextField()

    objects = WorkspaceQuerySet["BadRow"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["import_of", "line", "id"], name="bad_row_by_line")]

    def __str__(self) -> str:
        return f"#{self.pk} line {self.line}"


class SharedRow(models.Model):
    """A row, by its derived id, that this import had and that belongs to another, which goes on.

    Kept while it runs: the ledger of events says of a row only which import had it last.
    """

    pk = models.CompositePrimaryKey("import_of_id", "row")
    workspace = models.ForeignKey(
        "workspaces.Workspace", models.CASCADE, related_name="+", db_index=False
    )
    import_of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    row = models.UUIDField()

    objects = WorkspaceQuerySet["SharedRow"].as_manager()

    def __str__(self) -> str:
        return f"{self.row} of import {self.import_of_id}"
