-- PostgreSQL: who entered a journey, whether she was held out, whether she reached its goal.

-- name: passages
-- Everybody once, by the first time she entered; instants are microseconds of Unix time, 0: none.
SELECT DISTINCT ON (subject) subject, (outcome = 'held_out')::int,
    (extract(epoch FROM entered_at) * 1000000)::bigint,
    coalesce((extract(epoch FROM goal_at) * 1000000)::bigint, 0)
FROM journeys_run
WHERE workspace_id = %(workspace)s AND journey_id = %(journey)s AND sign <> 'judge'
ORDER BY subject, entered_at, id

-- name: entered
-- How many different people entered, and how many were held out at their first passage.
SELECT count(*), count(*) FILTER (WHERE outcome = 'held_out')
FROM (
    SELECT DISTINCT ON (subject) outcome
    FROM journeys_run
    WHERE workspace_id = %(workspace)s AND journey_id = %(journey)s AND sign <> 'judge'
    ORDER BY subject, entered_at, id
) AS first

-- name: ways
-- The way everybody took at a split in her first passage.
SELECT first.subject, substr(step.outcome, 5)
FROM (
    SELECT DISTINCT ON (subject) subject, id
    FROM journeys_run
    WHERE workspace_id = %(workspace)s AND journey_id = %(journey)s AND sign <> 'judge'
    ORDER BY subject, entered_at, id
) AS first
JOIN LATERAL (
    SELECT outcome FROM journeys_runstep
    WHERE run_id = first.id AND node = %(node)s AND outcome LIKE 'way:%%'
    ORDER BY seq LIMIT 1
) AS step ON true
ORDER BY first.subject
