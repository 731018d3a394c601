-- PostgreSQL: reach rates. A week begins on Monday of the workspace's own clock. A delivery belongs to
-- the week it was planned for; whoever is held out was not meant to be reached.

-- name: rates
SELECT date_trunc('week', coalesce(not_before, planned_at) AT TIME ZONE %(zone)s)::date AS week,
    CASE %(by)s WHEN 'channel' THEN channel WHEN 'purpose' THEN purpose
        WHEN 'journey' THEN coalesce(journey::text, '') ELSE sending_id::text END AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE came IN ('opened', 'clicked', 'replied')) AS opened,
    count(*) FILTER (WHERE came = 'clicked') AS clicked,
    count(*) FILTER (WHERE came = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM reach_delivery
CROSS JOIN LATERAL (SELECT coalesce(nullif(came_to, ''), state) AS came) AS by_itself
WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    AND reason <> 'holdout'
    AND (%(customers)s::bigint[] IS NULL OR customer = ANY(%(customers)s::bigint[]))
    AND (%(journey)s::bigint IS NULL OR journey = %(journey)s::bigint)
GROUP BY 1, 2
ORDER BY 1, 2
