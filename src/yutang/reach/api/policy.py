"""Routes of the contact policy, of those not to be reached, and of what the gate would say."""

from ninja import Query, Status

from yutang.audiences import service as audiences
from yutang.kit.clock import now, platform_day
from yutang.kit.errors import refusals
from yutang.kit.pages import Page, PageIn, PageOf, page_of
from yutang.reach import service as reach
from yutang.reach.api.router import router
from yutang.reach.api.shapes import (
    GateOut,
    GatePreviewIn,
    PolicyOut,
    RulesIn,
    SuppressedOut,
    SuppressIn,
    SuppressionOut,
    WhatIfOut,
)
from yutang.reach.models import Suppression
from yutang.reach.policy import sentences_of
from yutang.reach.policy.sentences import platform_said
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import MemberRequest, needs


@router.get("/policy", summary="Read the contact policy", response=PolicyOut)
@needs("reach.read")
def read_policy(request: MemberRequest) -> dict[str, object]:
    return _policy(request.auth.workspace)


@router.put("/policy", summary="Change the contact policy", response=PolicyOut)
@needs("policy.write")
def change_policy(request: MemberRequest, body: RulesIn) -> dict[str, object]:
    reach.set_policy(request.auth, body.rules(), now=now())
    return _policy(request.auth.workspace)


@router.post(
    "/policy/preview",
    summary="Say what rules would have held back of the last 30 days' messages",
    response=WhatIfOut,
)
@needs("reach.read")
def preview_policy(request: MemberRequest, body: RulesIn) -> dict[str, object]:
    workspace, rules = request.auth.workspace, body.rules()
    found = reach.what_if(workspace, rules, now=now())
    said = dict(sentences_of(rules)) | {
        name: text for name, text, _, _ in platform_said(rules, platform_day(now()))
    }
    return {
        "messages": found.messages,
        "held": found.held,
        "deferred": found.deferred,
        "people": found.people,
        "by_rule": [
            {"reason": name, "sentence": _said(said.get(name), name), "count": count}
            for name, count in found.by_rule.most_common()
        ],
    }


@router.post(
    "/preview",
    summary="Say what the gate would say of a message to an audience",
    description="The verdicts are those that planning the message now would give.",
    response={200: GateOut}
    | refusals(
        audiences.NotFound,
        reach.MessageNotFound,
        reach.AccountNotFound,
        reach.ChannelsDiffer,
    ),
)
@needs("reach.read")
def preview_gate(request: MemberRequest, body: GatePreviewIn) -> dict[str, object]:
    member, at = request.auth, now()
    audience = audiences.found(member.workspace, body.audience_id)
    sending = reach.draft_sending(
        member.workspace,
        message_id=body.message_id,
        account_id=body.account_id,
        priority=body.priority,
        holdout_percent=body.holdout_percent,
        holdout_salt=f"preview:{audience.pk}",
        actor=member.actor,
        now=at,
    )
    people = (
        each.customer_id
        for some in audiences.all_in(member, audience, at_once=20_000)
        for each in some
    )
    planned = reach.preview(member.workspace, sending, people, now=at)
    return _gate(member.workspace, planned)


@router.get("/suppressions", summary="List who is not to be reached", response=Page[SuppressionOut])
@needs("reach.read")
def list_suppressions(
    request: MemberRequest, page: Query[PageIn], customer_id: int | None = None
) -> PageOf[Suppression]:
    rows = reach.suppressions_of(request.auth)
    if customer_id is not None:
        rows = rows.filter(customer=customer_id)
    return reach.name_customers(request.auth.workspace, page_of(rows, page, order=("-id",)))


@router.post(
    "/suppressions",
    summary="Let customers not be reached",
    description="Those already on the list for this channel stay as they are.",
    response={201: SuppressedOut},
)
@needs("policy.write")
def suppress(request: MemberRequest, body: SuppressIn) -> Status[dict[str, int]]:
    return Status(201, {"new": reach.suppress(request.auth, now=now(), **body.dict())})


@router.delete(
    "/suppressions/{int:suppression_id}",
    summary="Take somebody off the list",
    response={204: None} | refusals(reach.SuppressionNotFound),
)
@needs("policy.write")
def lift_suppression(request: MemberRequest, suppression_id: int) -> Status[None]:
    reach.lift_suppression(request.auth, suppression_id, now=now())
    return Status(204, None)


def _policy(workspace: Workspace) -> dict[str, object]:
    policy = reach.policy_of(workspace)
    row = reach.policies_of(workspace).filter(number=policy.number).first()
    return {
        "number": policy.number,
        "rules": RulesIn.written(policy.rules),
        "sentences": [
            {"place": place, "sentence": text.said()} for place, text in sentences_of(policy.rules)
        ],
        "platform": [
            {"name": name, "sentence": text.said(), "source": source, "is_changed": is_changed}
            for name, text, source, is_changed in platform_said(policy.rules, platform_day(now()))
        ],
        "made_by": row.made_by if row else None,
        "made_at": row.made_at if row else None,
    }


def _gate(workspace: Workspace, planned: reach.Planned) -> dict[str, object]:
    blocked = planned.blocked.most_common()
    return {
        "meant": planned.queued + planned.blocked.total(),
        "queued": planned.queued,
        "deferred": planned.deferred,
        "blocked": [
            {
                "reason": reason,
                "sentence": reach.reason_said(workspace, reason).said(),
                "count": count,
                "people": planned.samples.get(reason, []),
            }
            for reason, count in blocked
        ],
        "people": planned.samples.get("", []),
        "needs_approval": planned.queued > reach.policy_of(workspace).rules.approval_over,
    }


def _said(text: object, name: str) -> str:
    return text.said() if hasattr(text, "said") else name
