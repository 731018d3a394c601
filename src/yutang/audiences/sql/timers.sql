-- `/*outlook*/` is the compiled statement `SELECT customer, inside, until …`; it names the workspace.

-- name: earliest
-- The compiled statement names the workspace.
SELECT customer, assumeNotNull(until) AS due
FROM (/*outlook*/)
WHERE until IS NOT NULL AND until <= {horizon:DateTime64(3, 'UTC')}
ORDER BY due, customer
LIMIT {kept:UInt32}
