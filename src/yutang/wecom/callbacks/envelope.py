"""The envelope of callbacks: signed with SHA-1, encrypted with AES-256-CBC, padded to blocks of 32.

    key   = base64(EncodingAESKey + "=")
    frame = 16 random bytes + length of the text (4 bytes) + text + receive id
    msg_signature = sha1(sorted(token, timestamp, nonce, Encrypt))

The last character of an EncodingAESKey may carry bits of no meaning, and the published sample's does:
base64 is read leniently. AES libraries unpad to 16; here a text is padded to 32.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from yutang.kit.errors import DomainError

__all__ = [
    "AesKeyNotUsable",
    "CallbackForAnother",
    "CallbackForged",
    "CallbackUnreadable",
    "Envelope",
]

_BLOCK = 32
_RANDOM = 16
_LENGTH = 4
_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")


class CallbackForged(DomainError):
    """The signature is not what token, time and content make."""

    status = 401
    zh = "回调的签名对不上。请核对应用“接收消息”里的 Token。"
    en = "The callback is not signed as it should be. Check the Token in the app’s “receive messages”."


class CallbackUnreadable(DomainError):
    """What came cannot be decrypted, or is neither XML nor JSON as callbacks are."""

    status = 400
    zh = "回调读不出来：{why}。请核对应用“接收消息”里的 EncodingAESKey。"
    en = "The callback cannot be read: {why}. Check the EncodingAESKey in the app’s “receive messages”."


class CallbackForAnother(DomainError):
    """It was made for another corp."""

    status = 403
    zh = "这条回调是发给别的企业的。请核对企业 ID。"
    en = "This callback is meant for another corp. Check the corp ID."


class AesKeyNotUsable(DomainError):
    """The EncodingAESKey is not 43 letters and digits."""

    status = 422
    zh = "EncodingAESKey 应为 43 位字母和数字。请从企业微信后台整段复制。"
    en = (
        "The EncodingAESKey should be 43 letters and digits. Copy all of it from the WeCom console."
    )


@dataclass(frozen=True)
class Envelope:
    """What opens and closes the envelopes of one app; `receive_id` is the corp's id."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    receive_id: str

    def __post_init__(self) -> None:
        if not _AES_KEY.fullmatch(self.aes_key):
            raise AesKeyNotUsable

    @cached_property
    def _key(self) -> bytes:
        return base64.b64decode(self.aes_key + "=")

    @cached_property
    def _cipher(self) -> "Cipher[modes.CBC]":
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """Return the signature of a text that is encrypted already."""
        parts = sorted(each.encode() for each in (self.token, timestamp, nonce, encrypted))
        return hashlib.sha1(b"".join(parts)).hexdigest()  # noqa: S324  the platform's choice

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> str:
        """Return the text, after its signature and whom it is for were looked at.

        :raises CallbackForged, CallbackUnreadable, CallbackForAnother:
        """
        expected = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise CallbackForged
        text, receive_id = self._decrypted(encrypted)
        if not hmac.compare_digest(receive_id, self.receive_id.encode()):
            raise CallbackForAnother
        try:
            return text.decode()
        except UnicodeDecodeError:
            raise CallbackUnreadable(why="UTF-8") from None

    def seal(self, text: str, *, random: bytes = b"") -> str:
        """Return the text encrypted; `random` is 16 bytes, for those who need the same again."""
        said = text.encode()
        frame = (
            (random or os.urandom(_RANDOM))
            + len(said).to_bytes(_LENGTH, "big")
            + said
            + self.receive_id.encode()
        )
        count = _BLOCK - len(frame) % _BLOCK
        encryptor = self._cipher.encryptor()
        sealed = encryptor.update(frame + bytes([count]) * count) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def _decrypted(self, encrypted: str) -> tuple[bytes, bytes]:
        try:
            sealed = base64.b64decode(encrypted)
        except (binascii.Error, ValueError):
            raise CallbackUnreadable(why="base64") from None
        if not sealed or len(sealed) % _BLOCK:
            raise CallbackUnreadable(why="AES")
        decryptor = self._cipher.decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
        count = padded[-1]
        if not 1 <= count <= _BLOCK or padded[-count:] != bytes([count]) * count:
            raise CallbackUnreadable(why="AES")
        frame = padded[_RANDOM:-count]
        end = _LENGTH + int.from_bytes(frame[:_LENGTH], "big")
        if len(frame) < end:
            raise CallbackUnreadable(why="AES")
        return frame[_LENGTH:end], frame[end:]
