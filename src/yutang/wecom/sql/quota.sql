-- PostgreSQL: what all processes together may still ask of an API, and how many at once.

-- name: take
-- Takes up to `wanted` permits out of the windows that run now; a window that ended begins anew. Returns how
-- many were given, when to come again where none was, and how many may be asked at once.
WITH asked AS (
    SELECT q.id,
        CASE WHEN q.minute_at = %(minute)s THEN q.minute_used ELSE 0 END AS minute_used,
        CASE WHEN q.hour_at = %(hour)s THEN q.hour_used ELSE 0 END AS hour_used,
        CASE WHEN q.day_at = %(day)s THEN q.day_used ELSE 0 END AS day_used,
        CASE WHEN q.month_at = %(month)s THEN q.month_used ELSE 0 END AS month_used,
        CASE WHEN q.blocked_until > %(now)s THEN q.blocked_until END AS blocked_until,
        CASE WHEN q.at_once_until > %(now)s THEN q.at_once END AS at_once
    FROM wecom_quota q
    WHERE q.corp_id = %(corp)s AND q.api = %(api)s AND q.workspace_id IS NOT NULL
    FOR NO KEY UPDATE
), given AS (
    SELECT asked.*, CASE WHEN blocked_until IS NOT NULL THEN 0 ELSE greatest(0, least(
        %(wanted)s::int, %(minute_most)s::int - minute_used, %(hour_most)s::int - hour_used,
        %(day_most)s::int - day_used, %(month_most)s::int - month_used)) END AS count
    FROM asked
)
UPDATE wecom_quota q
SET minute_at = %(minute)s, minute_used = given.minute_used + given.count,
    hour_at = %(hour)s, hour_used = given.hour_used + given.count,
    day_at = %(day)s, day_used = given.day_used + given.count,
    month_at = %(month)s, month_used = given.month_used + given.count
FROM given
WHERE q.id = given.id
RETURNING given.count,
    CASE
        WHEN given.count > 0 THEN NULL
        WHEN given.blocked_until IS NOT NULL THEN given.blocked_until
        WHEN given.month_used >= %(month_most)s THEN %(month_end)s
        WHEN given.day_used >= %(day_most)s THEN %(day_end)s
        WHEN given.hour_used >= %(hour_most)s THEN %(hour_end)s
        ELSE %(minute_end)s
    END,
    given.at_once

-- name: begin
INSERT INTO wecom_quota (workspace_id, corp_id, api, minute_at, minute_used, hour_at, hour_used, day_at,
    day_used, month_at, month_used, blocked_times)
VALUES (%(workspace)s, %(corp)s, %(api)s, %(minute)s, 0, %(hour)s, 0, %(day)s, 0, %(month)s, 0, 0)
ON CONFLICT (corp_id, api) DO NOTHING

-- name: block
-- The platform found too many calls: for a minute, and for longer each time it says so again at once.
UPDATE wecom_quota
SET blocked_times = CASE
        WHEN blocked_until > %(now)s THEN blocked_times  -- told by several at once
        WHEN blocked_until > %(now)s - interval '2 minutes' THEN least(blocked_times + 1, 6)
        ELSE 0
    END,
    blocked_until = CASE
        WHEN blocked_until > %(now)s THEN blocked_until
        WHEN blocked_until > %(now)s - interval '2 minutes'
            THEN %(now)s + least(interval '1 hour', interval '1 minute' * 2 ^ (blocked_times + 1))
        ELSE %(now)s + interval '1 minute'
    END
WHERE corp_id = %(corp)s AND api = %(api)s AND workspace_id IS NOT NULL

-- name: ease
-- The platform found too many at once: half as many for a minute; several who say so at once count once.
UPDATE wecom_quota
SET at_once = CASE WHEN at_once_until > %(now)s THEN greatest(1, at_once / 2) ELSE greatest(1, %(at_once)s / 2) END,
    at_once_until = %(now)s + interval '1 minute'
WHERE corp_id = %(corp)s AND api = %(api)s AND workspace_id IS NOT NULL
    AND (at_once_until IS NULL OR at_once_until < %(now)s + interval '58 seconds')

-- name: enter
-- A place among those who ask at once: an advisory lock, given back also when its process dies.
-- Places are tried one after the other; %(key)s is made of workspace, corp and API.
WITH RECURSIVE place (n, got) AS (
    SELECT %(first)s::int, pg_try_advisory_lock(%(key)s::int, %(first)s::int)
    UNION ALL
    SELECT n + 1, pg_try_advisory_lock(%(key)s::int, n + 1)
    FROM place
    WHERE NOT got AND n + 1 < %(end)s::int
)
SELECT n FROM place WHERE got

-- name: leave
-- %(key)s is made of workspace, corp and API.
SELECT pg_advisory_unlock(%(key)s::int, %(n)s::int)
