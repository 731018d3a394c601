"""Chance that stays: the same person, under the same salt, always draws the same lot."""

from hashlib import blake2b

__all__ = ["share"]

_WHOLE = float(2**64)


def share(salt: str, subject: int) -> float:
    """Return a number in [0, 1) that looks like chance and never changes.

    Salts draw independently of one another (Kohavi, Tang & Xu 2020: hash of unit and experiment).
    """
    digest = blake2b(f"{salt}:{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _WHOLE
