"""What can be known of a customer in one workspace: built in, owned by modules, and of its own."""

import time
from collections.abc import Mapping
from types import MappingProxyType

from yutang.customers._kinds import kinds_of
from yutang.customers.models import CustomField
from yutang.kit.i18n import Text
from yutang.loop import Attribute, AttributeKind, attributes
from yutang.workspaces.models import Workspace

__all__ = ["READ_ONLY", "attributes_of", "forget_attributes", "labels", "shape_of"]

READ_ONLY = frozenset({"created_at"})
_KEPT_SECONDS = 5.0  # another process sees a changed field this much later at most
_kept: dict[tuple[int, bool], tuple[float, Mapping[str, Attribute]]] = {}


def labels(workspace: Workspace) -> Mapping[str, Text]:
    """Return what people call the attributes and identities of this workspace, by their names."""
    known = {name: each.label for name, each in attributes_of(workspace).items()}
    return known | {name: kind.label for name, kind in kinds_of(workspace).by_name.items()}


def attributes_of(workspace: Workspace, *, archived: bool = False) -> Mapping[str, Attribute]:
    """Return the attributes customers of this workspace can have, in the order to show them.

    With `archived`, also those retired since, and retired options: what was saved may name them.
    """
    kept = _kept.get((workspace.pk, archived))
    if kept and time.monotonic() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    rows = CustomField.objects.within(workspace).order_by("place", "pk")
    if not archived:
        rows = rows.filter(archived_at=None)
    own = {row.name: shape_of(row, archived=archived) for row in rows}
    found = MappingProxyType({**attributes, **own})
    _kept[workspace.pk, archived] = (time.monotonic(), found)
    return found


def shape_of(row: CustomField, *, archived: bool = False) -> Attribute:
    """Return a custom field as an attribute."""
    return Attribute(
        row.name,
        AttributeKind(row.kind),
        Text(row.label_zh, row.label_en),
        choices=MappingProxyType(
            {
                option["value"]: Text(option["zh"], option["en"])
                for option in row.options
                if archived or not option.get("is_archived")
            }
        ),
        personal=row.is_personal,
    )


def forget_attributes(workspace: Workspace) -> None:
    """Read the attributes anew next time; after a change, and after one that was rolled back."""
    for archived in (False, True):
        _kept.pop((workspace.pk, archived), None)
