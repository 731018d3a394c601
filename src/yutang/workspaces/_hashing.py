"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher

__all__ = ["Argon2"]


class Argon2(Argon2PasswordHasher):
    """Argon2id at 32 MiB and three passes: some 50 ms of one core.

    Django's own 100 MiB on eight lanes would let a handful of sign-ins take the machine's memory.
    """

    memory_cost = 32 * 1024
    time_cost = 3
    parallelism = 1
