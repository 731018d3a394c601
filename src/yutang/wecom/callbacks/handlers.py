"""Who makes something of callbacks.

    @handles("change_external_contact", "add_external_contact", "edit_external_contact", name="sync.contacts")
    def take(corp: Corp, told: Sequence[Told], *, now: datetime) -> None: ...

A handler gets what came for one corp, a batch at a time, oldest first, and outside of any transaction. It may
get a callback twice, late, or before an earlier one: a callback is a hint to look, not a change to
apply. What raises is tried again, alone and later; `{callback id: reason}` as the answer names those of a
batch that were not done. `urgent` ones go before all others, by a loop of their own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yutang.wecom.callbacks.reading import Fields
from yutang.wecom.models import Corp

__all__ = ["Handler", "HandlerRun", "Told", "handler_named", "handlers_of", "handles", "is_known"]


@dataclass(frozen=True)
class Told:
    """One callback as handlers get it."""

    id: int
    event: str
    change_type: str
    fields: Fields
    happened_at: datetime
    received_at: datetime


class HandlerRun(Protocol):
    """What a handler is: see above."""

    def __call__(
        self, corp: Corp, told: Sequence[Told], *, now: datetime
    ) -> Mapping[int, str] | None:
        """Make something of callbacks; return why some were not done."""


@dataclass(frozen=True)
class Handler:
    """Who wants which callbacks; without change types, all of the event."""

    name: str
    event: str
    change_types: frozenset[str]
    urgent: bool
    batch: int
    run: HandlerRun

    def wants(self, event: str, change_type: str) -> bool:
        """Tell whether a callback is for this one."""
        return event == self.event and (not self.change_types or change_type in self.change_types)


_handlers: dict[str, Handler] = {}

# What the platform is known to tell; anything else is kept, and shown as unknown.
_KNOWN: Mapping[str, frozenset[str]] = {
    "change_external_contact": frozenset(
        [
            "add_external_contact",
            "edit_external_contact",
            "add_half_external_contact",
            "del_external_contact",
            "del_follow_user",
            "transfer_fail",
            "msg_audit_approved",
        ]
    ),
    "change_external_chat": frozenset({"create", "update", "dismiss"}),
    "change_external_tag": frozenset({"create", "update", "delete", "shuffle"}),
    "customer_acquisition": frozenset(
        [
            "balance_low",
            "balance_exhausted",
            "balance_increased",
            "quota_expire_soon",
            "link_unavailable",
            "delete_link",
            "open_profile",
            "friend_request",
            "customer_start_chat",
            "message_from_customer",
        ]
    ),
    "change_contact": frozenset(
        [
            "create_user",
            "update_user",
            "delete_user",
            "create_party",
            "update_party",
            "delete_party",
            "update_tag",
        ]
    ),
}
_KNOWN_WITHOUT_TYPE = frozenset(
    [
        "batch_job_result",
        "subscribe",
        "unsubscribe",
        "enter_agent",
        "LOCATION",
        "click",
        "view",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "template_card_event",
        "template_card_menu_event",
        "kf_msg_or_event",
        "msgaudit_notify",
        "upload_media_job_finish",
        "change_chain",
        "share_agent_change",
        "open_approval_change",
        "sys_approval_change",
        "text",
        "image",
        "voice",
        "video",
        "location",
        "link",
        "file",
    ]
)


def handles(
    event: str, *change_types: str, name: str, urgent: bool = False, batch: int = 200
) -> Callable[[HandlerRun], HandlerRun]:
    """Register a handler; the name is stable, for it stands in the database."""

    def register(run: HandlerRun) -> HandlerRun:
        if name in _handlers:
            raise ValueError(f"there is a handler {name} already")
        _handlers[name] = Handler(name, event, frozenset(change_types), urgent, batch, run)
        return run

    return register


def handlers_of(event: str, change_type: str) -> list[Handler]:
    """Return who wants a callback."""
    return [each for each in _handlers.values() if each.wants(event, change_type)]


def handler_named(name: str) -> Handler | None:
    """Return a handler that is registered."""
    return _handlers.get(name)


def names(*, urgent: bool) -> list[str]:
    """Return the handlers of a lane."""
    return [each.name for each in _handlers.values() if each.urgent == urgent]


def is_known(event: str, change_type: str) -> bool:
    """Tell whether the platform is known to tell such things, or somebody here waits for them."""
    types = _KNOWN.get(event)
    documented = change_type in types if types is not None else event in _KNOWN_WITHOUT_TYPE
    return documented or bool(handlers_of(event, change_type))
