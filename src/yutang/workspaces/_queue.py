"""Keeps Procrastinate's queue small: what ended a week ago goes.

The queue serves every workspace; this statement looks at no workspace's rows.
"""

from django.db import connection

__all__ = ["forget_old_jobs"]

_FORGET = """
DELETE FROM procrastinate_jobs old
WHERE old.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
  AND NOT EXISTS (
      SELECT FROM procrastinate_events event
      WHERE event.job_id = old.id AND event.at > now() - interval '7 days'
  )
"""


def forget_old_jobs() -> int:
    """Remove finished entries of the queue after a week (`Job` rows stay); return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        return int(cursor.rowcount)
