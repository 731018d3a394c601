-- PostgreSQL: deliveries on their way out. Every statement concerns one account, hence one workspace,
-- but for those that look for where there is something to do.

-- name: due
-- From sending to sending by the index: those with nothing queued cost nothing, those whose messages may
-- not leave yet one look.
WITH RECURSIVE ladder (sending) AS (
    (SELECT sending_id FROM reach_delivery WHERE state = 'queued' ORDER BY sending_id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT d.sending_id FROM reach_delivery d
        WHERE d.state = 'queued' AND d.sending_id > ladder.sending
        ORDER BY d.sending_id LIMIT 1
    )
    FROM ladder
    WHERE ladder.sending IS NOT NULL
)
SELECT a.id, s.id
FROM ladder
JOIN reach_sending s ON s.id = ladder.sending AND s.state = 'running'
JOIN reach_channelaccount a ON a.id = s.account_id AND a.workspace_id = s.workspace_id
    AND a.state = 'active' AND (a.rests_until IS NULL OR a.rests_until <= %(now)s)
CROSS JOIN LATERAL (
    SELECT 1 FROM reach_delivery d
    WHERE d.sending_id = s.id AND d.state = 'queued' AND d.not_before <= %(now)s
    LIMIT 1
) waits

-- name: bucket
-- Locks the account: whoever takes from its bucket takes in turn.
SELECT a.rate, a.burst, a.tokens, a.tokens_at
FROM reach_channelaccount a
WHERE a.id = %(account)s AND a.workspace_id IS NOT NULL AND a.state = 'active'
    AND (a.rests_until IS NULL OR a.rests_until <= %(now)s)
FOR NO KEY UPDATE

-- name: spend
UPDATE reach_channelaccount
SET tokens = %(tokens)s, tokens_at = %(now)s
WHERE id = %(account)s AND workspace_id IS NOT NULL

-- name: claim
WITH due AS (
    SELECT d.id
    FROM unnest(string_to_array(%(sendings)s, ',')::bigint[]) AS given (id)
    JOIN reach_sending s ON s.id = given.id AND s.state = 'running'
    CROSS JOIN LATERAL (
        SELECT q.id, q.not_before FROM reach_delivery q
        WHERE q.sending_id = s.id AND q.state = 'queued' AND q.not_before <= %(now)s
        ORDER BY q.not_before LIMIT %(most)s
    ) d
    ORDER BY s.priority DESC, d.not_before, d.id
    LIMIT %(most)s
), taken AS (
    SELECT id FROM reach_delivery
    WHERE id IN (SELECT id FROM due) AND state = 'queued'
    ORDER BY id
    FOR UPDATE SKIP LOCKED
)
UPDATE reach_delivery d
SET state = 'sending', lease = %(lease)s, lease_until = %(until)s, attempts = d.attempts + 1,
    changed_at = %(now)s
FROM taken
WHERE d.id = taken.id
RETURNING d.workspace_id, d.id, d.token, d.customer, d.sending_id, d.purpose, d.sender, d.data,
    d.expires_at, d.attempts, d.planned_at

-- name: hold_on
-- Holds for longer what may still leave: whoever paused or cancelled meanwhile is heeded between batches.
UPDATE reach_delivery d
SET lease_until = %(until)s
FROM reach_sending s JOIN reach_channelaccount a ON a.id = s.account_id
WHERE d.id = ANY(string_to_array(%(ids)s, ',')::bigint[]) AND d.lease = %(lease)s
    AND d.state = 'sending' AND s.id = d.sending_id AND s.workspace_id = d.workspace_id
    AND s.state = 'running' AND a.state = 'active'
RETURNING d.id

