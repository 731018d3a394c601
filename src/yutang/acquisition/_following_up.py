"""What follows when somebody came by a code: tags, and how her member calls her.

Kept as due rows and done after the fact, so that a slow platform loses neither a friend nor a tag.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from yutang.acquisition._rows import run
from yutang.acquisition._rules import Rules, read_rules
from yutang.acquisition._showing import Call
from yutang.acquisition.models import CodeFriend, LiveCode
from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.tags import service as tags
from yutang.wecom.models import Corp, CorpState

__all__ = ["follow_up"]

_AT_ONCE = 200
_LEASE = timedelta(minutes=5)
_PAUSES = (5, 30, 120, 600, 3600, 21600)  # seconds; after the last it is left, with the reason
_MOST_REMARK = 20
_NOT_ACTIVE = Text("企业微信还没有启用。", "WeCom is not switched on.")


def follow_up(calling: Callable[[Corp], Call], *, now: datetime) -> bool:
    """Tag and name those who are due; return whether there may be more at once."""
    asked = {"now": now, "until": now + _LEASE, "most": _AT_ONCE}
    with transaction.atomic():
        claimed = [row[0] for row in run("friends", "claim", asked)]
    rows = CodeFriend.objects.filter(pk__in=claimed, customer__isnull=False)
    by_code: dict[int, list[CodeFriend]] = defaultdict(list)
    for row in rows.order_by("pk"):
        by_code[row.code_id].append(row)
    codes = LiveCode.objects.select_related("workspace", "corp").defer("logo").in_bulk(by_code)
    for number, friends in by_code.items():
        _follow(codes[number], friends, calling, now=now)
    CodeFriend.objects.filter(pk__in=claimed, customer=None).update(due_at=None)
    return len(claimed) == _AT_ONCE


def _follow(
    code: LiveCode,
    friends: Sequence[CodeFriend],
    calling: Callable[[Corp], Call],
    *,
    now: datetime,
) -> None:
    rules = read_rules(code.rules)
    today = customers.today(code.workspace, [each.customer or 0 for each in friends])
    trouble: Text | None = None
    try:
        _tag(code, rules, sorted(set(today.values())), now=now)
    except DomainError as refused:  # a tag was put away since: the remark is none the worse for it
        trouble = _said(refused)
    for each in friends:
        _settle(each, _named(code, rules, each, calling) or trouble, now=now)


def _tag(code: LiveCode, rules: Rules, people: Sequence[int], *, now: datetime) -> None:
    for tag in rules.tags:
        tags.apply(
            code.workspace,
            tag,
            add=people,
            remove=[],
            actor=f"code:{code.pk}",
            reason=code.name,
            source=f"code:{code.pk}",
            now=now,
        )


def _named(
    code: LiveCode, rules: Rules, friend: CodeFriend, calling: Callable[[Corp], Call]
) -> Text | None:
    """Have the platform call her by the remark; return what was in the way."""
    if not rules.remark or not friend.userid or not friend.external:
        return None
    if code.corp.state != CorpState.ACTIVE:
        return _NOT_ACTIVE
    call = calling(code.corp)
    who = {"userid": friend.userid, "external_userid": friend.external}
    try:
        remark = rules.remark
        if "{name}" in remark:
            told = call("get", query={"external_userid": friend.external})
            name = str(told["external_contact"].get("name") or "")
            room = _MOST_REMARK - len(remark.replace("{name}", ""))
            remark = remark.replace("{name}", name[: max(room, 0)])
        call("remark", {**who, "remark": remark[:_MOST_REMARK]})
    except DomainError as refused:
        return _said(refused)
    return None


def _settle(friend: CodeFriend, trouble: Text | None, *, now: datetime) -> None:
    if trouble is None:
        friend.due_at, friend.trouble_zh, friend.trouble_en = None, "", ""
    else:
        friend.trouble_zh, friend.trouble_en = trouble.zh[:500], trouble.en[:500]
        friend.due_at = (
            now + timedelta(seconds=_PAUSES[friend.attempts])
            if friend.attempts < len(_PAUSES)
            else None
        )
        friend.attempts += 1
    friend.save(update_fields=["due_at", "attempts", "trouble_zh", "trouble_en"])


def _said(refused: DomainError) -> Text:
    return Text(refused.sentence("zh"), refused.sentence("en"))
