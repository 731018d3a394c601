-- PostgreSQL: customers become one another, by the batch.

-- name: point
-- Everyone who is one of the losers today becomes the winner.
WITH given AS (
    SELECT * FROM unnest(%(losers)s::bigint[], %(winners)s::bigint[]) AS given (loser, winner)
), parts AS (
    SELECT loser AS id, winner, true AS is_loser FROM given
    UNION ALL
    SELECT p.id, winner, false FROM given
    JOIN customers_customer p ON p.current_id = given.loser AND p.merged_into_id IS NOT NULL
)
UPDATE customers_customer c
SET current_id = parts.winner,
    merged_into_id = CASE WHEN parts.is_loser THEN parts.winner ELSE c.merged_into_id END
FROM parts
WHERE c.workspace_id = %(workspace)s AND c.id = parts.id
RETURNING c.id

-- name: move_identities
UPDATE customers_identity i
SET customer_id = given.winner
FROM unnest(%(losers)s::bigint[], %(winners)s::bigint[]) AS given (loser, winner)
WHERE i.workspace_id = %(workspace)s AND i.customer_id = given.loser

-- name: record
INSERT INTO customers_merge (
    workspace_id, winner_id, loser_id, origin, shared, before, at, actor, undone_by
)
SELECT %(workspace)s, winner, loser, %(origin)s, shared, before, %(now)s, %(actor)s, ''
FROM unnest(%(losers)s::bigint[], %(winners)s::bigint[], %(shared)s::text[], %(before)s::jsonb[])
    AS given (loser, winner, shared, before)
RETURNING id

-- name: override
INSERT INTO customers_override (workspace_id, origin_id, changes)
SELECT %(workspace)s, origin, 1 FROM unnest(%(origins)s::bigint[]) origin ORDER BY origin
ON CONFLICT (origin_id) DO UPDATE
SET changes = customers_override.changes + 1, seen_at = NULL, spooled_to = NULL
