"""What is made of archived messages: read on by whoever checks them, looked up around one, asked for and forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from yutang.kit.i18n import Text
from yutang.wecom.findings import Finding, State
from yutang.wecom.models import ArchivedMessage, Corp
from yutang.workspaces.models import Workspace

__all__ = [
    "archived_after",
    "archived_around",
    "archived_in",
    "archived_message",
    "archiving_corps",
    "erase_archived",
    "export_archived",
    "look_at_archive",
]

_LABEL = Text("会话存档（可选）", "Chat archive (optional)")
_PLACE = Text(
    "企业微信管理后台 › 管理工具 › 聊天内容存档；部署设置 YUTANG_WECOM_ARCHIVES",
    "WeCom console › Tools › Chat archive; the installation’s setting YUTANG_WECOM_ARCHIVES",
)


def archiving_corps() -> list[Corp]:
    """Return the corps with an archive, of every workspace."""
    rows = Corp.objects.exclude(archive_base="").select_related("workspace")
    return list(rows.order_by("pk"))


def archived_after(corp: Corp, seq: int, limit: int) -> list[ArchivedMessage]:
    """Return the messages after a place in the archive, in its order."""
    rows = ArchivedMessage.objects.within(corp.workspace_id).filter(corp=corp, seq__gt=seq)
    return list(rows.order_by("seq")[:limit])


def archived_in(
    workspace: Workspace, *, since: datetime
) -> "QuerySet[ArchivedMessage, ArchivedMessage]":
    """Return the messages since then that say something."""
    return ArchivedMessage.objects.within(workspace).filter(at__gte=since).exclude(text="")


def archived_message(workspace: Workspace, message_id: int) -> ArchivedMessage | None:
    """Return a message that is kept, if it still is."""
    return ArchivedMessage.objects.within(workspace).filter(pk=message_id).first()


def archived_around(message: ArchivedMessage, each_way: int) -> list[ArchivedMessage]:
    """Return a message with what was said before and after it in its chat, in order."""
    chat = ArchivedMessage.objects.within(message.workspace_id).filter(corp_id=message.corp_id)
    chat = (
        chat.filter(room=message.room)
        if message.room
        else chat.filter(staff=message.staff, home=message.home, room="")
    )
    before = list(chat.filter(seq__lt=message.seq).order_by("-seq")[:each_way])
    return [*reversed(before), *chat.filter(seq__gte=message.seq).order_by("seq")[: each_way + 1]]


def export_archived(
    workspace: Workspace, numbers: Sequence[int]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Return what a person wrote, and what was written to her alone."""
    rows = ArchivedMessage.objects.within(workspace).filter(home__in=numbers)
    return {
        "chat_messages": list(rows.order_by("at", "pk").values("at", "by_staff", "kind", "text"))
    }


def erase_archived(workspace: Workspace, numbers: Sequence[int]) -> dict[str, int]:
    """Forget what a person wrote, and what was written to her alone."""
    rows = ArchivedMessage.objects.within(workspace).filter(home__in=numbers)
    return {"chat_messages": rows.delete()[1].get("wecom.ArchivedMessage", 0)}


def look_at_archive(corp: Corp) -> Finding:
    """Return how it stands with the chat archive; without one all else works."""
    if not corp.archive_base:
        said = Text(
            "没有接。敏感词和回复时长要看聊天内容：先在企业微信买会话内容存档，再在装有企业微信官方存档库的机器上跑一个桥接程序，把地址写进部署设置。",
            "Not connected. Sensitive words and late answers are looked for in chats: buy the chat archive in WeCom, run"
            " a bridge on a machine with WeCom’s own archive library, and name its address in the installation’s settings.",
        )
        return Finding("archive", State.FINE, _LABEL, said, _PLACE)
    if corp.archive_trouble_zh:
        said = Text(corp.archive_trouble_zh, corp.archive_trouble_en)
        return Finding("archive", State.WRONG, _LABEL, said, _PLACE)
    if corp.archive_read_at is None:
        said = Text(
            "还没有读过，启用后半分钟内会读。", "Not read yet; it is, half a minute after it is on."
        )
        return Finding("archive", State.UNSURE, _LABEL, said, _PLACE)
    said = Text("读得到。", "It is read.")
    return Finding("archive", State.FINE, _LABEL, said, _PLACE)
