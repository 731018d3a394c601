-- PostgreSQL: what channels tell afterwards. Receipts come twice, late, and in any order.

-- name: by_token
SELECT d.token, d.id FROM reach_delivery d
WHERE d.token = ANY(string_to_array(%(tokens)s, ',')::uuid[])
    AND d.account_id = %(account)s AND d.workspace_id = %(workspace)s

-- name: by_ref
SELECT d.provider_ref, d.id FROM reach_delivery d
WHERE d.account_id = %(account)s AND d.workspace_id = %(workspace)s
    AND d.provider_ref = ANY(string_to_array(%(refs)s, E'\x1f'))

-- name: by_attempt
-- Of those nobody answered for: the lease is the attempt.
SELECT d.lease, d.customer, d.id FROM reach_delivery d
WHERE d.account_id = %(account)s AND d.workspace_id = %(workspace)s
    AND d.state = 'unknown' AND d.lease = ANY(string_to_array(%(attempts)s, ',')::uuid[])

-- name: newest_of_customers
-- What somebody who answers is answering to.
SELECT DISTINCT ON (d.customer) d.customer, d.id FROM reach_delivery d
WHERE d.workspace_id = %(workspace)s AND d.account_id = %(account)s
    AND d.customer = ANY(string_to_array(%(customers)s, ',')::bigint[])
    AND d.sent_at > %(since)s AND d.counts_at IS NOT NULL
ORDER BY d.customer, d.sent_at DESC, d.id DESC

-- name: customers_of
SELECT d.id, d.customer FROM reach_delivery d
WHERE d.workspace_id = %(workspace)s AND d.id = ANY(string_to_array(%(ids)s, ',')::bigint[])

-- name: tell
-- A delivery only ever gets further. That it failed counts until it is known to have arrived. One that
-- was followed by what it was for stays so; how far it came by itself is kept beside it.
WITH told AS (
    SELECT * FROM json_to_recordset(%(told)s::json) AS told (
        id bigint, state text, reason text, detail text, ref text, at timestamptz
    )
), further AS (
    SELECT told.*, now.state AS before FROM told CROSS JOIN LATERAL (
        SELECT d.state, d.came_to FROM reach_delivery d
        WHERE d.id = told.id AND d.workspace_id = %(workspace)s
        FOR NO KEY UPDATE
    ) now
    WHERE CASE
        WHEN told.state = 'failed' THEN now.state IN ('sending', 'awaiting_staff', 'unknown', 'sent')
        WHEN now.state = 'converted' THEN told.state <> 'converted'
            AND array_position(%(ladder)s::text[], told.state)
                > array_position(%(ladder)s::text[], now.came_to::text)
        ELSE array_position(%(ladder)s::text[], told.state)
            > array_position(%(ladder)s::text[], now.state::text)
    END
), changed AS (
    UPDATE reach_delivery d
    SET state = CASE WHEN f.before = 'converted' THEN f.before ELSE f.state END,
        came_to = CASE WHEN f.state = 'converted' THEN f.before
            WHEN f.before = 'converted' THEN f.state ELSE d.came_to END,
        reason = f.reason, detail = f.detail,
        provider_ref = CASE WHEN d.provider_ref = '' THEN f.ref ELSE d.provider_ref END,
        sent_at = CASE WHEN f.state = 'failed' THEN d.sent_at ELSE coalesce(d.sent_at, f.at) END,
        counts_at = CASE WHEN f.state = 'failed' THEN NULL ELSE coalesce(d.counts_at, f.at) END,
        changed_at = %(now)s
    FROM further f WHERE d.id = f.id
    RETURNING d.workspace_id, d.id, f.state AS told, d.reason, f.at
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT workspace_id, id, told, reason, at FROM changed

-- name: unjudged_clicks
SELECT c.id, c.workspace_id, c.delivery, c.target_id, c.at, c.bot, d.sent_at, d.customer, d.origin,
    d.sending_id, d.journey, t.url
FROM reach_linkclick c
JOIN reach_linktarget t ON t.id = c.target_id
LEFT JOIN reach_delivery d ON d.id = c.delivery AND d.workspace_id = c.workspace_id
WHERE NOT c.is_judged AND c.at < %(until)s
ORDER BY c.at
LIMIT 5000
FOR UPDATE OF c SKIP LOCKED

-- name: company
-- When other links of the same deliveries were followed.
SELECT c.delivery, c.target_id, c.at FROM reach_linkclick c
WHERE c.workspace_id IS NOT NULL
    AND c.delivery = ANY(string_to_array(%(deliveries)s, ',')::bigint[])
    AND c.at > %(since)s

-- name: judge_clicks
UPDATE reach_linkclick c
SET is_judged = true, bot = told.bot
FROM json_to_recordset(%(told)s::json) AS told (id bigint, bot text)
WHERE c.id = told.id AND c.workspace_id IS NOT NULL

-- name: forget_clicks
DELETE FROM reach_linkclick c
WHERE c.ctid IN (
    SELECT ctid FROM reach_linkclick
    WHERE is_judged AND at < %(before)s AND workspace_id IS NOT NULL
    LIMIT 10000
)

-- name: resendable
SELECT d.id, d.customer FROM reach_delivery d
WHERE d.workspace_id = %(workspace)s AND d.customer > 0
    AND d.state = ANY(string_to_array(%(states)s, ','))
    AND (d.sending_id = %(sending)s::bigint
        OR d.token = ANY(string_to_array(%(tokens)s, ',')::uuid[]))
ORDER BY d.id
LIMIT %(most)s
FOR UPDATE SKIP LOCKED

-- name: resend
UPDATE reach_delivery d
SET state = 'queued', reason = 'resent', detail = '', attempts = 0, not_before = %(now)s,
    counts_at = %(now)s, expires_at = NULL, lease = NULL, lease_until = NULL, changed_at = %(now)s
WHERE d.workspace_id = %(workspace)s AND d.id = ANY(string_to_array(%(ids)s, ',')::bigint[])
