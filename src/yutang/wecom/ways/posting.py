"""Moments made by hand: chosen members publish a post, to all their customers or to those with a tag."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from yutang.customers import service as customers
from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.reach import service as reach
from yutang.tags import service as tags
from yutang.wecom.accounts import accounts_in_contact, active_corps
from yutang.wecom.corps import NoSuchCorp, corp_of
from yutang.wecom.models import Corp, CorpTag, MassKind, MassState, MassTask, StaffAccount
from yutang.wecom.ways.content import digest_of
from yutang.wecom.ways.groups import NeedsAnotherEye, version_for
from yutang.wecom.ways.limits import CapStanding, caps_counted, over_the_cap, stands, take_turns
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "NobodyToPost",
    "PostAim",
    "PostPlanned",
    "TagNotThere",
    "post_moment",
    "preview_moment",
]

_NOT_IN_CONTACT = Text(
    "没有客户联系功能，或不在企业里", "not in the corp, or without the client-contact function"
)


class NobodyToPost(DomainError):
    """Nobody is left who could publish it."""

    status = 422
    zh = "选中的员工现在都发不了这条朋友圈：{why}。"
    en = "None of the staff chosen can publish this post now: {why}."


class TagNotThere(DomainError):
    """The platform does not know the tag."""

    status = 422
    zh = "标签“{tag}”还没有同步到企业微信，朋友圈按它选不了客户。先同步它所在的标签组。"
    en = "The tag “{tag}” is not in WeCom yet, and cannot choose who sees a post. Share its group first."


@dataclass(frozen=True)
class PostAim:
    """Who publishes (staff, departments with those below, stores; none of these: everybody), and who sees it."""

    staff: Sequence[int] = ()
    departments: Sequence[int] = ()
    stores: Sequence[int] = ()
    tags: Sequence[int] = ()


@dataclass(frozen=True)
class PostPlanned:
    """What becomes of a post: who publishes it, and who cannot, with the reason."""

    at: datetime
    publishers: Sequence[StaffAccount]
    left_out: Mapping[int, Text] = field(default_factory=dict)  # by staff
    people: int = 0  # customers of those who publish it, whatever their tags
    caps: Sequence[CapStanding] = ()
    task: MassTask | None = None


def preview_moment(
    member: Member,
    *,
    message_id: int | None,
    aim: PostAim,
    corp_id: int | None = None,
    at: datetime | None = None,
    now: datetime,
) -> PostPlanned:
    """Return who would publish a post (without a message: one that sells), and who could not; nothing is kept.

    :raises NoSuchCorp, MessageNotFound, MessageArchived, NotForGroups, MessageNotSound, TagNotThere:
    """
    purpose = "marketing"
    if message_id is not None:
        version = version_for(member.workspace, message_id, ("moments",), now=now)
        purpose = version.message.purpose
    corp = _corp(member.workspace, corp_id)
    _tags(corp, aim.tags)
    return _planned(member, corp, aim, purpose=purpose, begin=max(at or now, now))


@transaction.atomic
def post_moment(
    member: Member,
    *,
    message_id: int,
    aim: PostAim,
    corp_id: int | None = None,
    at: datetime | None = None,
    now: datetime,
) -> PostPlanned:
    """Have members publish a post, now or at an instant to come.

    :raises NoSuchCorp, MessageNotFound, MessageArchived, NotForGroups, MessageNotSound, TagNotThere, NobodyToPost,
        NeedsAnotherEye:
    """
    version = version_for(member.workspace, message_id, ("moments",), now=now)
    corp, purpose = _corp(member.workspace, corp_id), version.message.purpose
    tag_ids = _tags(corp, aim.tags)
    take_turns(corp)
    planned = _planned(member, corp, aim, purpose=purpose, begin=max(at or now, now))
    if not planned.publishers:
        why = next(iter(planned.left_out.values()), _NOT_IN_CONTACT)
        raise NobodyToPost(why=why)
    _refuse_unseen(member, message_id, planned, version.message.name)
    task = MassTask.objects.create(
        workspace=member.workspace,
        corp=corp,
        kind=MassKind.MOMENTS,
        account=0,
        purpose=purpose,
        aim={"userids": [each.spelling for each in planned.publishers], "tags": tag_ids},
        digest=digest_of(version.parts),
        parts=version.parts,
        state=MassState.CREATING,
        due_at=planned.at,
        created_at=now,
    )
    record_audit(
        member.workspace,
        member.actor,
        "wecom.moment_made",
        f"mass:{task.pk}",
        detail={"message": message_id, "staff": len(planned.publishers)},
        now=now,
    )
    return replace(planned, task=task)


def _corp(workspace: Workspace, corp_id: int | None) -> Corp:
    if corp_id is not None:
        return corp_of(workspace, corp_id)
    corps = active_corps(workspace)
    if not corps:
        raise NoSuchCorp
    return corps[0]


def _tags(corp: Corp, wanted: Sequence[int]) -> list[str]:
    """Return how the platform calls these tags of ours."""
    rows = CorpTag.objects.within(corp.workspace_id).filter(corp=corp, tag__in=wanted)
    numbers = dict(rows.exclude(number="").values_list("tag_id", "number"))
    for each in wanted:
        if each not in numbers:
            raise TagNotThere(tag=tags.find_tag(corp.workspace, each).name)
    return [numbers[each] for each in wanted]


def _planned(
    member: Member,
    corp: Corp,
    aim: PostAim,
    *,
    purpose: str,
    begin: datetime,
) -> PostPlanned:
    when = reach.next_open(corp.workspace, channel="moments", purpose=purpose, at=begin)
    able = {
        each.staff_id: each
        for each in accounts_in_contact(corp)
        if member.scope.is_everyone or each.staff_id in member.scope.staff_ids
    }
    chosen = _staff(corp.workspace, aim) or set(able)
    left_out = dict.fromkeys(sorted(chosen - able.keys()), _NOT_IN_CONTACT)
    posting = [able[each] for each in sorted(chosen & able.keys())]
    userids = [each.userid for each in posting]
    caps = caps_counted(corp, userids, MassKind.MOMENTS, purpose=purpose, at=when)
    full = over_the_cap(userids, caps)
    left_out |= {each.staff_id: full[each.userid] for each in posting if each.userid in full}
    publishers = [each for each in posting if each.userid not in full]
    mine = [each.staff_id for each in publishers]
    people = sum(customers.count_followed(corp.workspace, mine).values())
    return PostPlanned(when, publishers, left_out, people, [stands(cap, userids) for cap in caps])


def _staff(workspace: Workspace, aim: PostAim) -> set[int]:
    chosen = set(workspaces.staff_by_id(workspace, aim.staff))
    for department in aim.departments:
        below = workspaces.staff_of(workspace, department_id=department, is_active=True)
        chosen |= set(below.values_list("pk", flat=True))
    for store in aim.stores:
        there = workspaces.staff_of(workspace, store_id=store, is_active=True)
        chosen |= set(there.values_list("pk", flat=True))
    # Somebody was named and nobody is there: nobody, not everybody.
    return chosen or ({0} if aim.staff or aim.departments or aim.stores else set())


def _refuse_unseen(member: Member, message_id: int, planned: PostPlanned, name: str) -> None:
    """Have somebody else look at what many are to see."""
    over = reach.policy_of(member.workspace).rules.approval_over
    if planned.people > over and reach.unapproved(member.workspace, [message_id]):
        raise NeedsAnotherEye(count=planned.people, over=over, message=name)
