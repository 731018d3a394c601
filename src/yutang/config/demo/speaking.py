"""What the demo's brand says beside its campaigns: to new friends, to the groups of one guide, on Moments.

The guide is the one whose phone is shown first: what waits for her can be confirmed there.
"""

from datetime import datetime
from typing import Any

import structlog

from yutang.config.demo.places import STAFF
from yutang.kit.errors import DomainError
from yutang.kit.week import Window
from yutang.reach import messages
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member

__all__ = ["greet_newcomers", "write_to_groups_and_post"]

log = structlog.get_logger(__name__)
_SHOP = "https://tea.example"
_HELLO = "你好，这里是青山茶事。告诉我们你爱喝什么，新茶到了先给你留一泡。"
_ASLEEP = "你好，这里是青山茶事。夜里消息看得慢，明早九点后一定回你。"
_OPEN = Window([1, 2, 3, 4, 5, 6, 7], "09:00", "21:00")
_CARD = {
    "kind": "link",
    "title": "青山茶事 · 新客手册",
    "description": "怎么泡、怎么存、怎么退换",
    "url": f"{_SHOP}/hello",
}
_TO_GROUPS = ("周六试喝会", "这周六下午三点，店里开三款秋茶试喝，带上杯子就行。来的朋友群里接龙。")
_POST = ("秋茶上架", "武夷山的秋乌龙今天上架，头一批两百罐。水 95 度，第一泡十秒，香气最足。")  # fmt: skip


def greet_newcomers(member: Member, corp: Corp, *, now: datetime) -> None:
    """Say hello to new friends, by day and by night; whoever changed it keeps it."""
    if corp.welcome:
        return
    slots = [
        wecom.WelcomeSlot([{"kind": "text", "text": _HELLO}, _CARD], [_OPEN]),
        wecom.WelcomeSlot([{"kind": "text", "text": _ASLEEP}]),
    ]
    wecom.set_welcome(member, corp.pk, slots, now=now)


def write_to_groups_and_post(member: Member, *, now: datetime) -> None:
    """Have the first guide write to her groups and publish a post, once; she confirms both."""
    guide = workspaces.staff_of(member.workspace, q=STAFF[0][0]).first()
    if guide is None:
        return
    if (message := _written(member, *_TO_GROUPS, channel="group", now=now)) is not None:
        hers = wecom.Among(owners=[guide.pk])
        _unless_refused(wecom.send_to_groups, member, message_id=message, groups=hers, now=now)
    if (message := _written(member, *_POST, channel="moments", now=now)) is not None:
        aim = wecom.PostAim(staff=[guide.pk])
        _unless_refused(wecom.post_moment, member, message_id=message, aim=aim, now=now)


def _written(member: Member, name: str, words: str, *, channel: str, now: datetime) -> int | None:
    """Write a message, unless it was written before."""
    parts = [{"kind": "text", "text": words}]
    try:
        made = messages.create_message(
            member, name=name, channel=channel, purpose="service", parts=parts, now=now
        )
    except messages.MessageNameTaken:
        return None
    return made.pk


def _unless_refused(act: Any, member: Member, **given: Any) -> None:
    """Leave out what this demo is too small or too large for: a guide without groups, or with too many people."""
    try:
        act(member, **given)
    except DomainError as refused:
        log.info("the demo leaves it unsaid", why=refused.code())
