"""Where uploaded files lie: under YUTANG_HOME/uploads, one folder a workspace, named by chance."""

import contextlib
import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from yutang.kit.errors import DomainError
from yutang.tracking.imports.models import Import
from yutang.tracking.imports.readers import (
    Block,
    EmptyFile,
    FileFormat,
    FileUnreadable,
    Source,
    open_source,
)

__all__ = [
    "FileGone",
    "FileTooLarge",
    "calling_it",
    "digest_of",
    "file_of",
    "first_block",
    "forget_file",
    "source_of",
    "store",
    "stray_files",
]

_AT_ONCE = 1 << 20


class FileTooLarge(DomainError):
    """It is larger than what may be uploaded."""

    status = 413
    zh = "“{file}”超过 {megabytes} MB。请拆成几个文件，或在服务器上用 yutang import 直接导入。"
    en = (
        "“{file}” is larger than {megabytes} MB. Split it, or import it on the server with"
        " `yutang import`."
    )


class FileGone(DomainError):
    """It was deleted, or moved by somebody."""

    zh = "“{file}”已经不在了：导完、过期或有人要求删除个人数据时，上传的文件会被清掉。请重新上传。"
    en = (
        "“{file}” is no longer there: uploads are deleted once they are in, when they were kept long"
        " enough, and when a person is erased. Upload it again to go on."
    )


def store(workspace_id: int, name: str, pieces: Iterable[bytes]) -> tuple[Path, str, int]:
    """Write an upload to disk piece by piece; return its path, digest and size.

    :raises FileTooLarge: and nothing of it is kept
    """
    folder = settings.YUTANG_HOME / "uploads" / str(workspace_id)
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for piece in pieces:
                size += len(piece)
                _refuse_too_large(name, size)
                digest.update(piece)
                file.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest(), size


def _refuse_too_large(name: str, size: int) -> None:
    if size > settings.YUTANG_MAX_UPLOAD_MB * 1024 * 1024:
        raise FileTooLarge(file=name, megabytes=settings.YUTANG_MAX_UPLOAD_MB)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            yield piece


def file_of(it: Import) -> Path:
    """Return where the file of an import lies.

    :raises FileGone:
    """
    if not it.path or not Path(it.path).exists():
        raise FileGone(file=it.name)
    return Path(it.path)


@contextlib.contextmanager
def calling_it(name: str) -> Iterator[None]:
    """Have what cannot be read called as whoever uploaded it calls it, not by its name on disk."""
    try:
        yield
    except (EmptyFile, FileUnreadable) as refusal:
        blanks: dict[str, Any] = {**refusal.params, "file": name}
        raise type(refusal)(**blanks) from None


def source_of(it: Import, form: FileFormat | None) -> Source:
    """Open the file of an import.

    :raises FileGone, EmptyFile, FileUnreadable:
    """
    with calling_it(it.name):
        return open_source(file_of(it), form)


def first_block(source: Source, rows: int, it: Import) -> Block:
    """Return the first rows of a file.

    :raises EmptyFile, FileUnreadable:
    """
    with calling_it(it.name):
        block = next(iter(source.blocks(rows=rows)), None)
    if block is None or block.frame.is_empty():
        raise EmptyFile(file=it.name)
    return block


def forget_file(it: Import) -> None:
    """Delete an uploaded file, then what we know of it; one that was imported where it lay stays."""
    if it.is_ours and it.path:
        Path(it.path).unlink(missing_ok=True)
        it.path, it.kept_until = "", None
        it.save(update_fields=["path", "kept_until"])


def stray_files(*, before: datetime) -> Iterator[Path]:
    """Yield files that no import knows, untouched since: their process died while they came in."""
    known = set(Import.objects.exclude(path="").values_list("path", flat=True))
    for path in (settings.YUTANG_HOME / "uploads").glob("*/*"):
        if str(path) not in known and path.stat().st_mtime < before.timestamp():
            yield path
