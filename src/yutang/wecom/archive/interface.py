"""What an archive is to us, whatever stands behind it.

The platform gives archived chats to a native library of its own only, which decrypts them with the corp's private
keys. So an archive is something that can be asked for the records after one; `bridge` asks a program that runs beside
that library. Another way there is another class, offered under the scheme of its addresses:

    offer_archive("zone", ZoneArchive)     # corps whose archive is at zone://…
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from django.conf import settings

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.wecom.models import Corp

__all__ = [
    "Archive",
    "ArchiveRefused",
    "Record",
    "allowed_archives",
    "archive_of",
    "offer_archive",
]


class Record(msgspec.Struct, rename={"sender": "from"}):
    """One record as the platform's library decrypts it, with its place in the archive."""

    seq: int
    msgid: str
    action: str = "send"  # send, recall, switch
    sender: str = ""  # userid or external_userid
    tolist: list[str] = []
    roomid: str = ""
    msgtime: int = 0  # milliseconds
    msgtype: str = ""
    text: dict[str, str] = {}
    revoke: dict[str, str] = {}


class ArchiveRefused(DomainError):
    """The archive does not answer, or not us."""

    status = 502
    zh = "会话存档读不到：{why}。"
    en = "The chat archive cannot be read: {why}."


class Archive(Protocol):
    """Where archived chats are read."""

    def read(self, after: int, limit: int) -> Sequence[Record]:
        """Return the records after one, in their order.

        :raises ArchiveRefused:
        """


_NO_ADAPTER = Text("没有程序读这种地址", "nothing here reads such an address")
_adapters: dict[str, Callable[[Corp], Archive]] = {}


def offer_archive(scheme: str, adapter: Callable[[Corp], Archive]) -> None:
    """Read archives at addresses of this scheme by an adapter."""
    _adapters[scheme] = adapter


def archive_of(corp: Corp) -> Archive:
    """Return the archive of a corp that has one.

    :raises ArchiveRefused: nothing here reads archives at such an address any more
    """
    adapter = _adapters.get(corp.archive_base.partition(":")[0])
    if adapter is None:
        raise ArchiveRefused(why=_NO_ADAPTER)
    return adapter(corp)


def allowed_archives() -> tuple[str, ...]:
    """Return where archives may be: only what the operator of the installation named."""
    named = settings.YUTANG_WECOM_ARCHIVES.replace(",", " ").split()
    return tuple(each.rstrip("/") for each in named if each.partition(":")[0] in _adapters)
