"""Who is held out, to know what messages change: the same people whenever it is asked."""

import hashlib

__all__ = ["in_holdout"]

_BUCKETS = 10_000


def in_holdout(salt: str, customer: int, percent: float) -> bool:
    """Tell whether a customer is among so many percent, drawn by the salt; exact to 0.01 %.

    Salts draw independently of one another (Kohavi, Tang & Xu 2020: hash of unit and experiment).
    """
    if percent <= 0:
        return False
    drawn = hashlib.blake2b(f"{salt}:{customer}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) % _BUCKETS < round(percent * _BUCKETS / 100)
