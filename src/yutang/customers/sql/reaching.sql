-- PostgreSQL: where many customers are reached, and by which clock they live.

-- name: addresses
SELECT DISTINCT ON (i.customer_id) i.customer_id, i.value
FROM customers_identity i
WHERE i.workspace_id = %(workspace)s
    AND i.customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND (i.name = %(kind)s OR i.name LIKE %(kind)s || ':%%')
ORDER BY i.customer_id, i.added_at DESC, i.id DESC

-- name: zones
SELECT id, fields ->> 'time_zone'
FROM customers_customer
WHERE workspace_id = %(workspace)s
    AND id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND merged_into_id IS NULL
