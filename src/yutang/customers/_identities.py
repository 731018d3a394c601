"""The names one customer goes by, seen and changed by people; and the kinds of such names."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from yutang.customers._claims import Claim, read_claim
from yutang.customers._kinds import BUILT_IN, Kind, forget_kinds, kinds_of
from yutang.customers._marks import mark
from yutang.customers._profiles import AlreadyKnown, KnownToOthers, NotAsExpected
from yutang.customers._resolving import find
from yutang.customers._seeing import seen_one, visible
from yutang.customers.models import Customer, Identity, IdentityKind
from yutang.engines import ComposedOnce
from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "IDENTITIES",
    "HasAnother",
    "KindInUse",
    "KindNameNotAllowed",
    "LastIdentity",
    "NoSuchIdentity",
    "NoSuchKind",
    "add_identity",
    "declare_kind",
    "identity_kinds",
    "masked",
    "remove_identity",
    "reset_kind",
    "strongest_first",
]

_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


class NoSuchIdentity(DomainError):
    """The customer has no such identity."""

    status = 404
    zh = "这位客户没有这个身份。"
    en = "This customer has no such identity."


class HasAnother(DomainError):
    """A customer has one identity of this kind at most, and has one."""

    zh = "每位客户只能有一个{kind}，这位已经有了。请先移除原来的。"
    en = "A customer has one {kind} at most, and this one has it. Remove that one first."


class LastIdentity(DomainError):
    """Without an identity nobody could find the customer again."""

    zh = "这是这位客户唯一的身份，移除后就找不到她了。请先加上另一个。"
    en = "This is the customer's only identity; without it she could not be found. Add another first."


class NoSuchKind(DomainError):
    """The workspace has no kind of identity of this name."""

    status = 404
    zh = "没有“{name}”这种身份。"
    en = "There is no kind of identity “{name}”."


class KindNameNotAllowed(DomainError):
    """The name of a kind is a word of the API."""

    status = 422
    zh = (
        "“{name}”不能做身份类型的名称，请用小写英文字母、数字和下划线，以字母开头，2 到 40 个字符。"
    )
    en = (
        "“{name}” cannot name a kind of identity. Use 2 to 40 lower-case letters, digits and"
        " underscores, beginning with a letter."
    )


class KindInUse(DomainError):
    """Customers have identities of this kind."""

    zh = "还有客户在用“{name}”这种身份，不能删除。"
    en = "Customers have identities of the kind “{name}”; it cannot be removed."


def identity_kinds(workspace: Workspace) -> list[Kind]:
    """Return the kinds of identity of this workspace, the strongest first."""
    kinds = kinds_of(workspace).by_name.values()
    return sorted(kinds, key=lambda kind: (not kind.strong, -kind.priority, kind.name))


@transaction.atomic
def declare_kind(
    member: Member,
    name: str,
    *,
    label: Text,
    strong: bool,
    single: bool,
    priority: int,
    now: datetime,
) -> Kind:
    """Add a kind of identity, or change one; holds from now on, for whoever comes in.

    :raises KindNameNotAllowed:
    """
    if not _NAME.fullmatch(name):
        raise KindNameNotAllowed(name=name)
    workspace = member.workspace
    forget_kinds(workspace)
    before = kinds_of(workspace).by_name.get(name)
    IdentityKind.objects.update_or_create(
        workspace=workspace,
        name=name,
        defaults={
            "label_zh": label.zh,
            "label_en": label.en,
            "is_strong": strong,
            "is_single": single,
            "priority": priority,
        },
    )
    _kind_changed(member, name, {"before": _rules(before)}, now)
    return kinds_of(workspace).by_name[name]


@transaction.atomic
def reset_kind(member: Member, name: str, *, now: datetime) -> None:
    """Remove a kind of the workspace's own, or return a built-in one to what it was.

    :raises NoSuchKind, KindInUse:
    """
    workspace = member.workspace
    row = IdentityKind.objects.within(workspace).filter(name=name).first()
    if row is None:
        if name in BUILT_IN:
            return
        raise NoSuchKind(name=name)
    used = Identity.objects.within(workspace)
    if name not in BUILT_IN and (
        used.filter(name=name).exists() or used.filter(name__startswith=f"{name}:").exists()
    ):
        raise KindInUse(name=name)
    row.delete()
    _kind_changed(member, name, {}, now)


IDENTITIES = ComposedOnce(
    lambda workspace, customer: Identity.objects.within(workspace).filter(customer=customer)
)


def strongest_first(workspace: Workspace, found: Iterable[Identity]) -> list[Identity]:
    """Return the identities of a customer in the order in which they tell who she is."""
    kinds = kinds_of(workspace)

    def weight(identity: Identity) -> tuple[bool, int, str, int]:
        kind = kinds.of(identity.name)
        if kind is None:
            return True, 0, identity.name, identity.pk
        return not kind.strong, -kind.priority, identity.name, identity.pk

    return sorted(found, key=weight)


@transaction.atomic
def add_identity(
    member: Member, customer_id: int, name: str, value: str, *, now: datetime
) -> Identity:
    """Attach an identity to a customer; attached to her already, nothing happens.

    :raises NotFound, NotAsExpected, AlreadyKnown, KnownToOthers, HasAnother:
    """
    workspace = member.workspace
    customer = seen_one(member, customer_id, lock=True)
    claim = read_claim(name, value, kinds_of(workspace))
    if isinstance(claim, FieldProblem):
        raise NotAsExpected(errors=[claim], count=1)
    hers = Identity.objects.within(workspace).filter(customer=customer)
    there = hers.filter(name=name, value=claim.key[1]).first()
    if there:
        return there
    _refuse_taken(member, claim)
    kind = kinds_of(workspace).of(name)
    if kind and kind.single and hers.filter(name=name).exists():
        raise HasAnother(kind=kind.label)
    added, is_new = Identity.objects.get_or_create(
        workspace=workspace,
        name=name,
        value=claim.key[1],
        defaults={
            "customer": customer,
            "home": customer,
            "added_at": now,
            "added_by": member.actor,
        },
    )
    if not is_new and added.customer_id != customer.pk:
        raise KnownToOthers(identity=name)  # somebody was faster by a moment
    _identity_changed(member, customer, "customers.identity_added", name, now)
    return added


@transaction.atomic
def remove_identity(member: Member, customer_id: int, identity_id: int, *, now: datetime) -> None:
    """Detach an identity: whoever comes in with it is somebody else. What she did stays hers.

    :raises NotFound, NoSuchIdentity, LastIdentity:
    """
    customer = seen_one(member, customer_id, lock=True)
    hers = Identity.objects.within(member.workspace).filter(customer=customer)
    identity = hers.filter(pk=identity_id).first()
    if identity is None:
        raise NoSuchIdentity
    if not hers.exclude(pk=identity_id).exists():
        raise LastIdentity
    identity.delete()
    _identity_changed(member, customer, "customers.identity_removed", identity.name, now)


def masked(name: str, value: str) -> str:
    """Return a value as those see it who may not see all: `138****8000`, `a***@example.com`."""
    kind = name.partition(":")[0]
    if kind == "phone":
        national = value.removeprefix("+86")
        return f"{national[:3]}****{national[-4:]}" if len(national) > 7 else "****"
    if kind == "email":
        local, _, domain = value.partition("@")
        return f"{local[:1]}***@{domain}"
    return value if len(value) <= 4 else f"{value[:2]}***{value[-2:]}"


def _refuse_taken(member: Member, claim: Claim) -> None:
    owner = find(member.workspace, claim)
    if owner and visible(member, [owner]):
        raise AlreadyKnown(identity=claim.name, customer=owner)
    if owner:
        raise KnownToOthers(identity=claim.name)


def _identity_changed(
    member: Member, customer: Customer, action: str, name: str, now: datetime
) -> None:
    mark(member.workspace, "profile", [customer.pk])
    target = f"customer:{customer.pk}"
    record_audit(member.workspace, member.actor, action, target, detail={"identity": name}, now=now)


def _kind_changed(member: Member, name: str, detail: Mapping[str, object], now: datetime) -> None:
    forget_kinds(member.workspace)
    transaction.on_commit(lambda: forget_kinds(member.workspace))
    since = _rules(kinds_of(member.workspace).by_name.get(name))
    record_audit(
        member.workspace,
        member.actor,
        "customers.identity_kind_changed",
        f"identity_kind:{name}",
        detail={**detail, "since": since},
        now=now,
    )


def _rules(kind: Kind | None) -> dict[str, object] | None:
    if kind is None:
        return None
    return {"strong": kind.strong, "single": kind.single, "priority": kind.priority}
