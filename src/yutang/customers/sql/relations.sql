-- PostgreSQL: relations by the batch, and chains of referrers.

-- name: relate_many
INSERT INTO customers_relation (
    workspace_id, customer_id, home_id, is_hidden, kind, target, status, remark, source, since, updated_at
)
SELECT %(workspace)s, given.customer, given.customer, false, %(kind)s, given.target, given.status, '',
    given.source, coalesce(given.since, %(now)s), %(now)s
FROM json_to_recordset(%(rows)s::json) AS given (
    customer bigint, target bigint, status text, source text, since timestamptz
)
ORDER BY given.customer, given.target
ON CONFLICT DO NOTHING

-- name: referrers_of
-- These customers, who brought them, who brought those, and so on. UNION ends a circle.
WITH RECURSIVE chain AS (
    SELECT unnest(string_to_array(%(customers)s, E'\x1f')::bigint[]) AS id
    UNION
    SELECT c.current_id
    FROM chain
    JOIN customers_relation r ON r.customer_id = chain.id AND r.kind = 'referrer' AND NOT r.is_hidden
    JOIN customers_customer c ON c.id = r.target
    WHERE r.workspace_id = %(workspace)s
)
SELECT id FROM chain
