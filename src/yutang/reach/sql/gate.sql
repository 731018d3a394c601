-- PostgreSQL: the gate. A batch of candidates lies in a table of this connection; each statement judges
-- all of them. What stands between /*…*/ is repeated for every cap that binds (reach/_caps.py), numbers
-- and names only.

-- name: table
CREATE TEMPORARY TABLE IF NOT EXISTS reach_judged (
    n int NOT NULL,
    id bigint NOT NULL DEFAULT nextval('reach_delivery_id_seq'),
    token uuid NOT NULL,
    customer bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    data jsonb,
    sender bigint,
    zone int NOT NULL,
    at timestamptz NOT NULL,
    held boolean NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    binds bigint NOT NULL DEFAULT 0,
    is_over boolean NOT NULL DEFAULT false
) ON COMMIT DELETE ROWS

-- name: lock
SELECT pg_advisory_xact_lock(hashtextextended('reach.gate:' || %(workspace)s::bigint, 0))

-- name: lock_lane
-- Beside those of other lanes, but not beside one who judges people of all of them.
SELECT pg_advisory_xact_lock_shared(hashtextextended('reach.gate:' || %(workspace)s::bigint, 0)),
    pg_advisory_xact_lock(hashtextextended('reach.gate:' || %(workspace)s::bigint || ':' || %(lane)s::int, 0))

-- name: known
-- What was planned under the same key is left as it is. The index is walked once, in order.
WITH known AS MATERIALIZED (
    SELECT d.key FROM reach_delivery d
    WHERE d.workspace_id = %(workspace)s AND d.key = ANY(ARRAY(SELECT key FROM reach_judged))
)
DELETE FROM reach_judged j
USING known
WHERE j.key = known.key

-- name: caps
-- `used` is read once for all caps; of those that have no room left the first in the policy's order is named.
WITH zones AS (
    SELECT * FROM unnest(%(zones)s::int[]/*, %(lower_#)s::timestamptz[], %(upper_#)s::timestamptz[], %(most_#)s::int[]*/)
        AS z (zone/*, lower_#, upper_#, most_#*/)
),
ranked AS (
    SELECT n, customer, zone, row_number() OVER (PARTITION BY customer ORDER BY n) - 1 AS before
    FROM reach_judged
    WHERE reason = ''
),
judged AS (
    SELECT r.n/*, u.used_# + r.before - z.most_# AS over_#*/
    FROM ranked r
    JOIN zones z USING (zone)
    CROSS JOIN LATERAL (
        -- Looked up person by person: their number is known, what the planner would guess of them is not.
        SELECT 0/*, count(*) FILTER (WHERE {counts_#}) AS used_#*/
        FROM reach_delivery d
        WHERE d.workspace_id = %(workspace)s AND d.customer = r.customer
            AND d.counts_at >= %(oldest)s AND d.counts_at < %(newest)s
    ) u
)
UPDATE reach_judged j
SET reason = (%(reasons)s::text[])[first.cap], detail = (%(details)s::text[])[first.cap],
    binds = 0/* | CASE WHEN v.over_# >= 0 THEN %(bit_#)s ELSE 0 END*/,
    is_over = false/* OR v.over_# > 0*/
FROM judged v
CROSS JOIN LATERAL (
    SELECT CASE/* WHEN v.over_# >= 0 THEN %(place_#)s*/ END AS cap
) first
WHERE v.n = j.n AND first.cap IS NOT NULL

-- name: displace
-- One who lacks room for one message takes it from the least important that has not left yet.
WITH zones AS (
    SELECT * FROM unnest(%(zones)s::int[]/*, %(lower_#)s::timestamptz[], %(upper_#)s::timestamptz[], %(most_#)s::int[]*/)
        AS z (zone/*, lower_#, upper_#, most_#*/)
),
found AS (
    SELECT DISTINCT ON (j.n) j.n, d.id
    FROM reach_judged j
    JOIN zones z USING (zone)
    JOIN reach_delivery d ON d.workspace_id = %(workspace)s AND d.customer = j.customer
        AND d.counts_at >= %(oldest)s AND d.counts_at < %(newest)s
    WHERE j.binds <> 0 AND NOT j.is_over AND d.state = 'queued' AND d.priority < %(priority)s
        /* AND (j.binds & %(bit_#)s = 0 OR {counts_#})*/
    ORDER BY j.n, d.priority, d.counts_at DESC, d.id
),
displaced AS (
    UPDATE reach_delivery d
    SET state = 'blocked', reason = 'displaced', detail = %(by)s, counts_at = NULL, changed_at = %(now)s
    FROM found f
    WHERE d.id = f.id AND d.state = 'queued'
    RETURNING d.id
),
told AS (
    INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
    SELECT %(workspace)s, id, 'blocked', 'displaced', %(now)s FROM displaced
)
UPDATE reach_judged j
SET reason = '', detail = ''
FROM found f
JOIN displaced x ON x.id = f.id
WHERE j.n = f.n

