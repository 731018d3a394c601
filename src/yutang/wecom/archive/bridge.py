"""Archives over HTTP: a small program beside the platform's library answers, here or in the brand's own network.

    POST {address}/archive/messages  {"corp_id", "seq", "limit"}    Authorization: Bearer <the archive's secret>
    200 {"messages": [records as the library's DecryptData gives them, each with its seq]}

docs/how/wecom-archive.md says how to run one. The sandbox answers the same.
"""

import logging
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from yutang.kit.i18n import Text
from yutang.wecom._secrets import opened
from yutang.wecom.archive.interface import ArchiveRefused, Record, allowed_archives
from yutang.wecom.models import Corp

__all__ = ["Bridge"]

_SECONDS = 20.0
_MOST_BYTES = 64 << 20
_NOT_ALLOWED = Text(
    "地址不在 YUTANG_WECOM_ARCHIVES 里", "its address is not in YUTANG_WECOM_ARCHIVES"
)
_SECRET = Text("存档的 Secret 不对", "the archive’s secret is wrong")
_SILENT = Text("桥接程序连不上", "the bridge does not answer")
_STRANGE = Text("桥接程序的回答读不懂", "the bridge’s answer cannot be read")


class _Answer(msgspec.Struct):
    messages: list[Record]


class Bridge:
    """The archive of a corp, behind a bridge."""

    def __init__(self, corp: Corp) -> None:
        self._corp = corp

    def read(self, after: int, limit: int) -> Sequence[Record]:
        """Return the records after one, in their order.

        :raises ArchiveRefused:
        """
        corp = self._corp
        asked = {"corp_id": corp.corp_id, "seq": after, "limit": limit}
        return _read(corp.archive_base, opened(corp, "archive_secret"), asked, after)


def _read(base: str, secret: str, asked: dict[str, object], after: int) -> Sequence[Record]:
    import httpx

    if base not in allowed_archives():
        raise ArchiveRefused(why=_NOT_ALLOWED)
    if not secret:
        raise ArchiveRefused(why=_SECRET)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    headers = {"Authorization": f"Bearer {secret}"}
    try:
        with (
            httpx.Client(timeout=_SECONDS, trust_env=False) as http,
            http.stream("POST", f"{base}/archive/messages", json=asked, headers=headers) as answer,
        ):
            body = bytearray()
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise ArchiveRefused(why=_STRANGE)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise ArchiveRefused(why=_SILENT) from None
    if answer.status_code in {401, 403}:
        raise ArchiveRefused(why=_SECRET)
    try:
        told = (
            msgspec.json.decode(bytes(body), type=_Answer).messages if answer.is_success else None
        )
    except msgspec.MsgspecError:
        told = None
    # Whoever repeats or turns around what was told would be read for ever.
    if told is None or any(b <= a for a, b in pairwise([after, *(each.seq for each in told)])):
        raise ArchiveRefused(why=_STRANGE)
    return told
