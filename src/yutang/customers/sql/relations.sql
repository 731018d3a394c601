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

-- name: standing
-- Which of these stand already, and whether the customer shows one by another home. Pair by pair, whatever
-- the planner knows of the table: of a young one it knows nothing, and would read all of it.
SELECT told.place::int - 1, r.known, r.is_shown
FROM unnest(
    string_to_array(%(customers)s, E'\x1f')::bigint[], string_to_array(%(homes)s, E'\x1f')::bigint[],
    string_to_array(%(targets)s, E'\x1f')::bigint[]
) WITH ORDINALITY AS told (customer, home, target, place)
CROSS JOIN LATERAL (
    SELECT max(id) FILTER (WHERE home_id = told.home) AS known, bool_or(NOT is_hidden) AS is_shown
    FROM customers_relation
    WHERE workspace_id = %(workspace)s AND kind = %(kind)s AND target = told.target
        AND customer_id = told.customer
    HAVING count(*) > 0
) AS r

-- name: add_relations
-- Of a single row, a column that is empty is no element at all: hence `coalesce`.
INSERT INTO customers_relation (
    workspace_id, customer_id, home_id, is_hidden, kind, target, status, remark, source, since, updated_at
)
SELECT %(workspace)s, customer, home, is_hidden, %(kind)s, target, coalesce(status, ''), coalesce(remark, ''),
    coalesce(source, ''), coalesce(to_timestamp(nullif(since, '')::float8), %(now)s), %(now)s
FROM unnest(
    string_to_array(%(customers)s, E'\x1f')::bigint[], string_to_array(%(homes)s, E'\x1f')::bigint[],
    string_to_array(%(hidden)s, E'\x1f')::boolean[], string_to_array(%(targets)s, E'\x1f')::bigint[],
    string_to_array(%(statuses)s, E'\x1f'), string_to_array(%(remarks)s, E'\x1f'),
    string_to_array(%(sources)s, E'\x1f'), string_to_array(%(sinces)s, E'\x1f')
) AS told (customer, home, is_hidden, target, status, remark, source, since)
ORDER BY customer, target

-- name: change_relations
-- What is told anew is written, the rest is not touched.
UPDATE customers_relation r
SET remark = coalesce(told.remark, ''), source = coalesce(told.source, ''),
    since = coalesce(to_timestamp(nullif(told.since, '')::float8), r.since),
    status = coalesce(nullif(told.status, ''), r.status), updated_at = %(now)s
FROM unnest(
    string_to_array(%(ids)s, E'\x1f')::bigint[], string_to_array(%(statuses)s, E'\x1f'),
    string_to_array(%(remarks)s, E'\x1f'), string_to_array(%(sources)s, E'\x1f'),
    string_to_array(%(sinces)s, E'\x1f')
) AS told (id, status, remark, source, since)
WHERE r.workspace_id = %(workspace)s AND r.id = told.id
    AND (r.remark, r.source, r.since, r.status) IS DISTINCT FROM (coalesce(told.remark, ''),
        coalesce(told.source, ''), coalesce(to_timestamp(nullif(told.since, '')::float8), r.since),
        coalesce(nullif(told.status, ''), r.status))
RETURNING r.customer_id

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