-- name: would_displace
WITH zones AS (
    SELECT * FROM unnest(%(zones)s::int[]/*, %(lower_#)s::timestamptz[], %(upper_#)s::timestamptz[], %(most_#)s::int[]*/)
        AS z (zone/*, lower_#, upper_#, most_#*/)
)
UPDATE reach_judged j
SET reason = '', detail = ''
FROM zones z
WHERE z.zone = j.zone AND j.binds <> 0 AND NOT j.is_over AND EXISTS (
    SELECT FROM reach_delivery d
    WHERE d.workspace_id = %(workspace)s AND d.customer = j.customer
        AND d.counts_at >= %(oldest)s AND d.counts_at < %(newest)s
        AND d.state = 'queued' AND d.priority < %(priority)s
        /* AND (j.binds & %(bit_#)s = 0 OR {counts_#})*/
)

-- name: budgets
-- At most so many leave in one sender's name a day; `spent` is what a preview has taken so far.
WITH senders AS (
    SELECT * FROM unnest(%(senders)s::bigint[], %(mosts)s::int[], %(spent)s::int[]) AS s (sender, most, spent)
),
used AS (
    SELECT d.sender, count(*) AS used
    FROM reach_delivery d
    WHERE d.workspace_id = %(workspace)s AND d.sender = ANY(%(senders)s::bigint[])
        AND d.channel = %(channel)s AND d.counts_at >= %(day)s AND d.counts_at < %(next_day)s
    GROUP BY d.sender
),
ranked AS (
    SELECT n, sender, row_number() OVER (PARTITION BY sender ORDER BY n) AS place
    FROM reach_judged
    WHERE reason = '' AND NOT held AND sender IS NOT NULL
)
UPDATE reach_judged j
SET reason = 'sender_budget', detail = s.most::text
FROM ranked r
JOIN senders s USING (sender)
LEFT JOIN used u USING (sender)
WHERE j.n = r.n AND coalesce(u.used, 0) + s.spent + r.place > s.most

-- name: holdout
UPDATE reach_judged SET reason = 'holdout' WHERE reason = '' AND held

-- name: deliver
-- Nobody else plans under these keys while the gate is ours, and `known` took those planned before.
INSERT INTO reach_delivery (
    id, workspace_id, token, customer, origin, sending_id, account_id, channel, purpose, priority, journey,
    key, sender, state, reason, detail, data, planned_at, not_before, expires_at, counts_at, changed_at,
    attempts, provider_ref
)
SELECT id, %(workspace)s, token, customer, customer, %(sending)s, %(account)s, %(channel)s,
    %(purpose)s, %(priority)s, %(journey)s, key, sender,
    CASE reason WHEN '' THEN 'queued' ELSE 'blocked' END, reason, detail, data, %(now)s,
    CASE reason WHEN '' THEN at END, CASE reason WHEN '' THEN %(expires_at)s::timestamptz END,
    CASE reason WHEN '' THEN at END, %(now)s, 0, ''
FROM reach_judged
ORDER BY n

-- name: tell_blocked
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT %(workspace)s, id, 'blocked', reason, %(now)s FROM reach_judged WHERE reason <> '' ORDER BY n

-- name: counted
SELECT reason, count(*), count(*) FILTER (WHERE at > %(now)s)
FROM reach_judged
GROUP BY reason

-- name: verdicts
SELECT key, reason, detail FROM reach_judged

-- name: taken
SELECT sender, count(*) FROM reach_judged WHERE reason = '' AND sender IS NOT NULL GROUP BY sender

-- name: suppressed
SELECT s.customer
FROM reach_suppression s
WHERE s.workspace_id = %(workspace)s AND s.channel IN ('any', %(channel)s)
    AND (s.until IS NULL OR s.until > %(now)s)
    AND s.customer = ANY(string_to_array(%(people)s, ',')::bigint[])

-- name: suppressed_addresses
SELECT digest
FROM reach_suppression
WHERE workspace_id = %(workspace)s AND channel IN ('any', %(channel)s)
    AND (until IS NULL OR until > %(now)s) AND digest IS NOT NULL
