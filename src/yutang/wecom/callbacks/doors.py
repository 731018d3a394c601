"""Which corp an address for callbacks belongs to, and what opens its envelopes; known for some seconds."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from yutang.kit.errors import DomainError
from yutang.wecom._secrets import opened
from yutang.wecom.callbacks.envelope import Envelope
from yutang.wecom.models import Corp

__all__ = ["Door", "NoSuchDoor", "door_of", "forget_doors", "note_refused", "note_verified"]

_KNOWN_FOR = timedelta(seconds=5)
_NOTED_AFTER = timedelta(seconds=30)  # a flood of forgeries is not a flood of writes


class NoSuchDoor(DomainError):
    """No corp has this address, or its token and key were not entered yet."""

    status = 404
    zh = "没有这个回调地址，或者它的 Token 和 EncodingAESKey 还没有填写。"
    en = "There is no such address for callbacks, or its Token and EncodingAESKey were not entered yet."


@dataclass(frozen=True)
class Door:
    """A corp as its callbacks meet it."""

    corp: int
    workspace: int
    envelope: Envelope = field(repr=False)
    until: datetime
    noted_at: datetime | None = None


_doors: dict[str, Door] = {}
_lock = threading.Lock()


def door_of(door_id: object, *, now: datetime) -> Door:
    """Return whose the address is.

    :raises NoSuchDoor:
    """
    name = str(door_id)
    door = _doors.get(name)
    if door is None or not door.until - _KNOWN_FOR <= now < door.until:
        door = _looked_up(name, now, door.noted_at if door else None)
        with _lock:
            _doors[name] = door
    return door


def _looked_up(name: str, now: datetime, noted_at: datetime | None) -> Door:
    try:
        corp = Corp.objects.filter(door=UUID(name)).first()
    except ValueError:
        raise NoSuchDoor from None
    if corp is None or not corp.callback_token or not corp.callback_key:
        raise NoSuchDoor
    envelope = Envelope(opened(corp, "callback_token"), opened(corp, "callback_key"), corp.corp_id)
    return Door(corp.pk, corp.workspace_id, envelope, now + _KNOWN_FOR, noted_at)


def forget_doors() -> None:
    """Look every address up anew: settings were changed."""
    with _lock:
        _doors.clear()


def note_verified(door: Door, *, now: datetime) -> None:
    """Remember that the platform checked the address."""
    Corp.objects.filter(pk=door.corp).update(verified_at=now, refused_why="")


def note_refused(door: Door, why: str, *, now: datetime) -> None:
    """Remember why somebody was refused, now and then."""
    if door.noted_at and now - door.noted_at < _NOTED_AFTER:
        return
    with _lock:
        for name, each in _doors.items():
            if each.corp == door.corp:
                _doors[name] = replace(each, noted_at=now)
    Corp.objects.filter(pk=door.corp).update(refused_at=now, refused_why=why[:40])
