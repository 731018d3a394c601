"""Loops that keep the warehouse in step with customers."""

from yutang.customers import service as customers
from yutang.kit.pulse import pulse

__all__ = ["squash"]


@pulse("customers.squash", every=5.0)
def squash() -> bool:
    """Let events of merged customers name who they belong to today."""
    return customers.squash()