-- name: settle
-- Fenced by the lease. What a receipt told meanwhile stays; only the channel's reference is added.
-- Rows are locked in the order told, row by row: whatever the planner believes of a table that just grew.
WITH told AS (
    SELECT * FROM json_to_recordset(%(told)s::json) AS told (
        id bigint, state text, reason text, detail text, ref text, not_before timestamptz, back int
    )
), held AS (
    SELECT told.*, now.state IN ('sending', 'unknown') AS is_open
    FROM told CROSS JOIN LATERAL (
        SELECT d.state FROM reach_delivery d
        WHERE d.id = told.id AND d.lease = %(lease)s
        FOR NO KEY UPDATE
    ) now
), changed AS (
    UPDATE reach_delivery d
    SET state = h.state, reason = h.reason, detail = h.detail,
        provider_ref = CASE WHEN h.ref = '' THEN d.provider_ref ELSE h.ref END,
        sent_at = CASE WHEN h.state IN ('sent', 'awaiting_staff') THEN %(now)s ELSE d.sent_at END,
        counts_at = CASE WHEN h.state IN ('failed', 'blocked') THEN NULL ELSE d.counts_at END,
        not_before = coalesce(h.not_before, d.not_before),
        attempts = greatest(d.attempts - h.back, 0),
        lease = CASE WHEN h.state = 'unknown' THEN d.lease END,
        lease_until = NULL, changed_at = %(now)s
    FROM held h
    WHERE d.id = h.id AND h.is_open
    RETURNING d.workspace_id, d.id, d.state, d.reason
), named AS (
    UPDATE reach_delivery d
    SET provider_ref = h.ref, lease = NULL, lease_until = NULL
    FROM held h
    WHERE d.id = h.id AND NOT h.is_open AND h.ref <> ''
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT workspace_id, id, state, reason, %(now)s FROM changed WHERE state <> 'queued'

-- name: rest
UPDATE reach_channelaccount
SET rests_until = greatest(rests_until, %(until)s), trouble = %(trouble)s
WHERE id = %(account)s AND workspace_id IS NOT NULL

-- name: well_again
UPDATE reach_channelaccount
SET trouble = ''
WHERE id = %(account)s AND workspace_id IS NOT NULL AND trouble <> ''

-- name: ran_out
-- Whoever held these died, or does not get an answer any more. Its late answer still counts: the lease stays.
WITH late AS (
    SELECT id FROM reach_delivery
    WHERE state = 'sending' AND lease_until < %(now)s
    ORDER BY id LIMIT 10000
    FOR UPDATE SKIP LOCKED
), changed AS (
    UPDATE reach_delivery d
    SET state = 'unknown', reason = 'lease_ran_out', lease_until = NULL, not_before = %(now)s,
        changed_at = %(now)s
    FROM late WHERE d.id = late.id
    RETURNING d.workspace_id, d.id, d.state, d.reason
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT workspace_id, id, state, reason, %(now)s FROM changed

-- name: unknown
-- Of an account, what is to be asked about now; whoever asks takes it, and it comes up again later.
WITH asked AS (
    SELECT id FROM reach_delivery
    WHERE account_id = %(account)s AND workspace_id = %(workspace)s AND state = 'unknown'
        AND not_before <= %(now)s
    ORDER BY not_before LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
)
UPDATE reach_delivery d
SET not_before = CASE WHEN d.changed_at > %(now)s - interval '3 days' THEN %(now)s + least(
    greatest(%(now)s - d.changed_at, interval '10 seconds'), interval '6 hours') END
FROM asked WHERE d.id = asked.id
RETURNING d.id, d.token, d.lease, d.customer, d.purpose, d.provider_ref, d.changed_at, d.attempts

-- name: accounts_with_unknown
SELECT a.id
FROM reach_channelaccount a
WHERE a.workspace_id IS NOT NULL AND a.state = 'active' AND EXISTS (
    SELECT FROM reach_delivery d
    WHERE d.account_id = a.id AND d.state = 'unknown' AND d.not_before <= %(now)s
)

-- name: resolve
-- What became of those nobody knew of; one that was sent or told of meanwhile is left alone.
WITH told AS (
    SELECT * FROM json_to_recordset(%(told)s::json) AS told (
        id bigint, state text, reason text, detail text, ref text, not_before timestamptz
    )
), changed AS (
    UPDATE reach_delivery d
    SET state = told.state, reason = told.reason, detail = told.detail,
        provider_ref = CASE WHEN told.ref = '' THEN d.provider_ref ELSE told.ref END,
        sent_at = CASE WHEN told.state = 'sent' THEN coalesce(d.sent_at, d.changed_at) ELSE d.sent_at END,
        counts_at = CASE WHEN told.state = 'failed' THEN NULL ELSE d.counts_at END,
        not_before = told.not_before, lease = NULL, changed_at = %(now)s
    FROM told
    WHERE d.id = told.id AND d.state = 'unknown' AND d.workspace_id = %(workspace)s
    RETURNING d.workspace_id, d.id, d.state, d.reason
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT workspace_id, id, state, reason, %(now)s FROM changed WHERE state <> 'queued'
