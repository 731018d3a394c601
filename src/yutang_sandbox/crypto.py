"""How callbacks are signed and sealed.

frame   = 16 random bytes + length of the message (4 bytes, big endian) + message + receive id
Encrypt = base64(AES-256-CBC(key, iv = key[:16], frame padded to 32 bytes by PKCS#7))
signature = sha1 of token, timestamp, nonce and Encrypt, sorted and joined
"""

import hmac
import os
import struct
from base64 import b64decode, b64encode
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class NotOurs(ValueError):
    """The envelope was not made with this token, key or receive id."""


def key_of(encoding_aes_key: str) -> bytes:
    """Return the 32 bytes behind the 43 characters.

    :raises NotOurs: it is no such key
    """
    try:
        key = b64decode(encoding_aes_key + "=")
    except ValueError:
        key = b""
    if len(encoding_aes_key) != 43 or len(key) != 32:
        raise NotOurs("EncodingAESKey has 43 characters")
    return key


def sign(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    return sha1("".join(sorted([token, timestamp, nonce, encrypted])).encode()).hexdigest()  # noqa: S324 - theirs


def seal(key: bytes, message: bytes, receiver: str, *, filler: bytes | None = None) -> str:
    """Encrypt a message; `filler` stands for the 16 random bytes."""
    frame = b"".join(
        (filler or os.urandom(16), struct.pack(">I", len(message)), message, receiver.encode())
    )
    missing = BLOCK - len(frame) % BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return b64encode(encryptor.update(frame + bytes([missing]) * missing)).decode()


def open_sealed(key: bytes, encrypted: str, receiver: str) -> bytes:
    """Decrypt a message.

    :raises NotOurs: another key, or meant for somebody else
    """
    try:
        content = b64decode(encrypted)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        frame = decryptor.update(content) + decryptor.finalize()
    except ValueError as error:
        raise NotOurs("not an envelope") from error
    frame = frame[: -frame[-1]] if frame and 1 <= frame[-1] <= BLOCK else b""
    if len(frame) < 20:
        raise NotOurs("sealed with another key")
    end = 20 + struct.unpack(">I", frame[16:20])[0]
    if end > len(frame) or not hmac.compare_digest(frame[end:], receiver.encode()):
        raise NotOurs("meant for somebody else")
    return frame[20:end]
