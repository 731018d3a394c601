"""Loops that keep the warehouse in step with customers."""

from yutang.customers import service as customers
from yutang.kit.clock import now
from yutang.kit.pulse import pulse

__all__ = ["finish_erasures", "forget_moves", "mirror", "rank", "squash"]


@pulse("customers.mirror", every=1.0, rest=0.5)
def mirror() -> bool:
    """Let the warehouse know of customers what PostgreSQL knows."""
    return customers.mirror()


@pulse("customers.squash", every=5.0)
def squash() -> bool:
    """Let events of merged customers name who they belong to today."""
    return customers.squash()


@pulse("customers.erase", every=5.0)
def finish_erasures() -> bool:
    """Remove erased people from the warehouse, physically."""
    return customers.finish_erasures()


@pulse("customers.rank", every=10.0)
def rank() -> bool:
    """Show merged customers by ranks of sources that were changed."""
    return customers.rank_anew(now=now())


@pulse("customers.forget_moves", every=600)
def forget_moves() -> bool:
    """Drop what was noted of identities that moved long ago."""
    return customers.forget_moves(now=now())
