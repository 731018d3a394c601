-- PostgreSQL: where many customers are reached, and by which clock they live.

-- name: addresses
SELECT DISTINCT ON (i.customer_id) i.customer_id, i.value
FROM customers_identity i
WHERE i.workspace_id = %(workspace)s
    AND i.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND (i.name = %(kind)s OR i.name LIKE %(kind)s || ':%%')
ORDER BY i.customer_id, i.added_at DESC, i.id DESC

-- name: addressed
SELECT true, string_agg(i.customer_id::text, ',')
FROM customers_identity i
WHERE i.workspace_id = %(workspace)s
    AND i.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND (i.name = %(kind)s OR i.name LIKE %(kind)s || ':%%')

-- name: zones
SELECT fields ->> 'time_zone', string_agg(id::text, ',')
FROM customers_customer
WHERE workspace_id = %(workspace)s
    AND id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND merged_into_id IS NULL
GROUP BY 1

-- name: related
SELECT DISTINCT ON (r.customer_id) r.customer_id, r.target
FROM customers_relation r
WHERE r.workspace_id = %(workspace)s
    AND r.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND r.kind = %(kind)s
    AND NOT r.is_hidden
ORDER BY r.customer_id, r.since DESC, r.id DESC
