"""Signatures as Standard Webhooks says: `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from yutang.reach.channels.interface import ReceiptRefused

__all__ = ["is_secret", "signed", "verify"]

_TOLERANCE = timedelta(minutes=5)
_PREFIX = "whsec_"


def is_secret(written: str) -> bool:
    """Return whether this is a secret of 24 to 64 bytes, with or without its prefix."""
    try:
        return 24 <= len(_key(written)) <= 64
    except (ValueError, binascii.Error):
        return False


def _key(written: str) -> bytes:
    return base64.b64decode(written.removeprefix(_PREFIX), validate=True)


def signed(secrets: Sequence[str], message_id: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """Return the headers that sign a body with each of the secrets."""
    stamp = str(int(at.timestamp()))
    said = f"{message_id}.{stamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(each, said) for each in secrets),
    }


def _signature(secret: str, said: bytes) -> str:
    return "v1," + base64.b64encode(hmac.digest(_key(secret), said, hashlib.sha256)).decode()


def verify(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime
) -> None:
    """Hold a body against its signature by any of the secrets.

    :raises ReceiptRefused:
    """
    message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    said = f"{message_id}.{stamp}.".encode() + body
    ours = [_signature(each, said) for each in secrets]
    given = headers.get("webhook-signature", "").split()[:10]
    if not message_id or not any(
        hmac.compare_digest(one.encode(), other.encode()) for one in ours for other in given
    ):
        raise ReceiptRefused("the signature does not match")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise ReceiptRefused("the timestamp is not one")
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > _TOLERANCE:
        raise ReceiptRefused("the timestamp is more than five minutes off")
