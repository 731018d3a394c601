"""A message as it is for each of many people: read once a version, filled in by the set."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Final
from zoneinfo import ZoneInfo

from yutang.customers import service as customers
from yutang.kit import clock
from yutang.reach.channels.interface import Rendered
from yutang.reach.messages._limits import limits_within, measured
from yutang.reach.messages._parts import Part, read_parts
from yutang.reach.messages._templates import Unfit
from yutang.reach.messages._values import Day, dressed, dressed_property
from yutang.reach.messages._words import event_kinds
from yutang.reach.models import MessageVersion
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace

__all__ = ["Script", "Unrenderable", "filled", "render_many", "script_of", "values_for"]

Values = Mapping[str, Mapping[str, Any]]
_KEPT: Final = 200  # versions held ready


@dataclass(frozen=True)
class Unrenderable:
    """Why a message cannot be said to this person.

    `missing`: something it says is not known of her (`name`); `too_long` once filled in; `gone`: she
    was erased or merged; `template`: filling it in is beyond measure.
    """

    reason: str
    name: str = ""


@dataclass(frozen=True)
class Script:
    """A version's parts, read, and the names they ask for."""

    channel: str
    parts: Sequence[Part]
    names: frozenset[str]

    def asks_for(self, group: str) -> list[str]:
        """Return the names of a group it asks for, without the group: `customer` → `name`."""
        return sorted(each.partition(".")[2] for each in self.names if each.startswith(f"{group}."))


_scripts: "OrderedDict[tuple[int, int], Script]" = OrderedDict()
_lock = Lock()


def render_many(
    workspace: Workspace,
    version_id: int,
    people: Mapping[int, Mapping[str, Any]],
    *,
    now: datetime,
    senders: Mapping[int, int] | None = None,
) -> dict[int, Rendered | Unrenderable]:
    """Return the message as each customer gets it; their data is what `event.…` says.

    `senders` are the members of staff in whose name it goes, by customer; without one, who follows her.
    """
    script = _kept(workspace, version_id)
    values = values_for(workspace, script, people, senders=senders or {}, now=now)
    return {
        customer: filled(script, values[customer]) if customer in values else Unrenderable("gone")
        for customer in people
    }


def _kept(workspace: Workspace, version_id: int) -> Script:
    """Return a version, read; versions never change, so that one is read once in a process."""
    key = (workspace.pk, version_id)
    with _lock:
        if key in _scripts:
            _scripts.move_to_end(key)
            return _scripts[key]
    row = MessageVersion.objects.within(workspace).select_related("message").get(pk=version_id)
    found = script_of(workspace, row)
    with _lock:
        _scripts[key] = found
        while len(_scripts) > _KEPT:
            _scripts.popitem(last=False)
    return found


def script_of(workspace: Workspace, version: MessageVersion) -> Script:
    """Return a saved version, read within the limits of the day it was saved."""
    channel = version.message.channel
    limits = limits_within(workspace, channel, on=clock.platform_day(version.created_at))
    read, _ = read_parts(version.parts, limits)
    names = {
        name for each in read for template in each.templates.values() for name in template.names
    }
    return Script(channel, read, frozenset(names))


def filled(script: Script, values: Values) -> Rendered | Unrenderable:
    """Return the message for one person."""
    parts: list[dict[str, Any]] = []
    subject, template, filling = "", "", {}
    try:
        for part in script.parts:
            said = _part(part, values)
            if part.kind == "subject":
                subject = said["text"]
            elif part.kind == "template":
                template, filling = said["code"], said.get("values", {})
                parts.append(_spelled_out(part, said))
            else:
                parts.append(said)
    except Unfit as unfit:
        return Unrenderable(unfit.reason, unfit.name)
    return Rendered(parts, subject, template, filling)


def _part(part: Part, values: Values) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": part.kind, **part.fixed}
    for name, template in part.templates.items():
        text = template.render(values)
        limit = part.limits.get(name)
        # A length in characters is never more than one in bytes: most texts need not be encoded.
        if limit and len(text) * 4 > limit.most and measured(text, limit.unit) > limit.most:
            raise Unfit("too_long", name)
        group, _, key = name.partition(".")
        if key:
            said.setdefault(group, {})[key] = text
        else:
            said[name] = text
    return said


def _spelled_out(part: Part, said: dict[str, Any]) -> dict[str, Any]:
    """Return an approved template with its text as it will read: `${name}` and `{1}` filled in."""
    text: str = said.get("text", "")
    for name, value in said.get("values", {}).items():
        text = text.replace(f"${{{name}}}", value).replace(f"{{{name}}}", value)
    limit = part.limits.get("text")
    if limit and measured(text, limit.unit) > limit.most:
        raise Unfit("too_long", "text")
    return said | {"text": text} if text else said


def values_for(
    workspace: Workspace,
    script: Script,
    people: Mapping[int, Mapping[str, Any]],
    *,
    senders: Mapping[int, int],
    now: datetime,
) -> dict[int, Values]:
    """Return what the message asks for, by customer; whoever is no customer any more is left out."""
    zone = ZoneInfo(workspace.time_zone)
    asked = script.asks_for("customer")
    attributes = customers.attributes_of(workspace, archived=True)
    held = customers.values_of(workspace, list(people), asked)
    kinds = {name: kind for name, (_, kind) in event_kinds(workspace).items()}
    brand = {"name": workspace.name, "today": Day.fromordinal(now.astimezone(zone).toordinal())}
    staff = _staff(workspace, script, held, senders)
    stores = _stores(workspace, script, held)
    wanted = script.asks_for("event")
    found: dict[int, Values] = {}
    for customer, hers in held.items():
        data = people[customer]
        found[customer] = {
            "customer": {
                name: dressed(attributes[name], value, zone)
                for name, value in hers.items()
                if name in attributes
            },
            "event": {
                name: dressed_property(kinds.get(name), data[name], zone)
                for name in wanted
                if data.get(name) is not None
            },
            "staff": staff.get(customer, {}),
            "store": stores.get(customer, {}),
            "brand": brand,
        }
    return found


def _staff(
    workspace: Workspace, script: Script, held: Mapping[int, Any], senders: Mapping[int, int]
) -> dict[int, dict[str, str]]:
    if not script.asks_for("staff"):
        return {}
    whose = customers.related_now(workspace, list(held), kind="staff") | dict(senders)
    rows = workspaces.staff_by_id(workspace, whose.values())
    said = {pk: {"name": row.name, "code": row.code} for pk, row in rows.items()}
    return {customer: said[target] for customer, target in whose.items() if target in said}


def _stores(
    workspace: Workspace, script: Script, held: Mapping[int, Any]
) -> dict[int, dict[str, str]]:
    if not script.asks_for("store"):
        return {}
    whose = customers.related_now(workspace, list(held), kind="store")
    rows = workspaces.stores_by_id(workspace, whose.values())
    said = {pk: {"name": row.name, "code": row.code} for pk, row in rows.items()}
    return {customer: said[target] for customer, target in whose.items() if target in said}
