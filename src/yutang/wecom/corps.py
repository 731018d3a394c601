"""Corps a workspace speaks to: added, changed, switched on. Secrets are sealed and never shown again."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings as installation
from django.db import IntegrityError, transaction

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.wecom._secrets import SecretName, keep
from yutang.wecom.archive.interface import allowed_archives
from yutang.wecom.callbacks.doors import forget_doors
from yutang.wecom.client.tokens import forget_refusal
from yutang.wecom.client.wire import REAL_BASE, allowed_bases
from yutang.wecom.models import Corp, CorpState
from yutang.workspaces.models import Workspace, WorkspaceQuerySet
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "CorpIdTaken",
    "CorpNotAsExpected",
    "NoSuchCorp",
    "add_corp",
    "callback_url",
    "change_corp",
    "corp_of",
    "corps_of",
    "entrance_url",
    "remove_corp",
]


class NoSuchCorp(DomainError):
    """Not a corp of this workspace."""

    status = 404
    zh = "没有这个企业微信连接。"
    en = "There is no such WeCom connection."


class CorpIdTaken(DomainError):
    """The workspace speaks to this corp already."""

    zh = "已经连接了这个企业（{corp_id}），请在原来的连接里修改。"
    en = "This corp ({corp_id}) is connected already. Change that connection instead."


class CorpNotAsExpected(DomainError):
    """What was entered cannot be right."""

    status = 422
    zh = "填写的内容有 {count} 处不对，见 errors。"
    en = "{count} entries cannot be right; see errors."


_SECRETS: tuple[SecretName, ...] = ("secret", "callback_token", "callback_key")
_HAS_SPACES = Text(
    "里面有空格或换行，多半是复制时带进来的。请重新复制，只要字母、数字和符号。",
    "has spaces or line breaks in it, most likely from copying. Copy it again, without them.",
)
_RULES: Mapping[str, tuple[re.Pattern[str], Text]] = {
    "corp_id": (
        re.compile(r"w[wxl][0-9A-Za-z]{6,40}"),
        Text(
            "应以 ww 开头，在“我的企业 › 企业信息”最下方。",
            "should begin with ww; it stands at the very bottom of “My company”.",
        ),
    ),
    "secret": (
        re.compile(r"[0-9A-Za-z_-]{20,128}"),
        Text(
            "应是一串字母和数字，在应用的详情页查看。",
            "should be letters and digits; look it up on the app’s page.",
        ),
    ),
    "archive_secret": (
        re.compile(r"[0-9A-Za-z_-]{20,128}"),
        Text(
            "应是一串字母和数字，在“会话内容存档”里查看。",
            "should be letters and digits; look it up at “Chat archive”.",
        ),
    ),
    "callback_token": (
        re.compile(r"[0-9A-Za-z]{1,32}"),
        Text("应为 1 到 32 位字母和数字。", "should be 1 to 32 letters and digits."),
    ),
    "callback_key": (
        re.compile(r"[0-9A-Za-z+/]{43}"),
        Text("应为 43 位字母和数字。", "should be 43 letters and digits."),
    ),
}
_BASE_NOT_ALLOWED = Text(
    "不在允许的地址里。请让部署的人用 YUTANG_WECOM_BASES 加上它。",
    "is not among the allowed addresses. Have the operator add it to YUTANG_WECOM_BASES.",
)
_ARCHIVE_NOT_ALLOWED = Text(
    "不在允许的地址里。请让部署的人用 YUTANG_WECOM_ARCHIVES 加上它。",
    "is not among the allowed addresses. Have the operator add it to YUTANG_WECOM_ARCHIVES.",
)
_AGENT = Text("应为正整数，如 1000002。", "should be a positive whole number such as 1000002.")


def corps_of(workspace: Workspace) -> WorkspaceQuerySet[Corp]:
    """Return the corps a workspace speaks to."""
    return Corp.objects.within(workspace)


def corp_of(workspace: Workspace, corp_id: int, *, lock: bool = False) -> Corp:
    """Return one corp by its number here.

    :raises NoSuchCorp:
    """
    rows = corps_of(workspace).select_related("workspace")
    try:
        return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=corp_id)
    except Corp.DoesNotExist:
        raise NoSuchCorp from None


def callback_url(corp: Corp) -> str:
    """Return the address to enter at “receive messages”."""
    return f"{installation.YUTANG_PUBLIC_URL.rstrip('/')}/wecom/{corp.door}"


def entrance_url(corp: Corp) -> str:
    """Return the address to enter as the app's home and as the page of the chat's sidebar."""
    return f"{installation.YUTANG_PUBLIC_URL.rstrip('/')}/wecom/oauth/{corp.door}"


@transaction.atomic
def add_corp(
    member: Member,
    *,
    corp_id: str,
    agent_id: int,
    secret: str,
    name: str,
    base: str = REAL_BASE,
    callback_token: str = "",
    callback_key: str = "",
    now: datetime,
) -> Corp:
    """Connect a corp; it is a draft until somebody switches it on.

    :raises CorpNotAsExpected, CorpIdTaken:
    """
    given = {
        "corp_id": corp_id,
        "secret": secret,
        "callback_token": callback_token,
        "callback_key": callback_key,
    }
    _check(given, agent_id=agent_id, base=base, may_be_empty={"callback_token", "callback_key"})
    corp = Corp(
        workspace=member.workspace,
        corp_id=corp_id,
        agent_id=agent_id,
        name=name,
        base=base,
        created_at=now,
        changed_at=now,
    )
    try:
        with transaction.atomic():
            corp.save()
    except IntegrityError:
        raise CorpIdTaken(corp_id=corp_id) from None
    for each in _SECRETS:
        keep(corp, each, given[each])
    corp.save(update_fields=list(_SECRETS))
    _audit(member, "wecom.corp_added", corp, now, changed=sorted(filter(given.get, given)))
    return corp


@transaction.atomic
def change_corp(
    member: Member,
    corp_id: int,
    *,
    name: str | None = None,
    agent_id: int | None = None,
    base: str | None = None,
    state: CorpState | None = None,
    archive_base: str | None = None,
    archive_days: int | None = None,
    secrets: Mapping[SecretName, str] | None = None,
    now: datetime,
) -> Corp:
    """Change what was given. A secret that is left out, or empty, stays; without `archive_base` no chat is read.

    :raises NoSuchCorp, CorpNotAsExpected:
    """
    corp = corp_of(member.workspace, corp_id, lock=True)
    given = {each: value for each, value in (secrets or {}).items() if value}
    _check(
        {str(each): value for each, value in given.items()},
        agent_id=agent_id,
        base=base,
        archive_base=archive_base,
    )
    before = _audited(corp)
    for each, value in given.items():
        keep(corp, each, value)
    corp.name = corp.name if name is None else name
    corp.agent_id = corp.agent_id if agent_id is None else agent_id
    corp.base = corp.base if base is None else base
    corp.state = corp.state if state is None else state
    corp.archive_base = corp.archive_base if archive_base is None else archive_base
    corp.archive_days = corp.archive_days if archive_days is None else archive_days
    corp.changed_at = now
    corp.save()
    if "secret" in given or base is not None:
        forget_refusal(corp)
    _audit(member, "wecom.corp_changed", corp, now, before=before, changed=sorted(given))
    transaction.on_commit(forget_doors)
    return corp


@transaction.atomic
def remove_corp(member: Member, corp_id: int, *, now: datetime) -> None:
    """Cut a connection: its callbacks and what it was told go; customers and staff stay.

    :raises NoSuchCorp:
    """
    corp = corp_of(member.workspace, corp_id, lock=True)
    _audit(member, "wecom.corp_removed", corp, now)
    corp.delete()
    transaction.on_commit(forget_doors)


def _check(
    given: Mapping[str, str],
    *,
    agent_id: int | None,
    base: str | None,
    archive_base: str | None = None,
    may_be_empty: frozenset[str] | set[str] = frozenset(),
) -> None:
    wrong: dict[str, Text] = {}
    for name, value in given.items():
        shape, expected = _RULES[name]
        if not value and name in may_be_empty:
            continue
        if re.search(r"[\s\u200b-\u200f\u2060\ufeff\u00a0]", value):
            wrong[name] = _HAS_SPACES
        elif not shape.fullmatch(value):
            wrong[name] = expected
    if agent_id is not None and not 0 < agent_id < 2**31:
        wrong["agent_id"] = _AGENT
    if base is not None and base not in allowed_bases():
        wrong["base"] = _BASE_NOT_ALLOWED
    if archive_base and archive_base not in allowed_archives():
        wrong["archive_base"] = _ARCHIVE_NOT_ALLOWED
    if wrong:
        # What was entered is not repeated: it may be a secret.
        errors = [FieldProblem(field=name, message=why.said()) for name, why in wrong.items()]
        raise CorpNotAsExpected(count=len(errors), errors=errors)


def _audited(corp: Corp) -> dict[str, object]:
    return {
        "name": corp.name,
        "corp_id": corp.corp_id,
        "agent_id": corp.agent_id,
        "base": corp.base,
        "state": corp.state,
        "archive_base": corp.archive_base,
        "archive_days": corp.archive_days,
    }


def _audit(member: Member, action: str, corp: Corp, now: datetime, **more: object) -> None:
    # Names of secrets, never what they hold.
    detail = {"after": _audited(corp), **more}
    record_audit(member.workspace, member.actor, action, f"wecom:{corp.pk}", detail=detail, now=now)
