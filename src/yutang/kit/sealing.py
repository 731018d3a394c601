"""Secrets at rest: sealed with AES-256-GCM under a key that does not lie in the database.

    sealed = seal("JBSWY3DP", purpose="totp:7")     # "v1.2026b.<nonce and ciphertext, base64>"
    unseal(sealed, purpose="totp:7")                # "JBSWY3DP"

`YUTANG_SECRETS_KEYS` is `id:key,id:key`, each key 32 bytes in URL-safe base64: the first one seals, all
of them open. The key derived from the secret key opens as well, and seals where none is set. The
purpose is part of the seal: a secret that is moved to another row does not open there.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

__all__ = ["SealBroken", "is_sealed_as_now", "new_key", "seal", "unseal"]

_VERSION = "v1"
_NONCE = 12
_KEY = re.compile(r"([A-Za-z0-9_-]{1,20}):([A-Za-z0-9_-]{43}=?)")


class SealBroken(Exception):
    """No key we have opens this: its key is not set any more, or it was altered or moved."""


def seal(secret: str, *, purpose: str) -> str:
    """Return a secret as it may be stored."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), _bound_to(key_id, purpose))
    return f"{_VERSION}.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, *, purpose: str) -> str:
    """Return the secret.

    :raises SealBroken:
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        version, key_id, written = sealed.split(".")
        both = base64.urlsafe_b64decode(written)
        key = _keys()[key_id]
        if version != _VERSION:
            raise SealBroken
        opened = AESGCM(key).decrypt(both[:_NONCE], both[_NONCE:], _bound_to(key_id, purpose))
    except (ValueError, KeyError, InvalidTag, binascii.Error):
        raise SealBroken from None
    return opened.decode()


def is_sealed_as_now(sealed: str) -> bool:
    """Tell whether the key in use now sealed this."""
    return sealed.startswith(f"{_VERSION}.{next(iter(_keys()))}.")


def new_key(key_id: str) -> str:
    """Return a new entry for YUTANG_SECRETS_KEYS."""
    return f"{key_id}:{base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip('=')}"


def _bound_to(key_id: str, purpose: str) -> bytes:
    return f"yutang {_VERSION} {key_id} {purpose}".encode()


def _keys() -> Mapping[str, bytes]:
    return _read(settings.YUTANG_SECRETS_KEYS, settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _read(written: str, secret_key: str) -> Mapping[str, bytes]:
    """Return keys by id: the one that seals first, the derived one last."""
    keys: dict[str, bytes] = {}
    for entry in filter(None, re.split(r"[\s,]+", written)):
        found = _KEY.fullmatch(entry)
        if not found or found[1] in keys:
            raise ImproperlyConfigured(
                "YUTANG_SECRETS_KEYS should be id:key,id:key with ids that differ;"
                " `yutang secrets key` makes an entry."
            )
        keys[found[1]] = base64.urlsafe_b64decode(found[2].rstrip("=") + "=")
    derived = hmac.digest(secret_key.encode(), b"yutang.sealing", "sha256")
    keys.setdefault(f"derived-{hashlib.sha256(derived).hexdigest()[:8]}", derived)
    return keys
