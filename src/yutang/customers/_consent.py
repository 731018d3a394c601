"""What customers agreed to: per purpose and channel, with every change on record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from yutang.customers._overrides import origins
from yutang.customers._rows import grouped, listed, rows
from yutang.customers._seeing import parts_within, seen_one
from yutang.customers.models import Consent, ConsentState, Customer
from yutang.engines import ComposedOnce
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "CONSENTS",
    "CONSENT_CHANNELS",
    "CONSENT_PURPOSES",
    "consent_history",
    "consent_now",
    "consents_of",
    "last_words",
    "record_consent",
    "withdraw_consent",
]

CONSENT_PURPOSES: Mapping[str, Text] = {
    "marketing": Text("营销推广", "Marketing"),
    "service": Text("服务通知", "Service notices"),
    "profiling": Text("个性化推荐", "Personal recommendations"),
    "sharing": Text("与第三方共享", "Sharing with others"),
}
CONSENT_CHANNELS: Mapping[str, Text] = {
    "wecom": Text("企业微信", "WeCom"),
    "sms": Text("短信", "SMS"),
    "call": Text("电话", "Phone call"),
    "email": Text("邮件", "E-mail"),
    "mini_program": Text("小程序订阅消息", "Mini-program message"),
    "official_account": Text("公众号消息", "Official account message"),
    "any": Text("所有渠道", "Every channel"),
}


@transaction.atomic
def record_consent(
    member: Member,
    customer_id: int,
    *,
    purpose: str,
    channel: str,
    state: ConsentState,
    proof: str = "",
    source: str = "",
    at: datetime | None = None,
    now: datetime,
) -> Consent:
    """Put on record that a customer granted or withdrew consent; `proof` is what she agreed to, and how.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id, lock=True)
    said = Consent.objects.create(
        workspace=member.workspace,
        customer=customer,
        purpose=purpose,
        channel=channel,
        state=state,
        proof=proof,
        source=source,
        actor=member.actor,
        at=min(at or now, now),
    )
    record_audit(
        member.workspace,
        member.actor,
        f"customers.consent_{state}",
        f"customer:{customer.pk}",
        detail={"purpose": purpose, "channel": channel},
        now=now,
    )
    return said


@transaction.atomic
def withdraw_consent(
    workspace: Workspace,
    customer_ids: Sequence[int],
    *,
    purpose: str,
    channel: str,
    proof: str,
    source: str,
    actor: str,
    at: datetime,
    now: datetime,
) -> list[int]:
    """Put on record that customers said no themselves, on a channel or a page; return those it is new of.

    Said again it changes nothing.
    """
    known = consent_now(workspace, customer_ids, purpose=purpose, channel=channel)
    agrees_no_more = [each for each in sorted(set(customer_ids)) if known.get(each) is not False]
    present = Customer.objects.within(workspace).filter(pk__in=agrees_no_more, merged_into=None)
    theirs = sorted(present.values_list("pk", flat=True))
    Consent.objects.bulk_create(
        Consent(
            workspace=workspace,
            customer_id=each,
            purpose=purpose,
            channel=channel,
            state=ConsentState.WITHDRAWN,
            proof=proof,
            source=source,
            actor=actor,
            at=min(at, now),
        )
        for each in theirs
    )
    for each in theirs:
        record_audit(
            workspace,
            actor,
            "customers.consent_withdrawn",
            f"customer:{each}",
            detail={"purpose": purpose, "channel": channel},
            now=now,
        )
    return theirs


def consent_history(member: Member, customer_id: int) -> "QuerySet[Consent, Consent]":
    """Return everything a customer said about consent.

    :raises NotFound:
    """
    customer = seen_one(member, customer_id)
    hers = origins(member.workspace, customer.pk)
    return Consent.objects.within(member.workspace).filter(customer__in=hers)


def consents_of(member: Member, customer_id: int) -> list[Consent]:
    """Return what holds now: the last word on each purpose and channel; of two at once, the no.

    :raises NotFound:
    """
    return last_words(consent_history(member, customer_id))


CONSENTS = ComposedOnce(
    lambda workspace, customer: Consent.objects.within(workspace).filter(
        customer__in=parts_within(workspace, customer).values("pk")
    )
)


def last_words(said: Iterable[Consent]) -> list[Consent]:
    """Return what holds now: the last word on each purpose and channel; of two at once, the no."""
    last: dict[tuple[str, str], Consent] = {}
    # A yes sorts before a no.
    for each in sorted(said, key=lambda each: (each.at, each.state, each.pk)):
        last[each.purpose, each.channel] = each
    return sorted(last.values(), key=lambda each: (each.purpose, each.channel))


def consent_now(
    workspace: Workspace, customer_ids: Sequence[int], *, purpose: str, channel: str
) -> dict[int, bool]:
    """Return customer → whether she agrees, for those who said anything; a no to `any` is a no to each.

    The last word counts, on this channel or on `any`; of two at the same instant, the no.
    """
    asked = {
        "workspace": workspace.pk,
        "customers": listed(customer_ids),
        "purpose": purpose,
        "channel": channel,
    }
    return grouped(rows("consent", "now", asked))
