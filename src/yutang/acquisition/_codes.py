"""Live codes are made, changed, ended; whatever changes is looked at by the pulse at once."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from yutang.acquisition._channels import channel_of
from yutang.acquisition._rules import Rules, Welcome, read_rules
from yutang.acquisition.models import CodeKind, LiveCode
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.kit.pulse import wake
from yutang.kit.week import Window, mistake_in
from yutang.tags import service as tags
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "MOST_PEOPLE",
    "CodeIsOver",
    "CodeSpec",
    "LogoNotUsable",
    "NoSuchCode",
    "NobodyBehindIt",
    "NotConnected",
    "RuleNotAsExpected",
    "code_of",
    "codes_of",
    "create_code",
    "end_code",
    "look_now",
    "replace_code",
    "set_logo",
]

MOST_PEOPLE = 100  # what a contact way takes
_MOST_LOGO = 200_000
_IMAGES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class NoSuchCode(DomainError):
    """There is no such code here."""

    status = 404
    zh = "没有这个活码。"
    en = "There is no such live code."


class CodeIsOver(DomainError):
    """It was ended, and what is printed of it leads nowhere."""

    zh = "活码“{name}”已经停用，不能再改。请新建一个。"
    en = "The live code “{name}” was ended and cannot change any more. Make a new one."


class NobodyBehindIt(DomainError):
    """A code needs somebody."""

    status = 422
    zh = "活码后面要有人：请至少选一位员工或一个群，最多 {most} 位。"
    en = "Somebody must stand behind a live code: choose at least one of the staff or one group, at most {most}."


class NotConnected(DomainError):
    """No corp is connected, so there is nothing to scan."""

    zh = "还没有连上企业微信，活码没有地方生成。请先到“企业微信”页连接。"
    en = "WeCom is not connected, so there is nowhere to make a code. Connect it on the WeCom page first."


class RuleNotAsExpected(DomainError):
    """Something in the rules cannot be kept."""

    status = 422
    zh = "规则要改一处：{what}。"
    en = "One thing in the rules has to change: {what}."


class LogoNotUsable(DomainError):
    """Only pictures that every program draws, and small ones."""

    status = 422
    zh = "标志请用 PNG 或 JPEG 图片，不超过 200 KB。"
    en = "A logo is a PNG or JPEG picture of at most 200 KB."


@dataclass(frozen=True)
class CodeSpec:
    """What a code is told from outside."""

    name: str
    rules: Rules
    channel_id: int | None = None
    expires_at: datetime | None = None
    kind: CodeKind = CodeKind.STAFF
    corp_id: int | None = None


def codes_of(
    workspace: Workspace,
    *,
    words: str = "",
    channel_id: int | None = None,
    is_over: bool = False,
) -> "QuerySet[LiveCode, LiveCode]":
    """Return the codes in use, or those that were ended."""
    rows = LiveCode.objects.within(workspace).filter(archived_at__isnull=not is_over)
    if words.strip():
        rows = rows.filter(name__icontains=words.strip())
    if channel_id is not None:
        rows = rows.filter(channel_id=channel_id)
    return rows.select_related("channel").defer("logo")


def code_of(workspace: Workspace, code_id: int, *, lock: bool = False) -> LiveCode:
    """Return one code.

    :raises NoSuchCode:
    """
    rows = LiveCode.objects.within(workspace).select_related("channel", "corp", "workspace")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=code_id).first()
    if found is None:
        raise NoSuchCode
    return found


@transaction.atomic
def create_code(member: Member, spec: CodeSpec, *, now: datetime) -> LiveCode:
    """Make a code; the platform is told within seconds.

    :raises NotConnected, NobodyBehindIt, RuleNotAsExpected, NoSuchChannel:
    """
    code = LiveCode(
        workspace=member.workspace,
        corp=_corp(member.workspace, spec.corp_id),
        kind=spec.kind,
        key=f"yt{secrets.token_hex(6)}",
        created_at=now,
    )
    _take_over(member, code, spec, now=now)
    _record(member, "acquisition.code_created", code, now)
    return code


@transaction.atomic
def replace_code(member: Member, code_id: int, spec: CodeSpec, *, now: datetime) -> LiveCode:
    """Tell a code everything anew; what is printed of it stays.

    :raises NoSuchCode, CodeIsOver, NobodyBehindIt, RuleNotAsExpected, NoSuchChannel:
    """
    code = _open(member.workspace, code_id)
    _take_over(member, code, spec, now=now)
    _record(member, "acquisition.code_changed", code, now)
    return code


@transaction.atomic
def end_code(member: Member, code_id: int, *, now: datetime) -> None:
    """End a code: the platform forgets it, what is printed of it says so; its friends stay on record.

    :raises NoSuchCode, CodeIsOver:
    """
    code = _open(member.workspace, code_id)
    code.archived_at = code.changed_at = code.due_at = now
    code.save(update_fields=["archived_at", "changed_at", "due_at"])
    _record(member, "acquisition.code_ended", code, now)
    _wake()


@transaction.atomic
def set_logo(member: Member, code_id: int, picture: bytes | None, *, now: datetime) -> LiveCode:
    """Put a picture into the middle of what is printed, or take it away.

    :raises NoSuchCode, CodeIsOver, LogoNotUsable:
    """
    code = _open(member.workspace, code_id)
    kind = next((kind for begin, kind in _IMAGES.items() if (picture or b"").startswith(begin)), "")
    if picture is not None and (not kind or len(picture) > _MOST_LOGO):
        raise LogoNotUsable
    code.logo, code.logo_type = picture, kind
    code.save(update_fields=["logo", "logo_type"])
    _record(member, "acquisition.code_changed", code, now)
    return code


@transaction.atomic
def look_now(member: Member, code_id: int, *, now: datetime) -> LiveCode:
    """Bring a code into step at once, whatever was in the way before.

    :raises NoSuchCode:
    """
    code = code_of(member.workspace, code_id, lock=True)
    code.due_at, code.attempts = now, 0
    code.save(update_fields=["due_at", "attempts"])
    _wake()
    return code


def _open(workspace: Workspace, code_id: int) -> LiveCode:
    code = code_of(workspace, code_id, lock=True)
    if code.archived_at is not None:
        raise CodeIsOver(name=code.name)
    return code


def _take_over(member: Member, code: LiveCode, spec: CodeSpec, *, now: datetime) -> None:
    workspace = member.workspace
    _check(workspace, code.kind, spec.rules)
    code.name = spec.name
    code.channel = channel_of(workspace, spec.channel_id) if spec.channel_id else None
    code.rules = msgspec.to_builtins(spec.rules)
    code.expires_at = spec.expires_at
    code.changed_at = code.due_at = now
    code.attempts = 0
    code.save()
    _wake()


def _corp(workspace: Workspace, corp_id: int | None) -> Corp:
    if corp_id is not None:
        return wecom.corp_of(workspace, corp_id)
    rows = wecom.corps_of(workspace).exclude(state=CorpState.PAUSED)
    found = rows.order_by("state", "pk").first()
    if found is None:
        raise NotConnected
    return found


def _check(workspace: Workspace, kind: str, rules: Rules) -> None:
    behind: Collection[Any] = rules.staff if kind == CodeKind.STAFF else rules.groups
    if not 0 < len(behind) <= MOST_PEOPLE or (kind == CodeKind.STAFF and not rules.members):
        raise NobodyBehindIt(most=MOST_PEOPLE)
    if len({each.staff for each in rules.members}) < len(rules.members):
        _refuse("同一位员工只能出现一次", "one of the staff stands there twice")
    known = workspaces.staff_by_id(workspace, rules.staff)
    if missing := set(rules.staff) - known.keys():
        _refuse(f"没有编号 {min(missing)} 的员工", f"there is no staff number {min(missing)}")
    for each in rules.members:
        if not 1 <= each.weight <= 100 or (each.cap is not None and not 1 <= each.cap <= 10_000):
            _refuse(
                "份数应在 1 到 100，每天上限应在 1 到 10000", "shares are 1 to 100, caps 1 to 10000"
            )
    for window in _windows(rules):
        if wrong := mistake_in(window):
            raise RuleNotAsExpected(what=wrong)
    if len(rules.remark) > 20:
        _refuse("备注最多 20 个字", "a remark has at most 20 characters")
    for tag in rules.tags:
        tags.find_tag(workspace, tag)
    _check_welcomes(rules.welcomes)


def _check_welcomes(welcomes: list[Welcome]) -> None:
    for each in welcomes:
        if not each.text.strip() and each.message is None:
            _refuse("欢迎语还没有写", "a welcome says nothing yet")
        if len(each.text.encode()) > 4000:
            _refuse("欢迎语最多 4000 字节", "a welcome has at most 4000 bytes")
    if sum(not each.windows for each in welcomes) > 1:
        _refuse("不限时段的欢迎语只能有一条", "only one welcome may hold at all hours")


def _windows(rules: Rules) -> list[Window]:
    groups = [each.windows for each in rules.members]
    groups += [each.windows for each in rules.welcomes]
    return [window for group in (*groups, rules.skip_windows) for window in group]


def _refuse(zh: str, en: str) -> None:
    raise RuleNotAsExpected(what=Text(zh, en))


def _wake() -> None:
    transaction.on_commit(lambda: wake("acquisition.keep_in_step"))


def _record(member: Member, action: str, code: LiveCode, now: datetime) -> None:
    rules = read_rules(code.rules)
    detail = {
        "name": code.name,
        "channel": code.channel.name if code.channel else "",
        "people": len(rules.staff) or len(rules.groups),
    }
    record_audit(member.workspace, member.actor, action, f"code:{code.pk}", detail=detail, now=now)
