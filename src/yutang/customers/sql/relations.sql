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

-- name: put_relations
-- What is told anew is written, the rest is not touched. Of several homes of one customer one is shown.
WITH given AS (
    SELECT told.*, row_number() OVER (PARTITION BY customer, target ORDER BY home) AS place
    FROM json_to_recordset(%(rows)s::json) AS told (
        customer bigint, home bigint, target bigint, remark text, source text, since timestamptz,
        status text, born text
    )
), changed AS (
    UPDATE customers_relation r
    SET remark = given.remark, source = given.source, since = coalesce(given.since, r.since),
        status = coalesce(nullif(given.status, ''), r.status), updated_at = %(now)s
    FROM given
    WHERE r.workspace_id = %(workspace)s AND r.kind = %(kind)s AND r.target = given.target
        AND r.customer_id = given.customer AND r.home_id = given.home
        AND (r.remark, r.source, r.since, r.status) IS DISTINCT FROM (given.remark, given.source,
            coalesce(given.since, r.since), coalesce(nullif(given.status, ''), r.status))
    RETURNING r.customer_id
), added AS (
    INSERT INTO customers_relation (
        workspace_id, customer_id, home_id, is_hidden, kind, target, status, remark, source, since, updated_at
    )
    SELECT %(workspace)s, customer, home,
        place > 1 OR EXISTS (
            SELECT FROM customers_relation r
            WHERE r.workspace_id = %(workspace)s AND r.kind = %(kind)s AND r.target = given.target
                AND r.customer_id = given.customer AND NOT r.is_hidden
        ),
        %(kind)s, target, coalesce(nullif(status, ''), born), remark, source, coalesce(since, %(now)s),
        %(now)s
    FROM given
    WHERE NOT EXISTS (
        SELECT FROM customers_relation r
        WHERE r.workspace_id = %(workspace)s AND r.kind = %(kind)s AND r.target = given.target
            AND r.customer_id = given.customer AND r.home_id = given.home
    )
    ORDER BY customer, target
    RETURNING customer_id
)
SELECT customer_id FROM changed UNION SELECT customer_id FROM added

-- name: lock_homes
SELECT c.id
FROM customers_customer c
WHERE c.workspace_id = %(workspace)s AND c.id IN (
    SELECT home.current_id FROM customers_customer home
    WHERE home.workspace_id = %(workspace)s
        AND home.id = ANY(string_to_array(%(homes)s, E'\x1f')::bigint[])
)
ORDER BY c.id
FOR UPDATE

-- name: end_relations
WITH gone AS (
    DELETE FROM customers_relation r
    USING unnest(
        string_to_array(%(homes)s, E'\x1f')::bigint[], string_to_array(%(targets)s, E'\x1f')::bigint[]
    ) AS given (home, target)
    JOIN customers_customer c ON c.id = given.home
    WHERE r.workspace_id = %(workspace)s AND r.kind = %(kind)s AND r.target = given.target
        AND r.customer_id = c.current_id AND r.home_id = given.home
    RETURNING r.customer_id
)
SELECT DISTINCT customer_id FROM gone

-- name: move_on
UPDATE customers_relation r SET status = %(status)s, updated_at = %(now)s
FROM unnest(
    string_to_array(%(homes)s, E'\x1f')::bigint[], string_to_array(%(targets)s, E'\x1f')::bigint[]
) AS given (home, target)
JOIN customers_customer c ON c.id = given.home
WHERE r.workspace_id = %(workspace)s AND r.kind = %(kind)s AND r.target = given.target
    AND r.customer_id = c.current_id AND r.home_id = given.home AND r.status <> %(status)s
RETURNING r.customer_id
