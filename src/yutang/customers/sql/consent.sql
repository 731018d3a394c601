-- PostgreSQL: consent of many.

-- name: now
SELECT DISTINCT ON (c.current_id) c.current_id, s.state = 'granted'
FROM customers_customer c
JOIN customers_consent s ON s.customer_id = c.id
WHERE c.workspace_id = %(workspace)s
    AND c.id IN (
        SELECT unnest(string_to_array(%(customers)s, E'\x1f')::bigint[])
        UNION ALL
        SELECT id FROM customers_customer
        WHERE current_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
            AND merged_into_id IS NOT NULL
    )
    AND s.purpose = %(purpose)s AND s.channel IN (%(channel)s, 'any')
ORDER BY c.current_id, s.at DESC, s.state DESC, s.id DESC
