"""The archive's bridge: what stands between the platform's native library and whoever reads chats.

The real archive is read by a C library, not over HTTP. Whoever reads it runs a bridge beside that library, which
decrypts with the corp's private keys and answers like this:

    POST /archive/messages  {"corp_id": …, "seq": 0, "limit": 1000}   Authorization: Bearer <the archive's secret>
    200 {"messages": [{"seq", "msgid", "action", "from", "tolist", "roomid", "msgtime", "msgtype", "text": {…}}]}

The records are what `DecryptData` of the library gives, each with its `seq`; those after `seq`, in their order.
"""

import hmac
from typing import Any

import msgspec

from yutang_sandbox.platform import Platform, Reply, Request
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import Recorded

PATH = "/archive/messages"
MOST = 1000


class Asked(msgspec.Struct):
    corp_id: str
    seq: int = 0
    limit: int = MOST


def answer(platform: Platform, request: Request) -> Reply:
    """Answer a reader."""
    try:
        asked = msgspec.json.decode(request.body, type=Asked)
    except msgspec.MsgspecError as trouble:
        return _json(422, {"error": str(trouble)})
    corp = platform.world.corps.get(asked.corp_id)
    secret = corp.archive.secret if corp else ""
    given = request.authorization.removeprefix("Bearer ")
    if corp is None or not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        return _json(401, {"error": "not the secret of this corp's archive"})
    return _json(200, {"messages": _after(corp, asked.seq, min(max(asked.limit, 1), MOST))})


def _after(corp: Corp, seq: int, limit: int) -> list[dict[str, Any]]:
    kept = corp.archive.kept
    start = max(seq + 1 - kept[0].seq, 0) if kept else 0
    return [_told(corp, each) for each in kept[start : start + limit]]


def _told(corp: Corp, record: Recorded) -> dict[str, Any]:
    line = record.line
    userid, apart, customer = record.chat.rpartition(" ")
    if apart:
        both = (userid, corp.external(int(customer)))
        room, to = "", [each for each in both if each != line.sender]
    else:
        group = corp.groups.get(record.chat)
        room, to = (
            record.chat,
            [each for each in (group.members if group else ()) if each != line.sender],
        )
    told = {
        "seq": record.seq,
        "msgid": f"{record.seq}_{line.at}_external",
        "action": "send",
        "from": line.sender,
        "tolist": to,
        "roomid": room,
        "msgtime": line.at * 1000,
    }
    words = (line.content.get("text") or {}).get("content", "")
    if words:
        return told | {"msgtype": "text", "text": {"content": words}}
    (first, *_) = line.content.get("attachments") or [{"msgtype": "file"}]
    kind = str(first.get("msgtype"))
    return told | {"msgtype": kind, kind: first.get(kind) or {}}


def _json(status: int, content: Any) -> Reply:
    return Reply(status, [("content-type", "application/json")], msgspec.json.encode(content))
