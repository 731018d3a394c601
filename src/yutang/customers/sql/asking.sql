-- PostgreSQL: what is asked of many customers at once.

-- name: today
SELECT c.id, c.current_id
FROM customers_customer c
JOIN customers_customer now ON now.id = c.current_id AND now.merged_into_id IS NULL
WHERE c.workspace_id = %(workspace)s
    AND c.id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: present
SELECT id FROM customers_customer
WHERE workspace_id = %(workspace)s AND merged_into_id IS NULL
    AND id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
ORDER BY id

-- name: children
SELECT customer_id, max(birthday)
FROM customers_dependant
WHERE workspace_id = %(workspace)s AND kind = 'child' AND birthday IS NOT NULL
    AND customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
GROUP BY customer_id

-- name: unmirrored
SELECT DISTINCT customer
FROM customers_customermark, unnest(customers) AS customer
WHERE workspace_id = %(workspace)s
    AND customer = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
