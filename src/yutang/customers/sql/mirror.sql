-- PostgreSQL: what the warehouse is to know of some customers, as lines of JSON. Those who were merged
-- away or erased have no line: the mirror takes theirs out.

-- name: profile
SELECT c.id, json_build_object(
    'workspace', c.workspace_id, 'customer', c.id, 'name', c.name, 'gender', c.gender,
    'birthday', c.birthday, 'country', c.country, 'province', c.province, 'city', c.city,
    'district', c.district, 'source', c.source, 'joined_at', c.joined_at, 'created_at', c.created_at,
    'identity_kinds', (
        SELECT coalesce(json_agg(DISTINCT split_part(i.name, ':', 1)), '[]'::json)
        FROM customers_identity i WHERE i.customer_id = c.id
    ),
    'version', %(version)s::bigint
)::text
FROM customers_customer c
WHERE c.workspace_id = %(workspace)s AND c.merged_into_id IS NULL
    AND c.id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: fields
SELECT c.id, f.key, f.value
FROM customers_customer c, jsonb_each(c.fields) f
WHERE c.workspace_id = %(workspace)s AND c.merged_into_id IS NULL
    AND c.id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: relations
-- A referrer is who she is today. Two of one kind cannot meet: a customer shows one referrer.
SELECT r.kind, coalesce(t.current_id, r.target) AS target, r.customer_id, json_build_object(
    'workspace', r.workspace_id, 'kind', r.kind, 'target', coalesce(t.current_id, r.target),
    'customer', r.customer_id, 'status', r.status, 'source', r.source, 'since', r.since,
    'version', %(version)s::bigint
)::text
FROM customers_relation r
LEFT JOIN customers_customer t ON r.kind = 'referrer' AND t.id = r.target
WHERE r.workspace_id = %(workspace)s AND NOT r.is_hidden
    AND r.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: dependants
SELECT d.customer_id, d.id, json_build_object(
    'workspace', d.workspace_id, 'customer', d.customer_id, 'dependant', d.id, 'kind', d.kind,
    'gender', d.gender, 'birthday', d.birthday, 'version', %(version)s::bigint
)::text
FROM customers_dependant d
WHERE d.workspace_id = %(workspace)s
    AND d.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: version
-- workspace: none. Microseconds of one clock: grows, also after PostgreSQL came back from a backup.
SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
