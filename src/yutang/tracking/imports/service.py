"""The door of imports, re-exported by `tracking.service`.

it = imports.upload(workspace, actor, "orders.csv", pieces, now=now)
seen = imports.inspect(workspace, it.pk)
imports.start(workspace, actor, it.pk, seen.proposal, now=now)
"""

from yutang.tracking.imports.background import run_import_job
from yutang.tracking.imports.keeping import (
    forget_what_was_kept,
    strike_person,
    uploads_linger,
)
from yutang.tracking.imports.managing import (
    FileImportedBefore,
    ImportNotFound,
    ImportNotMapped,
    ImportNotRunning,
    Inspection,
    adopt,
    bad_rows,
    find,
    imports,
    inspect,
    remove,
    resume,
    revive,
    start,
    stop,
    upload,
)
from yutang.tracking.imports.mapping import (
    ImportMapping,
    MappedAttribute,
    MappedIdentity,
    MappedProperty,
    MappedTags,
    MappedType,
    MappedValue,
    MappingIncomplete,
    ReadAs,
)
from yutang.tracking.imports.previewing import Preview, PreviewedRow, preview
from yutang.tracking.imports.readers import EmptyFile, FileFormat, FileUnreadable
from yutang.tracking.imports.recipes import Recipe, RecipeUnknown, recipe, recipes
from yutang.tracking.imports.reporting import Progress, bad_rows_csv, progress_of
from yutang.tracking.imports.running import ImportAlreadyRunning, run
from yutang.tracking.imports.storage import FileGone, FileTooLarge
from yutang.tracking.imports.tagging import tag_by

__all__ = [
    "EmptyFile",
    "FileFormat",
    "FileGone",
    "FileImportedBefore",
    "FileTooLarge",
    "FileUnreadable",
    "ImportAlreadyRunning",
    "ImportMapping",
    "ImportNotFound",
    "ImportNotMapped",
    "ImportNotRunning",
    "Inspection",
    "MappedAttribute",
    "MappedIdentity",
    "MappedProperty",
    "MappedTags",
    "MappedType",
    "MappedValue",
    "MappingIncomplete",
    "Preview",
    "PreviewedRow",
    "Progress",
    "ReadAs",
    "Recipe",
    "RecipeUnknown",
    "adopt",
    "bad_rows",
    "bad_rows_csv",
    "find",
    "forget_what_was_kept",
    "imports",
    "inspect",
    "preview",
    "progress_of",
    "recipe",
    "recipes",
    "remove",
    "resume",
    "revive",
    "run",
    "run_import_job",
    "start",
    "stop",
    "strike_person",
    "tag_by",
    "upload",
    "uploads_linger",
]
