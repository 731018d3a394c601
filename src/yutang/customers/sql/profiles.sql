-- PostgreSQL: profiles and search keys, written by the batch.

-- name: save
UPDATE customers_customer c
SET name = given.name, gender = given.gender, birthday = given.birthday, country = given.country,
    province = given.province, city = given.city, district = given.district, source = given.source,
    joined_at = given.joined_at, created_at = given.created_at, updated_at = %(now)s,
    fields = given.fields, told = given.told, own = given.own
FROM json_to_recordset(%(rows)s::json) AS given (
    id bigint, name text, gender text, birthday date, country text, province text, city text,
    district text, source text, joined_at timestamptz, created_at timestamptz,
    fields jsonb, told jsonb, own jsonb
)
WHERE c.workspace_id = %(workspace)s AND c.id = given.id

-- name: add
INSERT INTO customers_customer (
    id, workspace_id, current_id, name, gender, birthday, country, province, city, district, source,
    joined_at, created_at, updated_at, fields, told
)
SELECT id, %(workspace)s, id, name, gender, birthday, country, province, city, district, source,
    joined_at, created_at, updated_at, fields, told
FROM json_to_recordset(%(rows)s::json) AS given (
    id bigint, name text, gender text, birthday date, country text, province text, city text,
    district text, source text, joined_at timestamptz, created_at timestamptz, updated_at timestamptz,
    fields jsonb, told jsonb
)

-- name: unindex
DELETE FROM customers_searchkey
WHERE workspace_id = %(workspace)s
    AND customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: index
INSERT INTO customers_searchkey (workspace_id, key, customer_id)
SELECT %(workspace)s, key, customer
FROM unnest(
    string_to_array(%(keys)s, E'\x1f'), string_to_array(%(customers)s, E'\x1f')::bigint[]
) AS given (key, customer)
-- In the order of the primary key: two batches wait for one another, and never deadlock.
ORDER BY key COLLATE "C", customer

-- name: referees
-- Those who were brought by somebody who is one of these customers today.
SELECT DISTINCT r.customer_id
FROM customers_customer c
JOIN customers_relation r
    ON r.workspace_id = c.workspace_id AND r.kind = 'referrer' AND r.target = c.id AND NOT r.is_hidden
WHERE c.workspace_id = %(workspace)s
    AND c.id IN (
        SELECT unnest(string_to_array(%(customers)s, E'\x1f')::bigint[])
        UNION ALL
        SELECT id FROM customers_customer
        WHERE current_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
            AND merged_into_id IS NOT NULL
    )
