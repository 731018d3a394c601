"""Who came by which code, from whatever tells of it: once, in any order, however often.

The key of a code travels as the `state` of its contact way and comes back with every friend. A row for
a code, one of the staff and a customer is the friend; rows are counted, nothing is added up on the side, so
that friends of the same second cannot overwrite each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from yutang.acquisition._rows import run
from yutang.acquisition._rules import read_rules
from yutang.acquisition.models import LiveCode
from yutang.customers import service as customers
from yutang.kit.pulse import wake
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp
from yutang.workspaces.models import Workspace

__all__ = ["Came", "attribute", "codes_by_key", "read_states"]

_NOT_SYNCED = "这位成员还没有同步进来，先同步通讯录"


@dataclass(frozen=True)
class Came:
    """Somebody came by a code, as the platform tells; `told` is what names this in the answer."""

    told: int
    key: str
    userid: str
    external: str
    at: datetime
    is_half: bool = False


class _Row(msgspec.Struct):
    code: int
    staff: int
    customer: int
    external: str
    userid: str
    half: bool
    added_at: datetime
    todo: bool


def attribute(corp: Corp, came: Sequence[Came], *, now: datetime) -> Mapping[int, str]:
    """Keep who came by which code; return why some are not kept yet. States that are not ours pass by."""
    codes = codes_by_key(corp.workspace, {each.key for each in came})
    ours = [each for each in came if each.key in codes]
    accounts = wecom.accounts_by_userid(corp, {each.userid for each in ours})
    known = [each for each in ours if each.userid.lower() in accounts]
    with transaction.atomic():
        whose = customers.resolve(
            corp.workspace,
            [{"external_userid": each.external} for each in known],
            source="wecom",
            now=now,
        )
        _keep(
            corp.workspace,
            [
                _row(codes[each.key], accounts[each.userid.lower()].staff_id, who.origin_id, each)
                for each, who in zip(known, whose, strict=True)
                if who.origin_id
            ],
            now=now,
        )
    return {each.told: _NOT_SYNCED for each in ours if each.userid.lower() not in accounts}


def read_states(
    corp: Corp, arrived: Sequence[wecom.Arrived], *, now: datetime
) -> dict[int, dict[str, str]]:
    """Keep whom a sync found to have come by a code, callbacks lost or not; say which code that was."""
    codes = codes_by_key(corp.workspace, {each.state for each in arrived})
    ours = {place: each for place, each in enumerate(arrived) if each.state in codes}
    _keep(
        corp.workspace,
        [
            _row(
                codes[each.state],
                each.staff,
                each.origin,
                Came(place, each.state, each.userid, each.external, each.at),
            )
            for place, each in ours.items()
        ],
        now=now,
    )
    return {place: _said(codes[each.state]) for place, each in ours.items()}


def _said(code: LiveCode) -> dict[str, str]:
    return {"code": code.name} | ({"channel": code.channel.name} if code.channel else {})


def codes_by_key(workspace: Workspace, keys: Iterable[str]) -> dict[str, LiveCode]:
    """Return the codes of these keys, ended ones too: what is printed of them may still be scanned."""
    rows = LiveCode.objects.within(workspace).filter(key__in=set(keys) - {""})
    return {row.key: row for row in rows.select_related("channel").defer("logo")}


def _row(code: LiveCode, staff: int, customer: int, came: Came) -> _Row:
    rules = read_rules(code.rules)
    todo = bool(rules.tags or rules.remark)
    return _Row(code.pk, staff, customer, came.external, came.userid, came.is_half, came.at, todo)


def _keep(workspace: Workspace, rows: Iterable[_Row], *, now: datetime) -> None:
    """Keep friends, in the caller's transaction; who is there already stays one."""
    once: dict[tuple[int, int, int], _Row] = {}
    for row in rows:
        held = once.setdefault((row.code, row.staff, row.customer), row)
        held.half = held.half and row.half
        held.added_at = min(held.added_at, row.added_at)
    if not once:
        return
    written = msgspec.json.encode(list(once.values())).decode()
    asked = {"workspace": workspace.pk, "rows": written, "now": now}
    touched = {code for code, *_ in run("friends", "add", asked).fetchall()}
    transaction.on_commit(lambda: _look_again(touched, now))


def _look_again(codes: set[int], now: datetime) -> None:
    """Have the codes looked at: caps and turns moved on. After the commit, so that no lock is held for long."""
    LiveCode.objects.filter(pk__in=codes, archived_at=None, due_at__gt=now).update(due_at=now)
    wake("acquisition.keep_in_step")
    wake("acquisition.follow_up")
