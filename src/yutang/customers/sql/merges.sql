-- PostgreSQL: customers become one another, and themselves again, by the batch. Whatever is attached to
-- a customer knows its home; whose it is today follows from who its home is today.

-- name: point
-- Everyone who is one of the losers today becomes the winner.
WITH given AS (
    SELECT * FROM unnest(
        string_to_array(%(losers)s, E'\x1f')::bigint[],
        string_to_array(%(winners)s, E'\x1f')::bigint[]
    ) AS given (loser, winner)
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

-- name: below
-- A merged customer and those who had become part of her before.
WITH RECURSIVE below AS (
    SELECT id FROM customers_customer WHERE workspace_id = %(workspace)s AND id = %(loser)s
    UNION
    SELECT c.id FROM customers_customer c JOIN below ON c.merged_into_id = below.id
    WHERE c.current_id = %(root)s AND c.merged_into_id IS NOT NULL
)
SELECT id FROM below

-- name: part
UPDATE customers_customer
SET current_id = %(loser)s, merged_into_id = CASE WHEN id = %(loser)s THEN NULL ELSE merged_into_id END
WHERE workspace_id = %(workspace)s AND id = ANY(string_to_array(%(origins)s, E'\x1f')::bigint[])

-- name: move_identities
UPDATE customers_identity i
SET customer_id = c.current_id
FROM customers_customer c
WHERE i.workspace_id = %(workspace)s AND c.id = i.home_id AND i.customer_id <> c.current_id
    AND i.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: move_relations
-- Hidden at first: which of several equal ones is shown is settled afterwards.
UPDATE customers_relation r
SET customer_id = c.current_id, is_hidden = true
FROM customers_customer c
WHERE r.workspace_id = %(workspace)s AND c.id = r.home_id AND r.customer_id <> c.current_id
    AND r.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: move_dependants
UPDATE customers_dependant d
SET customer_id = c.current_id
FROM customers_customer c
WHERE d.workspace_id = %(workspace)s AND c.id = d.home_id AND d.customer_id <> c.current_id
    AND d.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: hide_relations
WITH placed AS (
    SELECT r.id,
        r.kind = 'referrer' AND t.current_id = r.customer_id AS is_herself,
        row_number() OVER (
            PARTITION BY r.customer_id, r.kind,
                CASE WHEN r.kind = 'referrer' THEN 0 ELSE r.target END
            ORDER BY (r.kind = 'referrer' AND t.current_id = r.customer_id), r.updated_at DESC, r.home_id
        ) AS place
    FROM customers_relation r
    LEFT JOIN customers_customer t ON r.kind = 'referrer' AND t.id = r.target
    WHERE r.workspace_id = %(workspace)s
        AND r.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
)
UPDATE customers_relation r SET is_hidden = true
FROM placed WHERE placed.id = r.id AND NOT r.is_hidden AND (placed.place > 1 OR placed.is_herself)

-- name: show_relations
WITH placed AS (
    SELECT r.id,
        r.kind = 'referrer' AND t.current_id = r.customer_id AS is_herself,
        row_number() OVER (
            PARTITION BY r.customer_id, r.kind,
                CASE WHEN r.kind = 'referrer' THEN 0 ELSE r.target END
            ORDER BY (r.kind = 'referrer' AND t.current_id = r.customer_id), r.updated_at DESC, r.home_id
        ) AS place
    FROM customers_relation r
    LEFT JOIN customers_customer t ON r.kind = 'referrer' AND t.id = r.target
    WHERE r.workspace_id = %(workspace)s
        AND r.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
)
UPDATE customers_relation r SET is_hidden = false
FROM placed
WHERE placed.id = r.id AND r.is_hidden AND placed.place = 1 AND placed.is_herself IS NOT TRUE

-- name: record
INSERT INTO customers_merge (
    workspace_id, winner_id, loser_id, origin, shared, changed, at, actor, undone_by
)
SELECT %(workspace)s, winner, loser, %(origin)s, shared, changed, %(now)s, %(actor)s, ''
FROM json_to_recordset(%(merges)s::json) AS given (winner bigint, loser bigint, shared text, changed jsonb)
RETURNING id

-- name: override
INSERT INTO customers_override (workspace_id, origin_id, changes)
SELECT %(workspace)s, origin, 1
FROM unnest(string_to_array(%(origins)s, E'\x1f')::bigint[]) origin
ORDER BY origin
ON CONFLICT (origin_id) DO UPDATE
SET changes = customers_override.changes + 1, seen_at = NULL, spooled_to = NULL
