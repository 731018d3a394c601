-- PostgreSQL: reach rates. A week begins on Monday of the workspace's own clock. A delivery belongs to
-- the week it was planned for; whoever is held out was not meant to be reached.

-- name: by_channel
SELECT date_trunc('week', coalesce(not_before, planned_at) AT TIME ZONE %(zone)s)::date AS week,
    channel AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE state IN ('opened', 'clicked', 'replied', 'converted')) AS opened,
    count(*) FILTER (WHERE state IN ('clicked', 'converted')) AS clicked,
    count(*) FILTER (WHERE state = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM reach_delivery
WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    AND reason <> 'holdout'
GROUP BY 1, 2
ORDER BY 1, 2

-- name: by_purpose
SELECT date_trunc('week', coalesce(not_before, planned_at) AT TIME ZONE %(zone)s)::date AS week,
    purpose AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE state IN ('opened', 'clicked', 'replied', 'converted')) AS opened,
    count(*) FILTER (WHERE state IN ('clicked', 'converted')) AS clicked,
    count(*) FILTER (WHERE state = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM reach_delivery
WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    AND reason <> 'holdout'
GROUP BY 1, 2
ORDER BY 1, 2

-- name: by_journey
SELECT date_trunc('week', coalesce(not_before, planned_at) AT TIME ZONE %(zone)s)::date AS week,
    coalesce(journey::text, '') AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE state IN ('opened', 'clicked', 'replied', 'converted')) AS opened,
    count(*) FILTER (WHERE state IN ('clicked', 'converted')) AS clicked,
    count(*) FILTER (WHERE state = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM reach_delivery
WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    AND reason <> 'holdout'
GROUP BY 1, 2
ORDER BY 1, 2

-- name: by_sending
SELECT date_trunc('week', coalesce(not_before, planned_at) AT TIME ZONE %(zone)s)::date AS week,
    sending_id::text AS part,
    count(DISTINCT customer) AS meant,
    count(DISTINCT customer) FILTER (WHERE sent_at IS NOT NULL) AS reached,
    count(*) AS messages,
    count(*) FILTER (WHERE sent_at IS NOT NULL) AS sent,
    count(*) FILTER (WHERE state IN ('opened', 'clicked', 'replied', 'converted')) AS opened,
    count(*) FILTER (WHERE state IN ('clicked', 'converted')) AS clicked,
    count(*) FILTER (WHERE state = 'replied') AS replied,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'blocked') AS blocked
FROM reach_delivery
WHERE workspace_id = %(workspace)s AND planned_at >= %(since)s AND planned_at < %(until)s
    AND reason <> 'holdout'
GROUP BY 1, 2
ORDER BY 1, 2
