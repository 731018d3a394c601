"""Kinds of identity: which are strong, which a customer has one of, and in what order they count.

On the wire an identity is `kind` or `kind:source` with a value: `{"openid:wxapp1": "oX1…"}`.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from yutang.customers._remembering import Memory
from yutang.customers.models import IdentityKind
from yutang.kit.i18n import Text
from yutang.workspaces.models import Workspace

__all__ = ["BUILT_IN", "Kind", "Kinds", "forget_kinds", "kinds_of"]


@dataclass(frozen=True)
class Kind:
    """One kind of identity.

    `strong`: two customers who share one are the same person. `single`: a customer has one at most
    of each source, so that a second one is a question for a person. `priority`: the highest says
    whose event it is when several are given.
    """

    name: str
    label: Text
    strong: bool
    single: bool
    priority: int
    built_in: bool = False


BUILT_IN: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("unionid", Text("UnionID", "UnionID"), True, True, 100, True),
        Kind(
            "external_userid", Text("企微客户 ID", "WeCom external user ID"), True, True, 90, True
        ),
        Kind("member_no", Text("会员号", "Member number"), True, True, 80, True),
        Kind("phone", Text("手机号", "Phone"), True, True, 70, True),
        Kind("openid", Text("OpenID", "OpenID"), True, True, 60, True),
        Kind("email", Text("邮箱", "E-mail"), True, False, 50, True),
        Kind("buyer_id", Text("买家账号", "Buyer ID"), True, False, 40, True),
        Kind("device", Text("设备", "Device"), False, False, 10, True),
    )
}
_KEPT_SECONDS = 5.0  # another process sees a changed kind this much later at most
_MOST_KEPT = 20  # workspaces whose claims and people are remembered at a time


@dataclass(frozen=True)
class Kinds:
    """The kinds of one workspace, the claims already read with them, and the people told by them."""

    by_name: Mapping[str, Kind]
    read_at: float
    claims: dict[tuple[str, str], object] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)  # name → what all claims by it share
    people: "Memory[Any]" = field(default_factory=Memory)

    def of(self, name: str) -> Kind | None:
        """Return the kind of an identity name such as `openid:wxapp1`."""
        return self.by_name.get(name.partition(":")[0])


_kept: dict[int, Kinds] = {}


def kinds_of(workspace: Workspace) -> Kinds:
    """Return the kinds of identity this workspace knows."""
    kept = _kept.get(workspace.pk)
    if kept and time.monotonic() - kept.read_at < _KEPT_SECONDS:
        return kept
    by_name = dict(BUILT_IN)
    for row in IdentityKind.objects.within(workspace):
        ours = Kind(
            row.name, Text(row.label_zh, row.label_en), row.is_strong, row.is_single, row.priority
        )
        by_name[row.name] = replace(ours, built_in=row.name in BUILT_IN)
    kinds = Kinds(by_name, time.monotonic())
    if kept and kept.by_name == by_name:
        kinds = replace(kept, read_at=kinds.read_at)
    elif len(_kept) >= _MOST_KEPT:
        # Of a copy: other threads keep kinds of theirs meanwhile.
        oldest, _ = min(list(_kept.items()), key=lambda each: each[1].read_at)
        _kept.pop(oldest, None)
    _kept[workspace.pk] = kinds
    return kinds


def forget_kinds(workspace: Workspace) -> None:
    """Read the kinds anew next time; after a change, and after one that was rolled back."""
    _kept.pop(workspace.pk, None)
