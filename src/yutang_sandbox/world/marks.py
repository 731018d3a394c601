"""Ids as the platform writes them, made from numbers and turned back without a table.

    wm + base64url(number xor secret, 4 bytes | keyed digest of the number, 18 bytes)   = 32 characters

An id nobody gave out does not verify.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import blake2b

TAIL = 18


class Marks:
    """The ids of one corp."""

    def __init__(self, key: bytes) -> None:
        self.key = blake2b(key, digest_size=32).digest()
        self._mask = int.from_bytes(self.key[:4], "big")
        self._person = lru_cache(maxsize=65_536)(self._make_person)

    def person(self, number: int) -> tuple[str, str, bytes]:
        """Return (end of the external_userid, unionid, 16 bytes that decide on looks)."""
        return self._person(number)

    def external(self, number: int, *, colleague: bool = False) -> str:
        """Return the external_userid: `wm…` of WeChat, `wo…` of another corp's WeCom."""
        return ("wo" if colleague else "wm") + self._person(number)[0]

    def number(self, mark: str) -> int | None:
        """Return whose external_userid it is."""
        if len(mark) != 32 or mark[:2] not in {"wm", "wo"}:
            return None
        try:
            hidden = urlsafe_b64decode(mark[2:] + "==")[:4]
        except ValueError:
            return None
        number = int.from_bytes(hidden, "big") ^ self._mask
        return number if self._person(number)[0] == mark[2:] else None

    def short(self, prefix: str, number: int, size: int = 30) -> str:
        """Return an id of anything that is kept in a table by this very id."""
        digest = blake2b(f"{prefix}{number}".encode(), key=self.key, digest_size=32).digest()
        return prefix + urlsafe_b64encode(digest).decode()[:size]

    def _make_person(self, number: int) -> tuple[str, str, bytes]:
        digest = blake2b(number.to_bytes(8, "big"), key=self.key, digest_size=56).digest()
        hidden = (number ^ self._mask).to_bytes(4, "big")
        mark = urlsafe_b64encode(hidden + digest[:TAIL]).decode().rstrip("=")
        union = "o" + urlsafe_b64encode(digest[TAIL:40]).decode()[:27]
        return mark, union, digest[40:]
