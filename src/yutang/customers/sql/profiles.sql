-- PostgreSQL: profiles and search keys, written by the batch.

-- name: shown
-- What these customers show, and whether others are merged into them.
SELECT id, own IS NOT NULL, name, gender, coalesce(birthday::text, ''), country, province, city, district,
    source, joined_at, created_at, fields::text, told::text
FROM customers_customer
WHERE workspace_id = %(workspace)s AND id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: save
-- Of a single row, a column that is empty is no element at all: hence `coalesce`.
UPDATE customers_customer c
SET name = coalesce(given.name, ''), gender = coalesce(given.gender, ''),
    birthday = nullif(given.birthday, '')::date, country = coalesce(given.country, ''),
    province = coalesce(given.province, ''), city = coalesce(given.city, ''),
    district = coalesce(given.district, ''), source = coalesce(given.source, ''),
    joined_at = nullif(given.joined_at, '')::timestamptz, created_at = given.created_at::timestamptz,
    updated_at = %(now)s, fields = given.fields::jsonb, told = given.told::jsonb,
    own = nullif(given.own, '')::jsonb
FROM unnest(
    string_to_array(%(id)s, E'\x1f'), string_to_array(%(name)s, E'\x1f'),
    string_to_array(%(gender)s, E'\x1f'), string_to_array(%(birthday)s, E'\x1f'),
    string_to_array(%(country)s, E'\x1f'), string_to_array(%(province)s, E'\x1f'),
    string_to_array(%(city)s, E'\x1f'), string_to_array(%(district)s, E'\x1f'),
    string_to_array(%(source)s, E'\x1f'), string_to_array(%(joined_at)s, E'\x1f'),
    string_to_array(%(created_at)s, E'\x1f'), string_to_array(%(fields)s, E'\x1f'),
    string_to_array(%(told)s, E'\x1f'), string_to_array(%(own)s, E'\x1f')
) AS given (id, name, gender, birthday, country, province, city, district, source, joined_at, created_at, fields, told, own)
WHERE c.workspace_id = %(workspace)s AND c.id = given.id::bigint

-- name: add
INSERT INTO customers_customer (
    id, workspace_id, current_id, name, gender, birthday, country, province, city, district, source,
    joined_at, created_at, updated_at, fields, told
)
SELECT id::bigint, %(workspace)s, id::bigint, coalesce(name, ''), coalesce(gender, ''),
    nullif(birthday, '')::date, coalesce(country, ''), coalesce(province, ''), coalesce(city, ''),
    coalesce(district, ''), coalesce(source, ''), nullif(joined_at, '')::timestamptz,
    created_at::timestamptz, to_timestamp(updated_at::float8), fields::jsonb, told::jsonb
FROM unnest(
    string_to_array(%(id)s, E'\x1f'), string_to_array(%(name)s, E'\x1f'),
    string_to_array(%(gender)s, E'\x1f'), string_to_array(%(birthday)s, E'\x1f'),
    string_to_array(%(country)s, E'\x1f'), string_to_array(%(province)s, E'\x1f'),
    string_to_array(%(city)s, E'\x1f'), string_to_array(%(district)s, E'\x1f'),
    string_to_array(%(source)s, E'\x1f'), string_to_array(%(joined_at)s, E'\x1f'),
    string_to_array(%(created_at)s, E'\x1f'), string_to_array(%(updated_at)s, E'\x1f'),
    string_to_array(%(fields)s, E'\x1f'), string_to_array(%(told)s, E'\x1f')
) AS given (id, name, gender, birthday, country, province, city, district, source, joined_at, created_at, updated_at, fields, told)

-- name: unindex
DELETE FROM customers_searchkey
WHERE workspace_id = %(workspace)s
    AND customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: index
INSERT INTO customers_searchkey (workspace_id, key, customer_id)
SELECT %(workspace)s, key, customer
FROM unnest(
    string_to_array(%(customers)s, E'\x1f')::bigint[], string_to_array(%(keys)s, E'\x1f')
) AS given (customer, keys), string_to_table(keys, E'\x1e') AS key
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
