"""What each channel carries: dated facts in `limits.json`, not constants.

A channel changes its rules on a day; the entry with the latest day that has come holds. `source` says
where the figures stand. A brand that knows better changes single figures from a day on (`MessageLimit`):

    wecom.text.text     bytes or characters of a field
    wecom.image.file    bytes of a file
    wecom.attachments   parts besides the text
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from yutang.reach.models import MessageLimit
from yutang.workspaces.models import Workspace

__all__ = ["FieldLimit", "Limits", "PartLimit", "limits_of", "limits_within", "measured"]

Unit = Literal["bytes", "characters"]


@dataclass(frozen=True)
class FieldLimit:
    """How long one field may be once it is filled in."""

    most: int
    unit: Unit


@dataclass(frozen=True)
class PartLimit:
    """How many parts of a kind a message may have, and how long their fields may be."""

    most: int
    least: int = 0
    fields: Mapping[str, FieldLimit] = field(default_factory=dict)
    file_bytes: int | None = None  # of what its address leads to


@dataclass(frozen=True)
class Limits:
    """What a channel carries from a day on."""

    channel: str
    since: date
    source: str
    parts: Mapping[str, PartLimit]
    attachments: int | None = None  # of all parts besides the text and the subject
    document: str = ""  # the address of the page that says so
    one_kind: bool = False  # attachments are pictures, or a video, or a link: never mixed


def limits_of(channel: str, *, on: date) -> Limits:
    """Return what a channel carries on a day; what nobody wrote down, carries anything."""
    held = [each for each in _written() if each.channel == channel and each.since <= on]
    return max(held, key=lambda each: each.since) if held else limits_of("other", on=date.max)


def limits_within(workspace: Workspace, channel: str, *, on: date) -> Limits:
    """Return what a channel carries on a day, with what the brand changed."""
    limits = limits_of(channel, on=on)
    rows = MessageLimit.objects.within(workspace).filter(name__startswith=f"{channel}.")
    changed = {each.name: each.value if on >= each.since else each.before for each in rows}
    ours = {name: value for name, value in changed.items() if value is not None}
    return _with(limits, ours) if ours else limits


def _with(limits: Limits, ours: Mapping[str, int]) -> Limits:
    """Return limits with some figures changed; a figure that is not among them changes nothing."""

    def part(kind: str, it: PartLimit) -> PartLimit:
        at = f"{limits.channel}.{kind}"
        fields = {
            name: replace(each, most=ours.get(f"{at}.{name}", each.most))
            for name, each in it.fields.items()
        }
        size = it.file_bytes and ours.get(f"{at}.file", it.file_bytes)
        return replace(it, fields=fields, file_bytes=size)

    attachments = limits.attachments
    if attachments is not None:
        attachments = ours.get(f"{limits.channel}.attachments", attachments)
    parts = {kind: part(kind, each) for kind, each in limits.parts.items()}
    return replace(limits, parts=parts, attachments=attachments)


def measured(text: str, unit: Unit) -> int:
    """Return how long a text is for a channel that counts in this unit."""
    return len(text.encode()) if unit == "bytes" else len(text)


@cache
def _written() -> Sequence[Limits]:
    entries = json.loads(Path(__file__).with_name("limits.json").read_text("utf-8"))
    return tuple(_read(each) for each in entries)


def _read(entry: Mapping[str, Any]) -> Limits:
    return Limits(
        entry["channel"],
        date.fromisoformat(entry["since"]),
        entry["source"],
        {
            kind: PartLimit(
                part["most"],
                part.get("least", 0),
                {
                    name: FieldLimit(next(iter(said.values())), next(iter(said)))
                    for name, said in part.get("fields", {}).items()
                },
                part.get("file_bytes"),
            )
            for kind, part in entry["parts"].items()
        },
        entry.get("attachments"),
        entry.get("document", ""),
        entry.get("one_kind", False),
    )
