"""What is known of one customer: made, changed, read by those who may."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from yutang.customers._attributes import READ_ONLY, attributes_of
from yutang.customers._claims import read_claims
from yutang.customers._holding import Held, Word, combined, own_of, put
from yutang.customers._kinds import kinds_of
from yutang.customers._marks import mark
from yutang.customers._merging import parts_of
from yutang.customers._relating import relate_at_birth
from yutang.customers._resolving import find, resolve
from yutang.customers._seeing import seen_one, visible
from yutang.customers._settings import ranks_of
from yutang.customers._tombstones import unbury
from yutang.customers._values import NotThisKind, Value, read_value, value_problem
from yutang.customers._writing import index_names, own_as_json, save_profiles
from yutang.customers.models import Customer
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "AlreadyKnown",
    "KnownToOthers",
    "NotAsExpected",
    "WasErased",
    "change",
    "create",
    "read_values",
    "say",
    "source_of",
]

_UNKNOWN = Text("没有这个字段。可用：{known}", "there is no such attribute. Known: {known}")
_READ_ONLY = Text(
    "这个字段由系统记录，不能改", "this one is recorded by the system and cannot be changed"
)


class NotAsExpected(DomainError):
    """Values that are not of their kinds; `errors` says which, what came, what was expected."""

    status = 422
    zh = "有 {count} 个字段和要求不符，见 errors。"
    en = "{count} fields are not as expected; see errors."


class AlreadyKnown(DomainError):
    """Somebody has one of the identities."""

    zh = "{identity} 已经属于客户 {customer}。请打开那位客户，或先合并。"
    en = "{identity} already belongs to customer {customer}. Open that one, or merge first."


class KnownToOthers(DomainError):
    """Somebody whom the member may not see has one of the identities."""

    zh = "{identity} 已经属于别人负责的客户。请联系店长或管理员。"
    en = "{identity} already belongs to a customer others look after. Ask your manager."


class WasErased(DomainError):
    """The person asked to be erased; she comes back only if somebody says so."""

    zh = "这个人要求过删除个人数据。若她本人回来了，请勾选“她本人同意重新建档”。"
    en = "This person asked to be erased. If she herself came back, say so with welcome_back."


def read_values(workspace: Workspace, given: Mapping[str, object]) -> dict[str, Value | None]:
    """Return attribute values in their kept form; None where one is to be removed.

    :raises NotAsExpected:
    """
    known = attributes_of(workspace)
    zone = ZoneInfo(workspace.time_zone)
    read: dict[str, Value | None] = {}
    wrong: list[FieldProblem] = []
    for name, raw in given.items():
        if name not in known:
            names = ", ".join(known)
            said = Text(_UNKNOWN.zh.format(known=names), _UNKNOWN.en.format(known=names))
            wrong.append(value_problem(name, raw, said))
        elif name in READ_ONLY:
            wrong.append(value_problem(name, raw, _READ_ONLY))
        else:
            try:
                read[name] = read_value(known[name], raw, zone)
            except NotThisKind as problem:
                wrong.append(value_problem(name, raw, problem.expected))
    if wrong:
        raise NotAsExpected(errors=wrong, count=len(wrong))
    return read


@transaction.atomic
def create(
    member: Member,
    identities: Mapping[str, str],
    values: Mapping[str, object],
    *,
    welcome_back: bool = False,
    now: datetime,
) -> Customer:
    """Enter somebody new, who from now on is looked after by whoever entered her.

    :raises NotAsExpected, AlreadyKnown, KnownToOthers, WasErased:
    """
    workspace = member.workspace
    read = read_values(workspace, values)
    claims = read_claims(identities, kinds_of(workspace))
    if isinstance(claims, FieldProblem):
        raise NotAsExpected(errors=[claims], count=1)
    for claim in claims:
        owner = find(workspace, claim) if claim.strong else None
        if owner and visible(member, [owner]):
            raise AlreadyKnown(identity=claim.name, customer=owner)
        if owner:
            raise KnownToOthers(identity=claim.name)
    if welcome_back:
        unbury(workspace, [claim.key for claim in claims])
    (found,) = resolve(workspace, [identities], source=source_of(member), now=now)
    if not found.customer_id:
        raise WasErased
    customer = Customer.objects.within(workspace).get(pk=found.customer_id)
    say(workspace, customer, read, source=source_of(member), now=now)
    relate_at_birth(member, customer, now=now)
    record_audit(
        workspace,
        member.actor,
        "customers.created",
        f"customer:{customer.pk}",
        detail={"identities": sorted(identities), "attributes": sorted(read)},
        now=now,
    )
    return customer


@transaction.atomic
def change(
    member: Member, customer_id: int, values: Mapping[str, object], *, now: datetime
) -> Customer:
    """Set attributes of a customer; null removes one.

    :raises NotFound, NotAsExpected:
    """
    customer = seen_one(member, customer_id, lock=True)
    read = read_values(member.workspace, values)
    say(member.workspace, customer, read, source=source_of(member), now=now)
    record_audit(
        member.workspace,
        member.actor,
        "customers.changed",
        f"customer:{customer.pk}",
        detail={"attributes": sorted(read)},
        now=now,
    )
    return customer


def say(
    workspace: Workspace,
    customer: Customer,
    values: Mapping[str, Value | None],
    *,
    source: str,
    now: datetime,
) -> None:
    """Let a source say something of a customer; what is said of a merged one beats her parts."""
    if not values:
        return
    before = customer.name
    held = own_of(customer)
    merged = customer.own is not None
    for name, value in values.items():
        _put_word(held, name, value, Word("", source, int(now.timestamp() * 1000), merged))
    if merged:
        customer.own = own_as_json(held)
        parts = parts_of(workspace, [customer.pk])[customer.pk]
        others = [(part.pk, own_of(part)) for part in parts if part.pk != customer.pk]
        put(customer, combined([(customer.pk, held), *others], ranks_of(workspace)))
    else:
        put(customer, held)
    save_profiles(workspace, [customer], now=now)
    if customer.name != before:
        index_names(workspace, {customer.pk: customer.name})
    columns = {name for name, each in attributes_of(workspace).items() if each.column}
    if values.keys() & columns:
        mark(workspace, "profile", [customer.pk])
    if values.keys() - columns:
        mark(workspace, "fields", [customer.pk])


def _put_word(held: Held, name: str, value: Value | None, word: Word) -> None:
    """Set or remove a word. Of a merged customer “nothing” is a word, too: it hides her parts'."""
    if value is not None:
        held[name] = word._replace(value=value)
    elif word.last:
        held[name] = word
    else:
        held.pop(name, None)


def source_of(member: Member) -> str:
    """Return who is speaking, as attributes keep it: `user:7`, `key:3`."""
    return member.actor
