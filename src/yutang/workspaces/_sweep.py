"""Forgets what has ended."""

from datetime import datetime

from yutang.workspaces._idempotency import KEPT
from yutang.workspaces.models import IdempotentWrite, SignInAttempt, SignInSession

__all__ = ["sweep"]


def sweep(*, now: datetime) -> None:
    """Remove sessions and counted attempts that are over, and replies kept for their day."""
    SignInSession.objects.filter(expires_at__lt=now).delete()
    SignInAttempt.objects.filter(window_ends_at__lt=now).delete()
    IdempotentWrite.objects.filter(claimed_at__lt=now - KEPT).delete()
