-- PostgreSQL: reach rates. A week begins on Monday of the workspace's own clock. A delivery belongs to
-- the week it was planned for; whoever is held out was not meant to be reached.

-- name: rates
WITH told AS (
    SELECT customer, channel, purpose, journey, sending_id::text AS sending, state, reason, sent_at, came_to,
        planned_at, coalesce(not_before, planned_at) AS at
    FROM reach_delivery
    WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    UNION ALL
    -- What reaches many at once is no delivery of hers, and reached her or is still to do so.
    SELECT customer, channel, purpose, journey, '', CASE WHEN reached_at IS NULL THEN 'awaiting_staff' ELSE 'sent' END,
        '', reached_at, '', at, at
    FROM reach_exposure
    WHERE workspace_id = %(workspace)s AND at >= %(since)s AND at < %(until)s
)
SELECT date_trunc('week', at AT TIME ZONE %(zone)s)::date AS week,
    CASE %(by)s WHEN 'channel' THEN channel WHEN 'purpose' THEN purpose
        WHEN 'journey' THEN coalesce(journey::text, '') ELSE sending END AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE came IN ('opened', 'clicked', 'replied')) AS opened,
    count(*) FILTER (WHERE came = 'clicked') AS clicked,
    count(*) FILTER (WHERE came = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM told
CROSS JOIN LATERAL (SELECT coalesce(nullif(came_to, ''), state) AS came) AS by_itself
WHERE reason <> 'holdout'
    AND (%(customers)s::bigint[] IS NULL OR customer = ANY(%(customers)s::bigint[]))
    AND (%(journey)s::bigint IS NULL OR journey = %(journey)s::bigint)
GROUP BY 1, 2
ORDER BY 1, 2
