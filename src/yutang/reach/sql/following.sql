-- PostgreSQL: what is kept of customers who become one, part again, or wish to be forgotten.

-- name: deliveries
UPDATE reach_delivery d
SET customer = t.customer
FROM unnest(%(origins)s::bigint[], %(customers)s::bigint[]) AS t (origin, customer)
WHERE d.workspace_id = %(workspace)s AND d.origin = t.origin AND d.customer <> t.customer

-- name: exposures
UPDATE reach_exposure e
SET customer = t.customer
FROM unnest(%(origins)s::bigint[], %(customers)s::bigint[]) AS t (origin, customer)
WHERE e.workspace_id = %(workspace)s AND e.origin = t.origin AND e.customer <> t.customer

-- name: suppressions_gone
-- What was taken over from another part of her who is no part any more.
DELETE FROM reach_suppression s
USING unnest(%(origins)s::bigint[], %(customers)s::bigint[]) AS t (origin, customer)
WHERE s.workspace_id = %(workspace)s AND s.added_by = 'merge:' || t.origin
    AND s.customer IS DISTINCT FROM t.customer

-- name: suppressions
INSERT INTO reach_suppression
    (workspace_id, customer, digest, channel, reason, note, until, added_by, added_at)
SELECT s.workspace_id, t.customer, NULL, s.channel, s.reason, s.note, s.until, 'merge:' || t.origin,
    s.added_at
FROM reach_suppression s
JOIN unnest(%(origins)s::bigint[], %(customers)s::bigint[]) AS t (origin, customer)
    ON s.customer = t.origin AND t.customer <> t.origin
WHERE s.workspace_id = %(workspace)s AND s.added_by NOT LIKE 'merge:%%'
ON CONFLICT DO NOTHING

-- name: nameless
-- The key may name a run or an order of hers.
UPDATE reach_delivery
SET customer = 0, origin = 0, data = NULL, detail = '', provider_ref = '', key = 'erased:' || token,
    counts_at = NULL, lease = NULL, lease_until = NULL,
    state = CASE WHEN state IN ('queued', 'awaiting_staff', 'sending') THEN 'blocked' ELSE state END,
    reason = CASE WHEN state IN ('queued', 'awaiting_staff', 'sending') THEN 'gone' ELSE reason END
WHERE workspace_id = %(workspace)s AND origin = ANY(%(customers)s::bigint[])
