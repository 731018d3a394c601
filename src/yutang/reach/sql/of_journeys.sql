-- PostgreSQL: the messages of a journey together.

-- name: outgoing
SELECT sending_id, state, reason, count(*),
    count(*) FILTER (WHERE state = 'queued' AND not_before <= %(late)s),
    count(*) FILTER (WHERE state = 'queued' AND not_before > %(now)s),
    count(*) FILTER (WHERE sent_at > %(lately)s),
    min(not_before) FILTER (WHERE state = 'queued' AND not_before > %(now)s),
    min(sent_at), max(sent_at)
FROM reach_delivery
WHERE workspace_id = %(workspace)s AND sending_id = ANY(%(sendings)s::bigint[])
GROUP BY sending_id, state, reason
ORDER BY sending_id, state, reason

-- name: clear
-- From sending to sending by the index of what is queued, as dispatch looks for what is due.
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
), stopped AS (
    UPDATE reach_delivery
    SET state = 'blocked', reason = 'cancelled', counts_at = NULL, changed_at = %(now)s
    WHERE id IN (
        SELECT queued.id
        FROM ladder
        JOIN reach_sending s ON s.id = ladder.sending AND s.state = 'cancelled'
        CROSS JOIN LATERAL (
            SELECT d.id FROM reach_delivery d
            WHERE d.sending_id = s.id AND d.workspace_id = s.workspace_id AND d.state = 'queued'
            ORDER BY d.id LIMIT %(most)s FOR UPDATE SKIP LOCKED
        ) AS queued
        LIMIT %(most)s
    )
    RETURNING id, workspace_id
)
INSERT INTO reach_deliverychange (workspace_id, delivery, state, reason, at)
SELECT workspace_id, id, 'blocked', 'cancelled', %(now)s FROM stopped

-- name: converting
-- The last message of a journey each had been sent by then.
SELECT DISTINCT ON (given.customer) d.id, given.at
FROM unnest(%(customers)s::bigint[], %(ats)s::timestamptz[]) AS given (customer, at)
JOIN reach_delivery d ON d.workspace_id = %(workspace)s AND d.customer = given.customer
    AND d.counts_at IS NOT NULL AND d.journey = %(journey)s AND d.sent_at <= given.at
ORDER BY given.customer, d.sent_at DESC, d.id DESC
