-- PostgreSQL: identities, looked up and written by the batch.

-- name: look_up
-- Value by value, whatever the planner knows of the table: of a young one it knows nothing, and would
-- read all of it. OFFSET 0 keeps it from making a join of this.
SELECT i.name, i.value, i.customer_id, i.home_id
FROM unnest(string_to_array(%(values)s, E'\x1f')) AS given (value)
CROSS JOIN LATERAL (
    SELECT name, value, customer_id, home_id
    FROM customers_identity
    WHERE workspace_id = %(workspace)s AND value = given.value COLLATE "C"
    OFFSET 0
) AS i

-- name: moves
-- Tells two sets of moves apart, also where one of a smaller number is committed later or old ones are gone.
SELECT count(*), coalesce(bit_xor(hashint8extended(id, 0)), 0)
FROM customers_identitymove
WHERE workspace_id = %(workspace)s

-- name: forget_moves
-- workspace: all, each keeps its newest
DELETE FROM customers_identitymove AS old
USING (SELECT workspace_id, max(id) AS newest FROM customers_identitymove GROUP BY workspace_id) AS kept
WHERE old.workspace_id = kept.workspace_id AND old.id < kept.newest AND old.at < %(before)s

-- name: held
SELECT customer_id, name, value
FROM customers_identity
WHERE workspace_id = %(workspace)s AND customer_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: apart
-- Pairs of these customers about which somebody is asked, or has decided, by who they are today.
SELECT DISTINCT least(a.current_id, b.current_id), greatest(a.current_id, b.current_id)
FROM customers_conflict c
JOIN customers_customer a ON a.id = c.first_id
JOIN customers_customer b ON b.id = c.second_id
WHERE c.workspace_id = %(workspace)s
    AND c.state <> 'accepted'
    AND c.first_id IN (SELECT id FROM customers_customer WHERE id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
        UNION ALL SELECT id FROM customers_customer
            WHERE current_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[]) AND merged_into_id IS NOT NULL)
    AND b.current_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    AND a.current_id <> b.current_id

-- name: lock
SELECT id, merged_into_id
FROM customers_customer
WHERE workspace_id = %(workspace)s AND id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
ORDER BY id
FOR UPDATE

-- name: draw_numbers
-- workspace: none, all share one sequence, so that the warehouse's numbers are dense
SELECT nextval('customers_customer_id_seq') FROM generate_series(1, %(count)s)

-- name: add_customers
INSERT INTO customers_customer (
    id, workspace_id, current_id, source, created_at, updated_at,
    name, gender, country, province, city, district, fields, told
)
SELECT id, %(workspace)s, id, %(source)s, %(now)s, %(now)s, '', '', '', '', '', '', '{}', '{}'
FROM unnest(string_to_array(%(customers)s, E'\x1f')::bigint[]) id

-- name: add_identities
-- In the order of the unique index: two batches that bring the same people wait, and never deadlock. Whoever
-- was slower is refused as a whole and starts again: `ON CONFLICT` costs a third more, each time.
-- `since`: Unix seconds, of those who came with a past; where nobody has one it is empty.
INSERT INTO customers_identity (workspace_id, customer_id, home_id, name, value, added_at, added_by)
SELECT %(workspace)s, customer, home, name, value, coalesce(to_timestamp(nullif(since, '')::float8), %(now)s), %(source)s
FROM unnest(string_to_array(%(customers)s, E'\x1f')::bigint[], string_to_array(%(homes)s, E'\x1f')::bigint[], string_to_array(%(names)s, E'\x1f'), string_to_array(%(values)s, E'\x1f'), string_to_array(%(since)s, E'\x1f'))
    AS given (customer, home, name, value, since)
ORDER BY value COLLATE "C", name COLLATE "C"

-- name: add_conflicts
INSERT INTO customers_conflict (
    workspace_id, first_id, second_id, shared, disputed, source, state, at, decided_by
)
SELECT %(workspace)s, first, second, shared, disputed, %(source)s, 'pending', %(now)s, ''
FROM unnest(string_to_array(%(firsts)s, E'\x1f')::bigint[], string_to_array(%(seconds)s, E'\x1f')::bigint[], string_to_array(%(shared)s, E'\x1f'), string_to_array(%(disputed)s, E'\x1f'))
    AS given (first, second, shared, disputed)
ORDER BY first, second
ON CONFLICT (first_id, second_id) DO NOTHING

-- name: tombstones
SELECT digest FROM customers_tombstone WHERE workspace_id = %(workspace)s AND digest = ANY(%(digests)s)

-- name: mark
INSERT INTO customers_customermark (workspace_id, what, customers)
VALUES (%(workspace)s, %(what)s, string_to_array(%(customers)s, E'\x1f')::bigint[])

-- name: origins
SELECT id FROM customers_customer
WHERE workspace_id = %(workspace)s AND (id = %(customer)s
    OR current_id = %(customer)s AND merged_into_id IS NOT NULL)
ORDER BY id

-- name: origins_of_several
SELECT id, current_id FROM customers_customer
WHERE workspace_id = %(workspace)s AND (id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[])
    OR current_id = ANY(string_to_array(%(customers)s, E'\x1f')::bigint[]) AND merged_into_id IS NOT NULL)

-- name: pending_overrides
SELECT o.origin_id, c.current_id
FROM customers_override o JOIN customers_customer c ON c.id = o.origin_id
WHERE o.workspace_id = %(workspace)s
